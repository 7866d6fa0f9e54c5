"""What goes wrong on the way: time that a route loses once, and a van that does not start any more.

Each is drawn for a route and a place in its planned order, once for the whole day, whenever one asks. A locked gate
belongs to its stop and holds up whoever comes there; a flat tyre belongs to the van, after so many stops done.
"""

from datetime import datetime
from functools import cached_property

from dispatchkit.records import Plan, PlannedRoute, Record
from dispatchkit.road.chance import Chance
from dispatchkit.road.standing import Standing
from dispatchkit.station.simulator import DriverSays
from dispatchkit.times import after


class Hold(Record, frozen=True):
    """Time lost at a stop before it is served. `hold_id` is one of its day; `why` is what the driver says of it."""

    hold_id: str
    lost_s: int
    why: str


class Mishaps(Record, frozen=True):
    """All that goes wrong on the routes of a plan on one day."""

    plan: Plan
    chance: Chance
    says: DriverSays

    def hold(self, here: Standing, stop_id: str) -> Hold | None:
        """What holds the route up at the stop that it drives to; None at nearly all."""
        return self.at_place.get(stop_id) or self.of_van.get((here.route_id, here.done_count))

    def stands_until(self, here: Standing) -> datetime | None:
        """When help has come to a van that does not start any more after its last stop; None for one that does."""
        after_stops, stands_s = self.breakdowns.get(here.route_id, (0, 0))
        return after(here.served_at, stands_s) if after_stops and here.done_count == after_stops else None

    @cached_property
    def at_place(self) -> dict[str, Hold]:
        """stop_id → what holds up whoever comes there."""
        return {route.stop_ids[k]: hold for route, k, hold in self._holds if hold.why in self.says.lost_at_place}

    @cached_property
    def of_van(self) -> dict[tuple[str, int], Hold]:
        """Route and its stops done → what holds up this van."""
        return {(route.route_id, k): hold for route, k, hold in self._holds if hold.why in self.says.lost_of_van}

    @cached_property
    def _holds(self) -> tuple[tuple[PlannedRoute, int, Hold], ...]:
        """Routes that lose time, at which place in their planned order, and how much."""
        found, whys = [], (*self.says.lost_at_place, *self.says.lost_of_van)
        for route in self.plan.routes:
            name = route.route_id
            if whys and route.stop_ids and self.chance.happens(self.chance.simulator.lost_share, "lost", name):
                why = self.chance.choice(whys, "lost by", name)
                hold = Hold(hold_id=f"lost-{name}", lost_s=self.chance.lost_s(name), why=why)
                found.append((route, int(self.chance.share("lost at", name) * len(route.stop_ids)), hold))
        return tuple(found)

    @cached_property
    def breakdowns(self) -> dict[str, tuple[int, int]]:
        """route_id → stops done when the van does not start any more, one at least, and seconds that it stands."""
        found = {}
        for route in self.plan.routes:
            name = route.route_id
            if route.stop_ids and self.chance.happens(self.chance.simulator.breakdown_share, "breakdown", name):
                after_stops = 1 + int(self.chance.share("breakdown after", name) * len(route.stop_ids))
                found[name] = after_stops, self.chance.breakdown_s(name)
        return found
