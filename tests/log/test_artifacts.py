"""Bulky things, kept once under their digest."""

import zlib
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from dispatchkit.errors import Damaged, NotFound


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=500))
def test_any_bytes_come_back(log, data):
    digest = log.put_artifact(data, "application/octet-stream")
    assert digest == sha256(data).hexdigest()
    assert log.artifact(digest) == data


def test_the_same_bytes_are_kept_once(log):
    assert log.put_artifact(b"plan", "text/plain") == log.put_artifact(b"plan", "text/csv")
    with log.store.reading() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM artifacts")).scalar() == 1


def test_an_artifact_that_is_not_there_says_how_it_may_come(log):
    with pytest.raises(NotFound, match="import its whole day"):
        log.artifact("0" * 64)


@pytest.mark.parametrize("data", [b"rubbish", zlib.compress(b"another plan")])
def test_an_edited_artifact_is_never_handed_out(log, data):
    digest = log.put_artifact(b"plan", "text/plain")
    with log.store.writing() as connection:
        connection.execute(text("UPDATE artifacts SET data = :data"), {"data": data})
    with pytest.raises(Damaged, match="not what was stored"):
        log.artifact(digest)


def test_an_erased_artifact_is_gone_and_says_since_when(log):
    digest = log.put_artifact(b"12 Elm Street", "text/plain")
    log.erase_artifact(digest)
    with pytest.raises(NotFound, match="was erased on 2018-08-08"):
        log.artifact(digest)
    with log.store.reading() as connection:
        assert connection.execute(text("SELECT data FROM artifacts")).scalar() is None


def test_an_erased_artifact_comes_back_only_when_it_is_put_again(log):
    digest = log.put_artifact(b"plan", "text/plain")
    log.erase_artifact(digest)
    log.put_artifact(b"plan", "text/plain")
    assert log.artifact(digest) == b"plan"


def test_what_is_not_there_cannot_be_erased(log):
    with pytest.raises(NotFound):
        log.erase_artifact("0" * 64)
