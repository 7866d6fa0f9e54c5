"""A page that says who is looking, and writes a note in that name: what the tests of signing in read and press."""

import ipywidgets
from IPython.display import display

from dispatchkit import course
from widgets.guard import guarded
from widgets.heartbeat import Heartbeat
from widgets.status import Status
from widgets.viewing import from_address, wait_for_browser


def page():
    wait_for_browser()
    viewing, status = from_address(), Status()
    who = ipywidgets.Label(f"{viewing.desk.by} is {viewing.role} and may{'' if viewing.may_decide else ' not'} decide")
    note = ipywidgets.Button(description="Note it")
    written = ipywidgets.Label()

    def write(_):
        viewing.desk.decide(course.note, text="Bridge closed")
        written.value = ", ".join(f"{note.text} ({note.by})" for note in viewing.day.course.notes)

    note.on_click(guarded(status, write))
    heartbeat = Heartbeat(time_text=viewing.time_text)
    display(ipywidgets.VBox([who, note, written, status, heartbeat]))
