"""The base map's file for the pages' maps: to people who are signed in only, in the pieces that they ask for."""

from pathlib import Path

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError, StaticFileHandler


class BasemapFiles(JupyterHandler, StaticFileHandler):
    """``GET /basemap/NAME.pmtiles`` with HTTP ranges."""

    def get_login_url(self) -> str:
        """Refuse, instead of showing the sign-in page to a map's script."""
        raise HTTPError(403)

    def compute_etag(self) -> str:
        """Tell one version of the file from another by size and time: to read gigabytes for it takes too long."""
        stat = Path(self.absolute_path).stat()
        return f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 (the base's signature)
        """Let the browser keep pieces, and nobody on the way."""
        self.set_header("Cache-Control", "private, max-age=86400")
