"""The metrics of the weekly overview: under which headers their values, tiers, scores and weights are met."""

from collections.abc import Iterator

import msgspec

from dispatchkit.imports.sheets import Column


class KnownMetric(msgspec.Struct, frozen=True):
    """A metric.

    Attributes
    ----------
    name
        What it is called here.
    value
        Headers of its value, the usual one first.
    stems
        With what the headers of its tier, score and weight begin, the usual one first.
    in_percent
        Whether its value is a percentage: a spreadsheet may then hold 0.998 for 99.8 %.
    usual
        Whether every overview has it, so that its absence is worth a note.
    """

    name: str
    value: tuple[str, ...]
    stems: tuple[str, ...]
    in_percent: bool = False
    usual: bool = True


def _per_trip(name: str) -> KnownMetric:
    return KnownMetric(name, (f"{name} (per trip)", name), (name,))


METRICS = (
    KnownMetric("FICO", ("FICO Metric", "FICO"), ("FICO", "FICO Metric")),
    _per_trip("Speeding Event Rate"),
    _per_trip("Seatbelt-Off Rate"),
    _per_trip("Distractions Rate"),
    _per_trip("Sign/Signal Violations Rate"),
    _per_trip("Following Distance Rate"),
    KnownMetric("CDF DPMO", ("CDF DPMO",), ("CDF DPMO",)),
    KnownMetric("CED", ("CED",), ("CED",)),
    KnownMetric("DCR", ("DCR",), ("DCR",), in_percent=True),
    KnownMetric("Delivery Completion DPMO", ("Delivery Completion DPMO",), ("Delivery Completion DPMO",), usual=False),
    KnownMetric("DSB DPMO", ("DSB", "DSB DPMO"), ("DSB DPMO", "DSB")),
    KnownMetric("POD", ("POD",), ("POD",), in_percent=True),
    KnownMetric("PSB", ("PSB",), ("PSB",)),
)
"""Metrics of a driver's week, as public parsers of real exports list them. The list changes from quarter to quarter."""

TIER, SCORE, WEIGHT = "Tier", "Score", "Weight Applied"
"""With what the headers of a metric's other columns end."""


def metric_columns() -> Iterator[Column]:
    """Every column of every known metric, with keys of the form "FICO / Tier"; a value's key is the metric's name."""
    for metric in METRICS:
        yield Column(metric.name, metric.value, usual=metric.usual)
        for part in (TIER, SCORE, WEIGHT):
            headers = tuple(f"{stem} {part}" for stem in metric.stems)
            yield Column(key(metric.name, part), headers, usual=metric.usual)


def key(name: str, part: str) -> str:
    """Name the column of a metric's tier, score or weight."""
    return f"{name} / {part}"
