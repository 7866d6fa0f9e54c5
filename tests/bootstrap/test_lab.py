"""The analyst's JupyterLab, really started: on its own port, for whoever has the token, at this checkout."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest

from dispatchkit.bootstrap.command import parse
from dispatchkit.bootstrap.pages import lab, require_free
from dispatchkit.bootstrap.progress import ROOT, NotReady

START = """
import sys
from dataclasses import replace
from pathlib import Path
from dispatchkit.bootstrap.pages import lab, serve

analysts = lab(int(sys.argv[1]), Path(sys.argv[2]))
serve(replace(analysts, command=[sys.executable, *analysts.command[1:]]), opens_browser=False)
"""


def test_it_has_a_port_of_its_own_and_the_folder_of_the_app():
    arguments = parse(["lab"])
    assert (arguments.port, arguments.data) == (8888, parse(["app"]).data)
    assert arguments.port != parse(["app"]).port


def test_its_token_is_no_argument_that_every_user_could_read(tmp_path):
    analysts = lab(8888, tmp_path)
    assert not any(analysts.token in word for word in analysts.command)


def test_a_taken_port_is_refused_with_the_words_to_type_instead():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(NotReady, match=rf"Port {port} is used.*workbench.py lab --port \d+"):
            require_free(port, "lab")


@pytest.mark.skipif(sys.platform == "win32", reason="There one program cannot send another Ctrl-C.")
def test_it_opens_this_checkout_for_whoever_has_the_token(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    own = {"JUPYTER_CONFIG_DIR": str(tmp_path / "config"), "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime")}
    command = [sys.executable, "-u", "-c", START, str(port), str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | own, stdout=subprocess.PIPE, text=True) as started:
        try:
            said = [next(started.stdout) for _ in range(6)]
            address = next(line for line in said if line.startswith("http")).strip()
            token = re.search(r"\?token=(\w+)", address)[1]
            with urlopen(f"http://127.0.0.1:{port}/lab") as stranger:
                assert "/login" in stranger.url
            with urlopen(address) as analyst:
                assert "/login" not in analyst.url
            with urlopen(f"http://127.0.0.1:{port}/api/contents?token={token}") as listed:
                assert {"notebooks", "workbench.py"} <= {entry["name"] for entry in json.load(listed)["content"]}
        finally:
            started.send_signal(signal.SIGINT)
        assert "Ending the lab" in started.stdout.read()
    assert started.returncode == 0
