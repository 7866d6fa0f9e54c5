"""Before anything is installed: what `workbench.py` does. Standard library only, and nothing from the rooms.

Each module is one step of the way: `environment` makes `.venv`, `pages` shows the workbench, `browser` finds the one
that the tests drive, `checks` runs them, `progress` says what goes on, `command` reads the command line.
"""
