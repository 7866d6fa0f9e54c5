from datetime import UTC, date, datetime

import pytest

from dispatchkit.imports import read_folder

C, V, D, P = "customers.csv", "vehicles.csv", "departures.csv", "depots.csv"


@pytest.fixture
def day(station_day):
    (day,) = station_day.read()
    return day


def test_a_day_comes_out_with_its_station_zone_and_originals(day, station_day):
    assert (day.station, day.service_day, day.source) == ("DXX1", date(2018, 8, 8), "station day")
    assert day.timezone == "America/Chicago"
    assert (day.station_lat, day.station_lng, day.rows) == (41.88, -87.63, 5)
    assert {o.name: o.data for o in day.originals} == station_day.as_bytes()


def test_routes_take_id_and_departure_from_the_departures_and_volume_from_the_fleet(day):
    assert [(r.code, r.route_id, r.van_id, r.departs_at, r.van_volume_cm3, r.order) for r in day.routes] == [
        ("CX1", "RouteID_2", "v2", datetime(2018, 8, 8, 14, 30, tzinfo=UTC), 3_313_071, "unordered"),
        ("CX2", "RouteID_1", "v1", datetime(2018, 8, 8, 15, 0, tzinfo=UTC), 4_247_527, "unordered"),
    ]


def test_packages_for_one_stop_are_one_stop(day):
    stops = day.routes[1].stops
    assert [(s.stop_id, len(s.packages), s.service_s) for s in stops] == [("CX2:AA", 2, 60.0), ("CX2:NA", 1, 45.5)]
    assert day.routes[1].stops[0].window.opens == datetime(2018, 8, 8, 16, tzinfo=UTC)


def test_a_blank_stop_is_the_stop_na_and_says_so(day):
    assert [str(p) for p in day.problems] == [
        "customers.csv row 4, stop_id: The stop is blank for 1 of the packages of van 'v1', here first; "
        "it was read as the stop NA, which table programs take for a missing value."
    ]


def test_without_departures_routes_go_by_their_vans(station_day):
    del station_day[D]
    (day,) = station_day.read()
    assert [(r.code, r.route_id, r.departs_at) for r in day.routes] == [("CX1", "v1", None), ("CX2", "v2", None)]


def test_two_dates_in_one_table_are_two_days(station_day):
    del station_day[D]
    station_day.replace(C, "A-1.1A,2018-08-08,DXX1,v2,BB", "A-1.1A,2018-08-09,DXX1,v2,BB")
    assert [(d.service_day.day, d.rows) for d in station_day.read()] == [(8, 4), (9, 1)]


@pytest.mark.parametrize(
    ("table", "old", "new", "sentence"),
    [
        (C, "41.90", "4l.90", "row 4, dropoff_lat: '4l.90' is not a number. Correct it and import again."),
        (C, "41.90", "1_0", "row 4, dropoff_lat: '1_0' is not a number."),
        (C, "41.90", "", "row 4, dropoff_lat: The value is missing; a blank is not taken for 0. Fill it in"),
        (C, "41.90", "NaN", "row 4, dropoff_lat: The value is missing"),
        (C, "-87.63,41.90", "-81.6,41.90", "row 4, dropoff_lat: The stop lies 499 km from the station"),
        (C, "-87.63,41.90", "0,0", "row 4, dropoff_lat: 0, 0 is what a failed address search leaves"),
        (C, "45.5", "", "row 4, service_duration: The value is missing"),
        (C, "45.5", "-45.5", "row 4, service_duration: '-45.5' is too low"),
        (C, "45.5,10.0", "45.5,ten", "row 4, depth: 'ten' is not a number."),
        (C, "c3,", ",", "row 4, customer_id: The id is missing."),
        (C, "c3,", "c1,", "row 4, customer_id: Package 'c1' stands in row 2 already."),
        (C, "c3,", '"c\n3",', "row 4, customer_id: 'c\\u000a3' holds a line break"),
        (C, "2018-08-08 20:00:00", "2018-08-08 15:00:00", "row 3, dropoff_tw_end: The window closes at '2018"),
        (C, "2018-08-08 20:00:00", "", "row 3, dropoff_tw_end: The window has one end only."),
        (C, "2018-08-08 20:00:00", "8 pm", "row 3, dropoff_tw_end: '8 pm' is not a date and time."),
        (C, "2018-08-08,DXX1,v1,AA", "8/8/18,DXX1,v1,AA", "row 2, delivered_date: '8/8/18' is not the date"),
        (C, "DXX1,v1,AA", "DXX1,v9,AA", "row 2, vehicle_id: Van 'v9' is unknown. Add it to the vehicles"),
        (C, "DXX1,v1,AA", "DYY1,v1,AA", "row 2, depot_id: Station 'DYY1' is unknown. Add it to the depots"),
        (C, "c2,-87.63,41.89", "c2,-87.63,41.95", "row 3, stop_id: Stop 'AA' of van 'v1' is not where row 2 has it."),
        (C, "DXX1,v2,BB", "DXX1,v2", "row 6: The row has 15 cells where the header has 16; it is cut off"),
        (C, "DXX1,v2,BB", "DXX1,v2,BB,CC", "row 6: The row has 17 cells where the header has 16"),
        (C, "stop_id", "halt", "customers.csv, stop_id: The column is missing. Add it as the source has it."),
        (C, "demand", "stop id", "customers.csv row 1, stop_id: The column stands twice in the header."),
        (C, "c2,", '"c2,', "customers.csv row 3: From here on the table cannot be read (unexpected end of data)"),
        (V, "3313071.0", "-1", "vehicles.csv row 3, capacity: '-1' is too low"),
        (V, "3313071.0", "", "vehicles.csv row 3, capacity: The value is missing"),
        (V, "v2,", "v1,", "vehicles.csv row 3, vehicle_id: Van 'v1' stands twice."),
        (V, "v1,DXX1,4247527.0\nv2,DXX1,3313071.0\n", "", "vehicles.csv: The table has a header and no rows."),
        (D, "15:00:00", "25:00:00", "departures.csv row 2, departure_time_utc: '25:00:00' is not a time of day."),
        (D, "v2,", "v1,", "departures.csv row 3, vehicle_id: Van 'v1' already left in row 2."),
        (D, "v2,", "v3,", "departures.csv row 3, vehicle_id: Van 'v3' is unknown."),
        (D, "RouteID_2", "RouteID_1", "departures.csv row 3, route_id: Route 'RouteID_1' already left in row 2."),
        (D, "v2,DXX1,2,2", "v2,DXX1,2,3", "row 3, packages: Van 'v2' left with 3 packages; the"),
        (D, "v2,DXX1,2,2", "v2,DXX1,3,2", "row 3, stops: Van 'v2' left with 3 stops; the packages' table holds 2."),
        (P, "41.88", "", "depots.csv row 2, lat: The value is missing"),
        (P, "DXX1,-87.63,41.88\n", "DXX1,-87.63,41.88\nDXX1,1,1\n", "row 3, depot_id: Station 'DXX1' stands twice."),
        (P, "DXX1,", "DYY1,", "customers.csv row 2, depot_id: Station 'DXX1' is unknown."),
    ],
)
def test_one_wrong_cell_is_named_with_its_row_and_nothing_is_imported(station_day, table, old, new, sentence):
    station_day.replace(table, old, new)
    assert any(sentence in refusal for refusal in station_day.refusal())


def test_a_table_cut_between_two_rows_is_caught_by_the_departures(station_day):
    station_day[C] = station_day[C][: station_day[C].index("c5")]
    places = [sentence.partition(":")[0] for sentence in station_day.refusal()]
    assert places == ["departures.csv row 3, stops", "departures.csv row 3, packages"]


def test_a_table_without_a_last_line_end_is_read_with_a_warning(station_day):
    station_day[C] = station_day[C].rstrip()
    (day,) = station_day.read()
    assert "The file does not end with a line end." in str(day.problems[0])


def test_row_numbers_are_those_of_a_spreadsheet_blank_rows_included(station_day):
    station_day.replace(C, "c3,-87.63,41.90", "\n,,,\nc3,-87.63,nowhere")
    assert "customers.csv row 6, dropoff_lat: 'nowhere'" in station_day.refusal()[0]


def test_all_wrong_rows_are_named_fifty_of_them_in_the_message(station_day):
    head, first, *_ = station_day[C].splitlines()
    rows = [first.replace("c1,", f"c{n},").replace("41.89", "?") for n in range(60)]
    station_day[C] = "\n".join([head, *rows, ""])
    assert len(station_day.refusal()) == 60
    with pytest.raises(Exception, match=r"(?s)row 51, dropoff_lat.*… and 10 more\.") as refused:
        station_day.read()
    assert "row 52," not in str(refused.value)


def test_columns_go_by_their_usual_other_names_and_strangers_are_named(station_day):
    station_day.replace(C, "dropoff_lat,dropoff_node_id", "Drop-off Latitude ,colour")
    (day,) = station_day.read()
    assert day.rows == 5
    assert "Columns that are not known here were passed over: 'colour'." in " ".join(map(str, day.problems))


def test_the_problem_is_named_by_the_header_that_the_file_has(station_day):
    station_day.replace(C, "dropoff_lat", "Latitude (dropoff)")
    station_day.replace(C, "Latitude (dropoff)", "DROPOFF LAT")
    station_day.replace(C, "41.90", "x")
    assert "customers.csv row 4, DROPOFF LAT: 'x' is not a number." in station_day.refusal()[0]


def test_a_semicolon_table_is_read(station_day):
    station_day[P] = station_day[P].replace(",", ";")
    assert len(station_day.read()) == 1


def test_ids_are_data_however_they_look(station_day):
    station_day.replace(C, "c1,", "=cmd|' /C calc'!A0,")
    station_day.replace(C, "c2,", "<script>alert(1)</script>,")
    station_day.replace(C, "c4,", '"a""b",')
    station_day.replace(C, "c5,", "\u202eevil,")
    (day,) = station_day.read()
    ids = [p.package_id for r in day.routes for s in r.stops for p in s.packages]
    assert ids == ['a"b', "\u202eevil", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "c3"]


def test_one_real_day(shared_data):
    (day,) = read_folder(shared_data / "amazon_dch4_2018-08-08")
    stops = [s for r in day.routes for s in r.stops]
    assert (day.station, day.service_day, day.timezone) == ("DCH4", date(2018, 8, 8), "America/Chicago")
    assert (len(day.routes), len(stops), sum(len(s.packages) for s in stops), day.rows) == (25, 4_224, 6_137, 6_137)
    assert [r.code for r in day.routes] == [f"CX{n}" for n in range(1, 26)]
    assert sum(s.stop_id.endswith(":NA") for s in stops) == 5
    assert [r.departs_at for r in day.routes] == sorted(r.departs_at for r in day.routes)
