import json

from dispatchkit.station import load
from tests.small_challenge import challenge, write_challenge


def test_every_route_is_ordered_and_written_in_the_challenges_form(call, tmp_path):
    data, out = write_challenge(tmp_path / "data"), tmp_path / "proposed.json"
    told = call("sequence", data, "--out", out, "--json").json
    written = json.loads(out.read_text())
    assert written["RouteID_1"]["proposed"]["ST"] == 0
    assert sorted(written["RouteID_1"]["proposed"].values()) == [0, 1, 2, 3]
    assert told["routes"][0]["score"] == told["score_mean"]
    assert told["file"] == str(out)


def test_a_person_reads_the_mean_score(call, tmp_path):
    said = call("sequence", write_challenge(tmp_path / "data"), "--as-planned").out
    assert "Mean score against the drivers' own orders: 0.0000" in " ".join(said.split())
    assert "Nothing is kept." in said


def test_a_station_day_is_ordered_without_a_score(call, station_day):
    told = call("sequence", station_day, "--json").json
    assert told["routes"]
    assert told["score_mean"] is None


def test_habits_are_learned_as_a_section_of_the_profile(call, tmp_path):
    files = challenge()
    for stop, zone in (("AA", "A-1.1A"), ("NA", "A-2.3C"), ("CC", "A-1.1A")):
        files["route_data.json"]["RouteID_1"]["stops"][stop]["zone_id"] = zone
    data, own = write_challenge(tmp_path / "data", files), tmp_path / "own.toml"
    own.write_text(call("sequence", data, "--learn").out)
    learned = call("sequence", data, "--learn", "--json").json
    assert load(own).habits.next_aisle_s == learned["next_aisle_s"]
    assert set(learned) == {
        "next_row_s", "next_shelf_s", "same_aisle_s", "across_s", "next_aisle_s", "elsewhere_s",
    }  # fmt: skip


def test_habits_cannot_be_learned_without_zones(call, tmp_path):
    ended = call("sequence", write_challenge(tmp_path / "data"), "--learn")
    assert ended.code == 1
    assert "no habits can be learned" in ended.err
