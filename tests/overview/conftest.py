"""A day that is done but for the close, as the end of the shift has it, and one travel model for all."""

import pytest

from dispatchkit.travel.calibrated import CalibratedTravel
from tests.eos.conftest import done_day, served_day

__all__ = ["done_day", "served_day", "travel"]


@pytest.fixture(scope="session")
def travel():
    """Drive seconds as the calibrated model has them."""
    return CalibratedTravel()
