"""Where the program keeps its things, and the station's own profile among them."""

from dispatchkit.home import own_profile
from dispatchkit.station import load

OWN = '[site]\ndsp = { value = "DXXA", unit = "DSP code", source = "our own code" }\n'


def test_a_profile_in_the_home_folder_is_used_without_being_named(tmp_path):
    assert own_profile(None, tmp_path) is None
    (tmp_path / "station.toml").write_text(OWN, encoding="utf-8")
    assert load(own_profile(None, tmp_path)).site.dsp == "DXXA"


def test_a_profile_that_is_named_comes_first(tmp_path):
    (tmp_path / "station.toml").write_text(OWN, encoding="utf-8")
    named = tmp_path / "other.toml"
    assert own_profile(named, tmp_path) == named
