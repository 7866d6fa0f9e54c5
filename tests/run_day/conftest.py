"""What tests of a whole day can ask for."""

import pytest

from dispatchkit.log import open_log
from tests.small_station_day import write_station_day


@pytest.fixture
def station_day(tmp_path):
    """A folder with a small station's day."""
    return write_station_day(tmp_path / "station day")


@pytest.fixture
def log(tmp_path):
    """An empty store."""
    with open_log(tmp_path / "days.sqlite") as log:
        yield log
