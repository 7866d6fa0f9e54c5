"""Who is let in, and what the server refuses. No browser needed: plain requests to the real server."""

import os
import subprocess
import sys
from http.client import HTTPConnection

import pytest


def ask(served, method, path, **headers):
    """Status and body of one request; header names with _ for -."""
    connection = HTTPConnection("127.0.0.1", served.port, timeout=20)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer, body


def test_nobody_comes_in_without_the_token(trial):
    page, _ = ask(trial, "GET", "/voila/render/trial.ipynb")
    assert (page.status, page.headers["Location"].split("?")[0]) == (302, "/login")
    processes, _ = ask(trial, "GET", "/api/kernels", Authorization="token wrong")
    assert processes.status == 403


def test_the_login_page_asks_no_other_host(trial):
    answer, body = ask(trial, "GET", "/login")
    assert answer.status == 200
    assert "//" not in body.replace("<!DOCTYPE html>", "")
    assert "carries the token" in body


def test_a_page_that_is_not_there_is_a_sentence_with_a_way_on(trial):
    answer, body = ask(trial, "GET", "/nowhere", Authorization=f"token {trial.token}")
    assert answer.status == 404
    assert "There is no such page." in body
    assert "//" not in body


def test_the_cookie_is_same_site_and_out_of_scripts_reach(trial):
    answer, _ = ask(trial, "GET", f"/voila/render/nowhere.ipynb?token={trial.token}")
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert "HttpOnly" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://elsewhere.example"}, {"Host": "elsewhere.example"}], ids=["origin", "host"]
)
def test_another_site_can_end_nobodys_process(trial, headers):
    answer, _ = ask(trial, "POST", "/voila/api/shutdown/any", Authorization=f"token {trial.token}", **headers)
    assert answer.status in {403, 404}


@pytest.mark.parametrize("path", ["/voila/files/trial_page.py", "/voila/files/trial.ipynb", "/voila/api/contents/"])
def test_the_folders_files_are_not_for_reading(trial, path):
    answer, _ = ask(trial, "GET", path, Authorization=f"token {trial.token}")
    assert answer.status in {403, 404}


def test_nobody_starts_a_process_by_hand(trial):
    answer, _ = ask(trial, "POST", "/api/kernels", Authorization=f"token {trial.token}")
    assert answer.status == 405


def run(*options):
    command = [sys.executable, "-m", "widgets.server", *options]
    environment = os.environ | {"DISPATCHKIT_TOKEN": "t"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_a_port_that_is_taken_is_told_and_no_other_is_taken_instead(trial):
    ended = run("--notebooks", str(trial.notebooks), "--port", str(trial.port))
    assert ended.returncode == 1
    assert ended.stderr == (
        f"Port {trial.port} is in use by another program, perhaps a workbench that still runs. "
        f"Close that one, or choose another port: --port {trial.port + 1}.\n"
    )


def test_a_folder_that_is_not_there_is_told(tmp_path):
    ended = run("--notebooks", str(tmp_path / "nowhere"))
    assert ended.returncode == 1
    assert ended.stderr.startswith("There is no folder")
