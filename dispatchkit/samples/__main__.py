"""Make the sample data: `python -m dispatchkit.samples FOLDER`."""

import sys
from pathlib import Path

from dispatchkit.samples import write
from dispatchkit.station import load


def say(sentence: str) -> None:
    """Tell the person who waits."""
    sys.stdout.write(f"{sentence}\n")


if len(sys.argv) != 2:
    sys.exit("Say into which folder: python -m dispatchkit.samples FOLDER")
write(Path(sys.argv[1]), station=load(), say=say)
