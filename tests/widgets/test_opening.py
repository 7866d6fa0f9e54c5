"""A page whose day cannot be read says so, and opens when it can."""

import ipywidgets
import pytest

from dispatchkit.errors import NotFound
from widgets.opening import Opening


class Page:
    """A page that opens once its store is there."""

    def __init__(self, error=None):
        self.error = error

    def __call__(self):
        if self.error:
            raise self.error
        return ipywidgets.Label("the day")


def test_a_page_that_can_be_read_is_shown_at_once():
    assert Opening(Page()).children[0].value == "the day"


def test_the_sentence_stands_until_the_cause_is_gone():
    page = Page(NotFound("There is no day in the store yet."))
    opening = Opening(page)
    assert opening._status.text == "There is no day in the store yet."
    with pytest.raises(NotFound):  # the heartbeat's guard says it again, and waits longer
        opening._try_again()
    page.error = None
    opening._try_again()
    assert opening.children[0].value == "the day"


def test_a_fault_of_the_program_is_a_sentence_too(callback_failures):
    opening = Opening(Page(ZeroDivisionError()))
    assert "a fault in the program" in opening._status.text
    callback_failures.clear()
