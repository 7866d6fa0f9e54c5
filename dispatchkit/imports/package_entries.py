"""The packages of a route of the challenge, stop by stop."""

from collections.abc import Collection

from dispatchkit.imports import values
from dispatchkit.imports.problems import Findings, Spot, part, quoted
from dispatchkit.records import Package


def packages_by_stop(
    entry: object, spot: Spot, drop_offs: Collection[str], notes: Findings
) -> dict[str, tuple[Package, ...]]:
    """Read a route's packages. Packages for a place that is no drop-off of the route would be lost: a problem.

    The recordings list a package under two stops where a second attempt was made at another one. Both stay, since the
    plan had both; the later one is told apart by its stop (`PackageID_1@FH`), and `notes` says so.
    """
    found: dict[str, tuple[Package, ...]] = {}
    first_stop: dict[str, str] = {}
    for stop_id, listed in values.as_object(entry, spot).items():
        at = spot.within(stop_id, about=part(spot.column, stop_id) if stop_id in drop_offs else "")
        packages = values.as_object(listed, at)
        if packages and stop_id not in drop_offs:
            at.block(f"{quoted(stop_id)} is not a drop-off of this route, but packages are given for it.")
        read = []
        for package_id, fields in packages.items():
            own_id = package_id
            if package_id in first_stop:
                own_id = f"{package_id}@{stop_id}"
                notes.note(
                    f"Package {quoted(package_id)} is listed under stop {quoted(first_stop[package_id])} too. "
                    f"Both are kept; this one goes by the id {quoted(own_id)}.",
                    column=at.column,
                )
            first_stop.setdefault(package_id, stop_id)
            package = _package(own_id, values.as_object(fields, at.within(package_id)), at.within(package_id))
            read += [package] if package is not None else []
        found[stop_id] = tuple(read)
    return found


def _package(package_id: str, fields: dict[str, object], at: Spot) -> Package | None:
    known_id = values.identifier(package_id, at)
    sizes, size_at = values.as_object(fields.get("dimensions"), at.within("dimensions")), at.within("dimensions")
    sides = ("depth_cm", "height_cm", "width_cm")
    volume = values.volume_cm3([sizes.get(s) for s in sides], [size_at.within(s) for s in sides])
    service_at = at.within("planned_service_time_seconds")
    service = values.number(fields.get("planned_service_time_seconds"), service_at, at_least=0, at_most=values.DAY_S)
    times, times_at = values.as_object(fields.get("time_window"), at.within("time_window")), at.within("time_window")
    ends = ("start_time_utc", "end_time_utc")
    window = values.window([times.get(e) for e in ends], [times_at.within(e) for e in ends])
    recorded = values.text(fields.get("scan_status"), at.within("scan_status"))
    if known_id is None or volume is None or service is None or recorded is None:
        return None
    return Package(package_id=package_id, volume_cm3=volume, service_s=service, window=window, recorded=recorded)
