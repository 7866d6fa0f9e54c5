"""The day reports of the home folder, as pages: to people who are signed in only."""

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import StaticFileHandler


class ReportFiles(JupyterHandler, StaticFileHandler):
    """``GET /reports/NAME.html``."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 (the base's signature)
        """Open it in a box of its own: what stands in a report cannot act for the person who reads it."""
        self.set_header("Content-Security-Policy", "sandbox allow-scripts allow-popups allow-modals")
        self.set_header("Cache-Control", "private, no-cache")
