"""The live map: where the stops and the vans are. It looks where the person looks and is patched, never redrawn."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal, TypeAlias

import anywidget
import traitlets
from ipywidgets import CallbackDispatcher

from dispatchkit.records import Place
from widgets.row_patches import Row, SentRows

STATIC = Path(__file__).parent / "static"

STREETS_CODE = STATIC / "streets.js"
"""What draws streets from a file, 130 kB: sent to the maps that have such a file, and no part of a first load."""

OPENSTREETMAP_TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"

Picked: TypeAlias = Literal["van", "stop"]


class LiveMap(anywidget.AnyWidget):
    """Stops, vans, the station, one route's way, rescues and problem areas on a map.

    The first data decide where the map looks; from then on only the person does. Without a network the ground stays
    plain and a note says so. Colours are CSS colours or named tokens such as ``--accent``.

    Attributes
    ----------
    stops
        As `widgets.packed_stops.pack` makes them; a click names a stop by its index here.
    palette
        Colours that the stops' colour indices mean.
    selected
        Id of the van whose plate stands out, or an empty text.
    station
        ``{"lat", "lng", "label"}``, or empty.
    route_line, near_legs
        ``[lat, lng]`` pairs along one route, or empty; so many legs of it are drawn strong, the rest thin; 0 for all.
    rescue
        One that is looked at, ``{"meet": [lat, lng], "from": [[lat, lng], …], "label"}``: lines to the meeting place;
        or empty.
    rescues
        Those under way, the same with an ``id`` and a ``title``, a sentence shown on hovering.
    areas
        ``{"id", "outline": [[lat, lng], …], "name", "label", "past"}``: soft outlines below the stops, with the label
        where there is room for it and the name elsewhere.
    foreseen_line, foreseen_colour
        ``[lat, lng]`` pairs of the way that a route would go if a change were kept, drawn dashed in this colour; or
        empty.
    selecting
        Whether stops can be chosen: by a press, a rectangle or a line around them. A press then says `on_stops`, not
        `on_select`.
    tile_url, tile_attribution, tile_attribution_url
        Base map and whom to thank for it, for tiles and for streets from a file; an empty `tile_url` asks nobody for
        anything.
    basemap
        Address of a PMTiles file of streets (Protomaps' layers), read piece by piece by HTTP range; it may be relative
        to the page. Where it is given no server is asked for tiles, not even when the file is gone. Empty for none.
    note
        A sentence over the map, such as "The files name no places of stops."; empty for none.
    """

    _esm = STATIC / "map.js"
    _css = STATIC / "map.css"

    label = traitlets.Unicode("Map of stops and vans").tag(sync=True)
    stops = traitlets.Bytes().tag(sync=True)
    palette = traitlets.List(traitlets.Unicode(), ["--accent", "--act"]).tag(sync=True)
    selected = traitlets.Unicode().tag(sync=True)
    station = traitlets.Dict().tag(sync=True)
    route_line = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    near_legs = traitlets.Int().tag(sync=True)
    rescue = traitlets.Dict().tag(sync=True)
    rescues = traitlets.List(traitlets.Dict()).tag(sync=True)
    areas = traitlets.List(traitlets.Dict()).tag(sync=True)
    foreseen_line = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    foreseen_colour = traitlets.Unicode("--accent").tag(sync=True)
    selecting = traitlets.Bool().tag(sync=True)
    tile_url = traitlets.Unicode(OPENSTREETMAP_TILES).tag(sync=True)
    tile_attribution = traitlets.Unicode("© OpenStreetMap contributors").tag(sync=True)
    tile_attribution_url = traitlets.Unicode("https://www.openstreetmap.org/copyright").tag(sync=True)

    basemap = traitlets.Unicode().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)

    def __init__(self, **kwargs: Any) -> None:
        self._sent = SentRows()
        self._selections = CallbackDispatcher()
        self._choices = CallbackDispatcher()
        super().__init__(**kwargs)
        self.on_msg(self._heard)

    def show_vans(self, vans: Iterable[Row]) -> None:
        """Show these vans; those that moved are moved, those that are not named go.

        Parameters
        ----------
        vans
            One ``{"id", "label", "lat", "lng", "rung", "title", "heading_deg", "old"}`` a van: `rung` is ``ok``,
            ``watch`` or ``act`` (anything else is drawn grey and without a sign), `title` a sentence shown on hovering.
            The last two may be left out: where it goes, degrees clockwise from north, and whether its place is too old
            to be drawn as live.
        """
        if message := self._sent.show(vans):
            self.send(message)

    def look_at(self, places: Iterable[Place]) -> None:
        """Turn every view to these places, because the person asked for it; nothing where there are none."""
        if wanted := [list(place) for place in places]:
            self.send({"op": "look", "places": wanted})

    def on_select(self, callback: Callable[[Picked, str | int], None]) -> None:
        """Call ``callback("van", van id)`` or ``callback("stop", index in stops)`` when the person picks one."""
        self._selections.register_callback(callback)

    def on_stops(self, callback: Callable[[list[int], bool], None]) -> None:
        """Call ``callback(indices in stops, whether they are added)`` when the person chooses stops, or none."""
        self._choices.register_callback(callback)

    def _heard(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        match content:
            case {"event": "ready"}:
                self.send(self._sent.everything())
            case {"event": "streets"}:
                self.send({"op": "streets"}, buffers=[STREETS_CODE.read_bytes()])
            case {"event": "van", "id": str(van_id)}:
                self.selected = van_id
                self._selections("van", van_id)
            case {"event": "stop", "i": int(index)}:
                self._selections("stop", index)
            case {"event": "stops", "i": list(indices), "add": bool(add)}:
                self._choices([i for i in indices if isinstance(i, int)], add)
