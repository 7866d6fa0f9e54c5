"""The chain, without a database."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.day.facts import KINDS
from dispatchkit.day.facts.pre_load_out import RoutesBuilt
from dispatchkit.log import chain
from dispatchkit.records import DayKey

DAY = DayKey("DCH4", date(2018, 8, 8))
TEN = "2018-08-08T10:00:00.000000Z"


def a_chain(*bodies):
    return chain.extend(DAY, 0, chain.genesis(DAY), TEN, bodies)


def test_an_intact_chain_has_no_breaks():
    assert list(chain.breaks(DAY, a_chain("a", "b", "c"))) == []


def test_two_batches_make_one_chain():
    first = a_chain("a", "b")
    second = chain.extend(DAY, 2, first[-1].hash, TEN, ["c"])
    assert list(chain.breaks(DAY, first + second)) == []
    assert [k.first_n for k in first + second] == [1, 1, 3]


def test_no_day_can_pass_for_another():
    other = DayKey("DCH4", date(2018, 8, 8), "training")
    assert [n for n, _ in chain.breaks(other, a_chain("a", "b"))] == [1, 2]


@given(st.lists(st.text(max_size=5), min_size=1, max_size=6), st.data())
def test_any_change_of_a_body_breaks_the_chain_there(bodies, data):
    links = a_chain(*bodies)
    at = data.draw(st.integers(0, len(links) - 1))
    changed = data.draw(st.text(max_size=6).filter(lambda t: t != links[at].body))
    links[at] = chain.Link(at + 1, 1, TEN, changed, links[at].hash)
    assert [n for n, _ in chain.breaks(DAY, links)] == [at + 1]


def test_rewriting_a_hash_too_breaks_the_next_one():
    links = a_chain("a", "b", "c")
    forged = chain.digest_of(links[0].hash, DAY, 2, 1, TEN, "B")
    links[1] = chain.Link(2, 1, TEN, "B", forged)
    assert [n for n, _ in chain.breaks(DAY, links)] == [3]


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.timezones()))   # noqa: DTZ001
def test_a_stamp_reads_back_as_the_same_instant_and_sorts_as_time_does(instant):
    text = chain.stamp(instant)
    assert len(text) == len(TEN)
    assert chain.instant(text) == instant.astimezone(UTC)
    assert (text < TEN) == (instant < chain.instant(TEN))


@pytest.mark.parametrize("text", ["yesterday", "2018-08-08T10:00:00Z", "2018-08-08T10:00:00.000000+02:00"])
def test_only_the_logs_own_stamps_are_instants(text):
    with pytest.raises(ValueError):
        chain.instant(text)


def test_a_fact_refers_to_what_looks_like_a_digest():
    ten = chain.instant(TEN)
    built = RoutesBuilt(at=ten, by="maria", plan="a" * 64, routes=1, stops=1, packages=1, seed=1, engine="f" * 63)
    assert chain.referred(built) == ["a" * 64]


@pytest.mark.parametrize("name", ["plan", "roster", "fleet", "original", "profile", "report"])
def test_every_digest_of_the_vocabulary_is_found(name):
    kinds = [kind for kind in KINDS.values() if name in kind.__struct_fields__]
    assert kinds
    assert name not in chain._FREE_TEXT
