"""The whole report: what is hard, what it says of the plan, what programs get."""

import json

import pytest
from msgspec.structs import replace

from dispatchkit.plan.realism import Finding, Kind, Known, Severity
from dispatchkit.plan.realism.check import is_hard
from dispatchkit.plan.realism.of_day import known_of
from dispatchkit.plan.realism.printed import as_printed, map_link
from dispatchkit.records import Driver, Van
from dispatchkit.roster import attendance
from tests.plan.realism.asked import LIMIT, NOTE, RISK, checked, found, with_windows
from tests.small_day import M3, STATION, TWO_ROUTES, at_the_dock, on_the_road, plan, planned, route

TIGHT = plan(route("CX1", leg_s=1710, hours=2), route("CX7"))
LATE = plan(route("CX1", leg_s=3600, hours=2), route("CX7"))


def finding(kind, severity):
    return Finding(kind=kind, severity=severity, sentence="Why.")


class TestHardRoutes:
    def test_a_broken_limit_makes_a_route_hard(self):
        assert is_hard([finding(Kind.LOAD, LIMIT)], STATION)

    def test_so_does_too_small_a_chance(self):
        assert is_hard([finding(Kind.CHANCE, RISK)], STATION)

    def test_so_do_three_different_risks(self):
        assert is_hard([finding(k, RISK) for k in (Kind.STEM, Kind.LOAD, Kind.BULKY)], STATION)

    def test_three_windows_are_one_risk_and_notes_are_none(self):
        assert not is_hard([finding(Kind.WINDOW, RISK)] * 3, STATION)
        assert not is_hard([finding(k, NOTE) for k in (Kind.STEM, Kind.LOAD, Kind.BULKY)], STATION)

    def test_they_are_named_the_least_chance_first(self):
        report = checked(plan(route("CX1", leg_s=1710, hours=2), route("CX7", leg_s=3600, hours=2), route("CX9")))
        assert [r.code for r in report.hard_routes] == ["CX7", "CX1"]
        assert "2 of 3 routes are hard: CX7, CX1." in report.sentences

    def test_how_they_fall_on_the_waves(self):
        tight = [route(f"CX{n}", leg_s=1710, hours=2, wave=f"Wave {1 + n // 3}") for n in (1, 2, 3)]
        assert "Of the hard routes leave 2 in Wave 1, 1 in Wave 2." in checked(plan(*tight)).sentences

    def test_hard_routes_among_themselves_have_no_helper(self):
        tight = plan(*(route(f"CX{n}", leg_s=1710, hours=2) for n in (1, 2)))
        assert "CX1, CX2 lie among hard routes only: no near driver will have time to help." in checked(tight).sentences
        assert not any("among hard routes" in s for s in checked(TIGHT).sentences)


class TestWholePlan:
    def test_the_spread_of_hours(self):
        report = checked(plan(route("CX1", leg_s=900), route("CX7", leg_s=1800)))     # 1 h 06 and 2 h 06
        assert report.total_h == pytest.approx(3.2)
        assert report.hours_sd_h == pytest.approx(0.5)
        assert report.hours_range_h == (pytest.approx(1.1), pytest.approx(2.1))

    def test_a_plan_that_breaks_no_limit_can_be_driven_and_says_so(self):
        report = checked(TWO_ROUTES)
        assert report.feasible
        assert report.sentences[0] == "No route is hard."

    def test_one_that_does_says_so_first(self):
        report = checked(LATE)
        assert not report.feasible
        assert report.sentences[0] == "It cannot be driven as it stands: 1 limit is broken (hours 1)."

    def test_too_few_vans(self):
        one = Known(vans=(Van(van_id="V1", volume_cm3=M3), Van(van_id="V2", volume_cm3=M3, grounded=True)))
        [too_few] = found(Kind.VAN, TWO_ROUTES, "", known=one)
        assert (too_few.severity, too_few.figures) == (LIMIT, {"routes": 2, "vans": 1})

    def test_no_vans_at_all(self):
        [none] = found(Kind.VAN, TWO_ROUTES, "", known=Known(vans=()))
        assert "2 routes need a van each and 0 may leave" in none.sentence

    def test_too_few_drivers_are_a_risk_that_counts_standbys(self):
        one = Known(drivers=(Driver(driver_id="A3", standby=True),))
        [too_few] = found(Kind.DRIVER, TWO_ROUTES, "", known=one)
        assert too_few.severity is RISK
        assert "2 routes need a driver each and 1 may come, 1 of them on standby. Find 1 more" in too_few.sentence
        assert not found(Kind.DRIVER, TWO_ROUTES, "", known=Known(drivers=(Driver(driver_id="A1"),) * 2))

    def test_business_stops_of_all_routes_by_the_hour(self):
        shops = with_windows(TWO_ROUTES, **{"CX1:1": ("09:00", "17:00"), "CX7:3": ("11:00", "17:00")})
        report = checked(shops)
        assert report.businesses_by_hour == {10: 1, 11: 1}
        assert "2 business stops, by the hour in which they are planned: 10:00 1, 11:00 1." in report.sentences

    def test_more_packages_than_all_vans_hold(self):
        vans = tuple(Van(van_id=f"V{n}", volume_cm3=0.1 * M3) for n in (1, 2))
        [too_much] = found(Kind.LOAD, TWO_ROUTES, "", known=Known(vans=vans))
        assert too_much.severity is LIMIT
        assert "come to 0.24 m³ and all vans together hold 0.20 m³" in too_much.sentence

    def test_stops_on_no_route_are_told_once(self):
        one, two = TWO_ROUTES.routes
        short = replace(two, stop_ids=two.stop_ids[:-1], drive_s=two.drive_s[:-1])
        cut = replace(TWO_ROUTES, routes=(one, short))
        [left] = found(Kind.UNSERVED, cut, "")
        assert (left.severity, left.stop_ids, left.figures) == (RISK, ("CX7:3",), {"stops": 1, "packages": 2})
        told = replace(finding(Kind.SERVED_ONCE, LIMIT), stop_ids=("CX7:3",))
        assert not found(Kind.UNSERVED, cut, "", also=(told,))

    def test_whose_order_of_stops_was_checked(self):
        [note] = found(Kind.UNKNOWN, replace(TWO_ROUTES, order="sequenced"), "")
        assert (note.severity, "put into an order here" in note.sentence) == (NOTE, True)
        assert not found(Kind.UNKNOWN, replace(TWO_ROUTES, order="sequenced", origin="built"), "")

    def test_a_plan_without_a_route_says_what_to_do(self):
        [said] = checked(plan()).sentences
        assert said == "The plan has no route with stops. Build some, or ask the station for them."

    def test_a_route_without_stops_is_left_out(self):
        assert [r.code for r in checked(plan(route("CX1"), route("CX7", packages=()))).routes] == ["CX1"]

    def test_what_was_found_before_is_told_with_the_rest_the_gravest_first(self):
        before = (
            finding(Kind.UNSERVED, RISK),
            finding(Kind.SERVED_ONCE, LIMIT),
            replace(finding(Kind.VAN, LIMIT), route_id="CX7"),
        )
        report = checked(TWO_ROUTES, also=before)
        assert [f.kind for f in report.findings] == [Kind.SERVED_ONCE, Kind.UNSERVED]
        assert [f.kind for f in report.routes[1].findings if f.severity is LIMIT] == [Kind.VAN]


class TestOfADay:
    def test_drivers_and_vans_are_those_that_are_assigned(self):
        known = known_of(at_the_dock().day)
        assert {r: d.driver_id for r, d in known.driver_of.items()} == {"CX1": "A1", "CX7": "A2"}
        assert {r: v.van_id for r, v in known.van_of.items()} == {"CX1": "V1", "CX7": "V2"}
        assert len(known.vans) == 3
        assert [d.driver_id for d in known.drivers] == ["A1", "A2", "A3"]

    def test_who_has_called_out_does_not_count(self):
        day = planned().does(attendance.call_out, driver_id="A2", attendance="Called out excused").day
        assert [d.driver_id for d in known_of(day).drivers] == ["A1", "A3"]

    def test_a_day_without_a_roster_knows_nobody(self):
        day = planned().day
        known = known_of(replace(day, pre_load_out=replace(day.pre_load_out, roster=None, fleet=None)))
        assert (known.driver_of, known.van_of, known.vans) == ({}, {}, None)

    def test_what_is_found_on_a_van_after_it_has_left_does_not_ground_it_in_the_morning(self):
        day = on_the_road().day
        grounded = replace(day, pre_load_out=replace(day.pre_load_out, grounded={"V1": "Dent", "V3": "Brakes"}))
        assert known_of(grounded).grounded == {"V3": "Brakes"}


class TestPrinted:
    def test_it_is_json_with_every_finding(self):
        printed = json.loads(json.dumps(as_printed(checked(LATE))))
        assert (printed["feasible"], printed["hard_routes"]) == (False, ["CX1"])
        [first, *_] = printed["routes"][0]["findings"]
        assert {"kind", "severity", "sentence", "figures", "stop_ids", "map"} == first.keys()
        assert (first["kind"], first["severity"]) == ("hours", "limit")
        assert printed["routes"][0]["p50"] < printed["routes"][0]["p90"]

    def test_a_map_link_shows_the_area_and_no_door(self):
        link = map_link(replace(finding(Kind.STEM, RISK), centre=(41.978912, -87.912345)))
        assert link == "https://www.openstreetmap.org/?mlat=41.979&mlon=-87.912#map=15/41.979/-87.912"
        assert map_link(finding(Kind.STEM, RISK)) is None


def test_a_severity_reads_as_a_word():
    assert [str(s) for s in Severity] == ["limit", "risk", "note"]
