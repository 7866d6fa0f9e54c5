"""What the browser asked for: told at the start to a process that was made for it, and waited for in a warm one.

Voilà's own function for this brings the whole server along, 40 MB and half a second for each page's process.
"""

import json
import os

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from dispatchkit.errors import WorkbenchError

CONNECT_WITHIN_S = 5.0
"""How long a warm process tries to reach the server that has just started it."""


class NotAsked(WorkbenchError):
    """The server did not tell what was asked for, so the page cannot know its day."""


def wait_for_request() -> None:
    """Return when somebody asks for this page; what was asked stands in the environment then, as for a CGI program.

    Under a server that keeps no process warm, and without any, it returns at once.

    Raises
    ------
    NotAsked
        The server cannot be reached, or ended while the process waited.
    """
    if os.environ.get("VOILA_PREHEAT", "False") == "False":
        return
    try:
        with connect(_address(), open_timeout=CONNECT_WITHIN_S, proxy=None) as server:
            asked = server.recv()
    except (OSError, WebSocketException) as error:
        raise NotAsked("The workbench's server did not say what this page is asked for. Reload the page.") from error
    os.environ.update(json.loads(asked))


def _address() -> str:
    """Where Voilà tells a warm process what was asked, as the environment of that process says."""
    told = os.environ
    server = f"{told.get('VOILA_APP_IP', '127.0.0.1')}:{told['VOILA_APP_PORT']}"
    return f"ws://{server}{told.get('VOILA_SERVER_URL', '/')}voila/query/{told['VOILA_KERNEL_ID']}"
