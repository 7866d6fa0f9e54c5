"""Where a routing engine is and of which kind, as one line: `osrm+http://localhost:5000?profile=driving`."""

import re
from urllib.parse import parse_qsl, urlsplit

from dispatchkit.errors import WorkbenchError
from dispatchkit.records import Record

KEY_VARIABLE = "DISPATCHKIT_TRAVEL_KEY"
"""The environment variable that holds the key of an engine that asks for one. Keys stand nowhere else."""

NAMES = {"osrm": "OSRM", "valhalla": "Valhalla", "ors": "openrouteservice"}
PROFILES = {"osrm": "driving", "valhalla": "auto", "ors": "driving-car"}
"""What each kind calls driving a car, by its documentation; used where the line names no profile."""

PROFILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,40}")

EXAMPLES = "osrm+http://localhost:5000, valhalla+http://localhost:8002 or ors+https://api.openrouteservice.org"


class BadAddress(WorkbenchError):
    """A line names no routing engine that this program can ask."""


class Address(Record, frozen=True):
    """A routing engine to ask.

    Attributes
    ----------
    kind
        "osrm", "valhalla" or "ors".
    base_url
        Where it is, without a slash at the end.
    profile
        What it shall drive: a profile that the engine has.
    """

    kind: str
    base_url: str
    profile: str

    @property
    def name(self) -> str:
        """What people call it."""
        return NAMES[self.kind]

    @property
    def where(self) -> str:
        """Name and place, for sentences."""
        return f"{self.name} at {self.base_url}"

    @property
    def here(self) -> bool:
        """Whether it is on this machine."""
        return urlsplit(self.base_url).hostname in {"localhost", "127.0.0.1", "::1"}

    @property
    def private(self) -> bool:
        """Whether what is sent there can be read by nobody on the way: over TLS, or on this machine."""
        return self.here or self.base_url.startswith("https://")


def parse(text: str) -> Address:
    """Read the line of a profile or an option.

    Raises
    ------
    BadAddress
        With what is wrong with it; a key or password in it is never repeated.
    """
    kind, plus, url = text.strip().partition("+")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port     # a port that is no number is told by asking for it
    except ValueError as error:
        raise BadAddress(f"The address of the routing engine cannot be read ({error}). Write {EXAMPLES}.") from None
    if not plus or kind not in NAMES or parts.scheme not in {"http", "https"} or not host:
        raise BadAddress(f"That is no routing engine. Write {EXAMPLES}.")
    if parts.username or parts.password:
        raise BadAddress(f"A password cannot stand in a routing engine's address. Set {KEY_VARIABLE} to its key.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    profile = options.pop("profile", PROFILES[kind])
    if options or parts.fragment:
        raise BadAddress(
            "A routing engine's address may say ?profile=… and nothing more. A key belongs into the environment "
            f"variable {KEY_VARIABLE}."
        )
    if not PROFILE.fullmatch(profile):
        raise BadAddress(f"'{profile}' cannot be a routing profile. Name one of the engine's, as {PROFILES[kind]}.")
    return Address(kind=kind, base_url=f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/"), profile=profile)
