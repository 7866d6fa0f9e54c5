"""Every command starts at once: what solves, compiles or draws is loaded by the commands that use it."""

import subprocess
import sys

import pytest

HEAVY = ("numba", "pyvrp", "scipy", "vroom", "playwright")
LOADED = f"import sys, {{}}; print(*(name for name in {HEAVY} if name in sys.modules))"


@pytest.mark.parametrize("module", ["dispatchkit.cli.main", "dispatchkit.bench.routing.cases"])
def test_no_solver_is_loaded_at_the_start(module):
    ran = subprocess.run([sys.executable, "-c", LOADED.format(module)], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
