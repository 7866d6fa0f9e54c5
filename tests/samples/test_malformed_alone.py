"""Every malformed file, alone, dropped on the malformed day: what is wrong is said, and looking changes nothing."""

import msgspec
import pytest

from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.imports import OriginalFile
from dispatchkit.intake import FileState, preview
from dispatchkit.run_day.sample import BESIDE, SAMPLE_DAYS
from dispatchkit.samples.files import PAPERS
from dispatchkit.samples.papers import DSP

KEY = SAMPLE_DAYS["malformed"]

SAID = {
    "other codes": "differ in 5 of 20 route codes",
    "blank counts": "blank in 10 of 20 rows",
    "text in numbers": "'1l2' is not a whole number",
    "two ids for one name": "1 names stand beside 2 transporter ids",
    "rescued route twice": "CX201 has a second row: 27 stops, 41 packages",
    "merged cells": "stands in rows 3 and 4",
    "unknown and missing columns": "operationalStatus: The column is missing",
    "one id twice": "stands in row 2 already",
    "formulas": "Details of 6 people in the directory change",
    "of last week": "is a stale schedule",
    "forty date formats": "is not a date",
    "endless line": "more than 32,767 characters",
    "password": "protected with a password",
    "macros": "carries macros. They were not run",
    "cut off": "damaged or cut off",
    "swollen": "comes to more than 100 MB",
    "empty": "The file is empty",
    "a scan": "it was scanned or photographed",
}
"""Words of the file's name → words of the sentence that says what is wrong with it."""

SEEN_THROUGH = {
    "title rows", "two header rows", "blanks in headers", "last name first", "semicolons", "utf-16", "a csv",
    "a workbook",
}  # fmt: skip
"""Malformed in a way that leaves no doubt: nothing has to be said."""

OF_ANOTHER = "another DSP"
"""Only the profile, or the plan that the day has already, can tell."""

UNUSABLE = {"unknown and missing columns", "endless line", "password", "cut off", "swollen", "empty", "a scan"}


def words_of(path):
    return path.stem.rpartition(" - ")[2]


FILES = {words_of(path): path for path in (BESIDE / "malformed" / PAPERS).iterdir()}


@pytest.fixture(scope="module")
def look(committed, station):
    """Preview one malformed file, and make sure that the day is as it was."""
    desk = Desk(committed, KEY, by="maria")
    clock = FrozenClock(committed.require(KEY).last_learned_at)

    def looked(words, profile=station):
        before = (desk.day().version, committed.directory.every("name"))
        file = OriginalFile(name=FILES[words].name, data=FILES[words].read_bytes())
        shown = preview(committed, [file], by="maria", station=profile, day=KEY, clock=clock)
        assert (desk.day().version, committed.directory.every("name")) == before
        return shown

    return looked


def sentences(shown):
    yield from (str(problem) for file in shown.files for problem in file.problems)
    yield from (*shown.blockers, *(q.text for q in shown.questions), *shown.notes, *(c.text for c in shown.changes))


def test_every_malformed_file_is_expected_in_one_way():
    assert FILES.keys() == SAID.keys() | SEEN_THROUGH | {OF_ANOTHER}


@pytest.mark.parametrize(("words", "sentence"), SAID.items())
def test_what_is_wrong_is_said(look, words, sentence):
    shown = look(words)
    assert any(sentence in said for said in sentences(shown)), list(sentences(shown))
    assert (shown.files[0].state is FileState.UNUSABLE) == (words in UNUSABLE)
    assert not (shown.can_be_taken and words in UNUSABLE)


@pytest.mark.parametrize("words", sorted(SEEN_THROUGH))
def test_what_leaves_no_doubt_is_read_and_changes_none_of_what_the_day_knows(look, words):
    shown = look(words)
    assert (shown.blockers, shown.questions) == ((), ())
    assert [str(p) for p in shown.files[0].problems if p.blocks] == []
    assert [c.text for c in shown.changes] == (["23 inspections passed"] if words == "semicolons" else [])


@pytest.mark.parametrize("dsp", [DSP, ""])
def test_a_plan_of_another_dsp_is_refused_by_the_profile_or_by_what_the_day_has(look, station, dsp):
    site = msgspec.structs.replace(station.site, dsp=dsp)
    shown = look(OF_ANOTHER, msgspec.structs.replace(station, site=site))
    known = "" if dsp else ", the DSP of this day"
    assert any(f"holds no route of DXXA{known}, only of QVLT (20 routes)" in blocker for blocker in shown.blockers)
