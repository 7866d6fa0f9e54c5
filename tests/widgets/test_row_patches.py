import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.row_patches import SentRows, by_id, patch_between

CALM = [{"id": "CX1", "behind": 0}, {"id": "CX2", "behind": 3}]


def applied(rows, patch):
    """What the browser makes of a patch."""
    held = {row_id: dict(row) for row_id, row in rows.items() if row_id not in patch.gone}
    for row_id, values in patch.changed.items():
        held.setdefault(row_id, {}).update(values)
    order = list(held) if patch.order is None else patch.order
    return {row_id: held[row_id] for row_id in order}


def test_rows_that_stayed_the_same_send_nothing():
    assert not patch_between(by_id(CALM), by_id(CALM))


def test_only_the_changed_value_of_the_changed_row_is_sent():
    now = [CALM[0], {"id": "CX2", "behind": 9}]
    patch = patch_between(by_id(CALM), by_id(now))
    assert patch == ({"CX2": {"behind": 9}}, [], None)


def test_a_new_order_is_sent_without_the_values():
    patch = patch_between(by_id(CALM), by_id(reversed(CALM)))
    assert patch == ({}, [], ["CX2", "CX1"])


def test_a_route_that_ended_is_named_as_gone():
    patch = patch_between(by_id(CALM), by_id(CALM[:1]))
    assert (patch.gone, patch.order) == (["CX2"], ["CX1"])


def test_a_value_that_is_no_longer_there_becomes_nothing():
    patch = patch_between(by_id(CALM), by_id([{"id": "CX1"}, CALM[1]]))
    assert patch.changed == {"CX1": {"behind": None}}


def test_two_rows_with_one_id_are_refused():
    with pytest.raises(ValueError, match="CX1"):
        by_id([{"id": "CX1"}, {"id": "CX1"}])


ROWS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from("abcdef"), "x": st.none() | st.integers(0, 3), "y": st.text(max_size=2)}
    ),
    unique_by=lambda row: row["id"],
)


@given(ROWS, ROWS)
def test_a_patch_always_turns_what_was_sent_into_what_is_wanted(before, after):
    before, after = by_id(before), by_id(after)
    result = applied(before, patch_between(before, after))
    assert (result, list(result)) == (after, list(after))


def test_what_is_shown_before_a_browser_comes_arrives_when_it_comes():
    rows = SentRows()
    assert rows.show(CALM) is None
    assert rows.everything()["order"] == ["CX1", "CX2"]
    assert rows.show(CALM) is None
    assert rows.show(CALM[:1])["gone"] == ["CX2"]


def test_a_row_changed_by_its_owner_after_it_was_shown_is_still_noticed():
    rows, mine = SentRows(), {"id": "CX1", "behind": 0}
    rows.everything()
    rows.show([mine])
    mine["behind"] = 5
    assert rows.show([mine])["changed"] == {"CX1": {"behind": 5}}
