"""A day as a file: to another machine and back, and never a wrong one."""

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatchkit.errors import Damaged, NotFound, Refused
from dispatchkit.log import packed
from dispatchkit.log.archive import BadArchive, export_day, export_days, import_days, is_archive
from dispatchkit.records import DayKey


@pytest.fixture
def exported(file_log, day, ten, a_full_day, tmp_path):
    """A full day as a file, with one detail of the directory."""
    a_full_day(file_log)
    file_log.directory.put("s-1", {"address": "12 Elm Street"}, source="stops.csv", stored_at=ten)
    path = tmp_path / "day.jsonl"
    export_day(file_log, day, path, with_directory=True)
    return path


@pytest.fixture
def refused(other_file_log):
    """Import a file that must be refused, and see that nothing came in; return the refusal."""

    def check(path):
        with pytest.raises(BadArchive) as told:
            import_days(other_file_log, path)
        assert other_file_log.days() == []
        with other_file_log.store.reading() as connection:
            assert connection.exec_driver_sql("SELECT COUNT(*) FROM artifacts").scalar() == 0
        assert f"{path.name}, line {told.value.line}: " in str(told.value)
        return told.value

    return check


def test_a_day_goes_to_another_machine_and_verifies_there(log, other_log, day, a_full_day, tmp_path):
    plan = a_full_day(log)
    export_day(log, day, tmp_path / "day.jsonl")
    assert import_days(other_log, tmp_path / "day.jsonl") == (day,)
    assert other_log.read(day) == log.read(day)
    assert other_log.artifact(plan) == log.artifact(plan)
    assert other_log.verify().ok
    assert other_log.days() == log.days()


def test_an_imported_day_goes_on_where_it_stood(other_log, day, ten, note, exported):
    import_days(other_log, exported)
    other_log.append(day, [note("on")], expected=4, learned_at=ten)
    assert other_log.verify().ok


def test_an_export_is_text_that_people_can_read(exported, day):
    header, *lines = map(json.loads, exported.read_text().splitlines())
    assert (header["line"], header["format"], header["day"], header["facts"]) == ("dispatchkit day", 1, str(day), 4)
    assert [line["line"] for line in lines] == ["artifact"] + ["fact"] * 4 + ["detail"]
    assert lines[4]["fact"]["text"] == "Dock 4 is closed."


def test_an_export_is_known_by_what_it_holds_not_by_its_name(exported, tmp_path):
    exported.rename(tmp_path / "stops.csv")
    assert is_archive(tmp_path / "stops.csv")
    exported.write_text("Route Code,DSP\n")
    assert not is_archive(exported)
    assert not is_archive(tmp_path)


def test_names_stay_at_home_unless_asked_for(log, other_log, day, ten, a_full_day, tmp_path):
    a_full_day(log)
    log.directory.put("s-1", {"address": "12 Elm Street"}, source="stops.csv", stored_at=ten)
    log.directory.put("s-99", {"address": "on another day"}, source="stops.csv", stored_at=ten)
    export_day(log, day, tmp_path / "without.jsonl")
    assert "Elm" not in (tmp_path / "without.jsonl").read_text()
    export_day(log, day, tmp_path / "with.jsonl", with_directory=True)
    import_days(other_log, tmp_path / "with.jsonl")
    assert other_log.directory.every("address") == {"s-1": "12 Elm Street"}


def test_an_erased_artifact_arrives_as_erased(log, other_log, day, a_full_day, tmp_path):
    plan = a_full_day(log)
    log.erase_artifact(plan)
    export_day(log, day, tmp_path / "day.jsonl")
    import_days(other_log, tmp_path / "day.jsonl")
    with pytest.raises(NotFound, match="was erased on 2018-08-08"):
        other_log.artifact(plan)
    assert other_log.verify().ok


def test_a_day_that_is_there_already_is_not_imported_again(file_log, exported):
    with pytest.raises(Refused, match="very same day"):
        import_days(file_log, exported)


def test_a_damaged_day_is_not_exported(file_log, day, a_full_day, tmp_path):
    a_full_day(file_log)
    with file_log.store.writing() as connection:
        connection.exec_driver_sql("UPDATE facts SET body = REPLACE(body, 'Dock 4', 'Dock 5')")
    with pytest.raises(Damaged, match="fact 4 is not what was written"):
        export_day(file_log, day, tmp_path / "day.jsonl")
    assert not list(tmp_path.glob("day.jsonl*"))


def test_a_file_that_exists_is_not_overwritten(file_log, day, exported):
    with pytest.raises(Refused, match="already a file"):
        export_day(file_log, day, exported)


def test_a_file_or_folder_that_is_not_there_is_told(file_log, day, a_full_day, tmp_path):
    a_full_day(file_log)
    with pytest.raises(NotFound, match="no folder"):
        export_day(file_log, day, tmp_path / "typo" / "day.jsonl")
    with pytest.raises(NotFound, match="cannot be read"):
        import_days(file_log, tmp_path / "typo.jsonl")


def test_a_file_cut_between_lines_is_refused_at_its_end(exported, refused):
    lines = exported.read_bytes().splitlines(keepends=True)
    for kept in range(1, len(lines)):
        exported.write_bytes(b"".join(lines[:kept]))
        assert refused(exported).line == kept


def test_a_file_cut_in_a_line_is_refused_there(exported, refused):
    lines = exported.read_bytes().splitlines(keepends=True)
    for cut in range(len(lines)):
        exported.write_bytes(b"".join(lines[:cut]) + lines[cut][: len(lines[cut]) // 2])
        assert refused(exported).line == cut + 1


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("Dock 4", "Dock 5", 6),
        ("2018-08-08T10:05", "2018-08-08T10:06", 6),
        ("Elm", "Oak", 7),
        ('"n":2', '"n":3', 4),
        ("application/json", "application/yaml", 7),
        ('"size":25', '"size":26', 2),
        ("DCH4/2018-08-08", "DCH5/2018-08-08", 3),
        ('"facts":4', '"facts":3', 7),
        ('"format":1', '"format":2', 1),
        ("NoteAdded", "NotAKind", 6),
        ('"line":"fact"', '"line":"fiction"', 3),
    ],
)
def test_an_edited_file_is_refused_at_the_line(exported, refused, old, new, line):
    text = exported.read_text()
    assert old in text
    exported.write_text(text.replace(old, new))
    assert refused(exported).line == line


def test_swapped_repeated_and_added_lines_are_refused(exported, refused):
    lines = exported.read_text().splitlines()
    for changed in (
        [*lines[:2], lines[3], lines[2], *lines[4:]],
        [*lines[:4], lines[3], *lines[4:]],
        [*lines, lines[-1]],
        [*lines[:2], "", *lines[2:]],
        [lines[0], lines[0], *lines[1:]],
    ):
        exported.write_text("\n".join(changed) + "\n")
        refused(exported)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_single_changed_byte_passes(exported, refused, data, tmp_path):
    content = bytearray(exported.read_bytes())
    at = data.draw(st.integers(0, len(content) - 2))   # the last line end carries nothing
    content[at] ^= data.draw(st.integers(1, 255))
    changed = tmp_path / "changed.jsonl"
    changed.write_bytes(content)
    refused(changed)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"Route Code,DSP\nCX1,AB\n", b"{}\n", b"[]", b"\xff\xfe\x00", b'{"line":"fact"}\n', b"PK\x03\x04"],
)
def test_a_foreign_file_is_refused_at_its_first_line(tmp_path, refused, content):
    path = tmp_path / "foreign.jsonl"
    path.write_bytes(content)
    told = refused(path)
    assert told.line == 1
    assert "not the header of an exported day" in str(told)


def test_a_file_that_mail_gave_other_line_ends_is_the_same_file(other_file_log, exported, day):
    exported.write_bytes(exported.read_bytes().replace(b"\n", b"\r\n"))
    assert import_days(other_file_log, exported) == (day,)
    assert other_file_log.verify().ok


class TestCompressed:
    """The same lines in a file whose name ends in .gz."""

    def test_a_day_goes_out_and_comes_in_compressed(self, file_log, other_log, day, a_full_day, tmp_path):
        a_full_day(file_log)
        export_day(file_log, day, tmp_path / "day.jsonl.gz")
        assert import_days(other_log, tmp_path / "day.jsonl.gz") == (day,)
        assert other_log.read(day) == file_log.read(day)

    def test_the_same_day_is_the_same_bytes(self, file_log, day, a_full_day, tmp_path):
        a_full_day(file_log)
        for name in ("one.jsonl.gz", "two.jsonl.gz"):
            export_day(file_log, day, tmp_path / name)
        assert (tmp_path / "one.jsonl.gz").read_bytes() == (tmp_path / "two.jsonl.gz").read_bytes()

    def test_it_is_known_by_what_it_holds_whatever_it_is_called(self, other_file_log, exported, day, tmp_path):
        renamed = tmp_path / "routes.xlsx"
        renamed.write_bytes(gzip.compress(exported.read_bytes()))
        assert is_archive(renamed)
        assert import_days(other_file_log, renamed) == (day,)
        renamed.write_bytes(gzip.compress(b"Route Code,DSP\n"))
        assert not is_archive(renamed)
        renamed.write_bytes(gzip.compress(exported.read_bytes())[:8])
        assert not is_archive(renamed)

    @pytest.mark.parametrize("harm", [lambda b: b[:-9], lambda b: b[:60] + b"no" + b[62:], lambda b: b[:-4] + b"1234"],
                             ids=["cut short", "changed", "another length"])  # fmt: skip
    def test_a_damaged_file_is_refused_and_nothing_comes_in(self, other_file_log, exported, tmp_path, harm):
        damaged = tmp_path / "day.jsonl.gz"
        damaged.write_bytes(harm(gzip.compress(exported.read_bytes())))
        with pytest.raises(Damaged, match="was cut short or changed"):
            import_days(other_file_log, damaged)
        assert other_file_log.days() == []

    def test_a_small_file_that_unpacks_without_end_is_refused(self, other_file_log, tmp_path, monkeypatch):
        monkeypatch.setattr(packed, "MOST_BYTES", 2**20)
        bomb = tmp_path / "day.jsonl.gz"
        bomb.write_bytes(gzip.compress(b'{"line":' + bytes(2**22)))
        with pytest.raises(Damaged, match="holds more than 1 MB"):
            import_days(other_file_log, bomb)


class TestSeveralDays:
    """Days one after the other in one file."""

    @pytest.fixture
    def two(self, file_log, day, ten, note, a_full_day, tmp_path):
        a_full_day(file_log)
        next_day = DayKey(day.station, day.service_day, "2")
        file_log.append(next_day, [note("quiet")], expected=0, learned_at=ten)
        path = tmp_path / "days.jsonl"
        export_days(file_log, [day, next_day], path)
        return path, (day, next_day)

    def test_they_go_to_another_machine_together(self, file_log, other_log, two):
        path, keys = two
        assert import_days(other_log, path) == keys
        assert [other_log.read(key) for key in keys] == [file_log.read(key) for key in keys]
        assert other_log.verify().ok

    def test_what_is_wrong_in_the_second_is_told_by_its_line_and_the_first_does_not_come_in_either(self, two, refused):
        path, _ = two
        lines = path.read_text().replace("quiet", "quite").splitlines()
        path.write_text("\n".join(lines) + "\n")
        assert refused(path).line == len(lines)

    def test_a_day_that_stands_in_it_twice_is_refused(self, two, refused):
        path, _ = two
        path.write_text(path.read_text() * 2)
        assert "stands in it twice" in str(refused(path))

    def test_one_that_the_store_has_already_keeps_all_of_them_out(self, other_file_log, two, ten, note):
        path, (_, second) = two
        other_file_log.append(second, [note("mine")], expected=0, learned_at=ten)
        with pytest.raises(Refused, match=f"already has {second}"):
            import_days(other_file_log, path)
        assert [head.key for head in other_file_log.days()] == [second]
