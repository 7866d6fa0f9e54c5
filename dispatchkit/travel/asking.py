"""Asking a routing engine over HTTP: how long, how often, and what is said when it does not work.

routingpy knows how each engine is asked and what it answers; this is the client that it asks through.
"""

from collections.abc import Mapping
from typing import Any

import requests
from routingpy.client_base import BaseClient
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from dispatchkit.errors import WorkbenchError
from dispatchkit.records import Record
from dispatchkit.travel.address import KEY_VARIABLE, Address

LONGEST_QUOTE = 200
"""Characters of an engine's own words that a sentence repeats."""

BUSY = {429, 502, 503, 504}
"""Answers by which a server says that it could do it at another moment."""

NO_ROAD = {"NoSegment", 171, 6010}
"""Codes for a place that no road is near, by the documentation of OSRM, Valhalla and openrouteservice."""


class EngineFailed(WorkbenchError):
    """An engine gave no answer that can be used. The message says where, what, and what to do next."""


class Passing(EngineFailed):
    """What may go better in a moment. The message is the reason, to stand in parentheses.

    Attributes
    ----------
    again_s
        Seconds that the engine asks to wait; 0 where it does not say.
    """

    def __init__(self, reason: str, again_s: float = 0.0) -> None:
        self.again_s = again_s
        super().__init__(reason)


class NoRoad(EngineFailed):
    """A place of the request is near no road; the engine answers nothing at all then."""


class Patience(Record, frozen=True):
    """How long an engine is waited for, and how often it is asked again.

    Attributes
    ----------
    tries
        Requests until it is given up, 1 or more.
    wait_s
        Longest wait for an answer.
    pause_s, longest_pause_s
        Before the second try; it doubles from try to try, and where the engine names a pause that is kept, up to the
        longest.
    """

    tries: int
    wait_s: float
    pause_s: float
    longest_pause_s: float


class Client(BaseClient):  # type: ignore[misc]    # routingpy carries no types
    """What routingpy sends its requests through.

    Parameters
    ----------
    usual
        Base URL and what else routingpy hands to every client.
    address
        Of the engine.
    patience
        How long and how often.
    """

    def __init__(self, *usual: Any, address: Address, patience: Patience, **more: Any) -> None:
        super().__init__(*usual, **more)
        self.where = address.where
        self.patience = patience
        self.session = requests.Session()
        self.session.trust_env = not address.here     # no proxy stands between two programs of one machine
        self.headers.update(more.get("headers", {}))

    def _request(
        self, url: str, get_params: Any = None, post_params: Any = None, *_: object, **__: object
    ) -> Any:
        address = self.base_url + self._generate_auth_url(url, get_params or {})
        asked = Retrying(
            stop=stop_after_attempt(self.patience.tries),
            wait=self._pause_s,
            retry=retry_if_exception_type(Passing),
            reraise=True,
        )
        try:
            return asked(self._once, address, post_params)
        except Passing as last:
            tries = f"{self.patience.tries} tries" if self.patience.tries > 1 else "one try"
            raise EngineFailed(f"{self.where} did not answer after {tries} ({last}).") from last

    def _pause_s(self, state: RetryCallState) -> float:
        failed = state.outcome.exception() if state.outcome else None
        asked_for_s = failed.again_s if isinstance(failed, Passing) else 0.0
        doubled_s: float = self.patience.pause_s * 2 ** (state.attempt_number - 1)
        return min(max(asked_for_s, doubled_s), self.patience.longest_pause_s)

    def _once(self, address: str, body: Any) -> Any:
        method = "GET" if body is None else "POST"
        try:
            answer = self.session.request(
                method, address, json=body, headers=self.headers, timeout=self.patience.wait_s
            )
        except requests.Timeout:
            raise Passing(f"no answer within {self.patience.wait_s:g} s") from None
        except requests.exceptions.ChunkedEncodingError:
            raise Passing("its answer broke off") from None
        except requests.ConnectionError:
            raise Passing("no connection") from None
        except requests.RequestException as error:
            raise EngineFailed(f"{self.where} cannot be asked: {_quoted(str(error))}.") from error
        return self._read(answer)

    def _read(self, answer: requests.Response) -> Any:
        kind = answer.headers.get("content-type", "").partition(";")[0].strip() or "something"
        is_json = kind.endswith("json")
        if answer.status_code == requests.codes.ok:
            if not is_json:
                raise EngineFailed(f"{self.where} answered with {_quoted(kind)} instead of JSON. Check its address.")
            try:
                return answer.json()
            except RecursionError:
                raise EngineFailed(f"{self.where} answered with nothing that can be read. Check its address.") from None
            except ValueError:
                raise Passing("its answer broke off, or is no JSON") from None
        code, said = _complaint(answer) if is_json else ("", "")
        if code in NO_ROAD:
            raise NoRoad(f"{self.where} knows no road near one of the places: {said}.")
        status = f"{answer.status_code} {answer.reason}".strip()
        if answer.status_code in BUSY:
            raise Passing(f"it answered {status}", _seconds(answer.headers.get("retry-after", "")))
        if answer.status_code in {401, 403}:
            raise EngineFailed(f"{self.where} did not accept the key ({status}). Set {KEY_VARIABLE} to a valid one.")
        raise EngineFailed(f"{self.where} refused the request ({status}{': ' + said if said else ''}).")


def _complaint(answer: requests.Response) -> tuple[object, str]:
    """Read code and words of an error: OSRM's, Valhalla's and openrouteservice's forms."""
    try:
        told = answer.json()
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(told, Mapping):
        return "", ""
    inner = told.get("error")
    if isinstance(inner, Mapping):                                   # openrouteservice
        code, words = inner.get("code", ""), inner.get("message", "")
    else:                                                            # Valhalla, OSRM
        code, words = told.get("error_code", told.get("code", "")), inner or told.get("message", "")
    known = code if isinstance(code, str | int) else ""
    return known, _quoted(f"{words} [{known}]" if known else str(words))


def _quoted(words: str) -> str:
    """An engine's own words, short enough for a sentence and without its full stop."""
    short = " ".join(words.split()).rstrip(".")
    return short if len(short) <= LONGEST_QUOTE else short[:LONGEST_QUOTE] + "…"


def _seconds(header: str) -> float:
    """Seconds of a Retry-After header; 0 where it is missing or names a date."""
    return float(header) if header.isdecimal() else 0.0
