"""Invented names for transporter ids. Nobody is called so but by chance; the same id has the same name everywhere."""

from collections.abc import Iterable
from random import Random

FIRST_NAMES = (
    "Adaeze", "Amadin", "Anneke", "Aurélie", "Bao-Linh", "Brannick", "Calisto", "Chidera", "Corrin", "Dalisay",
    "Darya", "Delroy", "Eskil", "Estéban", "Faduma", "Fionnbar", "Gitanjali", "Halvard", "Hye-rin", "Ilse",
    "Imre", "Jacoba", "Jörun", "Kamalei", "Keahi", "Kwabena", "Leocadia", "Łucja", "Mahliyo", "Marisela",
    "Mattias", "Nayeli", "Ngozi", "Oisín", "Ottoline", "Pádraig", "Quillan", "Renáta", "Rohini", "Sanaa",
    "Seung-ho", "Soledad", "Tamsin", "Tevita", "Thandeka", "Ulla", "Vashti", "Wikitoria", "Xiomara", "Zdeněk",
)  # fmt: skip

LAST_NAMES = (
    "Abenarro", "Achterbergh", "Bellacourt-Sato", "Brightmoor", "Caldwinter", "Castañedo", "Chukwalor", "D'Amarillo",
    "De la Robleda", "Dvorničák", "Eriksdahl", "Falemoana", "Fernhollow", "García-Lindqvist", "Gundarsson",
    "Habimarana", "Hollinbrook", "Ibarrola", "Iyerwal", "Jankowicz-Bell", "Kalaniopu", "Kettlewright", "Khorasandi",
    "Lamontaigne", "Lindenwall", "Mac Giollabhuí", "Mbekwane", "Mirzovic", "Nakagiri", "Nduwimana", "Nguyen-Hartley",
    "O'Callowen", "O'Tarrin", "Oyelarandu", "Pakkanen", "Pellegrinotti", "Quispelaya", "Ravenscourt", "Rosenquill",
    "Šimonovská", "Tamayori", "Tarkvelli", "Thistlewood", "Umarbekova", "Van der Loosen", "Villafranqueza",
    "Wambuiru", "Xochitlan", "Yilmazoglu", "Zwaneveldt",
)  # fmt: skip
"""Hyphens, apostrophes, accents and names of several parts: what breaks a program that splits a name at its blank."""


NAMESAKES = ("Anneke Brightmoor", "Rohini O'Tarrin")
"""Names that several people have: then only the transporter id tells who is meant, as happens at every station."""

NAMESAKES_SHARE = 0.1


def name_of(driver_id: str) -> str:
    """The invented name of a driver, "First Last"."""
    chance = Random(f"name|{driver_id}")
    if chance.random() < NAMESAKES_SHARE:
        return chance.choice(NAMESAKES)
    return f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"


def names_of(driver_ids: Iterable[str]) -> dict[str, str]:
    """Names by transporter id; nobody's name depends on who else is asked for."""
    return {driver_id: name_of(driver_id) for driver_id in driver_ids}


def first_and_last(name: str) -> tuple[str, str]:
    """Part an invented name at its first blank: no invented first name has one, last names may."""
    first, _, last = name.partition(" ")
    return first, last
