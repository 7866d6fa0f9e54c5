import pytest

from widgets.place import Place


def test_what_was_chosen_before_the_browser_was_there_is_remembered_when_it_comes(sent):
    place = Place()
    messages = sent(place)
    place.remember(route="CX101", view="map")
    place.remember(view=None)
    place._heard(place, {"event": "ready"}, [])
    assert messages[-1] == {"op": "remember", "query": {"route": "CX101", "view": None}}


def test_a_page_that_remembers_nothing_leaves_the_address_alone(sent):
    place = Place()
    messages = sent(place)
    place._heard(place, {"event": "ready"}, [])
    assert messages == []


def test_a_token_is_never_kept_in_the_address():
    with pytest.raises(ValueError, match="token"):
        Place().remember(token="secret")
