import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.errors import WorkbenchError
from dispatchkit.travel.calibrated import Curve
from dispatchkit.travel.fitted import BadCurve, FittedCurve, read, write

KNOTS = st.lists(st.tuples(st.integers(1, 5_000), st.integers(0, 900)), min_size=1, max_size=12)
MADE = FittedCurve(
    curve=Curve(distance_m=(0, 100, 900), drive_s=(4, 40, 200)),
    source="3 recorded routes of DXX1", routes=3, stops=410, ratio_mean=1.01, ratio_sd=0.09,
)  # fmt: skip


@given(KNOTS)
def test_whatever_was_fitted_comes_back_from_the_file(tmp_path_factory, steps):
    distance_m, drive_s = [0.0], [0.0]
    for metres, seconds in steps:
        distance_m.append(distance_m[-1] + metres)
        drive_s.append(drive_s[-1] + seconds / 100)
    curve = Curve(distance_m=tuple(distance_m), drive_s=tuple(round(s, 2) for s in drive_s))
    file = tmp_path_factory.mktemp("curve") / "own.json"
    write(file, FittedCurve(curve=curve, source="x", routes=3, stops=1, ratio_mean=1, ratio_sd=0))
    assert read(file).curve == curve


def changed(tmp_path, **fields):
    file = tmp_path / "own.json"
    write(file, MADE)
    file.write_text(json.dumps(json.loads(file.read_text()) | fields))
    return file


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"format": "a shopping list"}, "'a shopping list'"),
        ({"version": 2}, "version 2; this program reads"),
        ({"drive_s": [4, 40, 20]}, "cannot fall"),
        ({"distance_m": [1, 100, 900]}, "start at 0"),
        ({"drive_s": [4, 40]}, "each with metres and seconds"),
        ({"drive_s": "fast"}, "no travel curve"),
        ({"ratio_sd": -1}, "not possible"),
        ({"ratio_mean": 0}, "not possible"),
    ],
)
def test_a_file_that_was_changed_by_hand_is_refused_in_a_sentence(tmp_path, fields, message):
    with pytest.raises(BadCurve, match=message) as refused:
        read(changed(tmp_path, **fields))
    assert "travel fit" in str(refused.value)


def test_a_file_that_is_none_is_refused(tmp_path):
    with pytest.raises(BadCurve, match="cannot be read"):
        read(tmp_path / "missing.json")
    (tmp_path / "photo.png").write_bytes(bytes(100))
    with pytest.raises(BadCurve, match="no travel curve"):
        read(tmp_path / "photo.png")


def test_where_it_cannot_be_written_a_sentence_says_so(tmp_path):
    with pytest.raises(WorkbenchError, match="cannot be written"):
        write(tmp_path / "no folder" / "own.json", MADE)
