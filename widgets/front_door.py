"""Addresses of the server that are no page: the way to the first one, and how many processes the pages have."""

from jupyter_server.base.handlers import APIHandler
from tornado import web


class ProcessList(APIHandler):
    """``GET /api/kernels``: the pages' processes, a process an object. Reads only: nobody starts one here.

    No ids: whoever knew that of another's process could press his buttons.
    """

    token_suffices = True
    """Whoever runs the server may see whether it is up, also when people are named."""

    @web.authenticated
    def get(self) -> None:
        """Answer with one object a process: its execution_state ("starting", "busy", "idle")."""
        # not list_kernels(): it fails while a process is so young that nothing was heard from it
        kernels = [self.kernel_manager.get_kernel(kernel_id) for kernel_id in self.kernel_manager.list_kernel_ids()]
        states = [getattr(kernel, "execution_state", "starting") for kernel in kernels]
        self.finish({"kernels": [{"execution_state": state} for state in states]})


class ToFirstPage(web.RequestHandler):
    """``GET /``: the first page of the day. The query goes along, so a token or a day given here arrives."""

    def initialize(self, target: str) -> None:
        """Remember where to send people."""
        self.target = target

    def get(self) -> None:
        """Redirect."""
        query = f"?{self.request.query}" if self.request.query else ""
        self.redirect(self.target + query)
