"""The parts of the road page."""
