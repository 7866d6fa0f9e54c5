"""The forecast against days that it has never seen: simulated ones by the hundred, and the real routes driven anew."""

DAYS = 300
"""Simulated days that are reported on, and as many others that are learned from."""
