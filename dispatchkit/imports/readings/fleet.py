"""Files of the vans: vehicles, charge, inspections."""

from datetime import date, datetime

from dispatchkit.imports.readings.base import Reading
from dispatchkit.records import Record


class Vehicle(Record, frozen=True):
    """A row of the vehicles list. `grounded` and `active` are None where the cell is blank."""

    row: int
    name: str
    vin: str = ""
    plate: str = ""
    service_type: str = ""
    active: bool | None = None
    grounded: bool | None = None


class Vehicles(Reading, frozen=True):
    """The vans of a DSP."""

    vehicles: tuple[Vehicle, ...] = ()


class Charge(Record, frozen=True):
    """What an electric van has left: state of charge in percent, distance to empty in miles."""

    row: int
    vin: str
    charge_pct: float | None = None
    range_mi: float | None = None


class Charges(Reading, frozen=True):
    """The charge of electric vans."""

    charges: tuple[Charge, ...] = ()


class Inspection(Record, frozen=True):
    """A walk round a van, by DVIC or Whip Around.

    Attributes
    ----------
    inspection
        "pre-trip" or "post-trip".
    van
        VIN or van name, whichever the file has.
    passed
        None where the file does not say.
    day
        The date that the file gives it, by the station's clock.
    at
        When it ended or, where only that is known, began; UTC. None where the file gives no time of day.
    """

    row: int
    inspection: str
    van: str
    driver_id: str = ""
    driver_name: str = ""
    day: date | None = None
    at: datetime | None = None
    passed: bool | None = None
    duration_s: float | None = None
    defects: tuple[str, ...] = ()


class Inspections(Reading, frozen=True):
    """Inspections of vans; `form` is "DVIC" or "Whip Around"."""

    form: str = ""
    inspections: tuple[Inspection, ...] = ()
