"""Sample days and their history as exported logs: lived through at a desk in a store that is thrown away after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from dispatchkit.clock import FrozenClock
from dispatchkit.day import facts
from dispatchkit.day.facts import Fact
from dispatchkit.desk.stored import RECORD_TYPE, record_bytes
from dispatchkit.log import archive, chain
from dispatchkit.log.artifacts import Artifact
from dispatchkit.log.directory import Detail
from dispatchkit.run_day.night import NIGHT_BEFORE
from dispatchkit.run_day.sample import HISTORY, archive_of, simulated
from dispatchkit.run_day.shift import Shift
from dispatchkit.samples.crew import crew
from dispatchkit.samples.days.story import Story
from dispatchkit.samples.history import FIRST_DAY, History, PastDay
from dispatchkit.samples.names import names_of
from dispatchkit.samples.past_facts import past_facts, thin_plan
from dispatchkit.samples.scratch import scratch_log
from dispatchkit.station import Station

NAMED_BY = "sample"
"""Where the directory has the names from: a person may erase them like any other."""


def smooth(station: Station) -> Station:
    """The station on whose road nothing befalls anybody but what a story says.

    A story has its own flat tyre and its own messages, and chance is not to add another; so a share that the profile
    gains or changes leaves the sample days as they are. Whoever lets one go on does so on the road of the profile.
    """
    simulator = replace(station.simulator, lost_share=0.0, breakdown_share=0.0, new_driver_slower_share=0.0)
    says = replace(station.driver_says, not_delivered_told_share=0.0, on_break_told_share=0.0)
    return replace(station, simulator=simulator, driver_says=says)


@contextmanager
def told(story: Story, station: Station) -> Iterator[Shift]:
    """Live through a sample day, as far as it is told, in a store of its own; the wall's clock has no part in it."""
    made = story.make(station)
    clock = FrozenClock(min(route.departs_at for route in made.plan.routes) - NIGHT_BEFORE)
    with scratch_log(clock) as log:
        shift = simulated(log, story.key, clock, smooth(station))
        story.set_up(shift, made)
        story.play(shift)
        _name(shift)
        yield shift


def write_day(folder: Path, story: Story, shift: Shift) -> None:
    """Write the log of a day that was told, with its people's names, into a folder of sample data."""
    path = _made_room(archive_of(folder, story.name))
    archive.export_day(shift.desk.log, story.key, path, with_directory=True)


def write_history(folder: Path, station: Station) -> None:
    """Write the weeks before the sample days into a folder of sample data: all days in one file."""
    archives = (_archived(past, station) for past in History(station=station).days)
    archive.write_days(_made_room(archive_of(folder, HISTORY)), archives)


def _archived(past: PastDay, station: Station) -> archive.DayArchive:
    """A past day as an export would have written it, without a store: nobody sat at a desk on it."""
    held, stored_at = crew(), min(drive.departs_at for drive in past.drives) - NIGHT_BEFORE
    roster = held.roster(past.key.service_day, zones={}, last_van={})
    records = (thin_plan(past, station), roster, held.fleet)
    plan, people, vans = (Artifact.of(record_bytes(record), RECORD_TYPE, stored_at) for record in records)
    links: list[chain.Link] = []
    told: list[Fact] = []
    for learned_at, new in past_facts(past, station, plan=plan.digest, roster=people.digest, fleet=vans.digest):
        head = links[-1].hash if links else chain.genesis(past.key)
        bodies = [facts.encode(fact).decode() for fact in new]
        links += chain.extend(past.key, len(links), head, chain.stamp(learned_at), bodies)
        told += new
    named = names_of(m.driver.driver_id for m in held.members) if past.key.service_day == FIRST_DAY else {}
    details = [Detail(d, "name", name, NAMED_BY, chain.stamp(stored_at)) for d, name in sorted(named.items())]
    return archive.DayArchive(past.key, links, told, [plan, people, vans], details)


def _name(shift: Shift) -> None:
    """Put the invented names of the day's drivers into the directory, as an import of people does."""
    roster = shift.day.pre_load_out.roster
    for driver_id, name in names_of(roster.driver if roster else ()).items():
        shift.desk.log.directory.put(driver_id, {"name": name}, source=NAMED_BY, stored_at=shift.clock.now())


def _made_room(path: Path) -> Path:
    """The same path, in a folder that is there, and with nothing at it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return path
