"""What is compiled for the search is compiled anew when any part of it changes."""

from hashlib import sha256
from pathlib import Path

from dispatchkit.plan.engine import ruin

PARTS = ("held", "timing", "tours")


def test_a_search_that_was_compiled_before_a_part_of_it_changed_is_not_used():
    folder = Path(ruin.__file__).parent
    now = sha256(b"".join((folder / f"{part}.py").read_bytes() for part in PARTS)).hexdigest()[:12]
    assert now == ruin.COMPILED_WITH, f"Write {now!r} into ruin.py: numba looks at that file alone."
