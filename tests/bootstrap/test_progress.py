import sys

import pytest

from dispatchkit.bootstrap.progress import NotReady, advice_for, child_environment, in_words, run_quietly


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "0 s"), (59.4, "59 s"), (60, "1 min 00 s"), (125.4, "2 min 05 s")]
)
def test_durations_are_written_as_people_read_them(seconds, words):
    assert in_words(seconds) == words


def test_a_step_says_what_it_does_and_keeps_its_output_to_itself(capfd):
    noise = [sys.executable, "-c", "print('Collecting numpy'); print('a thousand lines')"]
    run_quietly("Installing", noise, lambda line: ("finding packages", "") if "Collecting" in line else None)
    said = capfd.readouterr().out
    assert "Installing ... finding packages" in said
    assert "Installing: done in" in said
    assert "thousand" not in said


def test_a_step_that_fails_shows_its_last_words_and_what_to_do():
    failing = "print('early'); print('x\\n' * 40); print('Temporary failure in name resolution'); raise SystemExit(1)"
    with pytest.raises(NotReady) as failure:
        run_quietly("Installing", [sys.executable, "-c", failing])
    assert "Installing failed" in str(failure.value)
    assert "early" not in str(failure.value)
    assert "Check the network" in str(failure.value)


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("WARNING: ProxyError('Cannot connect to proxy.')", "HTTPS_PROXY"),
        ("SSLError: CERTIFICATE_VERIFY_FAILED", "PIP_CERT"),
        ("NewConnectionError: getaddrinfo failed\nERROR: No matching distribution found", "Check the network"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: No matching distribution found for ortools", "try 3.11, 3.12 or 3.13"),
        ("something nobody has seen", "report these lines"),
    ],
)
def test_every_known_failure_has_its_advice(output, advice):
    assert advice in advice_for(output)


def test_settings_that_lead_out_of_the_environment_stay_behind(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere/else")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:3128")
    variables = child_environment(DISPATCHKIT_HOME="/days")
    assert "PYTHONPATH" not in variables
    assert (variables["HTTPS_PROXY"], variables["DISPATCHKIT_HOME"]) == ("http://proxy:3128", "/days")
