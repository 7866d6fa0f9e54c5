"""Routing engines on this machine for the tests: they answer as the documentation of each says, and fail when told to.

Their roads are made up: `road_s` is what every one of them knows.
"""

import json
import math
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs, unquote, urlsplit

from dispatchkit.geo import distance_m

OSRM_PLACES, VALHALLA_PAIRS, ORS_PAIRS = 100, 2500, 2500
"""What the engines take in one request, by their defaults."""

KEY = "a key of the tests"


def road_s(a, b):
    """Seconds from a place to another: slower to the north, so that the way back takes another time."""
    return round(distance_m(*a, *b) / 10 * (1.3 if b[0] > a[0] else 1.0), 1)


class FakeEngine:
    """A server and what it was asked.

    Attributes
    ----------
    islands
        Places to and from which no way leads: null.
    off_road
        Places near no road: an error for the whole request.
    answers
        What it answers first, before it works: (status, type, body, headers) or a function of the handler.
    asked
        Each request: (path, parameters or body, headers).
    """

    def __init__(self, kind):
        self.kind = kind
        self.islands, self.off_road = set(), set()
        self.answers, self.asked = [], []
        self.hours = {}
        self.closing = Event()

    @property
    def address(self):
        return f"{self.kind}+{self.url}"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def seconds(self, a, b, hour=None):
        if a != b and not self.islands.isdisjoint({a, b}):
            return None
        return round(road_s(a, b) * self.hours.get(hour, 1.0), 1)

    def table(self, sources, targets, hour=None):
        return [[self.seconds(a, b, hour) for b in targets] for a in sources]


@contextmanager
def fake_engine(kind):
    """Serve an engine on a free port of this machine until the block ends."""
    engine = FakeEngine(kind)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"engine": engine}))
    server.daemon_threads = True
    engine.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield engine
    finally:
        engine.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    engine: FakeEngine

    def log_message(self, *_):
        """Say nothing on the terminal."""

    def do_GET(self):
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self._serve(unquote(parts.path), asked)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self._serve(self.path, body)

    def _serve(self, path, asked):
        self.engine.asked.append((path, asked, dict(self.headers)))
        if self.engine.answers:
            answer = self.engine.answers.pop(0)
            if callable(answer):
                answer(self)
            else:
                self.answer(*answer)
            return
        status, body = _ANSWERS[self.engine.kind](self.engine, path, asked, self.headers)
        self.answer(status, "application/json;charset=utf-8", json.dumps(body).encode())

    def answer(self, status, content_type, body, headers=(), length=None):
        try:
            self.send_response(status)
            self.send_header("content-type", content_type)
            self.send_header("content-length", str(len(body) if length is None else length))
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            pass        # whoever asked did not wait for it


def _osrm(engine, path, asked, headers):
    service, version, _profile, coordinates = path.strip("/").split("/")
    if (service, version) != ("table", "v1"):
        return 400, {"code": "InvalidService", "message": "Service not found!"}
    places = [(float(lat), float(lng)) for lng, lat in (c.split(",") for c in coordinates.split(";"))]
    if len(places) < 2:
        return 400, {"code": "InvalidOptions", "message": "Number of coordinates needs to be at least two."}
    if len(places) > OSRM_PLACES:
        return 400, {"code": "TooBig", "message": "Too many table coordinates"}
    for i, place in enumerate(places):
        if place in engine.off_road:
            return 400, {"code": "NoSegment", "message": f"Could not find a matching segment for coordinate {i}"}
    chosen = [[places[int(i)] for i in asked[name].split(";")] for name in ("sources", "destinations")]
    ends = [[{"hint": "", "distance": 4.1, "name": "", "location": [p[1], p[0]]} for p in row] for row in chosen]
    return 200, {"code": "Ok", "durations": engine.table(*chosen), "sources": ends[0], "destinations": ends[1]}


def _valhalla(engine, path, asked, headers):
    sources, targets = ([(p["lat"], p["lon"]) for p in asked[name]] for name in ("sources", "targets"))
    if len(sources) * len(targets) > VALHALLA_PAIRS:
        return 400, {
            "error_code": 150, "error": f"Exceeded max locations: {VALHALLA_PAIRS}", "status_code": 400,
            "status": "Bad Request",
        }  # fmt: skip
    if not engine.off_road.isdisjoint({*sources, *targets}):
        return 400, {
            "error_code": 171, "error": "No suitable edges near location", "status_code": 400, "status": "Bad Request",
        }  # fmt: skip
    when = asked.get("date_time")
    if when and len(sources) > len(targets):
        return 400, {
            "error_code": 142, "error": "Only up to as many sources as targets with a departure time",
            "status_code": 400, "status": "Bad Request",
        }  # fmt: skip
    rows = engine.table(sources, targets, when and when["value"])
    cells = [
        [
            {"from_index": i, "to_index": j, "time": s, "distance": None if s is None else round(s / 100, 3)}
            for j, s in enumerate(row)
        ]
        for i, row in enumerate(rows)
    ]
    return 200, {
        "algorithm": "costmatrix", "units": "kilometers", "sources": asked["sources"], "targets": asked["targets"],
        "sources_to_targets": cells,
    }  # fmt: skip


def _ors(engine, path, asked, headers):
    if headers.get("Authorization") != KEY:
        return 403, {"error": "Access to this API has been disallowed"}
    places = [(lat, lng) for lng, lat in asked["locations"]]
    chosen = [[places[i] for i in asked[name]] for name in ("sources", "destinations")]
    if len(chosen[0]) * len(chosen[1]) > ORS_PAIRS:
        words = f"Request parameters exceed the server configuration limits. Only {ORS_PAIRS} routes are allowed."
        return 400, {"error": {"code": 6004, "message": words}, "info": {"engine": {"version": "8.0.0"}}}
    if not engine.off_road.isdisjoint(places):
        return 404, {"error": {"code": 6010, "message": "Source point(s) 0 out of bounds."}, "info": {}}
    ends = [[{"location": [p[1], p[0]], "snapped_distance": 3.2} for p in row] for row in chosen]
    return 200, {
        "durations": engine.table(*chosen), "sources": ends[0], "destinations": ends[1],
        "metadata": {"service": "matrix", "query": asked},
    }  # fmt: skip


_ANSWERS = {"osrm": _osrm, "valhalla": _valhalla, "ors": _ors}


def block_of_houses(n):
    """Places of a made-up neighbourhood, the station first; to five decimals, as they are asked for."""
    side = math.ceil(math.sqrt(n))
    return [(round(41.9 + i // side * 0.0031, 5), round(-88.0 + i % side * 0.0047, 5)) for i in range(n)]
