"""The one command of the dispatcher workbench. It needs nothing but Python.

    python3 workbench.py app      show the sample day in the browser (installs what is missing first)
    python3 workbench.py lab      open JupyterLab for the analyst, on its own port
    python3 workbench.py test     run every check: lint, types, imports, tests, notebooks
    python3 workbench.py setup    only install

This file only looks at the Python that runs it; the work is done in `dispatchkit.bootstrap`. Every Python 3 must be
able to read it, so that an old one can say that it is too old: hence no annotations and no f-strings here.
"""

import shutil
import sys

OLDEST, NEWEST = (3, 11), (3, 13)


def python_problem(version, which):
    """Return why a Python of this version cannot run the workbench, in sentences, or "" when it can.

    `which` finds programs on the PATH, as `shutil.which` does: a fitting Python that is there is named.
    """
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return ""
    fitting = [name for name in ("python3.13", "python3.12", "python3.11") if which(name)]
    if fitting:
        advice = "Run `{} workbench.py` instead of this command.".format(fitting[0])
    else:
        advice = "Install Python 3.13 from python.org and run the command with it."
    return "The workbench needs Python 3.11, 3.12 or 3.13; this is {}.{}. {}".format(version[0], version[1], advice)


if __name__ == "__main__":
    problem = python_problem(sys.version_info, shutil.which)
    if problem:
        sys.exit(problem)
    from dispatchkit.bootstrap.command import main

    sys.exit(main(sys.argv[1:]))
