from widgets.live_map import STREETS_CODE, LiveMap

VAN = {"id": "CX1", "label": "CX1", "lat": 41.9, "lng": -87.7, "rung": "ok", "title": "on pace"}


def test_a_van_that_moved_sends_its_place_and_nothing_else(sent):
    live_map = LiveMap()
    messages = sent(live_map)
    live_map.show_vans([VAN])
    live_map._heard(live_map, {"event": "ready"}, [])
    live_map.show_vans([VAN | {"lat": 41.91}])
    assert messages[-1]["changed"] == {"CX1": {"lat": 41.91}}


def test_clicks_say_what_was_picked():
    live_map, picked = LiveMap(), []
    live_map.on_select(lambda kind, key: picked.append((kind, key)))
    live_map._heard(live_map, {"event": "van", "id": "CX1"}, [])
    live_map._heard(live_map, {"event": "stop", "i": 17}, [])
    assert (picked, live_map.selected) == ([("van", "CX1"), ("stop", 17)], "CX1")


def test_the_code_for_streets_is_sent_to_a_map_that_asks_and_to_no_other(monkeypatch):
    live_map, sent = LiveMap(basemap="basemap/city.pmtiles"), []
    monkeypatch.setattr(live_map, "send", lambda content, buffers=None: sent.append((content["op"], buffers)))
    live_map._heard(live_map, {"event": "ready"}, [])
    live_map._heard(live_map, {"event": "streets"}, [])
    assert [op for op, _buffers in sent] == ["all", "streets"]
    assert sent[1][1] == [STREETS_CODE.read_bytes()]
