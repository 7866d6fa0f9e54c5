"""What a source tells of one route, in one form whatever it came in: typed, an export, telematics, a scan."""

from datetime import date, datetime

from dispatchkit.records import Place, Record

TYPED, TELEMATICS, CORTEX = "typed", "telematics", "cortex"
"""Sources, as facts name them."""


class Told(Record, frozen=True):
    """One thing told of one route: a count of stops, a stop that was served, or where the van was.

    Attributes
    ----------
    route
        As the source writes it: a code, an id, or the figures of a code.
    source
        Who tells it: "typed", "telematics", "cortex", a device.
    at
        When it was so, aware; None for now.
    stops_done, of
        Stops done, and of how many by the source.
    stop_id
        The stop that was served.
    place
        Latitude and longitude in degrees.
    driver_id, station, service_day
        Of whom, where and when it is, as far as the source says; empty or None where it does not.
    """

    route: str
    source: str
    at: datetime | None = None
    stops_done: int | None = None
    of: int | None = None
    stop_id: str = ""
    place: Place | None = None
    driver_id: str = ""
    station: str = ""
    service_day: date | None = None

    def __post_init__(self) -> None:
        if sum((self.stops_done is not None, bool(self.stop_id), self.place is not None)) != 1:
            raise ValueError(f"{self.route}: one thing is told at a time: a count, a stop or a position.")
