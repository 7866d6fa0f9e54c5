"""A routing engine says how long driving takes: OSRM, Valhalla and openrouteservice, on this machine."""

import json
from datetime import UTC, datetime

import msgspec
import numpy as np
import pytest

from dispatchkit.station import load
from dispatchkit.travel.address import parse
from dispatchkit.travel.asking import EngineFailed
from dispatchkit.travel.calibrated import CalibratedTravel
from dispatchkit.travel.engine import Engine
from dispatchkit.travel.kept import KeptAnswers
from dispatchkit.travel.routed import NoTravelTimes, RoutedTravel
from tests.fake_engines import KEY, block_of_houses, fake_engine, road_s

KINDS = ("osrm", "valhalla", "ors")


@pytest.fixture(params=KINDS)
def engine(request):
    with fake_engine(request.param) as served:
        yield served


@pytest.fixture
def osrm():
    with fake_engine("osrm") as served:
        yield served


@pytest.fixture
def valhalla():
    with fake_engine("valhalla") as served:
        yield served


def rules(**more):
    return msgspec.structs.replace(load().travel, pause_s=0.0, wait_s=5.0, **more)


def routed(served, *, limits=None, **more):
    return RoutedTravel(Engine(parse(served.address), limits or rules(), KEY if served.kind == "ors" else ""), **more)


def of(places):
    return np.array([[road_s(a, b) for b in places] for a in places])


def answered(body, status=200, content_type="application/json", headers=(), length=None):
    return lambda handler: handler.answer(status, content_type, body, headers, length)


def test_the_engines_seconds_come_back_in_the_order_asked_and_differ_with_the_direction(engine):
    places = block_of_houses(7)[::-1]
    seconds = routed(engine).matrix(*zip(*places, strict=True))
    assert np.allclose(seconds, of(places))
    assert not np.allclose(seconds, seconds.T)


def test_a_day_larger_than_one_request_is_asked_in_blocks_within_the_limit(engine):
    places = block_of_houses(117)
    travel = routed(engine)
    assert np.allclose(travel.matrix(*zip(*places, strict=True)), of(places))
    assert travel.engine.requests == len(engine.asked) == 9


def test_along_a_route_only_what_lies_on_it_is_asked(engine):
    places = block_of_houses(180)
    travel = routed(engine)
    along = travel.legs(*zip(*places, strict=True))
    assert np.allclose(along, np.diag(of(places), 1))
    assert travel.engine.requests == (2 if engine.kind == "osrm" else 4)
    assert travel.between(*places[3], *places[0]) == pytest.approx(road_s(places[3], places[0]))


def test_two_stops_of_one_house_are_asked_once_and_nothing_lies_between_them(osrm):
    a, b = block_of_houses(2)
    seconds = routed(osrm).matrix([a[0], a[0] + 0.000_001, b[0]], [a[1], a[1], b[1]])
    assert (seconds[0, 1], seconds[1, 0]) == (0, 0)
    assert np.allclose(seconds[:2, 2], road_s(a, b))
    assert len(osrm.asked[0][0].split(";")) == 2
    assert routed(osrm).legs([a[0], a[0]], [a[1], a[1]]).tolist() == [0]


@pytest.mark.parametrize("n", [0, 1])
def test_where_nothing_has_to_be_driven_nobody_is_asked(osrm, n):
    travel = routed(osrm)
    assert travel.matrix([41.9] * n, [-88.0] * n).shape == (n, n)
    assert travel.legs([41.9] * n, [-88.0] * n).size == 0
    assert osrm.asked == []


def test_a_place_without_coordinates_is_refused_before_anything_is_asked(osrm):
    with pytest.raises(ValueError, match="without coordinates"):
        routed(osrm).matrix([41.9, float("nan")], [-88, -88])
    assert osrm.asked == []


def test_to_an_island_the_curve_is_driven_and_the_way_is_noted(engine):
    places = block_of_houses(5)
    engine.islands = {places[2]}
    travel = routed(engine)
    lat, lng = zip(*places, strict=True)
    seconds = travel.matrix(lat, lng)
    assert seconds[0, 1] == pytest.approx(road_s(places[0], places[1]))
    assert seconds[0, 2] == pytest.approx(CalibratedTravel().between(*places[0], *places[2]))
    assert travel.gaps == {(a, b) for a in places for b in places if a != b and places[2] in (a, b)}


@pytest.mark.parametrize("n", [4, 117])
def test_a_house_near_no_road_does_not_cost_the_answer_for_all_others(engine, n):
    places = block_of_houses(n)
    engine.off_road = {places[1], places[-2]}
    travel = routed(engine)
    seconds = travel.matrix(*zip(*places, strict=True))
    known = [i for i, place in enumerate(places) if place not in engine.off_road]
    assert np.allclose(seconds[np.ix_(known, known)], of(places)[np.ix_(known, known)])
    assert seconds[0, 1] == pytest.approx(CalibratedTravel().between(*places[0], *places[1]))
    assert {end for gap in travel.gaps for end in gap if end in engine.off_road} == engine.off_road
    asked = len(engine.asked)
    travel.legs(*zip(*places[:4], strict=True))
    assert len(engine.asked) == asked + 1       # by now it is known which houses to leave out


def test_what_was_answered_once_is_not_asked_again_even_by_another_process(osrm, tmp_path):
    places = block_of_houses(12)
    osrm.islands = {places[4]}
    first = routed(osrm, kept=KeptAnswers(tmp_path, days=30)).matrix(*zip(*places, strict=True))
    asked = len(osrm.asked)
    again = routed(osrm, kept=KeptAnswers(tmp_path, days=30))
    shuffled = places[6:] + places[:6]
    seconds = again.matrix(*zip(*shuffled, strict=True))
    assert len(osrm.asked) == asked
    assert np.allclose(seconds, np.roll(np.roll(first, 6, axis=0), 6, axis=1))
    assert again.gaps       # what was missing is still said


def test_another_profile_is_another_question(osrm, tmp_path):
    places = block_of_houses(3)
    for profile in ("driving", "van"):
        travel = RoutedTravel(
            Engine(parse(f"{osrm.address}?profile={profile}"), rules()), kept=KeptAnswers(tmp_path, days=30)
        )
        travel.matrix(*zip(*places, strict=True))
    assert [path.split("/")[3] for path, _, _ in osrm.asked] == ["driving", "van"]


def test_valhalla_is_asked_for_the_hour_of_departure_by_the_stations_clock(valhalla, tmp_path):
    places = block_of_houses(55)     # a last block with more sources than targets: Valhalla refuses that with an hour
    valhalla.hours = {"2018-08-08T09:00": 1.5}
    travel = routed(valhalla, timezone="America/Chicago", kept=KeptAnswers(tmp_path, days=30))
    nine, later = datetime(2018, 8, 8, 14, 40, tzinfo=UTC), datetime(2018, 8, 8, 14, 5, tzinfo=UTC)
    seconds = travel.matrix(*zip(*places, strict=True), nine)
    assert np.allclose(seconds, of(places) * 1.5, atol=0.11)
    asked = len(valhalla.asked)
    travel.matrix(*zip(*places, strict=True), later)
    assert len(valhalla.asked) == asked         # the same hour
    assert np.allclose(travel.matrix(*zip(*places, strict=True)), of(places))


def test_a_busy_engine_is_asked_again(engine):
    busy = json.dumps({"error": "Rate limit exceeded"}).encode()
    engine.answers = [answered(busy, 429, headers=[("retry-after", "0")]), answered(b"<html>", 503, "text/html")]
    places = block_of_houses(3)
    assert np.allclose(routed(engine).matrix(*zip(*places, strict=True)), of(places))
    assert len(engine.asked) == 3


def test_an_answer_that_breaks_off_is_asked_for_again(engine):
    engine.answers = [answered(b'{"durations": [[0.0, 12', length=400), answered(b'{"durations": [[0.0, 12')]
    places = block_of_houses(2)
    assert np.allclose(routed(engine).matrix(*zip(*places, strict=True)), of(places))


def test_a_slow_engine_is_given_up_after_three_tries_in_a_sentence(osrm):
    osrm.answers = [lambda handler: osrm.closing.wait(5)] * 3
    with pytest.raises(NoTravelTimes) as refused:
        routed(osrm, limits=msgspec.structs.replace(rules(), wait_s=0.1)).matrix([41.9, 41.91], [-88.0, -88.0])
    said = str(refused.value)
    assert f"OSRM at {osrm.url} did not answer after 3 tries (no answer within 0.1 s)." in said
    assert 'when_silent = "curve"' in said
    assert "off by 13% and more" in said


def test_nobody_there_is_a_sentence():
    with fake_engine("valhalla") as gone:
        address = gone.address
    travel = RoutedTravel(Engine(parse(address), rules()))
    with pytest.raises(NoTravelTimes, match=r"Valhalla at .* did not answer after 3 tries \(no connection\)"):
        travel.matrix([41.9, 41.91], [-88.0, -88.0])


def test_where_it_is_wanted_the_curve_stands_in_and_says_so_once():
    with fake_engine("osrm") as gone:
        address = gone.address
    travel = RoutedTravel(Engine(parse(address), rules()), when_silent="curve")
    places = block_of_houses(4)
    lat, lng = zip(*places, strict=True)
    assert (travel.matrix(lat, lng) == CalibratedTravel().matrix(lat, lng)).all()
    assert (travel.legs(lat, lng) == CalibratedTravel().legs(lat, lng)).all()
    assert travel.engine.requests == 1      # asked no more once it is known to be silent
    (note,) = travel.notes
    assert "did not answer after 3 tries" in note
    assert "by the calibrated curve instead: a route's driving may be off by 13% and more." in note
    assert travel.name == "calibrated"


@pytest.mark.parametrize(
    ("body", "content_type", "message"),
    [
        (b"<html>Sign in</html>", "text/html", "answered with text/html instead of JSON"),
        (b'{"code": "Ok"}', "application/json", "does not understand"),
        (b"[]", "application/json", "does not understand"),
        (b'{"durations": [[0, 1]]}', "application/json", "does not understand"),
        (b'{"durations": [[0, 1], [2]]}', "application/json", "does not understand"),
        (b'{"durations": [[0, -1], [2, 0]]}', "application/json", "less than nothing"),
        (b'{"durations": [[0, "far"], [2, 0]]}', "application/json", "does not understand"),
        (b'{"durations": [[0, Infinity], [2, 0]]}', "application/json", "without end"),
        (b'{"durations": [[0, 1' + 400 * b"0" + b'], [2, 0]]}', "application/json", "does not understand"),
        (b'{"durations": ' + 200_000 * b"[", "application/json", "nothing that can be read"),
        (b'{"code": "\xff\xfe"}', "application/json", "does not understand|nothing that can be read"),
    ],
)
def test_an_answer_that_means_nothing_is_never_driven_by(osrm, body, content_type, message):
    osrm.answers = [answered(body, content_type=content_type)]
    with pytest.raises(NoTravelTimes, match=message):
        routed(osrm).matrix([41.9, 41.91], [-88.0, -88.0])
    assert len(osrm.asked) == 1     # it would say the same again


def test_a_table_of_valhalla_without_times_is_not_understood(valhalla):
    valhalla.answers = [answered(b'{"sources_to_targets": [[{"distance": 1}, {"distance": 2}]]}')]
    with pytest.raises(NoTravelTimes, match="that of Valhalla"):
        routed(valhalla).matrix([41.9, 41.91], [-88.0, -88.0])


def test_a_limit_that_the_server_does_not_share_is_told_in_its_own_words(engine):
    limits = rules(osrm_places_count=200, valhalla_pairs_count=40_000, ors_pairs_count=40_000)
    with pytest.raises(NoTravelTimes, match=r"refused the request \(400 Bad Request: .*(TooBig|150|6004)"):
        routed(engine, limits=limits).matrix(*zip(*block_of_houses(150), strict=True))


def test_a_key_that_is_wrong_is_told_and_never_repeated():
    with fake_engine("ors") as served:
        travel = RoutedTravel(Engine(parse(served.address), rules(), "a wrong key"))
        with pytest.raises(NoTravelTimes, match="did not accept the key") as refused:
            travel.matrix([41.9, 41.91], [-88.0, -88.0])
    assert "DISPATCHKIT_TRAVEL_KEY" in str(refused.value)
    assert "a wrong key" not in str(refused.value)


def test_a_key_goes_over_tls_or_stays_on_this_machine():
    with pytest.raises(EngineFailed, match="Use https"):
        Engine(parse("ors+http://ors.example.org"), rules(), "a key")
    Engine(parse("ors+https://ors.example.org"), rules(), "a key")


def test_the_hosted_service_without_a_key_is_told_before_anything_is_asked():
    with pytest.raises(EngineFailed, match="DISPATCHKIT_TRAVEL_KEY"):
        Engine(parse("ors+https://api.openrouteservice.org"), rules())


def test_an_engine_on_this_machine_is_asked_without_the_proxy_of_the_office(osrm, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert routed(osrm).legs([41.9, 41.91], [-88.0, -88.0]).size == 1


def test_a_day_that_would_take_hours_of_requests_is_told_before_the_first_one(osrm):
    limits = rules(osrm_places_count=10, most_requests_count=20)
    with pytest.raises(NoTravelTimes, match=r"30 places take 36 requests .* at most 20"):
        routed(osrm, limits=limits).matrix(*zip(*block_of_houses(30), strict=True))
    assert osrm.asked == []


def test_a_limit_that_leaves_nothing_to_ask_is_refused():
    with pytest.raises(EngineFailed, match="leaves nothing"):
        Engine(parse("osrm+http://localhost:5000"), rules(osrm_places_count=1))
