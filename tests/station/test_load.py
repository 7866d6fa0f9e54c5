"""The station profile is data with unit and source, and says what is wrong with it."""

import pytest

from dispatchkit.station import BadProfile, load


def own(tmp_path, text):
    file = tmp_path / "DXX1.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_default_profile_is_whole_and_every_value_has_a_source():
    station = load()
    assert station.shift.on_road_limit_s == 9.5 * 3600
    assert all(s.unit and s.source for s in station.sources.values())


def test_a_station_says_only_what_differs(tmp_path):
    station = load(own(tmp_path, '[rescue]\nhandover = { value = 0.25, unit = "h", source = "measured here in May" }'))
    assert station.rescue.handover_s == 900
    assert station.rescue.notice_s == load().rescue.notice_s
    assert station.sources["rescue.handover"].source == "measured here in May"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[rescue]\nhandover = 10", "value"),
        ("[rescue]\nhandover = { value = 10, unit = 'min' }", "source"),
        ("[rescue]\nhandover = { value = 10, unit = 'km', source = 'x' }", "does not fit"),
        ("[rescue]\nhandover = { value = -1, unit = 'min', source = 'x' }", "0 or more"),
        ("[rescue]\nhandover = { value = 'ten', unit = 'min', source = 'x' }", "not a number"),
        ("[rescue]\nhandovr = { value = 10, unit = 'min', source = 'x' }", "handovr"),
        ("[resque]\nhandover = { value = 10, unit = 'min', source = 'x' }", "resque"),
        ("[rescue", "not TOML"),
        ("[alarm]\nlater = { value = [15, 'soon'], unit = 'min', source = 'x' }", "'soon' is not a number"),
        ("[alarm]\nlater = { value = 15, unit = 'min', source = 'x' }", "alarm"),
        ("[wave]\nfirst = { value = 'soon', unit = 'HH:MM', source = 'x' }", "time of day"),
        ("[words]\nlanguages = { value = ['qq'], unit = 'language codes', source = 'x' }", "'qq' is not a language"),
        ("[wave]\nsize = { value = 2.5, unit = 'routes', source = 'x' }", "wave"),
    ],
)
def test_a_bad_profile_is_refused_with_its_file_and_value(tmp_path, text, sentence):
    with pytest.raises(BadProfile, match=sentence) as refused:
        load(own(tmp_path, text))
    assert "DXX1.toml" in str(refused.value)


def test_several_numbers_have_one_unit(tmp_path):
    station = load(own(tmp_path, '[alarm]\nlater = { value = [0.5, 2], unit = "h", source = "our desk" }'))
    assert station.alarm.later_s == (1800, 7200)


def test_a_missing_profile_is_said(tmp_path):
    with pytest.raises(BadProfile, match="cannot be read"):
        load(tmp_path / "no.toml")


def test_the_folder_of_volume_files_is_looked_for_beside_the_profile(tmp_path):
    text = '[build]\nfolder = { value = "volume", unit = "folder", source = "our file server" }'
    assert load(own(tmp_path, text)).build.folder == str(tmp_path / "volume")
    assert load().build.folder == ""
