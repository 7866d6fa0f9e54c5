from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from dispatchkit.records import DayKey
from dispatchkit.samples.papers import cortex
from tests.samples.papers.story import (
    FIVE_PM,
    HELPER,
    MET_AT,
    ONE_PM,
    PLAN,
    RESCUED,
    ROSTER,
    STOPS,
    TAKEN,
    THREE_PM,
)
from tests.small_day import SIX_PM, TEN


@pytest.fixture(scope="module")
def routes_at(known, as_records):
    def at(instant, **more):
        return {r["Route code"]: r for r in as_records(cortex.routes_rows(known, instant, **more))}

    return at


def test_a_snapshot_has_seventeen_columns_with_the_known_ones_in_their_places(known, open_book):
    header, *rows = open_book(cortex.routes(known, ONE_PM))["Routes"]
    assert len(header) == 17
    assert header[:6] == (
        "Route code", "DSP", "Transporter Id", "Driver name", "Route progress", "Delivery Service Type",
    )  # fmt: skip
    assert header[7] == "All stops"
    assert len(rows) == len(PLAN.routes)


@pytest.mark.parametrize("at", [TEN, ONE_PM, THREE_PM, FIVE_PM, SIX_PM])
def test_progress_is_what_was_served_by_then(known, routes_at, at):
    for route_id, route in known.day.road.routes.items():
        done = sum(served_at <= at for served_at in route.served.values())
        row = routes_at(at)[route_id]
        assert (row["Stops complete"], row["Stops complete"] + row["Stops not started"]) == (done, row["All stops"])
        assert row["Route progress"] == f"{done}/{row['All stops']}"


def test_nothing_is_done_before_the_first_van_has_left(routes_at):
    rows = routes_at(TEN - timedelta(hours=1)).values()
    assert {(r["Stops complete"], r["Actual departure"]) for r in rows} == {(0, None)}


def test_stops_change_hands_at_the_meeting_and_not_before(routes_at):
    before, after = routes_at(MET_AT - timedelta(minutes=1)), routes_at(MET_AT)
    assert [before[c]["All stops"] for c in (RESCUED, HELPER)] == [STOPS, STOPS]
    assert [after[c]["All stops"] for c in (RESCUED, HELPER)] == [STOPS - len(TAKEN), STOPS + len(TAKEN)]
    assert sum(r["Total deliveries"] for r in after.values()) == PLAN.package_count


def test_the_rescuer_stands_beside_the_driver_once_they_have_met(known, routes_at):
    ids = [known.driver_id(c) for c in (RESCUED, HELPER)]
    assert routes_at(ONE_PM)[RESCUED]["Transporter Id"] == ids[0]
    row = routes_at(THREE_PM)[RESCUED]
    assert row["Transporter Id"] == "|".join(ids)
    assert row["Driver name"] == "|".join(map(known.name, ids))


def test_where_nobody_rescues_a_new_driver_may_ride_along_on_one_route(routes_at):
    new = next(d.driver_id for d in ROSTER.drivers if d.nursery)
    paired = [r for r in routes_at(ONE_PM, ride_along=True).values() if "|" in r["Transporter Id"]]
    assert [r["Transporter Id"].split("|")[1] for r in paired] == [new]
    assert not any("|" in r["Transporter Id"] for r in routes_at(ONE_PM).values())


def test_progress_that_nobody_told_is_blank_and_not_nought(known, routes_at):
    silent = msgspec.structs.replace(known.day.road.routes[HELPER], served={}, last_served=None, reported=None)
    road = msgspec.structs.replace(known.day.road, routes=known.day.road.routes | {HELPER: silent})
    untold = msgspec.structs.replace(known, day=msgspec.structs.replace(known.day, road=road))
    row = dict(zip(cortex.ROUTES_HEADER, cortex.routes_rows(untold, ONE_PM)[2], strict=True))
    assert (row["Route code"], row["Route progress"], row["Stops complete"]) == (HELPER, None, None)


def test_a_rescued_route_has_a_second_row_with_what_was_taken_over(known, open_book):
    header, *before = open_book(cortex.itineraries(known, ONE_PM))["Itineraries"]
    assert header == ("Route Code", "Planned return to station", "All Stops", "Total Packages")
    _, *after = open_book(cortex.itineraries(known, THREE_PM))["Itineraries"]
    assert len(before) == len(PLAN.routes)
    rows = [r for r in after if r[0] == RESCUED]
    assert [r[2] for r in rows] == [len(TAKEN), STOPS]
    assert rows[0][3] == sum(len(PLAN.stop[s].packages) for s in TAKEN)


@pytest.mark.parametrize(
    ("at", "zone", "name"),
    [
        (datetime(2026, 3, 14, 18, 4, tzinfo=UTC), "America/Chicago", "Routes_DXX1_2026-03-14_13_04 (CDT).xlsx"),
        (datetime(2026, 1, 14, 18, 4, tzinfo=UTC), "America/Los_Angeles", "Routes_DXX1_2026-01-14_10_04 (PST).xlsx"),
        (datetime(2026, 11, 1, 8, 30, tzinfo=UTC), "America/Los_Angeles", "Routes_DXX1_2026-11-01_01_30 (PDT).xlsx"),
        (datetime(2026, 11, 1, 9, 30, tzinfo=UTC), "America/Los_Angeles", "Routes_DXX1_2026-11-01_01_30 (PST).xlsx"),
    ],
    ids=["summer", "winter", "the first half past one", "the second half past one"],
)
def test_the_name_has_the_stations_clock_and_the_zone_of_that_hour(known, at, zone, name):
    course = msgspec.structs.replace(known.day.course, timezone=zone)
    day = msgspec.structs.replace(known.day, key=DayKey("DXX1", date(2026, 1, 14)), course=course)
    assert cortex.snapshot_name(msgspec.structs.replace(known, day=day), "Routes", at) == name
