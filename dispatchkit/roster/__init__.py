"""Drivers: who is here, and who drives which route with which van. Pure, but for the solver behind `assign`."""
