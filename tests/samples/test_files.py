"""What is committed in the sample data is what the program makes, and small."""

import io
import zipfile

import pdfplumber
import pytest
from msgspec.structs import replace
from python_calamine import CalamineError, CalamineWorkbook

from dispatchkit.day.facts.whole_day import FileImported
from dispatchkit.log import open_log
from dispatchkit.log.archive import import_days
from dispatchkit.run_day.sample import BESIDE, CURRENT, HISTORY, SAMPLE_DAYS, archive_of
from dispatchkit.samples import STORIES
from dispatchkit.samples.days import bad_morning, malformed
from dispatchkit.samples.files import PAPERS, TAKEN, page_of, readme, taken_files, write
from dispatchkit.samples.papers import sample_papers
from dispatchkit.samples.papers.files import parts, workbook
from dispatchkit.samples.tell import told, write_history

AGAIN = "Where this fails after a change that was meant: `python -m dispatchkit.samples sample_data`."


def head_of(log, key):
    with log.store.reading() as connection:
        return connection.exec_driver_sql("SELECT hash FROM heads WHERE day = ?", (str(key),)).scalar()


def test_every_committed_day_verifies(committed):
    found = committed.verify()
    assert (found.ok, found.days) == (True, 6 + 56)


def test_the_current_day_is_the_newest(committed):
    assert max(committed.days(), key=lambda head: head.key.service_day).key == SAMPLE_DAYS[CURRENT]


def test_each_story_has_its_key():
    assert {story.name: story.key for story in STORIES} == SAMPLE_DAYS


def test_what_is_committed_is_small():
    assert sum(archive_of(BESIDE, name).stat().st_size for name in SAMPLE_DAYS) < 2_500_000
    assert archive_of(BESIDE, HISTORY).stat().st_size < 700_000
    assert sum(path.stat().st_size for path in BESIDE.rglob("*") if path.is_file()) < 3_500_000


def test_a_day_that_is_told_again_is_the_committed_one(committed, station):
    with told(bad_morning.STORY, station) as shift:
        assert head_of(shift.desk.log, shift.key) == head_of(committed, shift.key), AGAIN


def test_the_day_of_files_that_is_told_again_says_what_the_committed_one_says(standing, station):
    with told(malformed.STORY, station) as shift:
        assert without_originals(shift) == without_originals(standing(malformed.NAME)), AGAIN


def without_originals(shift):
    """Facts of a day without the digests of workbooks, which other versions of their writer pack otherwise."""
    facts = [entry.fact for entry in shift.desk.entries()]
    return [replace(f, original="") if isinstance(f, FileImported) else f for f in facts]


@pytest.mark.parametrize("name", SAMPLE_DAYS)
def test_the_committed_files_of_a_day_say_what_its_log_says(standing, name):
    made = sample_papers(standing(name).day)
    kept = {path.name: path.read_bytes() for path in (BESIDE / name / PAPERS).iterdir()}
    assert kept.keys() == made.keys(), AGAIN
    assert [n for n in made if made[n] != kept[n] and unpacked(made[n]) != unpacked(kept[n])] == [], AGAIN


def test_the_whole_files_of_the_malformed_day_lie_beside_it_as_its_log_has_them(standing):
    kept = {path.name: path.read_bytes() for path in (BESIDE / malformed.NAME / TAKEN).iterdir()}
    assert kept == taken_files(standing(malformed.NAME))


def unpacked(content):
    """What a file says, however its writer packed it: cells of workbooks, text of PDFs, else its bytes."""
    if content.startswith(b"%PDF"):
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            return [page.extract_text() for page in pdf.pages]
    if not content.startswith(b"PK"):
        return content
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError:
        return "a workbook that cannot be opened"
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_file_that_was_packed_otherwise_says_the_same():
    content = workbook({"Sheet": [("Route Code", "Num Packages"), ("CX1", 319)]})
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for name, part in parts(content).items():
            archive.writestr(name, part)
    assert stored.getvalue() != content
    assert unpacked(stored.getvalue()) == unpacked(content)
    assert unpacked(workbook({"Sheet": [("Route Code", "Num Packages"), ("CX1", 318)]})) != unpacked(content)


def test_the_history_that_is_made_again_is_the_committed_one(committed, station, tmp_path):
    write_history(tmp_path, station)
    with open_log(tmp_path / "days.sqlite") as log:
        for key in import_days(log, archive_of(tmp_path, HISTORY)):
            assert head_of(log, key) == head_of(committed, key), AGAIN


def test_the_same_day_is_the_same_bytes_and_so_are_its_files(station, tmp_path, monkeypatch):
    monkeypatch.setattr("dispatchkit.samples.files.STORIES", (malformed.STORY,))
    for folder in ("one", "two"):
        write(tmp_path / folder, station=station)
    one, two = ({p.relative_to(tmp_path / f): p.read_bytes() for p in (tmp_path / f).rglob("*") if p.is_file()}
                for f in ("one", "two"))    # fmt: skip
    assert one == two
    assert {path.parts[:2] for path in one} >= {(malformed.NAME, PAPERS), (malformed.NAME, TAKEN)}


def test_no_fact_and_no_artifact_carries_the_clock_on_the_wall(committed):
    with committed.store.reading() as connection:
        stored = connection.exec_driver_sql("SELECT MAX(stored_at) FROM artifacts").scalar()
        learned = connection.exec_driver_sql("SELECT MAX(learned_at) FROM facts").scalar()
    assert stored < learned < "2026-03-15"


def test_the_page_says_what_the_committed_days_are(standing, history):
    pages = [page_of(story, standing(story.name)) for story in STORIES]
    assert (BESIDE / "README.md").read_text(encoding="utf-8") == readme(pages, history), AGAIN
