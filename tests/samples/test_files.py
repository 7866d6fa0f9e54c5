import gzip
from pathlib import Path

import pytest

from dispatchkit.errors import Damaged, NotFound
from dispatchkit.samples import read, write
from dispatchkit.samples.files import DAY, PLAN, contents

COMMITTED = Path(__file__).resolve().parents[2] / "sample_data"


def unpacked(path):
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def test_what_is_written_is_read_back(tmp_path, sample):
    write(tmp_path, sample)
    assert read(tmp_path) == sample


def test_the_same_sample_is_the_same_files(tmp_path, sample):
    for folder in ("one", "two"):
        write(tmp_path / folder, sample)
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / f).rglob("*.*")} for f in ("one", "two"))
    assert one == two


def test_the_committed_sample_is_what_the_generator_makes(sample):
    """Where this fails after a change that was meant: `python -m dispatchkit.samples sample_data`."""
    assert {name: unpacked(COMMITTED / name) for name in contents(sample)} == contents(sample)


def test_the_committed_sample_is_small():
    assert sum(p.stat().st_size for p in COMMITTED.rglob("*") if p.is_file()) < 1_500_000


def test_where_there_is_no_sample_the_message_says_how_to_make_one(tmp_path):
    with pytest.raises(NotFound, match=r"python -m dispatchkit\.samples"):
        read(tmp_path)


DAMAGES = {
    "cut short": lambda whole: whole[: len(whole) // 2],
    "empty": lambda _: b"",
    "not compressed": lambda whole: gzip.decompress(whole),
    "another thing": lambda _: gzip.compress(b"{}"),
    "bytes turned over": lambda whole: whole[:5_000] + bytes(500) + whole[5_500:],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_sample_is_refused_with_a_sentence(tmp_path, sample, damage):
    write(tmp_path, sample)
    plan = tmp_path / DAY / PLAN
    plan.write_bytes(damage(plan.read_bytes()))
    with pytest.raises(Damaged, match="cannot be read"):
        read(tmp_path)
