"""Travel times at the hour when they are driven: another source, and over it the station's hours and areas."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dispatchkit.records import Place, Stop
from dispatchkit.times import after, seconds_between
from dispatchkit.travel.congestion import Congestion
from dispatchkit.travel.matrix import TravelTimes


@dataclass(frozen=True)
class ByHour:
    """A source of usual drives, made longer or shorter by hour and area.

    Without an instant of departure every drive is the usual one.

    Attributes
    ----------
    travel
        The usual drives.
    congestion
        The station's hours and areas.
    zone
        The station's clock.
    zone_of
        Sort zones by place, for areas that are told by zone.
    """

    travel: TravelTimes
    congestion: Congestion
    zone: ZoneInfo
    zone_of: Mapping[Place, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What a plan calls this source: the one of the usual drives."""
        return self.travel.name

    def among(self, stops: Iterable[Stop]) -> "ByHour":
        """Return the same source, which knows the zones of these stops."""
        zones = {stop.place: stop.zone for stop in stops if stop.place is not None}
        return replace(self, zone_of={**self.zone_of, **zones})

    def matrix(self, lat: ArrayLike, lng: ArrayLike, depart_at: datetime | None = None) -> NDArray[np.float64]:
        """Return drive seconds, shape (n, n), as they are at the instant of departure, on each way all along."""
        usual_s = self.travel.matrix(lat, lng, depart_at)
        if depart_at is None:
            return usual_s
        local = depart_at.astimezone(self.zone)
        rate = np.array([self.congestion.rate(local, place, self._zone(place)) for place in _places(lat, lng)])
        hourly_s: NDArray[np.float64] = usual_s * ((rate[:, None] + rate[None, :]) / 2)
        return hourly_s

    def legs(
        self, lat: ArrayLike, lng: ArrayLike, depart_at: datetime | None = None, stay_s: ArrayLike | None = None
    ) -> NDArray[np.float64]:
        """Return drive seconds, shape (n - 1,), each leg at the hour when it is driven.

        The first leg begins at `depart_at`, each next one where the last one ended, after the stay there (none where
        `stay_s` is left out). A leg that is under way when the rate changes goes on at the new one, so that nobody
        arrives earlier by leaving later.
        """
        usual_s = self.travel.legs(lat, lng, depart_at, stay_s)
        if depart_at is None:
            return usual_s
        places = _places(lat, lng)
        stops = max(0, usual_s.size - 1)
        stays_s = np.zeros(stops) if stay_s is None else np.asarray(stay_s, dtype=float)
        if stays_s.size != stops:
            raise ValueError(f"{usual_s.size} legs need {stops} stays, but {stays_s.size} were given.")
        seconds, at = np.zeros(usual_s.size), depart_at
        for i, leg_s in enumerate(usual_s.tolist()):
            seconds[i] = self._driven_s(leg_s, at, places[i], places[i + 1])
            at = after(at, seconds[i] + (stays_s[i] if i < stops else 0.0))
        return seconds

    def between(self, lat_a: float, lng_a: float, lat_b: float, lng_b: float) -> float:
        """Return the usual drive seconds from the first place to the second."""
        return self.travel.between(lat_a, lng_a, lat_b, lng_b)

    def _driven_s(self, usual_s: float, begins: datetime, a: Place, b: Place) -> float:
        """Drive one leg piece by piece, each at its own rate."""
        left_s, at = usual_s, begins
        while True:
            rate = self.congestion.leg_rate(at.astimezone(self.zone), a, b, self._zone(a), self._zone(b))
            changes = self.congestion.next_change(at, self.zone)
            until_s = seconds_between(at, changes)
            if left_s * rate <= until_s:
                return seconds_between(begins, at) + left_s * rate
            left_s -= until_s / rate
            at = changes

    def _zone(self, place: Place) -> str:
        return self.zone_of.get(place, "")


def knowing(travel: TravelTimes, stops: Iterable[Stop]) -> TravelTimes:
    """Return the source; where it reckons by area, one that knows the zones of these stops."""
    return travel.among(stops) if isinstance(travel, ByHour) else travel


def _places(lat: ArrayLike, lng: ArrayLike) -> list[Place]:
    return list(zip(np.asarray(lat, dtype=float).tolist(), np.asarray(lng, dtype=float).tolist(), strict=True))
