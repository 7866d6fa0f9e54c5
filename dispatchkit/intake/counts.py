"""How many stops and packages a route has, as Cortex exports and route sheets count them. Pure."""

from dispatchkit.imports.readings import Itineraries, Itinerary, RoutesSnapshot
from dispatchkit.intake.batch import Batch
from dispatchkit.intake.compare import differ
from dispatchkit.intake.counted import Count
from dispatchkit.intake.sheet import Sheet, counted


def main_rows(reading: Itineraries) -> dict[str, Itinerary]:
    """The route's own row by code: of several the one with most stops. The others are stops taken over."""
    rows: dict[str, Itinerary] = {}
    for row in reading.itineraries:
        held = rows.get(row.code)
        if held is None or (row.stops or 0) > (held.stops or 0):
            rows[row.code] = row
    return rows


def counts(sheet: Sheet, batch: Batch) -> dict[str, Count] | None:
    """What the newest Cortex exports tell by route code; None while they disagree and nobody said which is right."""
    itineraries, snapshot = batch.newest(Itineraries), batch.newest(RoutesSnapshot)
    by_itinerary = main_rows(itineraries) if itineraries else {}
    by_snapshot = {row.code: row for row in snapshot.routes} if snapshot else {}
    share = sheet.station.intake.disagree_share
    apart = [
        f"{code}: {own.stops} in Itineraries, {standing.stops} in Routes"
        for code, own in sorted(by_itinerary.items())
        if (standing := by_snapshot.get(code)) is not None
        and own.stops is not None
        and standing.stops is not None
        and differ(own.stops, standing.stops, share)
    ]
    first = "itineraries"
    if apart:
        first = sheet.ask(
            "counts",
            f"Itineraries and Routes count other stops on {counted(len(apart), 'route')}. Which is right?",
            {"itineraries": "The Itineraries export", "routes": "The Routes export"},
            apart,
        )
        if not first:
            return None
    told: dict[str, Count] = {}
    for code in by_itinerary.keys() | by_snapshot.keys():
        own, standing = by_itinerary.get(code), by_snapshot.get(code)
        stops = [own.stops if own else None, standing.stops if standing else None]
        if first == "routes":
            stops.reverse()
        packages = [own.packages if own else None, standing.deliveries if standing else None]
        told[code] = Count(
            stops=next((n for n in stops if n is not None), None),
            packages=next((n for n in packages if n is not None), None),
            returns=own.returns if own else None,
        )
    return told
