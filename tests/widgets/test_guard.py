import logging

import ipywidgets

from dispatchkit.errors import Refused
from widgets.guard import Guard, guarded
from widgets.status import Status


def a_button_in_a_browser(monkeypatch, **traits):
    """A button, and what its browser was told about being off."""
    button, told = ipywidgets.Button(**traits), []
    monkeypatch.setattr(button.comm, "send", lambda data, **_: told.append(data["state"].get("disabled")))
    return button, told


def test_a_refusal_is_shown_as_the_sentence_it_is(caplog):
    def refuse():
        raise Refused(["Van 7 has no inspection today."])

    status = Status()
    guarded(status, refuse)()
    assert (status.kind, status.text) == ("warn", "Van 7 has no inspection today.")
    assert not caplog.records


def test_a_fault_is_shown_with_the_id_under_which_the_log_has_its_traceback(callback_failures):
    def fail():
        raise ZeroDivisionError("ours")

    status = Status()
    guarded(status, fail)()
    (record,) = callback_failures
    error_id = record.getMessage().rsplit(" ", 1)[1]
    assert status.kind == "error"
    assert error_id in status.text
    assert "ZeroDivisionError: ours" in logging.Formatter().format(record)
    callback_failures.clear()


def test_a_callback_that_works_wipes_away_the_sentence_of_the_one_that_did_not():
    status = Status()
    status.error("Nothing works.")
    guarded(status, lambda: None)()
    assert status.text == ""


def test_what_a_callback_says_about_itself_stays():
    status = Status()
    guarded(status, lambda: status.ok("Saved."))()
    assert (status.kind, status.text) == ("ok", "Saved.")


def test_a_pressed_button_is_off_in_the_browser_until_the_work_is_done(monkeypatch):
    button, told = a_button_in_a_browser(monkeypatch)
    at_work = []
    button.on_click(guarded(Status(), lambda _: at_work.extend(told)))
    button.click()
    assert (at_work, told) == ([True], [True, False])


def test_a_button_that_its_panel_turned_off_meanwhile_stays_off(monkeypatch):
    button, told = a_button_in_a_browser(monkeypatch)
    button.on_click(guarded(Status(), lambda pressed: setattr(pressed, "disabled", True)))
    button.click()
    assert button.disabled
    assert told[-1] is True


def test_a_button_comes_back_after_a_refusal(monkeypatch):
    def refuse(_button):
        raise Refused(["No."])

    button, told = a_button_in_a_browser(monkeypatch)
    button.on_click(guarded(Status(), refuse))
    button.click()
    assert told == [True, False]


def test_a_loop_that_recovers_takes_its_own_sentence_away_and_no_other():
    status = Status()
    guard = Guard(status, "look")
    with guard:
        raise Refused(["The database does not answer."])
    assert guard.failed
    with guard:
        pass
    assert (guard.failed, status.text) == (False, "")

    with guard:
        raise Refused(["The database does not answer."])
    status.ok("Rescue started.")
    with guard:
        pass
    assert status.text == "Rescue started."


def test_a_callback_without_the_guard_does_not_pass_unseen(callback_failures):
    button = ipywidgets.Button()
    button.on_click(lambda _: 1 / 0)
    button.click()
    assert len(callback_failures) == 1
    callback_failures.clear()
