"""What tests of rescues can ask for."""

import pytest

from dispatchkit.station import Station, load


@pytest.fixture(scope="session")
def station() -> Station:
    return load()
