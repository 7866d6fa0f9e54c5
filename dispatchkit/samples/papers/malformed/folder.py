"""All malformed files of a day, and the paragraph that says what is wrong with each."""

from collections.abc import Mapping

from dispatchkit.day import Day
from dispatchkit.samples.papers.folder import DSP
from dispatchkit.samples.papers.known import Known
from dispatchkit.samples.papers.malformed import containers, layout, people, routes, text
from dispatchkit.samples.papers.malformed.made import Malformed


def malformed(day: Day, names: Mapping[str, str], *, dsp: str = DSP) -> dict[str, Malformed]:
    """Write one file for every way of being malformed: file name → content, and a sentence on what is wrong.

    Each is made of a paper of the day, spoilt in one way; the same bytes every time. The day needs a plan, a roster of
    two drivers or more, and a fleet.

    Raises
    ------
    Refused
        Where the day has no plan yet.
    """
    known = Known(day=day, names=names, dsp=dsp)
    made: dict[str, Malformed] = {}
    for room in (routes, layout, people, text, containers):
        made |= room.files(known)
    return made


def about_malformed(folder: str, files: Mapping[str, Malformed]) -> str:
    """A paragraph for the README of the sample data: every file of the folder, and what is wrong with it."""
    listed = "\n".join(f"| `{name}` | {spoilt.what} |" for name, spoilt in sorted(files.items()))
    return (
        f"`{folder}/` holds one file for every way in which files are malformed. None of them may be half imported:\n"
        "each is read as what it means where that leaves no doubt, read with a question or a note, or refused with a\n"
        "sentence.\n\n"
        f"| File | What is wrong |\n|---|---|\n{listed}\n"
    )
