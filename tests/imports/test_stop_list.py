"""Stops that nobody has put on routes yet: a table, and the vans and limits beside it."""

import gzip
from datetime import UTC, date, datetime

import pytest

from dispatchkit.imports import Unreadable, read_folder
from dispatchkit.imports.stop_list_limits import NO_DAY
from tests.small_stop_list import HEADER, STATION, stop, stops, write_stop_list

NINE = datetime(2000, 1, 1, 15, tzinfo=UTC)     # in Chicago


@pytest.fixture
def read(tmp_path):
    """Write a list, read it, and give the one day in it."""

    def reading(rows, *, leave_out=True, **more):
        (day,) = read_folder(write_stop_list(tmp_path, rows, **more), leave_out=leave_out)
        return day

    return reading


def refusal(read, rows, **more):
    with pytest.raises(Unreadable) as refused:
        read(rows, **more)
    return " ".join(str(p) for p in refused.value.problems)


def test_stops_and_vans_come_out_and_no_routes(read):
    day = read(stops(3))
    assert [(s.stop_id, s.lat, s.volume_cm3, s.service_s, s.window) for s in day.stops] == [
        ("1", 41.89, 10, 60, None), ("2", 41.9, 10, 60, None), ("3", 41.91, 10, 60, None),
    ]  # fmt: skip
    assert [(v.code, v.van_id, v.volume_cm3, v.departs_at) for v in day.vans] == [
        ("CX1", "V1", 100, NINE), ("CX2", "V2", 100, NINE),
    ]  # fmt: skip
    assert (day.station, day.service_day, day.source, day.routes) == ("day", NO_DAY, "stop list", ())
    assert (day.stated.shift_s, day.stated.break_s, len(day.originals)) == (32_400, 0, 2)


def test_a_table_that_is_not_packed_is_read_as_well(tmp_path):
    path = write_stop_list(tmp_path, stops(2))
    plain = path.with_name("day.csv")
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    path.unlink()
    (day,) = read_folder(plain)
    assert len(day.stops) == 2


def test_a_packed_list_of_several_parts_is_read_whole(tmp_path):
    path = write_stop_list(tmp_path, stops(4))
    plain = gzip.decompress(path.read_bytes())
    path.write_bytes(gzip.compress(plain[:90]) + gzip.compress(plain[90:]))
    (day,) = read_folder(path)
    assert len(day.stops) == 4


def test_a_list_knows_its_limits_by_name_whatever_letters_are_in_it(tmp_path):
    (day,) = read_folder(write_stop_list(tmp_path, stops(2), name="Straße", limits={"station": "DXX1"}))
    assert len(day.vans) == 2


def test_a_folder_of_lists_is_a_day_each(tmp_path):
    for name in ("monday", "tuesday"):
        write_stop_list(tmp_path, stops(2), name=name)
    assert [day.station for day in read_folder(tmp_path)] == ["monday", "tuesday"]


def test_a_window_counts_from_departure_and_one_as_long_as_the_shift_is_none(read):
    day = read([stop(1, opens_s=3600, closes_s=7200), stop(2)], limits={"departs_at": "10:00"})
    assert day.stops[0].window.opens == datetime(2000, 1, 1, 17, tzinfo=UTC)
    assert day.stops[1].window is None


def test_the_list_may_say_station_day_and_break(read):
    day = read(stops(1), limits={"station": "DXX1", "service_day": "2026-03-14", "break_s": 1800})
    assert (day.station, day.service_day, day.stated.break_s) == ("DXX1", date(2026, 3, 14), 1800)


def test_vans_may_differ_and_say_what_their_drivers_know(read):
    own = {
        "van_id": "EV7", "volume": 50, "packages": 120, "service_type": "EDV", "departs_at": "10:15", "shift_s": 20000,
        "zones": ["A-1"], "nursery": True,
    }  # fmt: skip
    day = read(stops(1), limits={"vans": [own, {}]})
    first, second = day.vans
    assert (first.van_id, first.volume_cm3, first.packages, first.service_type) == ("EV7", 50, 120, "EDV")
    assert (first.departs_at, first.shift_s) == (datetime(2000, 1, 1, 16, 15, tzinfo=UTC), 20000)
    assert (first.driver.nursery, list(first.driver.zones)) == (True, ["A-1"])
    assert (second.van_id, second.volume_cm3, second.packages, second.driver) == ("V2", 100, None, None)


def test_stops_may_say_packages_zone_and_type_of_van(read):
    day = read([f"{stop(1)},3,A-1.1A,XL", f"{stop(2)},,,"], header=f"{HEADER},packages,zone,service_type",
               station=f"{STATION},,,")
    assert [(len(s.packages), s.volume_cm3, s.zone) for s in day.stops] == [(3, 10, "A-1.1A"), (1, 10, "")]
    assert day.needs == {"1": "XL"}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (stop(7, lat=""), "The value is missing"),
        (stop(7, lat=0, lon=0), "failed address search"),
        (stop(7, lat=46.5), "km from the station"),
        (stop(7, lat=95), "too high"),
        (stop(7, volume=-1), "too low"),
        (stop(7, volume="much"), "not a number"),
        (stop(7, volume="nan"), "missing"),
        (stop(7, service_s=-5), "too low"),
        (stop(7, service_s=90000), "too high"),
        (stop(7, opens_s=7200, closes_s=3600), "closes at 3600 s, but opens at 7200 s"),
    ],
)
def test_a_stop_that_nobody_can_plan_is_left_out_by_name_and_the_rest_is_read(read, row, sentence):
    day = read([stop(1), row, stop(2)])
    assert [s.stop_id for s in day.stops] == ["1", "2"]
    (left,) = day.left_out
    assert left.stop_id == "7"
    assert sentence in left.reason
    assert "day.csv.gz row 4" in left.reason


def test_whoever_wants_all_or_nothing_is_refused_instead(read):
    assert "row 3, volume" in refusal(read, [stop(1, volume=-1)], leave_out=False)


def test_a_row_that_stands_twice_is_read_once_and_told(read):
    day = read([stop(1), stop(2), stop(1)])
    assert [s.stop_id for s in day.stops] == ["1", "2"]
    assert "the same as row 3" in str(day.problems[0])
    assert day.left_out == ()


def test_another_stop_of_the_same_id_is_left_out_under_its_row(read):
    day = read([stop(1), stop(1, lat=41.99)])
    assert [(s.stop_id, s.lat) for s in day.stops] == [("1", 41.89)]
    assert [left.stop_id for left in day.left_out] == ["1 (row 4)"]
    assert "stands in row 3 already" in day.left_out[0].reason


def test_that_one_twice_is_named_once(read):
    day = read([stop(1), stop(2, stop_id=1), stop(2, stop_id=1)])
    assert [one.stop_id for one in day.left_out] == ["1 (row 4)"]
    assert any("same as row 4; it was read once" in str(problem) for problem in day.problems)


def test_a_stop_without_an_id_is_left_out_under_its_row(read):
    day = read([stop(1, stop_id=""), stop(2)])
    assert [left.stop_id for left in day.left_out] == ["(row 3)"]


def test_no_vans_is_no_reason_not_to_read(read):
    assert read(stops(2), limits={"vans": 0}).vans == ()


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        ({"vans": -1}, "too low"),
        ({"vans": 2.5}, "not a whole number"),
        ({"vans": 10**6}, "too high"),
        ({"vans": [{"van_id": "A"}, {"van_id": "A"}]}, "Two vans are called 'A'"),
        ({"vans": [7]}, "not a JSON object"),
        ({"vans": [{"zones": "A-1"}]}, "list of names"),
        ({"vans": [{"nursery": "yes"}]}, "true or false"),
        ({"van_volume": "big"}, "not a number"),
        ({"shift_s": 0}, "too low"),
        ({"break_s": 32400}, "as long as the shift"),
        ({"departs_at": "soon"}, "not a time of day"),
        ({"service_day": "someday"}, "not the date"),
        ({"station": "a b"}, "may hold letters"),
    ],
)
def test_limits_that_make_no_sense_are_told_and_nothing_is_read(read, limits, sentence):
    said = refusal(read, stops(1), limits=limits)
    assert sentence in said
    assert "day.json" in said


def test_a_list_without_its_limits_says_what_is_missing(tmp_path):
    path = write_stop_list(tmp_path, stops(1))
    (tmp_path / "day.json").unlink()
    with pytest.raises(Unreadable, match=r"day\.json with vans, van_volume and shift_s"):
        read_folder(path)


def test_a_count_that_is_off_is_told(read):
    assert "says 9 stops; the table holds 2" in str(read(stops(2), limits={"stops": 9}).problems[-1])


def test_a_station_without_a_place_stops_it_all(read):
    assert "The first row is the station" in refusal(read, stops(1), station="0,,,0,0,0,0")


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda data: data[: len(data) // 2], "cut off"),
        (lambda data: data[:2] + b"\x00" + data[3:], "damaged"),
        (lambda _: gzip.compress(b""), "empty"),
        (lambda _: gzip.compress(f"{HEADER}\n".encode()), "no rows"),
        (lambda _: gzip.compress(f"{HEADER}\n{STATION}\n1,2\n".encode()), "cut off or has moved"),
    ],
)
def test_a_damaged_list_is_told(tmp_path, damage, sentence):
    path = write_stop_list(tmp_path, stops(2))
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(Unreadable, match=sentence):
        read_folder(path, leave_out=True)


def test_a_packed_file_that_is_nobodys_data_is_passed_over(tmp_path):
    write_stop_list(tmp_path, stops(1))
    (tmp_path / "photos.tar.gz").write_bytes(b"\x1f\x8b rest")
    assert len(read_folder(tmp_path)) == 1


def test_lists_and_other_formats_are_not_mixed(station_day, tmp_path):
    write_stop_list(tmp_path, stops(1))
    assert "Stop lists are mixed with files of another format" in " ".join(station_day.refusal())
