import pytest

from dispatchkit.errors import Refused, Stale
from widgets.dialog import Dialog
from widgets.fields import Field

STOPS = Field(key="stops", label="Stops", kind="number", at_least=1)


@pytest.fixture
def dialog(sent):
    made = Dialog()
    made.messages = sent(made)
    return made


def confirm(dialog, turn=None, **values):
    turn = dialog.messages[-1]["turn"] if turn is None else turn
    dialog._heard(dialog, {"event": "confirm", "turn": turn, "values": values}, [])


def test_a_decision_gets_what_was_filled_in_and_the_dialog_closes(dialog):
    decided = []
    dialog.ask("Start rescue of CX1?", ["CX1 is 38 behind."], fields=[STOPS], on_confirm=decided.append)
    confirm(dialog, stops="30")
    assert decided == [{"stops": 30}]
    assert (dialog.messages[-1], dialog.is_open) == ({"op": "close"}, False)


def test_what_is_filled_in_wrong_decides_nothing(dialog):
    decided = []
    dialog.ask("Start rescue of CX1?", fields=[STOPS], on_confirm=decided.append)
    confirm(dialog, stops="0")
    assert decided == []
    assert "1 or more" in dialog.messages[-1]["problems"]["stops"]
    assert dialog.is_open


def test_a_second_press_decides_nothing(dialog):
    decided = []
    dialog.ask("Start rescue of CX1?", on_confirm=decided.append)
    turn = dialog.messages[-1]["turn"]
    confirm(dialog, turn)
    confirm(dialog, turn)
    assert decided == [{}]


def test_a_second_press_on_what_was_refused_meanwhile_decides_nothing(dialog):
    tried = []

    def refuse(values):
        tried.append(values)
        raise Refused(["Van 7 has no inspection today."])

    dialog.ask("Give van 7 to CX1?", on_confirm=refuse)
    turn = dialog.messages[-1]["turn"]
    confirm(dialog, turn)
    confirm(dialog, turn)
    assert tried == [{}]


def test_a_refusal_stays_with_its_reasons_and_may_be_tried_again(dialog):
    answers = [Refused(["Van 7 has no inspection today.", "Van 7 is grounded."]), None]

    def decide(_values):
        if answer := answers.pop(0):
            raise answer

    dialog.ask("Give van 7 to CX1?", on_confirm=decide)
    confirm(dialog)
    assert dialog.messages[-1]["blockers"] == ["Van 7 has no inspection today.", "Van 7 is grounded."]
    assert dialog.is_open
    confirm(dialog)
    assert not dialog.is_open


def test_a_day_that_moved_on_is_said_in_the_dialog(dialog):
    def decide(_values):
        raise Stale(["jo gave van 7 to CX2."])

    dialog.ask("Give van 7 to CX1?", on_confirm=decide)
    confirm(dialog)
    assert "jo gave van 7 to CX2" in dialog.messages[-1]["blockers"][0]


def test_a_fault_of_the_program_reaches_the_person_and_the_log(dialog, callback_failures):
    dialog.ask("Start rescue of CX1?", on_confirm=lambda _values: 1 / 0)
    confirm(dialog)
    (sentence,) = dialog.messages[-1]["blockers"]
    (record,) = callback_failures
    assert "a fault in the program" in sentence
    assert sentence.split()[-1].rstrip(".") in record.getMessage()
    callback_failures.clear()


def test_what_has_blockers_cannot_be_confirmed_by_any_message(dialog):
    decided = []
    dialog.ask("Start rescue of CX1?", (), ["CX1 has not left."], on_confirm=decided.append)
    confirm(dialog)
    assert decided == []
    dialog.refuse(())  # it has left now
    confirm(dialog)
    assert decided == [{}]


def test_what_was_let_go_cannot_be_confirmed(dialog):
    decided = []
    dialog.ask("Start rescue of CX1?", on_confirm=decided.append)
    turn = dialog.messages[-1]["turn"]
    dialog._heard(dialog, {"event": "cancel", "turn": turn}, [])
    confirm(dialog, turn)
    assert (decided, dialog.is_open) == ([], False)


def test_a_decision_may_ask_the_next_question(dialog):
    dialog.ask("Close the day?", on_confirm=lambda _: dialog.ask("Hand over to whom?", on_confirm=lambda _: None))
    confirm(dialog)
    assert dialog.is_open
    assert dialog.messages[-1]["title"] == "Hand over to whom?"


def test_a_view_that_comes_late_is_asked_too(dialog):
    dialog.ask("Start rescue of CX1?", on_confirm=lambda _: None)
    dialog._heard(dialog, {"event": "ready"}, [])
    assert dialog.messages[0] == dialog.messages[1]


def test_words_of_files_cannot_turn_a_sentence_round(dialog):
    dialog.ask("Give van \u202e7?", ["Van \u202e7"], ["\u202eno"], on_confirm=lambda _: None)
    said = dialog.messages[-1]
    assert "\u202e" not in said["title"] + said["sentences"][0] + said["blockers"][0]
