"""Whatever is done to a store behind the log's back shows, and the sentence names the day and the fact."""

import zlib

import pytest
from sqlalchemy import text

from dispatchkit.day.facts.end_of_shift import IncidentOpened
from dispatchkit.errors import NotFound


@pytest.fixture
def tamper(log, a_full_day):
    """Write the full day, then do something to the tables."""
    digest = a_full_day(log)

    def run(*statements, **values):
        with log.store.writing() as connection:
            for statement in statements:
                connection.execute(text(statement), values)

    run.digest = digest
    return run


def test_a_day_left_alone_verifies(log, tamper, day):
    found = log.verify(day)
    assert (found.ok, found.days, found.facts, found.problems) == (True, 1, 4, ())
    assert log.verify() == found


def test_a_day_that_is_not_there_cannot_verify(log, tamper, day):
    with pytest.raises(NotFound, match="nearest"):
        log.verify(type(day)("DSE5", day.service_day))


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (["UPDATE facts SET body = REPLACE(body, 'Dock 4', 'Dock 5')"], ["fact 4 is not what was written"]),
        (["UPDATE facts SET learned_at = '2018-08-08T09:00:00.000000Z' WHERE n = 2"], ["fact 2 is not what was"]),
        (["UPDATE facts SET first_n = 3 WHERE n = 3"], ["fact 3 is not what was written"]),
        (["DELETE FROM facts WHERE n = 1"], ["fact 1 is missing."]),
        (["DELETE FROM facts WHERE n = 2"], ["fact 2 is missing."]),
        (["DELETE FROM facts WHERE n IN (2, 3)"], ["fact 2 is missing, with all up to 3."]),
        (["DELETE FROM facts WHERE n = 4"], ["the last fact should be 4, but it is 3; the end is missing"]),
        (["DELETE FROM facts"], ["all 4 facts are missing"]),
        (
            [f"UPDATE facts SET n = {to} WHERE n = {n}" for n, to in ((2, 99), (3, 2), (99, 3))],   # swaps 2 and 3
            ["fact 2 is not what was written", "fact 3 is not what was written", "fact 4 is not what was written"],
        ),
        (["DELETE FROM heads"], ["head is missing, but 4 facts are stored"]),
        (["UPDATE heads SET version = 3"], ["fact 4 and those after it were not written by an append"]),
        (["UPDATE heads SET hash = 'x'"], ["the hash of fact 4 is not that of the day's head"]),
        (["UPDATE facts SET \"by\" = 'jo' WHERE n = 4"], ["fact 4 has another time, author or kind beside its body"]),
        (["DELETE FROM artifacts"], ["fact 2 (RoutesGiven) refers to", "fact 3 (PlanCommitted) refers to"]),
    ],
)
def test_tampering_shows(log, tamper, day, done, told):
    tamper(*done)
    found = log.verify(day)
    assert not found.ok
    assert len(found.problems) == len(told), found.problems
    for problem, sentence in zip(found.problems, told, strict=True):
        assert problem.startswith(f"{day}: ")
        assert sentence in problem
    assert log.verify().problems == found.problems


def test_a_fact_of_an_unknown_kind_shows(log, tamper, day):
    tamper("UPDATE facts SET body = REPLACE(body, 'NoteAdded', 'NotAKind') WHERE n = 4")
    assert any("fact 4 cannot be read" in p for p in log.verify(day).problems)


@pytest.mark.parametrize("data", [b"not even compressed", zlib.compress(b"other bytes")])
def test_an_edited_artifact_shows(log, tamper, day, data):
    tamper("UPDATE artifacts SET data = :data", data=data)
    told = log.verify(day).problems
    assert [p.split(": ")[1][:6] for p in told] == ["fact 2", "fact 3"]
    assert all("is not what was stored" in p for p in told)


def test_an_edited_artifact_that_no_fact_refers_to_shows_too(log, tamper):
    stray = log.put_artifact(b"kept", "text/plain")
    tamper("UPDATE artifacts SET data = :data WHERE digest = :digest", data=zlib.compress(b"x"), digest=stray)
    assert log.verify().problems == (f"Artifact {stray[:12]}… is not what was stored.",)


def test_an_erased_artifact_is_in_order(log, tamper):
    log.erase_artifact(tamper.digest)
    assert log.verify().ok


def test_sixty_four_hexadecimal_digits_in_a_note_are_a_note(log, tamper, day, ten, note):
    digits = "0" * 64
    incident = IncidentOpened(at=ten, by="jo", incident_id=digits, incident_type="other", description=digits)
    log.append(day, [note(digits), incident], expected=4, learned_at=ten)
    assert log.verify().ok
