"""From what people and programs call a route to the route: "CX101", "cx101", "101", or its id. Pure."""

import re

from dispatchkit.printable import printable
from dispatchkit.records import Plan

FIGURES = re.compile(r"\d+")


class RouteNames:
    """The routes of a plan by everything they are called."""

    def __init__(self, plan: Plan) -> None:
        self._by_name: dict[str, set[str]] = {}
        self._by_figures: dict[str, set[str]] = {}
        self._code = {route.route_id: route.code for route in plan.routes}
        for route in plan.routes:
            for name in (route.code, route.route_id):
                self._by_name.setdefault(name.casefold(), set()).add(route.route_id)
            if figures := FIGURES.findall(route.code):
                self._by_figures.setdefault(figures[-1].lstrip("0"), set()).add(route.route_id)

    def find(self, name: str) -> tuple[str, str]:
        """Return the route's id, and a sentence where several are meant.

        A name that no route has comes back as it was written: what is told of it is kept under that name.
        """
        wanted = name.strip()
        found = self._by_name.get(wanted.casefold(), set())
        if not found and wanted.isdecimal():
            found = self._by_figures.get(wanted.lstrip("0"), set())
        if len(found) == 1:
            return next(iter(found)), ""
        if not found:
            return wanted.upper(), ""
        called = ", ".join(sorted(f"{self._code[r]} ({r})" for r in found))
        return "", f"'{printable(wanted)}' may be any of {called}. Write the id instead of the code."
