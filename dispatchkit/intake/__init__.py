"""Files come in: what they would change is shown first, then they are taken, all of it or nothing.

For a page, the command line and the watched folder there are two calls::

    shown = preview(log, originals, by="maria", station=station, day=key, answers={})
    shown.files         # each file: new, repeated, stale, unusable, left out; with its problems by row
    shown.changes       # sentences by phase: "12 drivers are assigned", each with a count and its details
    shown.questions     # what a person has to say: Question(id, text, options=(Option(id, text), …), details=(…))
    shown.notes         # worth knowing; nothing changes by it
    shown.blockers      # why nothing can be taken, whatever is answered
    shown.can_be_taken  # whether the button is enabled

    shown = preview(log, originals, …, answers={"stops": "estimate"})    # after each answer: preview anew
    taken = take(log, shown, by="maria", role=role)                      # list[Taken]; taken[0].key, .sentences

A preview writes nothing. `take` opens a new day, then writes every fact in one append, the artifacts before it and the
names with it. It raises `Refused` while a question is open or something blocks, and `Stale` where the day has moved on
so that the files would now do something else than was shown: preview again then. A file in the way of others can
be left out by an answer. Importing never sends a message and starts no rescue.

`day` is the day that the person is on; None lets the files say it. `preview(…).key` is the day that they go to; it is
None while that is a question, and where files of public route data hold several days (`days` has them all).

The public route data (the challenge, a station day) goes through the same two calls; `bring_in` takes a folder of it
without a preview.
"""

from dispatchkit.intake.given_days import already_imported, bring_in, draft, read_days, take_days, take_files
from dispatchkit.intake.known import Known
from dispatchkit.intake.preview import preview, take
from dispatchkit.intake.proposal import Change, FileState, Option, Phase, Proposal, Question, SeenFile
from dispatchkit.intake.proposed import proposed
from dispatchkit.intake.shown import Preview
from dispatchkit.intake.taken import Taken

__all__ = [
    "Change", "FileState", "Known", "Option", "Phase", "Preview", "Proposal", "Question", "SeenFile", "Taken",
    "already_imported", "bring_in", "draft", "preview", "proposed", "read_days", "take", "take_days", "take_files",
]  # fmt: skip
