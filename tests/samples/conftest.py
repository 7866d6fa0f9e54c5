import pytest

from dispatchkit.samples import SEED, SampleStation, generate
from dispatchkit.station import Station, load
from dispatchkit.travel.calibrated import CalibratedTravel


@pytest.fixture(scope="session")
def station() -> Station:
    return load()


@pytest.fixture(scope="session")
def sample(station) -> SampleStation:
    """The very sample that is kept in the repository, made afresh."""
    return generate(SEED, travel=CalibratedTravel(), station=station)
