"""End of shift: debriefs, reattempts, vans looked over, incidents written down, the checklist, the close."""

from dispatchkit.eos import checklist, close, debrief, incidents, reattempt, returns
from dispatchkit.fleet import inspection
from dispatchkit.fleet.inspection import POST_TRIP
from dispatchkit.pace import alarms
from dispatchkit.plan.legs import STATION
from dispatchkit.road.departures import incident
from dispatchkit.run_day.shift import Shift

NOTED = "Reported by the driver at the debrief; written down for the insurer."


def close_shift(shift: Shift) -> None:
    """Account for everything and close the day; Refused, with every open thing, where something is left."""
    for settle in (_debrief_routes, _check_vans_in, _write_incidents, _clear_alarms, _tick_everything):
        settle(shift)
    shift.desk.decide(close.close, station=shift.station)


def _debrief_routes(shift: Shift) -> None:
    """Go through what was not delivered, on routes that never left too, and list what can be tried again."""
    legs, station = shift.legs, shift.station
    at_home = [r.route_id for r in shift.day.plan.routes if r.route_id not in shift.day.load_out.departed]
    for route_id in (*shift.day.end_of_shift.returned, *at_home):
        accounts = debrief.prefill(shift.day, route_id, station)
        shift.desk.decide(debrief.debrief, route_id=route_id, accounts=accounts, station=station)
        drive_s = {s: legs.leg_s(STATION, s) for s in shift.day.road.routes[route_id].order}
        near = reattempt.within_reach(shift.day, route_id, drive_s=drive_s, station=station)
        if near:
            shift.desk.decide(reattempt.list_reattempt, route_id=route_id, package_ids=near)


def _check_vans_in(shift: Shift) -> None:
    """Walk round each van that is back and take its keys."""
    for route_id, left in shift.day.load_out.departed.items():
        if route_id in shift.day.end_of_shift.returned:
            shift.desk.decide(inspection.inspect, van_id=left.van_id, driver_id=left.driver_id, inspection=POST_TRIP)
            shift.desk.decide(returns.van_returned, van_id=left.van_id)


def _write_incidents(shift: Shift) -> None:
    """Open what drivers report, and document it before the shift closes."""
    for route_id, back_at in shift.day.end_of_shift.returned.items():
        left = shift.day.load_out.departed[route_id]
        told = incident(
            route_id, driver_id=left.driver_id, van_id=left.van_id, at=back_at, chance=shift.chance, by=shift.desk.by
        )
        if told is not None:
            shift.desk.decide(
                incidents.open_incident,
                incident_id=told.incident_id,
                incident_type=told.incident_type,
                description=told.description,
                route_id=route_id,
                van_id=left.van_id,
                driver_id=left.driver_id,
            )
            shift.desk.decide(
                incidents.update_incident, incident_id=told.incident_id, status=incidents.DOCUMENTED, note=NOTED
            )


def _clear_alarms(shift: Shift) -> None:
    """Clear the alarms about routes that are settled; the road itself never clears one about a route that stayed."""
    for alarm_id, alarm in shift.day.road.alarms.items():
        # nobody can do anything any more about routes that are debriefed
        if alarm.cleared_at is None and shift.day.end_of_shift.debriefed.keys() >= set(alarm.raised.route_ids):
            shift.desk.decide(alarms.clear, alarm_id=alarm_id, why="Its routes are debriefed.")


def _tick_everything(shift: Shift) -> None:
    for item in checklist.open_items(shift.day, shift.station):
        shift.desk.decide(checklist.tick, item=item.item, station=shift.station)
