"""What tests of the sample data can ask for: the calm day made afresh, and every committed day as it stands."""

from contextlib import contextmanager

import pytest

from dispatchkit.clock import FrozenClock
from dispatchkit.log import open_log
from dispatchkit.log.archive import import_days
from dispatchkit.run_day.sample import BESIDE, HISTORY, SAMPLE_DAYS, archive_of, simulated
from dispatchkit.samples import SEED, History, SampleStation, generate
from dispatchkit.station import Station, load
from dispatchkit.travel.calibrated import CalibratedTravel


@pytest.fixture(scope="session")
def station() -> Station:
    return load()


@pytest.fixture(scope="session")
def sample(station) -> SampleStation:
    """The station of the calm day before anybody has come to work, made afresh."""
    return generate(SEED, travel=CalibratedTravel(), station=station)


@pytest.fixture(scope="session")
def history(station) -> History:
    return History(station=station)


@pytest.fixture(scope="session")
def committed(tmp_path_factory):
    """A store with everything that is kept in the repository. Read only."""
    with open_log(tmp_path_factory.mktemp("committed") / "days.sqlite") as log:
        for name in (*SAMPLE_DAYS, HISTORY):
            import_days(log, archive_of(BESIDE, name))
        yield log


@pytest.fixture(scope="session")
def standing(committed, station):
    """``standing("bad_morning")``: the shift of a committed day, as and when it stands."""

    def shift(name):
        key = SAMPLE_DAYS[name]
        return simulated(committed, key, FrozenClock(committed.require(key).last_learned_at), station)

    return shift


@pytest.fixture
def playable(tmp_path, station):
    """``with playable("rescue_cascade") as shift:`` in a store of its own, to go on with."""

    @contextmanager
    def play(name):
        key = SAMPLE_DAYS[name]
        with open_log(tmp_path / f"{name} {len(list(tmp_path.iterdir()))}.sqlite") as log:
            import_days(log, archive_of(BESIDE, name))
            yield simulated(log, key, FrozenClock(log.require(key).last_learned_at), station)

    return play
