"""Files that cannot be used: a sentence each with file and place, exit code 1, nothing written, nothing half done."""

import json
import os

import pytest

from dispatchkit.log import artifacts, open_log
from tests.small_challenge import challenge, write_challenge
from tests.small_station_day import write_station_day

NO_NUMBER = "nan"


def text_of(folder, name):
    return (folder / name).read_text("utf-8")


def replaced(name, old, new, times=1):
    """Change a piece of a table, which must be there."""

    def damage(folder):
        text = text_of(folder, name)
        assert old in text
        (folder / name).write_text(text.replace(old, new, times), encoding="utf-8")

    return damage


def cut(name, share):
    """Cut a file off, as an interrupted download does."""

    def damage(folder):
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(whole[: int(len(whole) * share)])

    return damage


def emptied(name):
    return lambda folder: (folder / name).write_bytes(b"")


def removed(name):
    return lambda folder: (folder / name).unlink()


def encoded(name, encoding):
    def damage(folder):
        text = text_of(folder, name).replace("A-1.0A", "Hörde")
        (folder / name).write_bytes(text.encode(encoding, errors="replace"))

    return damage


def row_again(name, number):
    """Write a row of a table a second time, at its end."""

    def damage(folder):
        rows = text_of(folder, name).splitlines()
        (folder / name).write_text("\n".join([*rows, rows[number - 1]]) + "\n", encoding="utf-8")

    return damage


def nan_ridden(folder):
    rows = text_of(folder, "customers.csv").splitlines()
    cells = rows[6].split(",")
    rows[6] = ",".join([cells[0], *(NO_NUMBER for _ in cells[1:])])
    (folder / "customers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


TABLES = {
    "cut within a row": (cut("customers.csv", 0.515), ["customers.csv row 19", "cut off"]),
    "cut within a quoted cell": (replaced("customers.csv", '"c0-7"', '"c0-7'), ["customers.csv row "]),
    "an empty table": (emptied("customers.csv"), ["customers.csv", "empty"]),
    "a table missing": (removed("depots.csv"), ["depots.csv", "in none of the files"]),
    "another encoding": (encoded("customers.csv", "latin-1"), ["customers.csv", "not in UTF-8", "line 2"]),
    "a row of NaN": (nan_ridden, ["customers.csv row 7", "The value is missing; a blank is not taken for 0."]),
    "a package twice": (row_again("customers.csv", 9), ["customers.csv row 38", "row 9"]),
    "a van twice": (row_again("vehicles.csv", 2), ["vehicles.csv row 5", "Van 'v0' stands twice"]),
    "a route twice": (row_again("departures.csv", 2), ["departures.csv row 5", "row 2"]),
    "no latitude": (replaced("customers.csv", ",41.600000,", ",,"), ["customers.csv row 2, dropoff_lat", "missing"]),
    "no place on earth": (replaced("customers.csv", ",41.600000,", ",141.6,"), ["row 2, dropoff_lat", "too high"]),
    "a failed address search": (
        replaced("customers.csv", "-93.600000,41.600000", "0,0"), ["customers.csv row 2", "failed address search"],
    ),
    "a stop 500 km off": (
        replaced("customers.csv", ",41.600000,", ",46.1,"), ["customers.csv row 2", "km from the station"],
    ),
    "a negative size": (replaced("customers.csv", "90.0,10,10,10", "90.0,10,-10,10"), ["row 2, height", "too low"]),
    "a negative van": (replaced("vehicles.csv", "4247527.0", "-1"), ["vehicles.csv row 2, capacity", "too low"]),
    "a negative service time": (replaced("customers.csv", ",90.0,", ",-90,"), ["row 2, service_duration", "too low"]),
    "a van that is unknown": (replaced("customers.csv", '"v1"', '"v9"'), ["customers.csv row 14", "Van 'v9'"]),
    "a window that closes before it opens": (
        replaced("customers.csv", "23:00:00", "15:00:00"), ["customers.csv row 5, dropoff_tw_end", "opens at"],
    ),
    "a date that is none": (replaced("customers.csv", ",2026-03-14,", ",14/03/26,"), ["row 2, delivered_date"]),
}  # fmt: skip


def at(files, *path):
    for step in path:
        files = files[step]
    return files


def put(*path, value):
    """Change a value of the challenge's files."""

    def change(files):
        at(files, *path[:-1])[path[-1]] = value

    return change


def package_elsewhere(files):
    del files["package_data.json"]["RouteID_1"]["CC"]


STOP = ("route_data.json", "RouteID_1", "stops", "AA")
PARCEL = ("package_data.json", "RouteID_1", "AA", "P1")
JSON_FILES = {
    "NaN for a latitude": (put(*STOP, "lat", value=float("nan")), ["route_data.json, RouteID_1 / stops / AA / lat"]),
    "no latitude": (lambda files: at(files, *STOP).pop("lat"), ["RouteID_1 / stops / AA / lat", "missing"]),
    "a stop 500 km off": (put(*STOP, "lat", value=46.4), ["RouteID_1 / stops / AA", "km from the station"]),
    "a negative size": (
        put(*PARCEL, "dimensions", "depth_cm", value=-1), ["package_data.json, RouteID_1 / AA / P1", "too low"],
    ),
    "a negative van": (put("route_data.json", "RouteID_1", "executor_capacity_cm3", value=-5), ["too low"]),
    "no stations": (put("route_data.json", "RouteID_1", "stops", "ST", "type", value="Dropoff"), ["type Station"]),
    "a stop without packages": (package_elsewhere, ["RouteID_1 / stops / CC", "No package is given"]),
    "a date that is none": (put("route_data.json", "RouteID_1", "date_YYYY_MM_DD", value="NaN"), ["date_YYYY_MM_DD"]),
}  # fmt: skip


@pytest.fixture
def store(call, tmp_path):
    """A store that holds a good day; what is in it, to be compared."""
    assert call("import", write_station_day(tmp_path / "good", day="2026-03-13", harm=())).code == 0

    def holds():
        with open_log(tmp_path / "home" / "days.sqlite", create=False) as log, log.store.reading() as connection:
            return log.days(), artifacts.digests(connection)

    return holds


@pytest.fixture
def refused(call, store, tmp_path):
    """Import a folder and run it; both must refuse it in the same sentences, and write nothing."""

    def ask(folder):
        before, lying_here = store(), sorted(p.name for p in tmp_path.iterdir())
        said = set()
        for words in (("import",), ("run-day", "--json", "--report", "reports")):
            answer = call(words[0], folder, *words[1:])
            assert answer.code == 1
            assert answer.out == ""
            assert "Traceback" not in answer.err
            said.add(answer.err)
        assert store() == before
        assert sorted(p.name for p in tmp_path.iterdir()) == lying_here
        (sentences,) = said
        assert sentences.startswith("Nothing was imported.")
        return sentences

    return ask


@pytest.mark.parametrize(("damage", "sentences"), TABLES.values(), ids=TABLES)
def test_a_table_that_cannot_be_used(refused, tmp_path, damage, sentences):
    folder = write_station_day(tmp_path / "bad", harm=())
    damage(folder)
    said = refused(folder)
    for sentence in sentences:
        assert sentence in said


@pytest.mark.parametrize(("change", "sentences"), JSON_FILES.values(), ids=JSON_FILES)
def test_json_that_cannot_be_used(refused, tmp_path, change, sentences):
    files = challenge()
    change(files)
    said = refused(write_challenge(tmp_path / "bad", files))
    for sentence in sentences:
        assert sentence in said


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
@pytest.mark.parametrize("name", ["route_data.json", "package_data.json", "travel_times.json"])
def test_json_that_is_cut_off(refused, tmp_path, name, share):
    folder = write_challenge(tmp_path / "bad")
    cut(name, share)(folder)
    said = refused(folder)
    assert f"{name}: Not JSON from line 1" in said


def test_an_id_that_stands_twice_in_json(refused, tmp_path):
    folder = write_challenge(tmp_path / "bad")
    replaced("package_data.json", '"P2"', '"P1"')(folder)
    assert "package_data.json: 'P1' stands twice." in refused(folder)


def test_a_file_in_sixteen_bits_or_with_a_mark_is_read(call, tmp_path):
    folder = write_challenge(tmp_path / "day")
    data = folder / "route_data.json"
    data.write_bytes(data.read_text("utf-8").encode("utf-16"))
    packages = folder / "package_data.json"
    packages.write_bytes(b"\xef\xbb\xbf" + packages.read_bytes())
    assert call("import", folder, "--json").json[0]["packages"] == 4


@pytest.mark.parametrize("write", [write_station_day, write_challenge])
def test_names_changed_by_hand_do_not_matter(call, tmp_path, write):
    folder = write(tmp_path / "day")
    for n, path in enumerate(sorted(folder.iterdir())):
        path.rename(folder / f"Copy of ({n}) download")
    assert call("run-day", folder, "--json").json["closed"]


def test_an_empty_folder(refused, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "empty: The folder holds no files." in refused(tmp_path / "empty")


def test_a_folder_that_is_not_there(refused, tmp_path):
    assert "nowhere: There is no folder or file" in refused(tmp_path / "nowhere")


def test_a_folder_of_something_else(call, store, tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "van.png").write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(500))
    (folder / "letter.txt").write_text("Dear station,\n", encoding="utf-8")
    (folder / "settings.json").write_text(json.dumps({"a": [1, 2]}), encoding="utf-8")
    before = store()
    ran, brought = call("run-day", folder), call("import", folder)
    assert "pictures: Nothing here can be read as a service day." in ran.err
    assert "letter.txt, settings.json, van.png" in ran.err
    assert brought.err.startswith("Nothing was imported.")
    assert all(f"{name} cannot be used." in brought.err for name in ("letter.txt", "settings.json", "van.png"))
    assert (ran.code, brought.code, store()) == (1, 1, before)


def test_files_of_two_formats_in_one_folder(refused, tmp_path):
    folder = write_challenge(write_station_day(tmp_path / "both", harm=()))
    assert "both: Files of two formats are mixed" in refused(folder)


def test_every_bad_row_is_named_not_the_first_one_only(refused, tmp_path):
    folder = write_station_day(tmp_path / "bad", harm=())
    replaced("customers.csv", ",90.0,", ",soon,", times=3)(folder)
    said = refused(folder)
    assert [f"customers.csv row {n}, service_duration" in said for n in (2, 3, 4)] == [True] * 3


def test_one_bad_day_of_two_keeps_the_other_out_too(refused, tmp_path):
    folder = write_station_day(tmp_path / "bad", harm=())
    replaced("customers.csv", ",2026-03-14,", ",2026-03-15,", times=3)(folder)
    replaced("customers.csv", ",41.600000,", ",,")(folder)
    assert "customers.csv row 2, dropoff_lat" in refused(folder)


@pytest.mark.parametrize("damage", ["truncated", "changed"])
def test_an_exported_day_that_was_damaged(call, store, tmp_path, damage):
    call("export", "DXX1/2026-03-13", tmp_path / "day.jsonl")
    whole = (tmp_path / "day.jsonl").read_bytes()
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(whole[: len(whole) // 2] if damage == "truncated" else whole.replace(b'"routes":3', b'"routes":4'))
    answer = call("import", bad, "--json", "--store", "other.sqlite")
    assert (answer.code, answer.out) == (1, "")
    assert "bad.jsonl" in answer.err
    assert "line" in answer.err
    assert "Traceback" not in answer.err
    assert call("days", "--json", "--store", "other.sqlite").json == []


def test_a_closed_day_takes_no_other_files_and_keeps_no_trace_of_them(call, store, tmp_path):
    call("run-day", write_station_day(tmp_path / "day", harm=()))
    before = store()
    other = write_station_day(tmp_path / "other", stops=11, harm=())
    answer = call("import", other, "--json")
    assert (answer.code, answer.out) == (1, "")
    assert "DXX1/2026-03-14 is closed. Reopen it first" in answer.err
    assert store() == before
