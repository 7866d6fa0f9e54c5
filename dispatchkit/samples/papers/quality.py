"""Papers about quality: the drivers' weekly overview, the detail of returns, the safety events."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from dispatchkit.eos.balance import Whereabouts, whereabouts
from dispatchkit.records import PackageStatus, Record
from dispatchkit.samples.papers.files import Cell, Rows, csv_bytes
from dispatchkit.samples.papers.known import Known
from dispatchkit.times import after, seconds_between


class SampleMetric(Record, frozen=True):
    """A metric of the weekly overview: its headers, what is good, how far drivers stray from it, and its decimals.

    `header` heads the value; `stem`, where it is another, begins the headers of tier, score and weight.
    """

    header: str
    best: float
    stray: float
    decimals: int = 0
    stem: str = ""

    def headers(self) -> tuple[str, ...]:
        """Headers of its value, tier, score and weight."""
        return (self.header, *(f"{self.stem or self.header} {part}" for part in ("Tier", "Score", "Weight Applied")))


def _per_trip(name: str, stray: float) -> SampleMetric:
    return SampleMetric(header=f"{name} (per trip)", best=0, stray=stray, decimals=1, stem=name)


METRICS = (
    SampleMetric(header="FICO Metric", best=850, stray=-28, stem="FICO"),
    _per_trip("Speeding Event Rate", 0.4),
    _per_trip("Seatbelt-Off Rate", 0.15),
    _per_trip("Distractions Rate", 0.3),
    _per_trip("Sign/ Signal Violations Rate", 0.4),
    _per_trip("Following Distance Rate", 0.3),
    SampleMetric(header="CDF DPMO", best=0, stray=420),
    SampleMetric(header="CED", best=0, stray=0.3),
    SampleMetric(header="DCR", best=100, stray=-0.35, decimals=1),
    SampleMetric(header="DSB", best=0, stray=0.5, stem="DSB DPMO"),
    SampleMetric(header="POD", best=100, stray=-1.2, decimals=1),
    SampleMetric(header="PSB", best=0, stray=0.4),
)
"""Headers as public parsers of real exports list them, with the blank after the stroke; the figures are invented."""

TIERS = ("Fantastic", "Great", "Fair", "Poor")
TIER_SCORES = (100, 85, 65, 40)
WEIGHT_PCT = 100 / len(METRICS)

OVERVIEW_HEADER = (
    "Week", "Delivery Associate ", "Transporter ID", "Overall Standing", "Overall Score",
    *(header for metric in METRICS for header in metric.headers()),
    "Packages Delivered",
)  # fmt: skip
"""The blank after "Associate" is in the real exports."""

RETURNS_HEADER = (
    "Tracking ID", "Transporter ID", "Impact DCR", "RTS Code", "Customer Contact Details", "Planned Delivery Date",
    "Exemption Reason", "Service Area",
)  # fmt: skip
EVENTS_HEADER = (
    "Date", "Delivery Associate", "Transporter ID", "Event ID", "Date Time", "VIN", "Program Impact", "Metric Type",
    "Metric Subtype", "Source", "Video Link", "Review Details",
)  # fmt: skip
"""As public parsers of such exports list them."""

EXEMPTIONS = {"BAD WEATHER": "Weather", "UNSAFE DUE TO DOG": "Safety", "BUSINESS CLOSED": "Business hours"}
"""RTS codes that do not count against the DCR here, and the reason given."""

EVENTS = (
    ("Speeding", "10 mph over the limit"), ("Distractions", "Phone in hand"), ("Sign/Signal Violations", "Stop sign"),
    ("Following Distance", "Below 1.2 s"), ("Seatbelt", "Unbuckled while moving"),
)  # fmt: skip
EVENTS_PER_ROUTE = 0.25


def week_text(day: date) -> str:
    """Name a week by its number: weeks run from Sunday, so the Monday in it decides."""
    year, week, _ = (day + timedelta(days=1)).isocalendar()
    return f"{year}-W{week:02}"


def overview_name(known: Known) -> str:
    """The overview of the week before; trust its Week column, not its name."""
    return f"{known.dsp}_{known.station}_{week_text(_week_before(known))}_DA_Overview.csv"


def overview(known: Known) -> bytes:
    """The weekly overview of every driver on the roster."""
    return csv_bytes(overview_rows(known))


def overview_rows(known: Known) -> Rows:
    """Header and rows, in the order of the roster. Who is new has no figures yet: their cells are empty, not 0."""
    roster = known.day.pre_load_out.roster
    week = week_text(_week_before(known))
    made: list[list[Cell]] = []
    for driver in roster.drivers if roster else ():
        chance = known.lasting_chance("overview", week, driver.driver_id)
        figures, score = _figures(chance, without=driver.nursery)
        standing = "" if score is None else TIERS[_tier(score)]
        packages = "" if driver.nursery else chance.randint(640, 1_180)
        shown = "" if score is None else round(score, 1)
        made.append([week, known.name(driver.driver_id), driver.driver_id, standing, shown, *figures, packages])
    return [OVERVIEW_HEADER, *made]


def _week_before(known: Known) -> date:
    return known.week_begins - timedelta(weeks=1)


def _figures(chance: Random, *, without: bool) -> tuple[list[Cell], float | None]:
    """The cells of all metrics and the score that they make; only empty ones and None `without` any data."""
    if without:
        return [None] * (4 * len(METRICS)), None
    made: list[Cell] = []
    score = 0.0
    for metric in METRICS:
        away = min(3.0, chance.expovariate(1.6))
        value = round(metric.best + metric.stray * away, metric.decimals)
        tier = min(3, int(away / 0.75))
        score += TIER_SCORES[tier] / len(METRICS)
        made += [value if metric.decimals else int(value), TIERS[tier], TIER_SCORES[tier], f"{WEIGHT_PCT:.2f}%"]
    return made, score


def _tier(score: float) -> int:
    return next((n for n, least in enumerate((90, 80, 65)) if score >= least), 3)


def returns_name(known: Known) -> str:
    """A name as such exports have."""
    return f"DSP_RTS_Detail_{known.station}_{known.dsp}_{known.service_day}.csv"


def returns(known: Known) -> bytes:
    """Every package that was not delivered by the routes that are back, with its reason."""
    return csv_bytes(returns_rows(known))


def returns_rows(known: Known) -> Rows:
    """Header and rows, by route and stop."""
    return [RETURNS_HEADER, *(_return(known, route_id, where) for route_id, where in not_delivered(known))]


def not_delivered(known: Known) -> Iterator[tuple[str, Whereabouts]]:
    """Yield route_id and package of all that a reason was told for, by driver, dock or debrief; of routes back."""
    back = known.day.end_of_shift.returned
    for route in known.day.plan.routes:
        if route.route_id not in back:
            continue
        for where in whereabouts(known.day, route.route_id):
            if where.reason and where.status is not PackageStatus.DELIVERED:
                yield route.route_id, where


def _return(known: Known, route_id: str, where: Whereabouts) -> tuple[str, ...]:
    chance = known.chance("contact", where.package_id)
    exemption = EXEMPTIONS.get(where.reason, "")
    return (
        where.package_id,
        known.driver_id(route_id),
        "N" if exemption else "Y",
        where.reason,
        chance.choice(("Called and texted", "Called twice, no answer", "Texted", "No contact")),
        f"{known.service_day}",
        exemption,
        known.station,
    )


def events_name(known: Known) -> str:
    """A name as such exports have."""
    return f"Safety_Events_{known.station}_{known.dsp}_{known.service_day}.csv"


def events(known: Known) -> bytes:
    """What cameras and sensors reported of the routes that left; by chance, the log does not know it."""
    return csv_bytes(events_rows(known))


def events_rows(known: Known) -> Rows:
    """Header and rows, in the order of the plan."""
    made: list[list[Cell]] = []
    for route_id, left in known.day.load_out.departed.items():
        chance = known.chance("event", route_id)
        if chance.random() >= EVENTS_PER_ROUTE:
            continue
        until = known.day.end_of_shift.returned.get(route_id) or known.day.plan.route[route_id].finish_by
        at = known.local(after(left.at, chance.uniform(0.1, 0.9) * seconds_between(left.at, until)))
        metric, detail = chance.choice(EVENTS)
        event_id = f"{chance.randrange(16**10):010x}"
        made.append([
            f"{at:%Y-%m-%d}", known.name(left.driver_id), left.driver_id, event_id, f"{at:%Y-%m-%d %H:%M:%S}",
            known.vin(left.van_id), chance.choice(("Yes", "No")), metric, detail, "Netradyne",
            f"https://video.example.com/events/{event_id}", chance.choice(("", "Reviewed", "Dispute open")),
        ])  # fmt: skip
    return [EVENTS_HEADER, *made]
