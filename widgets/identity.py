"""Who is at the browser: the token's holder while nobody is named, else a named person with a password.

A page learns it from two headers, `X-Dispatcher` and `X-Role`, which are written here over whatever a browser sent.
"""

import json
import secrets
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakSet

from jupyter_core.utils import ensure_async
from jupyter_server.auth.identity import PasswordIdentityProvider, User
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.ioloop import IOLoop
from tornado.web import RequestHandler
from traitlets import Unicode

from dispatchkit.errors import Damaged
from dispatchkit.roles import Role
from dispatchkit.users import Users, machine_user

NAME_HEADER = "X-Dispatcher"
ROLE_HEADER = "X-Role"

TOKEN_KEY = "token"  # noqa: S105 -- what the cookie of a token's holder says instead of a key
"""A session that was opened by the token. It lasts until somebody is named."""


@dataclass
class SignedIn(User):
    """Somebody who is let in.

    Attributes
    ----------
    role
        What he may do.
    key
        What his session must still know: see `dispatchkit.users.book.User.session_key`.
    session
        Which of his sessions this is.
    """

    role: str = ""
    key: str = ""
    session: str = ""


class Identity(PasswordIdentityProvider):
    """Lets people in, and closes their open pages when their session ends.

    The users' file is read at every request: what is changed there counts at once.
    """

    home = Unicode(config=True, help="The folder with the users' file.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.users = Users(Path(self.home))
        self._ended: dict[str, float] = {}
        self._open: WeakSet[KernelWebsocketHandler] = WeakSet()

    @property
    def named(self) -> bool:
        """Whether people are named, so that the token opens no page. A list that cannot be read lets nobody in."""
        try:
            return bool(self.users.listed())
        except Damaged as error:
            self.log.error("%s", error)
            return True

    async def get_user(self, handler: RequestHandler) -> User | None:
        """Return who is asking, None when nobody known is; his name and role go into the request's headers."""
        for header in (NAME_HEADER, ROLE_HEADER):
            handler.request.headers.pop(header, None)  # whatever a browser claims to be
        user = await self._get_user(handler)
        if isinstance(user, SignedIn):
            handler.request.headers[NAME_HEADER] = user.username
            handler.request.headers[ROLE_HEADER] = user.role
            if isinstance(handler, KernelWebsocketHandler):
                self._open.add(handler)
        return user

    def get_user_token(self, handler: RequestHandler) -> Awaitable[User | None] | None:
        """Return the token's holder; None once people are named, but for those few addresses that show no day."""
        if self.named and not getattr(handler, "token_suffices", False):
            return None
        return super().get_user_token(handler)

    def generate_anonymous_user(self, handler: RequestHandler) -> User:  # noqa: ARG002 (the base's signature)
        """Return the token's holder: whoever started the server, at his own machine."""
        return SignedIn(machine_user(), role=Role.LEAD, key=TOKEN_KEY, session=secrets.token_hex(8))

    def sign_in(self, name: str, password: str) -> SignedIn | None:
        """Return who this is, None when name and password are nobody's. Takes a noticeable fraction of a second."""
        user = self.users.check(name, password)
        if user is None:
            return None
        return SignedIn(user.name, role=user.role, key=user.session_key, session=secrets.token_hex(8))

    def sign_out(self, handler: RequestHandler) -> None:
        """End the session that a browser has, also for copies of its cookie and for its other open pages."""
        user = self.get_user_cookie(handler)
        if isinstance(user, SignedIn):
            now = time.monotonic()
            session_s = self.users.rules.session_s
            self._ended = {session: at for session, at in self._ended.items() if now - at <= session_s}
            self._ended[user.session] = now
        self.clear_login_cookie(handler)
        IOLoop.current().add_callback(self.close_ended)

    async def close_ended(self) -> None:
        """Close the open pages of sessions that have ended, and end their processes.

        A session ends with signing out, with another password or role, when its user is struck off, and of old age.
        """
        for handler in [handler for handler in self._open if self._has_ended(handler)]:
            self._open.discard(handler)
            handler.close(reason="The session has ended.")
            if handler.kernel_id in handler.kernel_manager:
                await ensure_async(handler.kernel_manager.shutdown_kernel(handler.kernel_id))

    def _has_ended(self, handler: KernelWebsocketHandler) -> bool:
        by_token = self.is_token_authenticated(handler) and not self.named
        return not by_token and self.get_user_cookie(handler) is None

    def user_to_cookie(self, user: User) -> str:
        """Write down who it is, for a signed cookie."""
        held = {"name": user.username, "key": getattr(user, "key", ""), "session": getattr(user, "session", "")}
        return json.dumps(held)

    def user_from_cookie(self, cookie_value: str) -> User | None:
        """Return whose session it is, as he is now; None when it has ended."""
        held = json.loads(cookie_value)
        if held["session"] in self._ended:
            return None
        if held["key"] == TOKEN_KEY:
            name, role = held["name"], None if self.named else Role.LEAD
        else:
            user = self.users.find(held["name"])
            is_his = user is not None and secrets.compare_digest(user.session_key, held["key"])
            name, role = (user.name, user.role) if is_his else ("", None)
        return SignedIn(name, role=role, key=held["key"], session=held["session"]) if role else None
