import pytest

from dispatchkit.users import Users


@pytest.fixture
def users(tmp_path):
    """The users of a home folder that is not there yet."""
    return Users(tmp_path / "home")
