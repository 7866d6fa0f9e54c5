"""What tests of the pace can ask for."""

import pytest

from dispatchkit.station import Station, load


@pytest.fixture(scope="session")
def station() -> Station:
    return load()
