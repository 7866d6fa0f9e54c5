"""Papers about vans: the vehicles list, the charge of electric vans, inspections by DVIC and by Whip Around."""

from datetime import timedelta

from dispatchkit.day.facts.pre_load_out import VanInspected
from dispatchkit.fleet.inspection import PRE_TRIP
from dispatchkit.samples.names import first_and_last
from dispatchkit.samples.papers.files import Rows, csv_bytes, workbook
from dispatchkit.samples.papers.known import Known

VEHICLES = "VehiclesData.xlsx"

VEHICLES_HEADER = ("Vehicle Name", "VIN", "License Plate", "Active", "operationalStatus", "serviceType")
CHARGE_HEADER = ("VIN", "State of Charge", "Distance to Empty")
DVIC_HEADER = (
    "start_date", "dsp", "station", "transporter_id", "transporter_name", "vin", "fleet_type", "inspection_type",
    "inspection_status", "start_time", "end_time", "duration", "defects",
)  # fmt: skip
WHIP_AROUND_HEADER = ("Form", "Date inspection occurred", "Asset name", "Driver first name", "Driver last name")
"""As public parsers of real exports list them; not every DVIC export has the last column, the defects."""

KM_PER_MILE = 1.609344
FULL_RANGE_KM = 240
"""What a full electric van goes: about 150 mi by its maker's word. For vans whose charge nobody read."""


def vehicles(known: Known) -> bytes:
    """The vehicles list; a van that may not leave is grounded."""
    return workbook({"Vehicles": vehicles_rows(known)})


def vehicles_rows(known: Known) -> Rows:
    """Header and rows, in the order of the fleet."""
    before = known.day.pre_load_out
    return [
        VEHICLES_HEADER,
        *(
            (
                van.van_id,
                known.vin(van.van_id),
                known.plate(van.van_id),
                "ACTIVE",
                "GROUNDED" if van.van_id in before.grounded else "OPERATIONAL",
                van.service_type,
            )
            for van in (before.fleet.vans if before.fleet else ())
        ),
    ]


def charge_name(known: Known) -> str:
    """A name as such exports have."""
    return f"EV_Charge_{known.station}_{known.service_day}.csv"


def charge(known: Known) -> bytes:
    """The charge of the electric vans, as it was read; of those that nobody read, by chance."""
    return csv_bytes(charge_rows(known))


def charge_rows(known: Known) -> Rows:
    """Header and rows, in the order of the fleet. What a reading lacks is blank."""
    before = known.day.pre_load_out
    electric = [v.van_id for v in (before.fleet.vans if before.fleet else ()) if v.electric]
    return [CHARGE_HEADER, *((known.vin(v), *_charge(known, v)) for v in electric)]


def _charge(known: Known, van_id: str) -> tuple[str, str]:
    read = known.day.pre_load_out.charges.get(van_id)
    if read is None:
        pct: float | None = known.chance("charge", van_id).randint(62, 100)
        km: float | None = (pct or 0) / 100 * FULL_RANGE_KM
    else:
        pct, km = read.charge_pct, read.range_km
    return "" if pct is None else f"{pct:.0f}%", "" if km is None else f"{km / KM_PER_MILE:.0f} mi"


def dvic_name(known: Known) -> str:
    """A name as such exports have."""
    return f"DVIC_{known.station}_{known.service_day}.csv"


def dvic(known: Known) -> bytes:
    """The inspections as the DVIC report lists them: times by the station's clock, durations as H:MM:SS."""
    return csv_bytes(dvic_rows(known))


def dvic_rows(known: Known) -> Rows:
    """Header and rows, by time."""
    return [DVIC_HEADER, *(_dvic(known, inspected) for inspected in _inspections(known))]


def _dvic(known: Known, inspected: VanInspected) -> tuple[str, ...]:
    ended, lasted = known.local(inspected.at), timedelta(seconds=round(inspected.duration_s))
    began = known.local(inspected.at - lasted)
    van = known.van(inspected.van_id)
    return (
        f"{began:%Y-%m-%d}",
        known.dsp,
        known.station,
        inspected.driver_id,
        known.name(inspected.driver_id),
        known.vin(inspected.van_id),
        van.service_type if van else "",
        "PRE_TRIP_DVIC" if inspected.inspection == PRE_TRIP else "POST_TRIP_DVIC",
        "PASSED" if inspected.passed else "FAILED",
        f"{began:%Y-%m-%d %H:%M:%S}",
        f"{ended:%Y-%m-%d %H:%M:%S}",
        f"{lasted}",
        "; ".join(inspected.defects),
    )


def whip_around_name(known: Known) -> str:
    """A name as such exports have."""
    return f"Whip Around DVIR {known.service_day}.csv"


def whip_around(known: Known) -> bytes:
    """The same inspections as Whip Around lists them; what was found stands in its reports, not in this list."""
    return csv_bytes(whip_around_rows(known))


def whip_around_rows(known: Known) -> Rows:
    """Header and rows, by time."""
    return [WHIP_AROUND_HEADER, *(_whip_around(known, inspected) for inspected in _inspections(known))]


def _whip_around(known: Known, inspected: VanInspected) -> tuple[str, ...]:
    van, at = known.van(inspected.van_id), known.local(inspected.at)
    form = "Pre-Trip" if inspected.inspection == PRE_TRIP else "Post-Trip"
    kind = "EDV " if van and van.electric else ""
    return (
        f"{form} {kind}Inspection (DVIR)",
        f"{at.month}/{at.day}/{at.year} {known.clock(inspected.at)}",
        inspected.van_id,
        *first_and_last(known.name(inspected.driver_id)),
    )


def _inspections(known: Known) -> list[VanInspected]:
    return sorted(known.day.pre_load_out.inspections.values(), key=lambda i: (i.at, i.van_id))
