"""A warm process waits until somebody asks for its page, and learns what was asked. The server here is Voilà's own."""

import asyncio
import json
import os
from threading import Thread

import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from voila.request_info_handler import RequestInfoSocketHandler

from widgets.request import NotAsked, wait_for_request

PATH = r"/voila/query/(?P<kernel_id>\w+)"


@pytest.fixture
def asked(monkeypatch):
    """Put words into the environment, as Voilà does for a page's process; all is taken back afterwards."""
    monkeypatch.setattr(os, "environ", dict(os.environ))
    return os.environ.update


@pytest.fixture
def server_port():
    """A server that tells warm processes what was asked, in a thread of its own."""
    listener, port = bind_unused_port()
    loop, ready = asyncio.new_event_loop(), []

    async def serve():
        server = HTTPServer(Application([(PATH, RequestInfoSocketHandler)]))
        server.add_socket(listener)
        ready.append(asyncio.Event())
        await ready[0].wait()
        await server.close_all_connections()
        server.stop()

    thread = Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    yield port
    loop.call_soon_threadsafe(lambda: ready[0].set())
    thread.join()
    loop.close()


def test_a_process_that_was_made_for_a_request_does_not_wait(asked):
    asked({"VOILA_PREHEAT": "False", "QUERY_STRING": "day=DXX1/2026-03-14"})
    wait_for_request()
    assert os.environ["QUERY_STRING"] == "day=DXX1/2026-03-14"


def test_a_warm_process_learns_what_was_asked(asked, server_port, monkeypatch):
    told = json.dumps({"QUERY_STRING": "day=DXX1/2026-03-14", "HTTP_X_DISPATCHER": "maria"})
    monkeypatch.setattr(RequestInfoSocketHandler, "_cache", {"k1": told})
    asked({"VOILA_PREHEAT": "True", "VOILA_APP_PORT": str(server_port), "VOILA_KERNEL_ID": "k1"})
    wait_for_request()
    assert (os.environ["QUERY_STRING"], os.environ["HTTP_X_DISPATCHER"]) == ("day=DXX1/2026-03-14", "maria")


def says_so():
    with pytest.raises(NotAsked, match="Reload the page"):
        wait_for_request()


def test_a_warm_process_whose_server_is_gone_says_so(asked):
    listener, port = bind_unused_port()
    listener.close()
    asked({"VOILA_PREHEAT": "True", "VOILA_APP_PORT": str(port), "VOILA_KERNEL_ID": "k2"})
    says_so()


def test_a_warm_process_that_speaks_to_another_server_says_so(asked, server_port):
    asked({"VOILA_PREHEAT": "True", "VOILA_APP_PORT": str(server_port), "VOILA_KERNEL_ID": "k3"})
    asked({"VOILA_SERVER_URL": "/elsewhere/"})
    says_so()
