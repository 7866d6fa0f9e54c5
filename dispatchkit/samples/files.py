"""The sample data on disk: a log and files for each day, the history, and a page that says what they are."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from dispatchkit.records import Record
from dispatchkit.run_day.sample import CURRENT, HISTORY, archive_of
from dispatchkit.run_day.shift import Shift
from dispatchkit.samples.crew import crew
from dispatchkit.samples.days import STORIES, About, Story
from dispatchkit.samples.history import DAYS, FIRST_DAY, History
from dispatchkit.samples.papers import about_sample_papers, sample_papers, write_papers
from dispatchkit.samples.tell import told, write_day, write_history
from dispatchkit.station import Station
from dispatchkit.times import clock_text

README = "README.md"
PAPERS, TAKEN = "files", "taken"
"""Folders beside a day's log: the same day as files, and the files that its log has taken in, if any."""

Say = Callable[[str], None]


class Page(Record, frozen=True):
    """What the README says of one day."""

    name: str
    title: str
    size: str
    about: About
    papers: str


def write(folder: Path, *, station: Station, say: Say | None = None) -> None:
    """Make all sample data in a folder; files of an earlier sample are replaced.

    Parameters
    ----------
    say
        Told in a sentence what goes on.
    """
    say = say or (lambda _: None)
    pages = []
    for story in STORIES:
        say(f"{story.name}: {story.key}")
        with told(story, station) as shift:
            write_day(folder, story, shift)
            _cleared(folder / story.name / PAPERS)
            write_papers(folder / story.name / PAPERS, sample_papers(shift.day))
            if originals := taken_files(shift):
                write_papers(folder / story.name / TAKEN, originals)
            pages.append(page_of(story, shift))
    say(f"{HISTORY}: {DAYS} days from {FIRST_DAY}")
    write_history(folder, station)
    page = readme(pages, History(station=station))
    (folder / README).write_text(page, encoding="utf-8", newline="\n")


def _cleared(papers: Path) -> None:
    """Remove the files of an earlier sample: a day that was told otherwise may have fewer."""
    for old in papers.glob("*"):
        old.unlink()


def taken_files(shift: Shift) -> dict[str, bytes]:
    """The files that the day has taken in, byte for byte: file name → content."""
    return {file.name: shift.desk.log.artifact(file.original) for file in shift.day.course.files}


def page_of(story: Story, shift: Shift) -> Page:
    """What is to be said of a day as it then stands."""
    plan, day = shift.day.plan, shift.day
    clock = clock_text(shift.clock.now(), day.course.timezone, str(story.key.service_day))
    drivers = len(day.pre_load_out.roster.drivers) if day.pre_load_out.roster else 0
    vans = len(day.pre_load_out.fleet.vans) if day.pre_load_out.fleet else 0
    stands = f"{'closed' if day.course.closed_at else 'open'} at {clock}"
    return Page(
        name=story.name,
        title=f"{story.key}, {shift.key.service_day:%A}",
        size=f"{len(plan.routes)} routes, {len(plan.stops):,} stops, {plan.package_count:,} packages, {vans} vans, "
        f"{drivers} drivers on the schedule; {day.version:,} facts; {stands}.",
        about=story.about(shift),
        papers=about_sample_papers(f"{story.name}/{PAPERS}", day),
    )


def readme(pages: Sequence[Page], history: History) -> str:
    """The page that says what the sample data are."""
    return "".join((*_days(pages, history), *_history(history)))


def _days(pages: Sequence[Page], history: History) -> Iterator[str]:
    yield """\
# Sample data: two synthetic stations

Everything here is invented and made by a program from seeds. No person, address, parcel or station is real; the towns
lie in open country, and the drivers are ids drawn by chance. What happens on the road is *simulated* and says so.

| Folder | Day | What it is |
|---|---|---|
"""
    for page in pages:
        yield f"| `{page.name}/` | {page.title} | {page.size} |\n"
    yield f"| `{archive_of(Path(), HISTORY)}` | DXX2, {FIRST_DAY} and {DAYS - 1} days on | {_size(history)} |\n"
    yield f"""
Each day is `log.jsonl.gz`, its log as `dispatchkit export` writes it: every fact in order, with the plan, the roster
and the fleet that the facts refer to, and the invented names of its drivers for the directory. `dispatchkit prepare`
lays all of them out in the store, `--only {CURRENT}` one of them. Beside it lies the same day as the files that a DSP
has: drop them on the home page, or `dispatchkit import FILES…`, to see a day begin without its log.
"""
    for page in pages:
        yield f"\n## {page.name}: {page.title}\n"
        for heading, sentences in (
            ("What happens", page.about.happens),
            ("What to look at", page.about.look_at),
            ("What a trainer may ask", page.about.ask),
        ):
            yield f"\n{heading}:\n\n" + "".join(f"- {sentence}\n" for sentence in sentences)
        yield f"\n{page.papers}"


def _size(history: History) -> str:
    drives = sum(len(past.drives) for past in history.days)
    return f"{len(crew().areas)} routes a day, {drives:,} in all, as thin facts; every day closed."


def _history(history: History) -> Iterator[str]:
    scheduled = sum(len(past.members) for past in history.days)
    absent = sum(len(past.absent) for past in history.days)
    yield f"""
## {HISTORY}: eight weeks before the days of DXX2

Who was on the schedule, who did not come ({absent} of {scheduled:,} shifts, {absent / scheduled:.1%}, a few drivers
more often than the others, and often for days on end), who drove which route with which van, when it left and came
back, what was not delivered and why, who rescued whom (the same few, mostly), which vans failed their inspection.
Stops are counted, not named: each route of these plans is one stop without a place, in the zone of its neighbourhood.
The {len(crew().members)} drivers and {len(crew().fleet.vans)} vans are those of the sample days of DXX2, and what a
driver knows of a zone on those days is what these weeks gave him.

## How it was made

Neighbourhoods of blocks and streets round invented towns; numbers of stops and packages, service seconds, volumes and
time windows drawn from distributions shaped on figures measured on public Amazon routes of 2018 (their figures, not
their rows); drive seconds from the program's calibrated travel model. The days are then lived through at the program's
own desk, by the decisions that people use. To make it again, the same:

    python -m dispatchkit.samples sample_data
"""
