"""The checklist of the station's profile."""

import msgspec

from dispatchkit.eos import checklist
from tests.small_day import STATION, planned, says


def test_the_profile_writes_id_and_sentence():
    assert checklist.items(STATION)[0] == ("equipment", "Devices, fuel cards and cables are back")


def test_a_line_without_a_colon_is_its_own_id():
    close = msgspec.structs.replace(STATION.close, checklist=("Lights off",))
    assert checklist.items(msgspec.structs.replace(STATION, close=close)) == (("Lights off", "Lights off"),)


def test_an_item_is_ticked_once_and_only_if_it_is_on_the_list():
    story = planned().does(checklist.tick, item="vans", station=STATION)
    assert "vans" not in [i.item for i in checklist.open_items(story.day, STATION)]
    assert says(checklist.tick_blockers(story.day, "vans", STATION)) == "'vans' is done already."
    assert "'tea' is not on" in says(checklist.tick_blockers(story.day, "tea", STATION))
