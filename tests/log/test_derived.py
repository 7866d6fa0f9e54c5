"""What was worked out of days is kept on what it rests on, beside the log and no part of it."""

from sqlalchemy import inspect, text

from dispatchkit.log import open_log
from dispatchkit.log.archive import export_day
from dispatchkit.records import DayKey


def test_it_is_found_on_its_own_basis_and_on_no_other(log, day):
    log.derived.keep("lesson", {day: ("v7", b"seven")})
    other = DayKey(day.station, day.service_day, "2")
    assert log.derived.found("lesson", {day: "v7", other: "v7"}) == {day: b"seven"}
    assert log.derived.found("lesson", {day: "v8"}) == {}
    assert log.derived.found("past", {day: "v7"}) == {}
    assert log.derived.found("lesson", {}) == {}


def test_a_newer_one_takes_its_place(log, day):
    for basis, body in (("v7", b"seven"), ("v8", b"eight")):
        log.derived.keep("lesson", {day: (basis, body)})
    assert log.derived.found("lesson", {day: "v7"}) == {}
    assert log.derived.found("lesson", {day: "v8"}) == {day: b"eight"}


def test_another_program_finds_it(url, day):
    with open_log(url) as one, open_log(url) as other:
        assert other.derived.found("lesson", {day: "v7"}) == {}
        one.derived.keep("lesson", {day: ("v7", b"seven")})
        assert other.derived.found("lesson", {day: "v7"}) == {day: b"seven"}


def test_a_store_of_an_earlier_version_gets_its_table_with_the_first_and_it_is_no_part_of_the_day(
    log, day, a_full_day, tmp_path
):
    a_full_day(log)
    log.derived.keep("lesson", {})
    with log.store.reading() as connection:
        assert not inspect(connection).has_table("derived")
    log.derived.keep("lesson", {day: ("v7", b"kept beside it")})
    export_day(log, day, tmp_path / "day.jsonl")
    assert b"kept beside it" not in (tmp_path / "day.jsonl").read_bytes()
    assert log.verify().ok


def test_what_was_damaged_since_is_not_found_and_is_kept_again(log, day):
    log.derived.keep("lesson", {day: ("v7", b"seven")})
    with log.store.writing() as connection:
        connection.execute(text("UPDATE derived SET body = :body"), {"body": b"half of it"})
    assert log.derived.found("lesson", {day: "v7"}) == {}
    log.derived.keep("lesson", {day: ("v7", b"seven")})
    assert log.derived.found("lesson", {day: "v7"}) == {day: b"seven"}
