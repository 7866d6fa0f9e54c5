"""The figures of a day's alarms as markup: sentences, bars by the hour, and a line for each day before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from dispatchkit.pace.alarm_rates import AlarmRates
from dispatchkit.station import Station
from dispatchkit.times import clock_text
from widgets.plain import markup

ALARM_FREE = "No alarm was raised on this day."
TALLEST_PX = 44


class DayBefore(NamedTuple):
    """An earlier day of the station, and what its alarms came to."""

    label: str
    rates: AlarmRates


def whole(
    rates: AlarmRates, before: Sequence[DayBefore], station: Station, *, timezone: str, service_day: str
) -> str:
    """Return everything that the panel says of a day's alarms."""
    return said(rates, station) + by_hour(rates.by_hour, station, timezone, service_day) + days_before(before, station)


def said(rates: AlarmRates, station: Station) -> str:
    """Return the figures as lines of a name and a value; what is over a limit of the profile says so."""
    if not rates.raised:
        return f'<p class="quiet">{ALARM_FREE}</p>'
    limits, window_min = station.alarm_rates, station.alarm_rates.window_s / 60
    per_h = f"{rates.per_h:.1f}" if rates.per_h is not None else "–"
    waited = f"{rates.to_acknowledge_min:g} min (median of {rates.acknowledged})" if rates.acknowledged else "none"
    standing = f"{rates.standing}, {rates.unacknowledged} with nobody on it" if rates.standing else "none"
    lines = [
        ("Raised", f"{rates.raised}, {per_h} an hour", False),
        ("Most in an hour", f"{rates.most_in_h} (at most {limits.per_h_count})", rates.most_in_h > limits.per_h_count),
        (f"Most in {window_min:g} min", f"{rates.most_in_window} (at most {limits.flood_count - 1})",
         rates.most_in_window >= limits.flood_count),
        ("Standing now", standing, rates.unacknowledged > 0),
        ("Taken on after", waited, False),
        ("Over, nobody had to act", str(rates.without_action), False),
        ("Raised again at once", str(sum(rates.chattering.values())), bool(rates.chattering)),
        ("Back after a moment", str(rates.reopened), False),
    ]  # fmt: skip
    rows = "".join(f"<dt>{name}</dt><dd>{_marked(value, over)}</dd>" for name, value, over in lines)
    return f'<dl class="facts">{rows}</dl>'


def by_hour(hours: Mapping[datetime, int], station: Station, timezone: str, service_day: str) -> str:
    """Return a bar for each hour with its number on it; nothing where no hour has an alarm."""
    most = max(hours.values(), default=0)
    if not most:
        return ""
    bars = []
    for hour, count in hours.items():
        clock = clock_text(hour, timezone, service_day)[:2]
        over = " over" if count > station.alarm_rates.per_h_count else ""
        height = round(TALLEST_PX * count / most)
        number = f"{'▲ ' if over else ''}{count}" if count else "·"
        bars.append(f'<li class="hour{over}"><span>{number}</span><i style="height:{height}px"></i><b>{clock}</b></li>')
    words = ", ".join(f"{clock_text(h, timezone, service_day)} {n}" for h, n in hours.items() if n)
    return (
        f'<figure class="by-hour" role="img" aria-label="Alarms raised by the hour: {markup(words)}">'
        f'<ol aria-hidden="true">{"".join(bars)}</ol></figure>'
    )


def days_before(before: Sequence[DayBefore], station: Station) -> str:
    """Return a line for each earlier day, the newest first; nothing where the store has none."""
    if not before:
        return ""
    window_min = station.alarm_rates.window_s / 60
    names = ("Alarms", "an hour", f"in {window_min:g} min", "again", "taken on")
    heads = '<th scope="col">Day</th>' + "".join(f'<th scope="col" class="n">{name}</th>' for name in names)
    rows = "".join(_row(day, station) for day in before)
    table = f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"
    return f'<table class="bags"><caption>Days before</caption>{table}</table>'


def _row(day: DayBefore, station: Station) -> str:
    rates = day.rates
    share = "–" if rates.acknowledged_share is None else f"{rates.acknowledged_share:.0%}"
    cells = (
        _marked(str(rates.raised), rates.most_in_h > station.alarm_rates.per_h_count),
        "–" if rates.per_h is None else f"{rates.per_h:.1f}",
        _marked(str(rates.most_in_window), rates.most_in_window >= station.alarm_rates.flood_count),
        _marked(str(sum(rates.chattering.values())), bool(rates.chattering)),
        share,
    )
    return f'<tr><th scope="row">{markup(day.label)}</th>{"".join(f"<td class=n>{cell}</td>" for cell in cells)}</tr>'


def _marked(text: str, is_over: bool) -> str:
    """A figure with the sign of what needs a person, where it does."""
    return f'<span class="rung r-act">▲ {markup(text)}</span>' if is_over else markup(text)
