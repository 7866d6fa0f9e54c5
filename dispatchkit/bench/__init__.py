"""Measurements of the program itself, on the machine where it runs."""
