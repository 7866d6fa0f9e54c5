"""Both sides of a change as a table."""

from dispatchkit.plan.effect import effect
from tests.plan.small_plans import TRAVEL, TWO_STREETS, by_hand, street, town
from tests.small_day import KEY, STATION
from widgets.planning.effect_table import table


def shown(edited):
    seen = effect(edited.before, edited.plan, STATION, TRAVEL)
    return table(seen, STATION, timezone="America/Chicago", service_day=str(KEY.service_day))


def test_what_changes_has_two_figures_and_what_stays_one():
    html = shown(by_hand(TWO_STREETS).move(["CX1:1"], "CX2"))
    assert "<td>4 → 3</td><td>4 → 5</td>" in html
    assert "<td>19:30</td><td>19:30</td>" in html


def test_a_route_that_is_new_or_gone_says_so_in_its_heading():
    html = shown(by_hand(TWO_STREETS).split_at("CX1", 3))
    assert "CX1B, new" in html
    assert "<td>4 → 3</td><td>1</td>" in html
    assert "CX1, no more" in shown(by_hand(TWO_STREETS).merge("CX1", "CX2"))


def test_a_low_chance_and_a_full_van_are_marked():
    long = {"stops": 8, "service_s": 2400, "hours": 7}
    html = shown(by_hand(town(street("CX1", **long), street("CX2", at_km=0.5, **long))).move(["CX1:8"], "CX2"))
    assert html.count('class="warns"') >= 1
    full = town(street("CX1"), street("CX2", van_m3=0.11))
    assert html.count("Van full") == 1
    assert '<td class="warns">73% → 91%</td>' in shown(by_hand(full).move(["CX1:1"], "CX2"))


def test_a_code_is_never_read_as_markup():
    plan = town(street("CX1"), street("<b>", at_km=0.5))
    assert "&lt;b&gt;" in shown(by_hand(plan).move(["CX1:1"], "<b>"))


def test_nobody_says_how_full_a_van_is_that_has_no_volume():
    assert "not told" in shown(by_hand(town(street("CX1", van_m3=0.0), street("CX2"))).move(["CX1:1"], "CX2"))
