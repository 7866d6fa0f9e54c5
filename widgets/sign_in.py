"""The way in and the way out: the sign-in page, which slows guessing down, and the end of a session."""

import asyncio
import math
import secrets
import time
from concurrent.futures import ThreadPoolExecutor

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from tornado.escape import url_escape
from tornado.web import HTTPError
from voila.voila_identity_provider import VoilaLoginHandler

from dispatchkit.errors import Damaged
from dispatchkit.users import WrongTries
from dispatchkit.users.names import folded, tidy
from widgets.identity import Identity, SignedIn

WRONG_PASSWORD = "Name or password is wrong. Try again: capitals count in the password."  # noqa: S105 -- a sentence
WRONG_TOKEN = "This is not the token. Open the address that the program printed when it started."  # noqa: S105

ONE_AT_A_TIME = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sign-in")
"""Where passwords are checked: beside the pages, which must not wait for it, and one by one for the memory it takes."""


class SignIn(VoilaLoginHandler):
    """``GET /login`` shows the page; ``POST /login`` takes name and password, or the token while nobody is named."""

    def initialize(self, tries: WrongTries) -> None:
        """Take the count of wrong tries, which all requests share."""
        self.tries = tries

    @property
    def identity(self) -> Identity:
        """The server's identity provider, which is ours."""
        return self.identity_provider

    @allow_unauthenticated
    async def post(self) -> None:
        """Let somebody in, or say in a sentence why not."""
        if not self.check_origin():
            raise HTTPError(403, "This form was sent by another site.")
        longest = self.identity.users.rules.longest_name_count
        name = tidy(self.get_body_argument("name", ""))[: longest + 1]  # one more: a name that long is nobody's
        password = self.get_body_argument("password", "", strip=False)
        if wait_s := self._wait_s(name):
            self.set_header("Retry-After", str(math.ceil(wait_s)))
            self._say(429, f"Too many wrong tries. Wait {_in_words(wait_s)}, then try again.", name)
            return
        for who in self._counted(name):
            self.tries.began(who, time.monotonic())
        try:
            user = await self._whoever(name, password)
        except Damaged as error:
            self.log.error("%s", error)
            self._say(500, "Nobody can sign in just now: the list of users cannot be read. Ask whoever runs it.", name)
            return
        if user is None:
            self.log.warning("Refused a sign-in from %s.", self.request.remote_ip)  # no name: it may be a password
            self._say(401, WRONG_PASSWORD if self.identity.named else WRONG_TOKEN, name)
            return
        by_name, by_address = self._counted(name)
        self.tries.was_right(by_name)
        self.tries.take_back(by_address)
        self.log.info("%s signed in from %s.", user.username, self.request.remote_ip)
        self.current_user = user
        self.identity.set_login_cookie(self, user)
        self._redirect_safe(self.get_argument("next", default=self.base_url))

    async def _whoever(self, name: str, password: str) -> SignedIn | None:
        if self.identity.named:
            check = asyncio.get_running_loop().run_in_executor
            return await check(ONE_AT_A_TIME, self.identity.sign_in, name, password)
        is_token = secrets.compare_digest(self.identity.token.encode(), password.encode("utf-8", "replace"))
        return self.identity.generate_anonymous_user(self) if is_token else None

    def _counted(self, name: str) -> tuple[tuple[str, str], tuple[str, str]]:
        return ("name", folded(name)), ("address", str(self.request.remote_ip))

    def _wait_s(self, name: str) -> float:
        rules, now_s = self.identity.users.rules, time.monotonic()
        free = (rules.free_tries_count, rules.free_tries_at_address_count)
        return max(self.tries.wait_s(who, now_s, count) for who, count in zip(self._counted(name), free, strict=True))

    def _say(self, status: int, sentence: str, name: str) -> None:
        self.set_status(status)
        self._render(sentence, name)

    def _render(self, message: str | None = None, name: str = "") -> None:
        after = url_escape(self.get_argument("next", default=self.base_url))
        named = self.identity.named
        self.finish(self.render_template("login.html", next=after, message=message, typed=name, named=named))


class SignOut(JupyterHandler):
    """``GET /logout``: the end of this browser's session, in all its windows."""

    @allow_unauthenticated
    def get(self) -> None:
        """End the session and say so."""
        self.identity_provider.sign_out(self)
        self.finish(self.render_template("logout.html", named=self.identity_provider.named))


def _in_words(wait_s: float) -> str:
    """Write a wait as a person reads it, rounded up."""
    return f"{math.ceil(wait_s)} s" if wait_s < 60 else f"{math.ceil(wait_s / 60)} min"
