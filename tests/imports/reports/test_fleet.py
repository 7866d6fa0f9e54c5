"""The vans and their charge, in the shape of real exports; every van is invented."""

import pytest

TAB = "Vehicles"
VEHICLES = ["Vehicle Name", "VIN", "License Plate", "Active", "operationalStatus", "serviceType"]
CHARGE = ["VIN", "State of Charge", "Distance to Empty"]
V1, V2, V3 = "7FCEHEB79PN000001", "1FTYR3XM0KKA00002", "1FTYR3XM0KKA00003"


def vehicle(name="EV1", vin=V1, active="ACTIVE", status="OPERATIONAL"):
    return [name, vin, "0ABC123", active, status, "Standard Parcel Electric - Rivian MEDIUM"]


def vans(read, *rows):
    return read([VEHICLES, *rows], "VehiclesData.xlsx", tab=TAB)


def charges(read, *rows, header=CHARGE):
    return read([header, *rows], "ev.csv")


def test_a_van_comes_out_whole(read):
    file = vans(read, vehicle(), vehicle("R35", V2, "INACTIVE", "GROUNDED"))
    assert (file.source, file.problems) == ("Vehicles", ())
    assert [(v.row, v.name, v.vin, v.plate, v.active, v.grounded) for v in file.reading.vehicles] == [
        (2, "EV1", V1, "0ABC123", True, False),
        (3, "R35", V2, "0ABC123", False, True),
    ]
    assert file.reading.vehicles[0].service_type == "Standard Parcel Electric - Rivian MEDIUM"


def test_a_blank_is_no_data_and_neither_grounded_nor_fit(read):
    (van,) = vans(read, vehicle(vin="", active="", status="")).reading.vehicles
    assert (van.vin, van.active, van.grounded) == ("", None, None)


def test_an_unknown_status_of_a_van_is_a_problem_and_not_a_guess(read, sentences):
    file = vans(read, vehicle(status="RESTING"))
    assert file.reading.vehicles[0].grounded is None
    assert sentences(file, blocks=True) == [
        "row 2, operationalStatus: The status 'RESTING' is not known. "
        "Add it to 'operational' or 'grounded' in the [words] section of the station profile and import again."
    ]


@pytest.mark.parametrize(
    ("second", "column", "value"),
    [(vehicle("ev1", V2), "Vehicle Name", "ev1"), (vehicle("EV2", V1.lower()), "VIN", V1)],
)
def test_a_name_or_vin_that_stands_twice_is_a_problem_and_its_first_row_counts(
    read, sentences, second, column, value
):
    file = vans(read, vehicle(), second, vehicle("EV3", V3))
    assert [v.row for v in file.reading.vehicles] == [2, 4]
    (sentence,) = sentences(file, blocks=True)
    assert sentence.casefold().startswith(f"row 3, {column}: '{value}' stands in row 2 already.".casefold())


def test_vans_without_a_vin_are_not_taken_for_each_other(read):
    assert len(vans(read, vehicle("R1", ""), vehicle("R2", "")).reading.vehicles) == 2


def test_what_is_no_vin_and_a_van_without_a_name_are_problems(read, sentences):
    file = vans(read, vehicle(vin="7FCEHEB79PN00000O"), vehicle("", V2))
    assert [s.partition(":")[0] for s in sentences(file, blocks=True)] == ["row 2, VIN", "row 3, Vehicle Name"]


def test_a_charge_comes_out_with_its_units_read(read):
    file = charges(read, [V1, "87%", "132 mi"], [V2, "9", "14.5"], [V3, "", ""])
    assert (file.source, file.problems) == ("EV charge", ())
    assert [(c.vin, c.charge_pct, c.range_mi) for c in file.reading.charges] == [
        (V1, 87, 132), (V2, 9, 14.5), (V3, None, None),
    ]  # fmt: skip


def test_shares_of_a_battery_are_percent(read):
    assert [c.charge_pct for c in charges(read, [V1, "0.87", ""], [V2, "1", ""]).reading.charges] == [87, 100]


def test_a_lone_one_is_not_taken_for_a_full_battery(read, sentences):
    file = charges(read, [V1, "1", ""], [V2, "0", ""])
    assert [c.charge_pct for c in file.reading.charges] == [1, 0]
    assert sentences(file, blocks=False) == [
        "State of Charge: The only figures are 0 and 1; 1 was read as 1 %. "
        "Check these vans: it may mean a full battery."
    ]


def test_kilometres_are_not_taken_for_miles(read):
    by_header = charges(read, [V1, "50%", "160.9344"], header=[*CHARGE[:2], "Distance to Empty (km)"])
    by_cell = charges(read, [V1, "50%", "160.9344 km"])
    assert by_header.problems == ()
    assert [f.reading.charges[0].range_mi for f in (by_header, by_cell)] == [pytest.approx(100)] * 2


@pytest.mark.parametrize(("charge", "distance"), [("101%", ""), ("-3", ""), ("low", ""), ("50%", "far"), ("50%", "-4")])
def test_what_no_battery_can_have_is_a_problem(read, sentences, charge, distance):
    file = charges(read, [V1, charge, distance])
    assert len(sentences(file, blocks=True)) == 1
    assert len(file.reading.charges) == 1


def test_a_van_with_two_charges_is_asked_about(read, sentences):
    file = charges(read, [V1, "50%", ""], [V1, "40%", ""])
    assert [c.charge_pct for c in file.reading.charges] == [50]
    assert sentences(file, blocks=True) == [
        f"row 3, VIN: '{V1}' stands in row 2 already. Leave the newer row and import again."
    ]
