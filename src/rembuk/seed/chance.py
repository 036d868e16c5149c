"""Repeatable chance: the same village always gets the same invented state."""

import random
import uuid
from collections.abc import Sequence

NAMESPACE = uuid.UUID("5d3d6f5e-6c2b-4b52-9a0e-52656d62756b")
FIRST = [
    "Aminah",
    "Rusdi",
    "Halimah",
    "Syahrul",
    "Norhayati",
    "Jumri",
    "Maslian",
    "Bahrun",
    "Sitirah",
    "Kaspul",
    "Rahmiati",
    "Darmawi",
    "Mariatul",
    "Hasbi",
    "Nurlena",
    "Saberan",
    "Yulinda",
    "Arbain",
    "Rosmina",
    "Tajudin",
    "Wahdah",
    "Idrus",
    "Fitriani",
    "Marzuki",
    "Salasiah",
    "Jamhari",
    "Ernawan",
    "Lisnawi",
    "Hamidah",
    "Sugian",
]
LAST = [
    "Anwari",
    "Berlian",
    "Dahlan",
    "Effendi",
    "Fahmi",
    "Gunari",
    "Hamdani",
    "Ishaka",
    "Junaidi",
    "Kurnain",
    "Lestaluhu",
    "Maulidin",
    "Noorman",
    "Pasari",
]


def of(*parts: object) -> random.Random:
    """Return a source of chance that depends on *parts* alone."""
    return random.Random("/".join(str(part) for part in parts))


def key(*parts: object) -> uuid.UUID:
    """Return the key of an invented row; made again it is the same."""
    return uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts))


def person_name(*parts: object) -> str:
    """Return an invented name."""
    chance = of("nama", *parts)
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


def pick(chance: random.Random, weighted: Sequence[tuple[str, int]]) -> str:
    """Return one of *weighted* (value, weight)."""
    values, weights = zip(*weighted, strict=True)
    return str(chance.choices(values, weights)[0])
