"""`dispatchkit prepare`: the sample days and their history, laid out once."""


def test_all_days_are_laid_out_and_the_second_time_nothing_is_done(call):
    assert call("prepare", "--json").json == {"day": "DXX1/2026-03-14", "made": True}
    assert call("prepare", "--json").json == {"day": "DXX1/2026-03-14", "made": False}
    assert len(call("days", "--json").json) == 6 + 56
    assert call("prepare").out.startswith("There already: calm_day, bad_morning, ")


def test_a_day_is_laid_out_alone_and_goes_on(call):
    assert "Laid out: rescue_cascade." in call("prepare", "--only", "rescue_cascade").out
    (before,) = call("days", "--json").json
    assert before["day"] == "DXX2/2026-03-05"
    call("go-on", "DXX2/2026-03-05", "--until", "16:15")
    (after,) = call("days", "--json").json
    assert after["facts"] > before["facts"]


def test_an_unknown_day_is_refused_with_those_that_are_there(call):
    answer = call("prepare", "--only", "monday")
    assert answer.code == 1
    assert "There is no sample day 'monday'. Choose one of: calm_day, " in answer.err


def test_a_day_goes_out_compressed_and_into_another_store(call, tmp_path):
    call("prepare", "--only", "malformed")
    call("export", "DXX2/2026-03-12", "day.jsonl.gz")
    answer = call("import", "day.jsonl.gz", "--store", tmp_path / "other.sqlite", "--json")
    assert answer.json == [{"day": "DXX2/2026-03-12", "source": "export"}]
