from datetime import date

import msgspec
import pytest

from dispatchkit.eos.balance import balance
from dispatchkit.samples.papers import quality
from tests.samples.papers.story import BACK, HELPER, LOST, ROSTER


def test_the_overview_keeps_the_blanks_of_the_real_headers(known, open_csv):
    header = list(open_csv(quality.overview(known))[0])
    assert header[:5] == ["Week", "Delivery Associate ", "Transporter ID", "Overall Standing", "Overall Score"]
    assert {"Sign/ Signal Violations Rate (per trip)", "Sign/ Signal Violations Rate Weight Applied"} < set(header)
    assert header[-1] == "Packages Delivered"
    assert len(header) == 6 + 4 * 12


def test_who_is_new_has_blanks_and_no_noughts(known, open_csv):
    rows = {r["Transporter ID"]: r for r in open_csv(quality.overview(known))}
    assert set(rows) == set(ROSTER.driver)
    for driver in ROSTER.drivers:
        figures = list(rows[driver.driver_id].values())[3:]
        assert all(f == "" for f in figures) if driver.nursery else all(f != "" for f in figures)


def test_the_overview_is_of_the_week_before(known, open_csv):
    assert {r["Week"] for r in open_csv(quality.overview(known))} == {"2026-W10"}
    assert quality.overview_name(known) == "DXXA_DXX1_2026-W10_DA_Overview.csv"


@pytest.mark.parametrize(
    ("day", "week"),
    [(date(2026, 9, 13), "2026-W38"), (date(2026, 9, 19), "2026-W38"), (date(2025, 12, 28), "2026-W01")],
    ids=["its Sunday", "its Saturday", "over New Year"],
)
def test_a_week_runs_from_sunday(day, week):
    assert quality.week_text(day) == week


def test_returns_are_the_undelivered_packages_of_the_balance_with_driver_and_reason(known, open_csv):
    rows = open_csv(quality.returns(known))
    assert tuple(rows[0]) == quality.RETURNS_HEADER
    assert {r["Tracking ID"]: r["RTS Code"] for r in rows} == {BACK: "BUSINESS CLOSED", LOST: "OBJECT MISSING"}
    assert {r["Transporter ID"] for r in rows} == {known.driver_id(HELPER)}
    total = balance(known.day).total
    assert len(rows) == total.attempted + total.returned + total.missing


def test_what_is_still_on_the_road_has_not_come_back(known):
    out = msgspec.structs.replace(known.day.end_of_shift, returned={})
    day = msgspec.structs.replace(known.day, end_of_shift=out)
    assert list(quality.returns_rows(msgspec.structs.replace(known, day=day))) == [quality.RETURNS_HEADER]


def test_safety_events_are_of_drivers_and_vans_on_the_road_while_they_were_out(known, open_csv):
    rows = open_csv(quality.events(known))
    assert rows
    out = {(d.driver_id, known.vin(d.van_id)): d.at for d in known.day.load_out.departed.values()}
    for row in rows:
        left = out[row["Transporter ID"], row["VIN"]]
        assert f"{known.local(left):%Y-%m-%d %H:%M:%S}" < row["Date Time"] < "2026-03-14 18:00:00"
    assert len({r["Event ID"] for r in rows}) == len(rows)
