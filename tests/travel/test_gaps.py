from dispatchkit.records import Stop
from dispatchkit.travel.gaps import NAMED, gap_sentences, names_of
from tests.fake_engines import block_of_houses

PLACES = block_of_houses(6)
STOPS = [Stop(stop_id=f"CX1:{i}", packages=(), lat=lat, lng=lng) for i, (lat, lng) in enumerate(PLACES) if i]
NAMES = names_of(STOPS, PLACES[0])


def around(*cut_off):
    return {(a, b) for a in PLACES for b in PLACES if a != b and {a, b} & set(cut_off)}


def test_a_stop_that_no_way_leads_to_is_named_once():
    (said,) = gap_sentences(around(PLACES[3]), NAMES, "the calibrated curve")
    assert said == (
        "No way leads to or from stop CX1:3 on the engine's map. Drives there are by the calibrated curve; check the "
        "place."
    )


def test_two_of_them_do_not_drag_the_others_along():
    (said,) = gap_sentences(around(PLACES[3], PLACES[5]), NAMES, "the curve")
    assert "stop CX1:3, stop CX1:5" in said
    assert "CX1:1" not in said


def test_the_station_and_a_place_without_a_name_can_be_cut_off_too():
    (said,) = gap_sentences(around(PLACES[0]), NAMES, "the curve")
    assert "the station" in said
    (said,) = gap_sentences(around(PLACES[2]), {}, "the curve")
    assert "41.90000, -87.99060" in said


def test_a_single_way_is_told_from_where_to_where():
    (said,) = gap_sentences({(PLACES[1], PLACES[2])}, NAMES, "the curve")
    assert said.startswith("No way was found from stop CX1:1 to stop CX1:2.")


def test_many_are_counted():
    gaps = {(PLACES[0], (42.0, -88.0 + i / 100)) for i in range(2)} | {
        ((42.1 + i / 100, -88.0), (42.2 + i / 100, -88.0)) for i in range(20)
    }
    (said,) = gap_sentences(gaps, NAMES, "the curve")
    assert f"and {22 - NAMED} more" in said


def test_without_gaps_nothing_is_said():
    assert list(gap_sentences((), NAMES, "the curve")) == []
