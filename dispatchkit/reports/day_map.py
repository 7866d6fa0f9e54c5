"""The map of a day that is kept: stops by route, those not delivered, the station; folium, every script inlined."""

from html import escape
from importlib import resources

import folium
from branca.element import Element

from dispatchkit.day import Day
from dispatchkit.eos.balance import whereabouts
from dispatchkit.printable import printable

STATIC = resources.files("dispatchkit.reports").joinpath("static")
TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
PALETTE = ("#0b5fad", "#1d7a46", "#8a5a00", "#6b4fa0", "#00707a", "#a03c78", "#5b6b00", "#84492f", "#3d5a80", "#4b5766")
NOT_DELIVERED = "#b3261e"


def day_map(day: Day) -> str:
    """Draw the day's stops as one HTML document that needs no network but for the base map's tiles.

    Stops without a place are left out; where the plan knows none at all, there is no map and the text is empty.
    """
    plan = day.plan
    places = [s.place for s in plan.stops if s.place] + ([plan.station_place] if plan.station_place else [])
    if not places:
        return ""
    drawn = folium.Map(
        location=plan.station_place or places[0], tiles=TILES, attr="© OpenStreetMap contributors",
        prefer_canvas=True, zoom_control=True,
    )  # fmt: skip
    drawn.default_js, drawn.default_css = [], []  # folium would link a CDN; Leaflet goes into the document instead
    header = drawn.get_root().header  # type: ignore[attr-defined]
    header.add_child(Element(f"<style>{_static('leaflet.css')}</style>"), name="leaflet-css")
    header.add_child(Element(f"<script>{_static('leaflet.js')}</script>"), name="leaflet-js")
    features = _features(day)
    if features:
        folium.GeoJson(
            {"type": "FeatureCollection", "features": features},
            marker=folium.CircleMarker(radius=3, weight=1, fill=True, fill_opacity=0.8),
            style_function=lambda feature: {
                "color": feature["properties"]["colour"], "fillColor": feature["properties"]["colour"]
            },
            tooltip=folium.GeoJsonTooltip(fields=["text"], labels=False),
        ).add_to(drawn)  # fmt: skip
        drawn.fit_bounds([[f(degrees) for degrees in zip(*places, strict=True)] for f in (min, max)])
    if plan.station_place:
        folium.CircleMarker(
            plan.station_place, radius=8, weight=3, color="#17202c", fill=True, fill_color="#ffffff",
            fill_opacity=1, tooltip=escape(plan.station),
        ).add_to(drawn)  # fmt: skip
    html: str = drawn.get_root().render()
    return html


def _features(day: Day) -> list[dict[str, object]]:
    """The stops, those not wholly delivered last: what is drawn later lies on top."""
    plan = day.plan
    delivered: list[dict[str, object]] = []
    not_delivered: list[dict[str, object]] = []
    for i, route in enumerate(plan.routes):
        excepted = {where.stop_id for where in whereabouts(day, route.route_id) if where.reason}
        for place, stop_id in enumerate(day.road.routes[route.route_id].order, start=1):
            stop = plan.stop[stop_id]
            if stop.place is None:
                continue
            failed = stop_id in excepted
            # the tooltip is read as HTML, so every word of a file is escaped before it gets there
            text = f"{escape(printable(route.code))} · stop {place}{' · not all delivered' if failed else ''}"
            (not_delivered if failed else delivered).append(
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [stop.lng, stop.lat]},
                    "properties": {"colour": NOT_DELIVERED if failed else PALETTE[i % len(PALETTE)], "text": text},
                }
            )
    return delivered + not_delivered


def _static(name: str) -> str:
    return STATIC.joinpath(name).read_text("utf-8").replace("</script", "<\\/script")
