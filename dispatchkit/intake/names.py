"""Whose name is it: people by name, whichever way round and with whatever accents a file writes it. Pure."""

import unicodedata
from collections.abc import Mapping


def plain_name(name: str) -> str:
    """A name without case, accents, points and doubled blanks; "Last, First" turned round."""
    last, comma, first = name.partition(",")
    if comma and first.strip():
        name = f"{first} {last}"
    letters = unicodedata.normalize("NFKD", name)
    kept = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(kept.casefold().split())


def called(driver_id: str, values: Mapping[str, str]) -> str:
    """What a list calls a person of whom the directory holds `values`: "Ada Aster (A1…)", or the id alone."""
    return f"{values['name']} ({driver_id})" if values.get("name") else driver_id


class People:
    """Transporter ids by name.

    Parameters
    ----------
    names
        Name by transporter id.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._ids: dict[str, list[str]] = {}
        for driver_id, name in names.items():
            if plain := plain_name(name):
                self._ids.setdefault(plain, []).append(driver_id)

    def ids(self, name: str) -> tuple[str, ...]:
        """Everybody of this name; none where it is blank or unknown."""
        return tuple(self._ids.get(plain_name(name), ()))
