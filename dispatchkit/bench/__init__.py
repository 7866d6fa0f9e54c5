"""Measurements of the program itself, on the machine where it runs."""

from pathlib import Path

BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[3] / "shared" / "data"
"""Where the public data are looked for when nobody says."""
