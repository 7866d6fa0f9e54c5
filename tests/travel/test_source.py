"""Which source of travel times a station's profile asks for."""

import os

import msgspec
import pytest

from dispatchkit.records import Stop
from dispatchkit.station import BadProfile, load
from dispatchkit.travel import fitted
from dispatchkit.travel.address import BadAddress
from dispatchkit.travel.by_hour import ByHour
from dispatchkit.travel.calibrated import CalibratedTravel, Curve
from dispatchkit.travel.fitted import BadCurve, FittedCurve
from dispatchkit.travel.recorded import RecordedTravel
from dispatchkit.travel.routed import RoutedTravel
from dispatchkit.travel.source import calibrated, notes, travel_times, with_engine
from tests.fake_engines import block_of_houses, fake_engine, road_s

CURVE = Curve(distance_m=(0, 1_000), drive_s=(0, 500))
PLACES = block_of_houses(4)
LAT, LNG = zip(*PLACES, strict=True)


def profile(folder, *lines):
    """A station's own profile with these values in [travel]."""
    file = folder / "station.toml"
    file.write_text("\n".join(["[travel]", *lines]))
    return load(file)


def own_curve(folder):
    made = FittedCurve(curve=CURVE, source="our routes", routes=9, stops=900, ratio_mean=1.0, ratio_sd=0.07)
    fitted.write(folder / "curve.json", made)


def test_without_a_word_in_the_profile_it_is_the_curve_that_comes_along():
    assert travel_times(load()) == calibrated(load()) == CalibratedTravel()


def test_a_curve_of_ones_own_lies_beside_the_profile_wherever_the_program_is_started(tmp_path, monkeypatch):
    own_curve(tmp_path)
    station = profile(
        tmp_path,
        'curve = { value = "curve.json", unit = "file", source = "fitted in May" }',
        'factor = { value = 110, unit = "%", source = "winter" }',
    )
    monkeypatch.chdir("/")
    assert travel_times(station) == CalibratedTravel(curve=CURVE, factor=1.1)


def test_a_curve_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(BadCurve, match="cannot be read"):
        travel_times(profile(tmp_path, 'curve = { value = "gone.json", unit = "file", source = "x" }'))


def test_an_engine_in_the_profile_is_asked_and_its_answers_kept_in_the_home_folder(tmp_path):
    with fake_engine("osrm") as osrm:
        ours = f'engine = {{ value = "{osrm.address}", unit = "engine address", source = "ours" }}'
        station = profile(tmp_path, ours)
        travel = travel_times(station, folder=tmp_path)
        assert travel.name == "OSRM"
        assert travel.legs(LAT, LNG)[0] == pytest.approx(road_s(PLACES[0], PLACES[1]))
    assert list((tmp_path / "travel").rglob("*.npy"))
    assert travel_times(station, folder=tmp_path).legs(LAT, LNG)[0] == travel.legs(LAT, LNG)[0]     # nobody there now
    assert notes(travel, ()) == ()


def test_what_was_kept_too_long_ago_is_cleared_away(tmp_path):
    old = tmp_path / "travel" / "ab" / "old.npy"
    old.parent.mkdir(parents=True)
    old.touch()
    os.utime(old, (0, 0))
    travel_times(with_engine(load(), "osrm+http://host:1"), folder=tmp_path)
    assert not old.exists()


def test_an_option_says_another_engine_or_none(tmp_path):
    station = profile(tmp_path, 'engine = { value = "osrm+http://host:1", unit = "engine address", source = "x" }')
    assert travel_times(with_engine(station, "curve")) == CalibratedTravel()
    assert travel_times(with_engine(load(), "valhalla+http://host:1")).name == "Valhalla"
    assert with_engine(station, None) is station
    with pytest.raises(BadAddress):
        with_engine(station, "google")


def test_a_key_comes_from_the_environment_only(tmp_path, monkeypatch):
    monkeypatch.setenv("DISPATCHKIT_TRAVEL_KEY", "a key of the tests")
    with fake_engine("ors") as ors:
        travel = travel_times(with_engine(load(), ors.address), folder=tmp_path)
        assert travel.legs(LAT[:2], LNG[:2])[0] == pytest.approx(road_s(PLACES[0], PLACES[1]))


def test_what_was_done_otherwise_is_said_with_the_names_of_stops(tmp_path):
    stops = [Stop(stop_id="CX1:b", packages=(), lat=LAT[1], lng=LNG[1])]
    with fake_engine("osrm") as osrm:
        osrm.islands = {PLACES[1]}
        travel = travel_times(with_engine(load(), osrm.address), folder=tmp_path)
        travel.matrix(LAT, LNG)
    (said,) = notes(travel, stops)
    assert "stop CX1:b" in said


def test_where_the_profile_wants_it_the_stations_own_curve_stands_in(tmp_path):
    own_curve(tmp_path)
    with fake_engine("osrm") as gone:
        address = gone.address
    station = profile(
        tmp_path,
        f'engine = {{ value = "{address}", unit = "engine address", source = "ours" }}',
        'when_silent = { value = "curve", unit = "refuse or curve", source = "mornings must go on" }',
        'curve = { value = "curve.json", unit = "file", source = "fitted in May" }',
        'pause = { value = 0, unit = "s", source = "a test" }',
    )
    travel = travel_times(station, folder=tmp_path)
    assert (travel.matrix(LAT, LNG) == CalibratedTravel(curve=CURVE).matrix(LAT, LNG)).all()
    (said,) = notes(travel, ())
    assert "off by 7%" in said


def test_hours_go_over_whatever_source(tmp_path):
    hours = 'weekday_hours = { value = ["07:00-09:00: 120"], unit = "hours: %", source = "our drivers" }'
    travel = travel_times(profile(tmp_path, hours), timezone="America/Chicago")
    assert isinstance(travel, ByHour)
    assert travel.travel == CalibratedTravel()
    both = with_engine(profile(tmp_path, hours), "osrm+http://host:1")
    routed = travel_times(both, timezone="America/Chicago")
    assert isinstance(routed.travel, RoutedTravel)
    with pytest.raises(BadProfile, match="zone"):
        travel_times(profile(tmp_path, hours))


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"when_silent": "perhaps"}, BadProfile, "'perhaps'"),
        ({"factor_share": 0.0}, BadProfile, "above 0 %"),
        ({"engine": "the usual one"}, BadAddress, "no routing engine"),
    ],
)
def test_a_profile_that_cannot_be_meant_is_refused(change, error, message):
    station = load()
    with pytest.raises(error, match=message):
        travel_times(msgspec.structs.replace(station, travel=msgspec.structs.replace(station.travel, **change)))


def test_recorded_times_have_nothing_to_say():
    assert notes(RecordedTravel(["a"], [41.9], [-88.0], [[0]]), ()) == ()
