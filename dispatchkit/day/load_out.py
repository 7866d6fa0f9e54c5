"""From arrival to departure, as the fold knows it."""

from datetime import datetime

import msgspec

from dispatchkit.day.facts.load_out import (
    BriefingGiven,
    DriverArrived,
    LoadingFinished,
    LoadingStarted,
    RouteDeparted,
    WaveSet,
)
from dispatchkit.day.facts.pre_load_out import VanAssigned
from dispatchkit.day.rules import Artifacts, Rules


class LoadOut(msgspec.Struct, frozen=True):
    """Waves by name; who has arrived; which routes load, are loaded, have left, by route_id."""

    waves: dict[str, WaveSet] = {}
    briefings: dict[str, BriefingGiven] = {}
    arrived: dict[str, datetime] = {}
    loading: dict[str, datetime] = {}
    loaded: dict[str, LoadingFinished] = {}
    departed: dict[str, RouteDeparted] = {}


_replace = msgspec.structs.replace


def _wave_set(load: LoadOut, fact: WaveSet, _: Artifacts) -> LoadOut:
    return _replace(load, waves=load.waves | {fact.wave: fact})


def _briefed(load: LoadOut, fact: BriefingGiven, _: Artifacts) -> LoadOut:
    return _replace(load, briefings=load.briefings | {fact.wave: fact})


def _arrived(load: LoadOut, fact: DriverArrived, _: Artifacts) -> LoadOut:
    return _replace(load, arrived=load.arrived | {fact.driver_id: fact.at})


def _loading(load: LoadOut, fact: LoadingStarted, _: Artifacts) -> LoadOut:
    return _replace(load, loading=load.loading | {fact.route_id: fact.at})


def _loaded(load: LoadOut, fact: LoadingFinished, _: Artifacts) -> LoadOut:
    return _replace(load, loaded=load.loaded | {fact.route_id: fact})


def _van_changed(load: LoadOut, fact: VanAssigned, _: Artifacts) -> LoadOut:
    """What was loaded is in the van that the route had: another van has to be loaded anew."""
    if fact.route_id not in load.loading:
        return load
    loading = {r: at for r, at in load.loading.items() if r != fact.route_id}
    loaded = {r: done for r, done in load.loaded.items() if r != fact.route_id}
    return _replace(load, loading=loading, loaded=loaded)


def _departed(load: LoadOut, fact: RouteDeparted, _: Artifacts) -> LoadOut:
    return _replace(load, departed=load.departed | {fact.route_id: fact})


RULES: Rules = {
    WaveSet: _wave_set,
    BriefingGiven: _briefed,
    DriverArrived: _arrived,
    LoadingStarted: _loading,
    LoadingFinished: _loaded,
    VanAssigned: _van_changed,
    RouteDeparted: _departed,
}
