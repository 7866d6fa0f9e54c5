"""Measuring from the command line: what is missing is a sentence, not a traceback."""


def test_measuring_the_app_without_a_browser_says_what_is_missing(call, monkeypatch, tmp_path):
    monkeypatch.setenv("DISPATCHKIT_CHROMIUM", str(tmp_path / "nowhere"))
    said = call("bench", "app", "--json")
    assert (said.code, said.out) == (1, "")
    assert "DISPATCHKIT_CHROMIUM names" in said.err
    assert "Traceback" not in said.err
