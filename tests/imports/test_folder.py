import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatchkit.errors import WorkbenchError
from dispatchkit.imports import OriginalFile, Unreadable, read_files, read_folder, read_originals

MEAN_BYTES = [b'"', b",", b"\n", b"\0", b"NaN", b"-", b"1e999", b"{", b"null", b"\xff\xfe", b"\\ud800"]


def renamed(folder):
    for n, name in enumerate(list(folder.files)):
        folder[f"download ({n}).bin"] = folder[name]
        del folder[name]


def test_renamed_files_are_recognised_by_their_content(challenge):
    renamed(challenge)
    assert challenge.read()[0].source == "challenge"


def test_renamed_tables_are_recognised_by_their_header(station_day):
    renamed(station_day)
    assert station_day.read()[0].source == "station day"


def test_uploads_are_read_as_a_folder_is(station_day):
    uploads = [OriginalFile(name=name, data=data) for name, data in station_day.as_bytes().items()]
    assert read_files(uploads)[0].routes == station_day.read()[0].routes


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_every_encoding_of_unicode_is_read(station_day, challenge, encoding):
    for folder, name in ((station_day, "customers.csv"), (challenge, "route_data.json")):
        folder[name] = folder.as_bytes()[name].decode().encode(encoding)
    station_day.path, challenge.path = (Path(tempfile.mkdtemp(dir=station_day.path)) for _ in range(2))
    assert (station_day.read()[0].rows, challenge.read()[0].rows) == (5, 6)


@pytest.mark.parametrize("name", ["customers.csv", "anything"])
def test_another_encoding_is_refused_with_the_place(station_day, name):
    station_day.replace("customers.csv", "c3,", "cé3,")
    text = station_day["customers.csv"]
    del station_day["customers.csv"]
    station_day[name] = text.encode("latin-1")
    assert f"{name}: The text is not in UTF-8: it cannot be read at byte" in station_day.refusal()[0]
    assert "line 4" in station_day.refusal()[0]


def test_a_truncated_json_file_is_refused_with_the_place(challenge):
    challenge["travel_times.json"] = challenge.as_bytes()["travel_times.json"][:-20]
    (sentence,) = challenge.refusal()
    assert sentence.startswith("travel_times.json: Not JSON from line 1, column")
    assert "seems to be cut off" in sentence


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused_even_where_it_is_optional(challenge, data):
    challenge["travel_times.json"] = data
    assert challenge.refusal() == [
        "travel_times.json: The file is empty. Get it again from its source, or remove it, and import again."
    ]


def test_the_same_route_twice_is_refused_and_none_is_lost(challenge):
    whole = challenge.as_bytes()["route_data.json"].decode()
    challenge["route_data.json"] = whole[:-1] + "," + whole[1:]
    assert [s for s in challenge.refusal() if "stands twice" in s] == [
        f"route_data.json: 'RouteID_{n}' stands twice. Remove one of the two and import again." for n in (1, 2)
    ]


def test_json_that_is_nested_too_deeply_is_refused(challenge):
    challenge["route_data.json"] = b'{"a":' * 200_000 + b"1" + b"}" * 200_000
    assert "nested too deeply" in challenge.refusal()[0]


def test_a_figure_of_ten_thousand_digits_is_refused(challenge):
    challenge["travel_times.json"] = b'{"RouteID_1": {"AA": {"AA": ' + b"9" * 10_000 + b"}}}"
    assert "holds a figure that cannot be read" in challenge.refusal()[0]


@pytest.mark.parametrize("lacking", ["route_data.json", "package_data.json"])
def test_what_the_challenge_lacks_is_named_with_what_was_found(challenge, lacking):
    del challenge[lacking]
    (sentence,) = challenge.refusal()
    assert f"What {lacking} usually holds is in none of the files. Found: " in sentence


@pytest.mark.parametrize("lacking", ["customers.csv", "vehicles.csv", "depots.csv"])
def test_what_a_station_day_lacks_is_named_with_what_was_found(station_day, lacking):
    del station_day[lacking]
    (sentence,) = station_day.refusal()
    assert f"What {lacking} usually holds is in none of the files. Found: " in sentence


def test_a_single_file_says_what_else_is_needed(station_day):
    station_day.read()
    with pytest.raises(Unreadable, match=r"What depots\.csv usually holds is in none of the files"):
        read_folder(station_day.path / "customers.csv")


def test_two_formats_in_one_folder_are_refused(challenge, station_day):
    challenge.files |= station_day.files
    assert "Files of two formats are mixed: " in challenge.refusal()[0]
    assert "customers.csv, vehicles.csv" not in challenge.refusal()[0].partition(" of the challenge")[0]


def test_two_different_files_of_a_kind_are_refused(station_day):
    station_day["customers (1).csv"] = station_day["customers.csv"].replace("45.5", "46.5")
    (sentence,) = station_day.refusal()
    assert "'customers (1).csv' and 'customers.csv' both hold what customers.csv usually holds." in sentence


def test_the_same_file_under_two_names_is_read_once(station_day):
    station_day["customers (1).csv"] = station_day["customers.csv"]
    (day,) = station_day.read()
    assert day.rows == 5
    assert any("'customers (1).csv' and 'customers.csv' are the same file" in str(p) for p in day.problems)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="The folder holds no files"):
        read_folder(tmp_path)


def test_no_folder_is_refused(tmp_path):
    for path in (tmp_path / "nowhere", "no\0where"):
        with pytest.raises(WorkbenchError, match="no folder or file here that can be opened"):
            read_folder(path)


def test_a_folder_of_another_kind_is_refused_by_what_it_holds(tmp_path):
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8\xff\xe0 picture")
    (tmp_path / "menu.csv").write_text("dish,price\nsoup,4\n")
    with pytest.raises(Unreadable, match=r"Nothing here can be read.*Found: holiday\.jpg, menu\.csv\."):
        read_folder(tmp_path)


def test_what_is_left_out_of_a_good_folder_is_noted_but_papers_are_not(station_day):
    station_day["LICENSE.txt"] = "Be kind, and share."
    station_day["menu.csv"] = "dish,price\nsoup,4\n"
    station_day["roster.xlsx"] = b"PK\x03\x04rest"
    station_day["package.json"] = '{"name": "x"}'
    (day,) = station_day.read()
    assert [str(p) for p in day.problems[:3]] == [
        "menu.csv: Neither the challenge's data, nor a table of a station day, nor a stop list; it was left out.",
        "package.json: Neither the challenge's data, nor a table of a station day, nor a stop list; it was left out.",
        "roster.xlsx: This is an Excel workbook or a zip archive, which is not read; it was left out. "
        "Save it as CSV and import again.",
    ]
    assert len(day.originals) == 4


def test_a_file_too_large_is_not_opened(station_day):
    assert "'customers.csv' has 0 MB; files up to 0 MB are read." in station_day.refusal(max_file_bytes=500)[0]


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_damaged_bytes_give_an_import_or_sentences_and_nothing_else(small_files, data):
    files = dict(small_files)
    name = data.draw(st.sampled_from(sorted(files)))
    for _ in range(data.draw(st.integers(1, 3))):
        held = files[name]
        at = data.draw(st.integers(0, max(0, len(held) - 1)))
        damage = data.draw(st.sampled_from(["cut", "lose", "flip", "insert"]))
        if damage == "cut":
            files[name] = held[:at]
        elif damage == "lose":
            files[name] = held[:at] + held[at + data.draw(st.integers(1, 40)) :]
        elif damage == "flip":
            files[name] = held[:at] + bytes([data.draw(st.integers(0, 255))]) + held[at + 1 :]
        else:
            files[name] = held[:at] + data.draw(st.sampled_from(MEAN_BYTES) | st.binary(max_size=8)) + held[at:]
    days, refused = [], None
    try:
        days = read_files([OriginalFile(name=n, data=d) for n, d in files.items()])
    except Unreadable as error:
        refused = error
    assert bool(days) != bool(refused)
    assert all(p.blocks and p.message.endswith(".") for p in (refused.problems if refused else ()))
    assert all(r.stops for d in days for r in d.routes)
    assert all(p.message.endswith(".") and not p.blocks for d in days for p in d.problems)


def test_a_line_without_end_is_no_header_of_a_table(tmp_path):
    (tmp_path / "customers.csv").write_text("customer_id,dropoff_lat,dropoff_long," + "x," * 10_000, encoding="utf-8")
    with pytest.raises(Unreadable, match="Nothing here can be read"):
        read_folder(tmp_path)


def test_a_file_that_grows_while_it_is_read_waits(tmp_path, monkeypatch):
    path = tmp_path / "customers.csv"
    path.write_bytes(b"half of")
    stat = Path.stat

    def grows(self, **more):
        stood = stat(self, **more)
        if self == path:
            path.write_bytes(path.read_bytes() + b" it")
        return stood

    monkeypatch.setattr(Path, "stat", grows)
    with pytest.raises(Unreadable, match="is still being written"):
        read_originals(path)
