"""Incidents: opened with what is known, documented when all is."""

import pytest

from dispatchkit.eos import incidents
from tests.small_day import planned, says

DOG = {"incident_id": "I1", "incident_type": "Dog bite", "description": "Bitten at the gate."}


def test_an_incident_is_open_until_it_is_documented():
    story = planned().does(incidents.open_incident, **DOG, route_id="CX1", van_id="V1", driver_id="A1")
    assert story.day.end_of_shift.incidents["I1"].status == "open"
    story.does(incidents.update_incident, incident_id="I1", status="documented", note="Doctor's letter is in.")
    assert story.day.end_of_shift.incidents["I1"].status == "documented"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"incident_id": ""}, "no id for a new incident"),
        ({"incident_type": " "}, "Say what type"),
        ({"description": ""}, "Describe in a sentence"),
        ({"route_id": "CX9"}, "no route CX9"),
        ({"van_id": "V9"}, "Van V9"),
        ({"driver_id": "A9"}, "Driver A9"),
    ],
)
def test_each_thing_that_is_wrong_is_said(change, sentence):
    [said] = incidents.open_incident_blockers(planned().day, **(DOG | change))
    assert sentence in said


def test_an_id_is_used_once():
    story = planned().does(incidents.open_incident, **DOG)
    assert "'I1' is no id for a new incident" in says(incidents.open_incident_blockers(story.day, **DOG))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("I9", "open", "More."), "There is no incident I9. Open it first."),
        (("I1", "done", "More."), "'done' is not a status of an incident. Choose open or documented."),
        (("I1", "open", " "), "Write what is known now."),
    ],
)
def test_an_update_names_an_open_incident_a_status_and_something_new(arguments, sentence):
    story = planned().does(incidents.open_incident, **DOG)
    assert list(incidents.update_incident_blockers(story.day, *arguments)) == [sentence]


def test_each_new_incident_gets_an_id_that_is_not_taken():
    story = planned()
    for expected in ("incident 1", "incident 2"):
        assert incidents.next_id(story.day) == expected
        story.does(incidents.open_incident, **(DOG | {"incident_id": expected}))
