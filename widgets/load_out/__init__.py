"""The parts of the load-out page."""
