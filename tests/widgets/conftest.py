"""What the widgets' tests share."""

import asyncio
import logging

import pytest


class Failures(logging.Handler):
    """Every record that says a callback failed."""

    def __init__(self):
        super().__init__()
        self.records = []

    def emit(self, record):
        if record.getMessage().startswith("Exception in callback"):
            self.records.append(record)


@pytest.fixture(autouse=True)
def callback_failures():
    """ipywidgets swallows what a callback raises; no test may pass over it. A test that means it clears the records."""
    failures = Failures()
    logging.getLogger().addHandler(failures)
    yield failures.records
    logging.getLogger().removeHandler(failures)
    if failures.records:
        pytest.fail("\n".join(logging.Formatter().format(record) for record in failures.records))


@pytest.fixture(autouse=True)
def no_loop_of_another_test():
    """A browser that earlier tests drive keeps an event loop marked as running; here none runs but a test's own."""
    other = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(other)


@pytest.fixture
def sent(monkeypatch):
    """Turn a widget into one whose messages to the browser can be read."""

    def record(widget):
        messages = []
        monkeypatch.setattr(widget, "send", lambda content, buffers=None: messages.append(content))
        return messages

    return record
