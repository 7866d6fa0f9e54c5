import re

from dispatchkit.samples.names import first_and_last
from dispatchkit.samples.papers import fleet
from tests.samples.papers.story import FLEET


def test_the_vans_that_may_not_leave_are_grounded(known, open_book, as_records):
    rows = as_records(open_book(fleet.vehicles(known))["Vehicles"])
    assert tuple(rows[0]) == fleet.VEHICLES_HEADER
    assert [r["Vehicle Name"] for r in rows] == [v.van_id for v in FLEET.vans]
    grounded = {r["Vehicle Name"] for r in rows if r["operationalStatus"] == "GROUNDED"}
    assert grounded == set(known.day.pre_load_out.grounded) == {"van-10", "van-11"}


def test_a_vin_is_well_formed_and_no_makers(known):
    vins = [known.vin(v.van_id) for v in FLEET.vans]
    assert all(re.fullmatch(r"0[A-HJ-NPR-Z0-9]{16}", vin) for vin in vins)
    assert len(set(vins)) == len(vins)


def test_the_charge_is_as_it_was_read_and_blank_where_it_was_not_told(known, open_csv):
    rows = {r["VIN"]: r for r in open_csv(fleet.charge(known))}
    assert len(rows) == sum(v.electric for v in FLEET.vans)
    read, half_read = rows[known.vin("van-01")], rows[known.vin("van-05")]
    assert (read["State of Charge"], read["Distance to Empty"]) == ("87%", "132 mi")
    assert (half_read["State of Charge"], half_read["Distance to Empty"]) == ("64%", "")


def test_both_lists_of_inspections_agree_with_the_log(known, open_csv):
    said = sorted(known.day.pre_load_out.inspections.values(), key=lambda i: (i.at, i.van_id))
    dvic, whip_around = open_csv(fleet.dvic(known)), open_csv(fleet.whip_around(known))
    assert tuple(dvic[0]) == fleet.DVIC_HEADER
    for inspected, d, w in zip(said, dvic, whip_around, strict=True):
        assert (d["vin"], d["transporter_id"]) == (known.vin(inspected.van_id), inspected.driver_id)
        assert (d["inspection_status"] == "PASSED") == inspected.passed
        assert d["inspection_type"] == "PRE_TRIP_DVIC"
        assert (d["defects"], w["Asset name"]) == ("; ".join(inspected.defects), inspected.van_id)
        assert (w["Driver first name"], w["Driver last name"]) == first_and_last(known.name(inspected.driver_id))


def test_times_are_by_the_stations_clock_and_the_form_says_which_kind_of_van(known, open_csv):
    first = open_csv(fleet.dvic(known))[0]
    assert (first["start_time"], first["end_time"]) == ("2026-03-14 09:15:55", "2026-03-14 09:20:00")
    assert (first["start_date"], first["duration"]) == ("2026-03-14", "0:04:05")
    second = open_csv(fleet.whip_around(known))[1]
    assert second["Form"] == "Pre-Trip EDV Inspection (DVIR)"
    assert second["Date inspection occurred"] == "3/14/2026 9:20 AM"
