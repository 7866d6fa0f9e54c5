"""Standalone Voilà, set up for a dispatch desk: no way around signing in, no leaked process, no silent other port.

``DISPATCHKIT_TOKEN=… python -m widgets.server --port 8866 --notebooks notebooks --home workbench_data``
"""

import argparse
import errno
import os
import secrets
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

import jinja2
from jupyter_core.paths import jupyter_path
from jupyter_server.base.handlers import Template404
from jupyter_server.utils import url_path_join
from tornado import ioloop, netutil, web
from traitlets.config import Config
from voila.app import Voila

from dispatchkit.basemap import FOLDER as BASEMAP_FOLDER
from dispatchkit.errors import NotFound, WorkbenchError
from dispatchkit.home import HOME_VARIABLE
from dispatchkit.home import home as home_folder
from dispatchkit.users import Users, WrongTries
from widgets import style
from widgets.basemap_files import BasemapFiles
from widgets.close.writing import FOLDER as REPORTS
from widgets.front_door import ProcessList, ToFirstPage
from widgets.identity import NAME_HEADER, ROLE_HEADER, Identity
from widgets.navigation import Page, pages_in
from widgets.progress_endpoint import ADDRESS, ProgressDoor, ProgressEndpoint
from widgets.report_files import ReportFiles
from widgets.sign_in import SignIn, SignOut

PACKAGE = Path(__file__).parent
TEMPLATES = PACKAGE / "voila_template"
TEMPLATE = "dispatch"

TOKEN_VARIABLE = "DISPATCHKIT_TOKEN"  # noqa: S105 -- the name of the variable, not what it holds
"""Environment variable that brings the token; one is made up, and printed, where it is not set."""

EXTENSIONS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget"]
"""What a page of widgets needs and no more; without such a list the first load is three times as large."""

IDLE_S = 600
"""A process that nobody has spoken with for so long ends. A page's heartbeat counts as speaking."""

PREHEATED = 2
"""Processes kept warm for each page: they turn a start of 3–4 s into about 2 s, for their memory."""


LOOK_FOR_ENDED_MS = 2000
"""How often the pages of ended sessions are closed; a look reads the users' file once for each open page."""


class CannotListen(WorkbenchError):
    """The server could not have the address that it was told to use. Nothing was started."""


class Server(Voila):
    """Voilà with the workbench's own front door.

    Attributes
    ----------
    first_notebook
        Where people land.
    home
        Where the days lie, the users' file and the base maps.
    trusts_proxy
        Whether the address and the scheme of a request are what a reverse proxy says they are.
    """

    first_notebook = ""
    home = Path()
    trusts_proxy = False

    @property
    def data_dir(self) -> str:
        """Voilà's own data: the first folder on Jupyter's path that has its themes (ours has templates only)."""
        return next(str(path) for path in map(Path, jupyter_path("voila")) if (path / "themes").is_dir())

    def init_settings(self) -> dict[str, Any]:
        """Let login and error pages come from our templates too: the stock ones ask other hosts for fonts."""
        settings = super().init_settings()
        ours = jinja2.FileSystemLoader(TEMPLATES / "voila" / "templates" / TEMPLATE)
        for name in ("jinja2_env", "voila_jinja2_env"):
            settings[name].loader = jinja2.ChoiceLoader([ours, settings[name].loader])
            settings[name].globals["tokens_css"] = style.tokens()
        settings["default_handler_class"] = Template404
        return settings

    def init_handlers(self) -> list[Any]:
        """Put our own addresses before Voilà's; its tree of files is not for dispatchers."""
        first = url_path_join(self.base_url, "voila/render", quote(self.first_notebook))
        tries = WrongTries(self.identity_provider.users.rules)
        basemaps, reports = ({"path": str(self.home / folder)} for folder in (BASEMAP_FOLDER, REPORTS))
        return [
            (url_path_join(self.server_url, "login"), SignIn, {"tries": tries}),
            (url_path_join(self.server_url, "logout"), SignOut),
            (url_path_join(self.server_url, BASEMAP_FOLDER, r"([\w-]+\.pmtiles)"), BasemapFiles, basemaps),
            (url_path_join(self.server_url, REPORTS, r"([\w.-]+\.html)"), ReportFiles, reports),
            (url_path_join(self.server_url, ADDRESS), ProgressEndpoint, {"door": ProgressDoor(self.home)}),
            (self.server_url, ToFirstPage, {"target": first}),
            (url_path_join(self.server_url, "api/kernels"), ProcessList),
            (url_path_join(self.server_url, r"voila/tree.*"), web.RedirectHandler, {"url": first, "permanent": False}),
            (url_path_join(self.server_url, r"voila/api/contents.*"), web.ErrorHandler, {"status_code": 404}),
            *super().init_handlers(),
        ]

    def listen(self) -> None:
        """Serve until told to stop; meanwhile the pages of ended sessions are closed."""
        # Voilà has no option for it: its own application is told to believe the proxy
        self.app.listen = partial(self.app.listen, xheaders=self.trusts_proxy)
        ioloop.PeriodicCallback(self.identity_provider.close_ended, LOOK_FOR_ENDED_MS).start()
        super().listen()


def configuration(
    pages: list[Page], *, site_title: str, is_local: bool, preheated: int, home: Path, public_host: str = ""
) -> Config:
    """Return the whole configuration; nothing is read from files that may lie about."""
    config = Config()
    config.Voila.config_file_paths = []
    config.Voila.port_retries = 0  # else another port is taken without a word, and the printed address is wrong
    config.Voila.tornado_settings = {
        # The browser's last word on leaving a page carries no XSRF token; refused, it leaves a process behind for every
        # reload. What the token guarded is guarded by the check of Origin and Host and by same-site cookies.
        "disable_check_xsrf": True,
        "allow_remote_access": not is_local,
        "local_hostnames": ["localhost", *filter(None, [public_host])],
        # a first load is 5 MB: worth packing for a network, not for one machine
        "compress_response": not is_local or bool(public_host),
    }
    config.Voila.identity_provider_class = Identity
    config.Identity.home = str(home)
    config.Identity.cookie_options = {"samesite": "Lax", "expires_days": None}
    config.Identity.get_secure_cookie_kwargs = {"max_age_days": Users(home).rules.session_s / 86_400}
    voila = config.VoilaConfiguration
    voila.template = TEMPLATE
    voila.allow_template_override = "NO"
    voila.allow_theme_override = "NO"
    voila.show_tracebacks = False
    voila.extension_allowlist = EXTENSIONS
    voila.http_header_envs = [NAME_HEADER, ROLE_HEADER]
    voila.file_allowlist = [r"(?!)"]  # nothing beside the pages is served
    voila.preheat_kernel = preheated > 0
    voila.default_pool_size = preheated
    voila.resources = {"nav": [page._asdict() for page in pages], "site_title": site_title, "css": style.css()}
    config.VoilaExecutor.cell_error_instruction = "Reload the page. If it says so again, look in the server's log."
    config.MappingKernelManager.cull_idle_timeout = IDLE_S
    config.MappingKernelManager.cull_interval = 60
    return config


def serve(
    notebooks: Path,
    *,
    port: int,
    token: str,
    ip: str = "127.0.0.1",
    open_browser: bool = False,
    home: Path | None = None,
    preheated: int = PREHEATED,
    site_title: str = "Dispatcher workbench",
    public_address: str = "",
) -> None:
    """Serve the pages until the process is told to stop (Ctrl+C or SIGTERM), then end all their processes.

    Parameters
    ----------
    notebooks
        Folder of the pages.
    port, ip
        Where to listen: this address and no other. On loopback, requests that name another host are refused.
    token
        What a browser must bring as long as nobody is named (`dispatchkit users`), not empty.
    open_browser
        Whether to open the first page in this machine's browser.
    home
        Where the days lie; the pages' processes find it in the environment as ``DISPATCHKIT_HOME``.
    preheated
        Processes to keep warm for each page; 0 for none. They run before anyone asks, so a page must wait for the
        request (`widgets.request.wait_for_request`) before it reads the day.
    site_title
        What the header says until the page knows better.
    public_address
        What people type, such as ``https://dispatch.example.org``, where a reverse proxy passes requests on. Then that
        host is served too, the proxy is believed about who asks, and with https no cookie travels without it.
    """
    if not token:
        raise WorkbenchError("The server needs a token. Without one anybody could act as the dispatcher.")
    if not notebooks.is_dir():
        raise NotFound(f"There is no folder {notebooks}. Name the folder of the pages.")
    notebooks = notebooks.resolve()
    pages = pages_in(notebooks)
    public = _public(public_address)
    _refuse_if_taken(ip, port)
    _set_environment(home, ip)
    where = home_folder(home).resolve()
    is_local = ip in {"127.0.0.1", "::1", "localhost"}
    config = configuration(
        pages,
        site_title=site_title,
        is_local=is_local,
        preheated=preheated,
        home=where,
        public_host=public.hostname or "",
    )
    config.Identity.secure_cookie = public.scheme == "https"
    config.Voila.update(root_dir=str(notebooks), ip=ip, port=port, token=token, open_browser=open_browser)
    server = Server(config=config)
    server.first_notebook = pages[0].notebook
    server.home = where
    server.trusts_proxy = bool(public_address)
    server.initialize([])
    server.start()


def _public(address: str) -> SplitResult:
    """Read the address that people type; the workbench has a host of its own there, not a folder of another's."""
    parts = urlsplit(address)
    is_address = parts.scheme in {"http", "https"} and parts.hostname and parts.path in {"", "/"} and not parts.query
    if address and not is_address:
        raise WorkbenchError(f"'{address}' is no address to serve. Write it as https://dispatch.example.org.")
    return parts


def _refuse_if_taken(ip: str, port: int) -> None:
    try:
        for found in netutil.bind_sockets(port, ip):
            found.close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotListen(
                f"Port {port} is in use by another program, perhaps a workbench that still runs. "
                f"Close that one, or choose another port: --port {port + 1}."
            ) from error
        raise CannotListen(
            f"Cannot listen on {ip}, port {port}: {error.strerror}. Choose another port or address."
        ) from error


def _set_environment(home: Path | None, ip: str) -> None:
    """Tell this process and those of the pages where things are."""
    # Found here whether the package is installed, installed for editing or just checked out.
    _prepend("JUPYTER_PATH", TEMPLATES)
    _prepend("PYTHONPATH", PACKAGE.parent)
    os.environ["VOILA_APP_IP"] = "127.0.0.1" if ip in {"0.0.0.0", "::", "localhost"} else ip  # noqa: S104 (compared, not bound)
    if home is not None:
        os.environ[HOME_VARIABLE] = str(home.resolve())


def _prepend(name: str, folder: Path) -> None:
    others: Iterator[str] = filter(None, os.environ.get(name, "").split(os.pathsep))
    os.environ[name] = os.pathsep.join([str(folder), *others])


def main(arguments: list[str] | None = None) -> int:
    """Run the server from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m widgets.server", description="Serve the workbench's pages.")
    parser.add_argument("--notebooks", type=Path, default=Path("notebooks"), help="folder of the pages")
    parser.add_argument("--port", type=int, default=8866)
    parser.add_argument("--ip", default="127.0.0.1")
    parser.add_argument("--home", type=Path, default=None, help="where the days lie")
    parser.add_argument("--preheated", type=int, default=PREHEATED, help="processes kept warm a page, 0 for none")
    parser.add_argument(
        "--public-address", default="", metavar="URL", help="what people type, where a reverse proxy stands before this"
    )
    parser.add_argument("--open-browser", action="store_true")
    said = parser.parse_args(arguments)
    given = os.environ.pop(TOKEN_VARIABLE, "")  # not on the command line, where every user of the machine could read it
    token = given or secrets.token_hex(24)
    try:
        if not given:
            is_key = not Users(home_folder(said.home)).listed()
            query = f"?token={token}" if is_key else " and sign in"
            sys.stdout.write(f"Open http://{said.ip}:{said.port}/{query}\n")
            sys.stdout.flush()
        serve(
            said.notebooks,
            port=said.port,
            token=token,
            ip=said.ip,
            open_browser=said.open_browser,
            home=said.home,
            preheated=said.preheated,
            public_address=said.public_address,
        )
    except WorkbenchError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
