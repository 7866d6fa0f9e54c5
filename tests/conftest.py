"""What every test can ask for."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real public data that lies beside a checkout; never part of it."""
    folder = Path(os.environ.get("DISPATCHKIT_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(
            f"No real data at {folder}. Put the public data sets there, or set DISPATCHKIT_DATA to their folder."
        )
    return folder
