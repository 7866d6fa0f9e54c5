"""What the widgets' tests share."""

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


@pytest.fixture
def sent(monkeypatch):
    """Turn a widget into one whose messages to the browser can be read."""

    def record(widget):
        messages = []
        monkeypatch.setattr(widget, "send", lambda content, buffers=None: messages.append(content))
        return messages

    return record
