"""The source of travel times that a station's profile asks for."""

import os
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from dispatchkit.home import home
from dispatchkit.records import Place, Stop
from dispatchkit.station import BadProfile, Station
from dispatchkit.travel import fitted
from dispatchkit.travel.address import KEY_VARIABLE, parse
from dispatchkit.travel.by_hour import ByHour
from dispatchkit.travel.calibrated import DEFAULT_SPREAD_SHARE, CalibratedTravel
from dispatchkit.travel.congestion import congestion_of
from dispatchkit.travel.gaps import gap_sentences, names_of
from dispatchkit.travel.kept import KeptAnswers
from dispatchkit.travel.matrix import TravelTimes

CURVE = "curve"
"""The calibrated curve, where an engine could be named too."""

WHEN_SILENT = ("refuse", CURVE)


def calibrated(station: Station) -> CalibratedTravel:
    """The calibrated curve that the profile names, with its factor: needs no network and answers in microseconds.

    For what asks all day long for single drives: the board, alarms, the rescue.

    Raises
    ------
    BadCurve
        The profile's file cannot be used.
    """
    return _calibrated(station)[0]


def with_engine(station: Station, address: str | None) -> Station:
    """The profile with another engine: the one at `address`, none for "curve", its own for None.

    Raises
    ------
    BadAddress
        The address names no engine.
    """
    if address is None:
        return station
    engine = "" if address == CURVE else address
    if engine:
        parse(engine)
    return msgspec.structs.replace(station, travel=msgspec.structs.replace(station.travel, engine=engine))


def travel_times(station: Station, *, timezone: str = "", folder: Path | None = None) -> TravelTimes:
    """The source for making plans: the profile's engine or curve, and over it its hours and areas.

    Parameters
    ----------
    station
        Whose section [travel] says which.
    timezone
        The zone of the day that is planned (IANA); the profile's own where left out.
    folder
        The program's home, where answers of engines are kept; the usual one where left out.

    Raises
    ------
    BadAddress, BadCurve, BadCongestion, BadProfile, EngineFailed
        Where the profile says something that cannot be used; nothing is asked of an engine yet.
    """
    rules, zone = station.travel, timezone or station.site.timezone
    curve, spread_share = _calibrated(station)
    if rules.when_silent not in WHEN_SILENT:
        raise BadProfile(f"[travel] when_silent: '{rules.when_silent}' is not understood. Write 'refuse' or 'curve'.")
    source: TravelTimes = curve
    if rules.engine:
        # they bring an HTTP client along: only where an engine is asked
        from dispatchkit.travel.engine import Engine
        from dispatchkit.travel.routed import RoutedTravel

        kept = KeptAnswers(folder or home(), days=rules.keep_count)
        kept.forget()
        source = RoutedTravel(
            Engine(parse(rules.engine), rules, os.environ.get(KEY_VARIABLE, "")),
            otherwise=curve,
            spread_share=spread_share,
            kept=kept,
            timezone=zone,
            when_silent=rules.when_silent,
        )
    congestion = congestion_of(rules)
    if not congestion:
        return source
    if not zone:
        raise BadProfile("[travel] has hours or areas, but the station's zone is not known. Set timezone in [site].")
    return ByHour(source, congestion, ZoneInfo(zone))


def notes(travel: TravelTimes, stops: Iterable[Stop], station_place: Place | None = None) -> tuple[str, ...]:
    """What a source of `travel_times` did otherwise than asked, as sentences; nothing where all went well.

    Parameters
    ----------
    stops, station_place
        By which places without a way are named.
    """
    inner = travel.travel if isinstance(travel, ByHour) else travel
    if isinstance(inner, CalibratedTravel):
        return ()
    from dispatchkit.travel.routed import RoutedTravel

    if not isinstance(inner, RoutedTravel):
        return ()
    gaps = gap_sentences(inner.gaps, names_of(stops, station_place), "the calibrated curve")
    return (*inner.notes, *gaps)


def _calibrated(station: Station) -> tuple[CalibratedTravel, float]:
    """The curve, and how far a route's drive by it is off."""
    rules = station.travel
    if not rules.factor_share > 0:
        raise BadProfile("[travel] factor: use a figure above 0 %.")
    if not rules.curve:
        return CalibratedTravel(factor=rules.factor_share), DEFAULT_SPREAD_SHARE
    own = fitted.read(Path(rules.curve))
    return CalibratedTravel(curve=own.curve, factor=rules.factor_share), own.ratio_sd
