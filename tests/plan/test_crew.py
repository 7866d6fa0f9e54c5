"""Who will most likely drive which van, as the day knows it when routes are built."""

from datetime import UTC, date, datetime

from dispatchkit.day import Day
from dispatchkit.day.pre_load_out import PreLoadOut
from dispatchkit.plan.crew import crew_of
from dispatchkit.records import DayKey, Driver, Roster

KEY = DayKey("DXX1", date(2026, 3, 14))
AT = datetime(2026, 3, 14, 14, tzinfo=UTC)


def day(*drivers, **before):
    return Day(key=KEY, pre_load_out=PreLoadOut(roster=Roster(drivers=drivers), **before))


def driver(name, **own):
    return Driver(driver_id=name, **own)


def test_a_van_is_taken_to_have_its_driver_of_the_last_days():
    assert crew_of(day(driver("A1", last_van_id="v1"), driver("A2"))) == {"v1": driver("A1", last_van_id="v1")}


def test_who_is_assigned_goes_before_who_drove_it_last():
    given = day(driver("A1", last_van_id="v1"), driver("A2"), driver_of={"R1": "A2"}, van_of={"R1": "v1"})
    assert crew_of(given)["v1"].driver_id == "A2"


def test_nobody_drives_two_vans():
    given = day(driver("A1", last_van_id="v1"), driver_of={"R1": "A1"}, van_of={"R1": "v2"})
    assert list(crew_of(given)) == ["v2"]


def test_standbys_and_those_who_called_out_are_nobodys_driver():
    drivers = driver("A1", last_van_id="v1", standby=True), driver("A2", last_van_id="v2")
    assert crew_of(day(*drivers, attendance={"A2": "Called out excused"})) == {}


def test_without_a_roster_nobody_is_known():
    assert crew_of(Day(key=KEY)) == {}
