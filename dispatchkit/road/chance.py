"""What chance makes of planned times on one day: the same for everybody, for a driver, for a stop, for a leg."""

import math
from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from dispatchkit.records import Record
from dispatchkit.road import draws
from dispatchkit.station.simulator import Simulator

T = TypeVar("T")


class Chance(Record, frozen=True):
    """The draws of one day.

    Attributes
    ----------
    service_day
        Part of every draw but a driver's own factor: stops and legs differ from day to day, a driver's hand stays.
        A branch of a day is the same service day and meets the same draws.
    """

    seed: int
    service_day: str
    simulator: Simulator

    @cached_property
    def day_factor(self) -> float:
        """What traffic and the season do to all routes of the day alike; mean 1."""
        return draws.lognormal(self.simulator.day_spread_share, self.seed, "day", self.service_day)

    @cached_property
    def bad_weather(self) -> bool:
        """Whether it rains or snows for most of the shift."""
        return draws.happens(self.simulator.bad_weather_share, self.seed, "weather", self.service_day)

    def driver_factor(self, driver_id: str) -> float:
        """How much longer than planned this driver takes at the door, on all his days; mean 1."""
        return draws.lognormal(self.simulator.driver_spread_share, self.seed, "driver", driver_id)

    def driver_day_factor(self, driver_id: str) -> float:
        """How much longer than on other days he takes today; mean 1."""
        spread = self.simulator.driver_day_spread_share
        return draws.lognormal(spread, self.seed, "driver day", self.service_day, driver_id)

    def is_new(self, driver_id: str) -> bool:
        """Whether this driver, of whom nobody says it, has no days behind him yet."""
        return draws.happens(self.simulator.new_driver_share, self.seed, "new driver", driver_id)

    def drive_s(self, planned_s: float, *leg: str) -> int:
        """Seconds that the leg really takes. `leg` names it by where it goes: another order of stops draws the same.

        A long leg is a sum of short ones, whose noises partly cancel.
        """
        short_share = min(1.0, self.simulator.short_leg_s / planned_s) if planned_s > 0 else 1.0
        spread = self.simulator.drive_spread_share * math.sqrt(short_share)
        factor = self.day_factor * (1 + self.bad_weather * self.simulator.bad_weather_drive_share)
        return round(planned_s * factor * draws.lognormal(spread, self.seed, "drive", self.service_day, *leg))

    def service_s(self, planned_s: float, stop_id: str, driver_id: str, *, new: bool = False) -> int:
        """Seconds that the stop really takes this driver; a new one takes longer at every door."""
        spread = self.simulator.service_spread_share
        stop_factor = draws.lognormal(spread, self.seed, "service", self.service_day, stop_id)
        factor = self.day_factor * (1 + self.bad_weather * self.simulator.bad_weather_service_share)
        driver = self.driver_factor(driver_id) * self.driver_day_factor(driver_id)
        driver *= 1 + new * self.simulator.new_driver_slower_share
        return round(planned_s * factor * driver * stop_factor)

    def lost_s(self, *about: str) -> int:
        """Seconds that are lost where something goes wrong on the way."""
        return round(draws.exponential(self.simulator.lost_time_s, self.seed, "lost for", self.service_day, *about))

    def breakdown_s(self, *about: str) -> int:
        """Seconds that a van which does not start any more stands until help is there."""
        simulator = self.simulator
        spread = draws.lognormal(simulator.breakdown_spread_share, self.seed, "stands", self.service_day, *about)
        return round(simulator.breakdown_time_s * spread)

    def share(self, *about: str) -> float:
        """A number between 0 and 1, each equally likely."""
        return draws.uniform(self.seed, self.service_day, *about)

    def happens(self, share: float, *about: str) -> bool:
        """Say whether something that happens in `share` of all cases happens here today."""
        return draws.happens(share, self.seed, self.service_day, *about)

    def choice(self, options: Sequence[T], *about: str) -> T:
        """One of the options, each equally likely."""
        return draws.choice(options, self.seed, self.service_day, *about)
