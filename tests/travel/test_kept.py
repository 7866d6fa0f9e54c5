import numpy as np
import pytest

from dispatchkit.errors import WorkbenchError
from dispatchkit.travel.kept import DAY_S, KeptAnswers

TABLE = np.array([[0.0, 12.5, np.nan], [11.0, 0.0, 3.0]])


def test_a_table_comes_back_as_it_was_kept_with_its_gaps(tmp_path):
    KeptAnswers(tmp_path, days=30).put("ab" * 32, TABLE)
    again = KeptAnswers(tmp_path, days=30).get("ab" * 32, (2, 3))
    assert np.array_equal(again, TABLE, equal_nan=True)
    assert KeptAnswers(tmp_path, days=30).get("cd" * 32, (2, 3)) is None


def test_the_same_question_has_the_same_name_and_another_one_another():
    assert KeptAnswers.digest(("a", [[1.0, 2.0]])) == KeptAnswers.digest(("a", [[1.0, 2.0]]))
    assert KeptAnswers.digest(("a", [[1.0, 2.0]])) != KeptAnswers.digest(("a", [[2.0, 1.0]]))


def test_after_a_month_the_map_is_another_one(tmp_path):
    KeptAnswers(tmp_path, days=30).put("ab" * 32, TABLE)
    written = next(tmp_path.rglob("*.npy")).stat().st_mtime
    later = KeptAnswers(tmp_path, days=30, now=lambda: written + 31 * DAY_S)
    assert later.get("ab" * 32, (2, 3)) is None
    assert later.forget() == 1
    assert not list(tmp_path.rglob("*.npy"))


@pytest.mark.parametrize("damage", [b"", b"\x93NUMPY", b"no table at all", bytes(200)])
def test_a_damaged_table_is_asked_for_again(tmp_path, damage):
    kept = KeptAnswers(tmp_path, days=30)
    kept.put("ab" * 32, TABLE)
    next(tmp_path.rglob("*.npy")).write_bytes(damage)
    assert kept.get("ab" * 32, (2, 3)) is None
    kept.put("ab" * 32, TABLE)
    assert kept.get("ab" * 32, (2, 3)) is not None


def test_a_table_of_another_shape_is_not_taken(tmp_path):
    KeptAnswers(tmp_path, days=30).put("ab" * 32, TABLE)
    assert KeptAnswers(tmp_path, days=30).get("ab" * 32, (3, 2)) is None


def test_where_nothing_can_be_written_a_sentence_says_so(tmp_path):
    (tmp_path / "travel").write_text("a file where the folder should be")
    with pytest.raises(WorkbenchError, match="cannot be kept"):
        KeptAnswers(tmp_path, days=30).put("ab" * 32, TABLE)
