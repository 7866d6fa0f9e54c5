"""Make the sample data: `python -m dispatchkit.samples FOLDER`."""

import sys
from pathlib import Path

from dispatchkit.samples import SEED, generate, write
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel

if len(sys.argv) != 2:
    sys.exit("Say into which folder: python -m dispatchkit.samples FOLDER")
write(Path(sys.argv[1]), generate(SEED, travel=CalibratedTravel(), station=load()))
