"""The parts of the close page."""
