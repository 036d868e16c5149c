"""Repeatable chance: the same village always gets the same invented state."""

import random
import uuid
from collections.abc import Sequence
from functools import lru_cache

NAMESPACE = uuid.UUID("5d3d6f5e-6c2b-4b52-9a0e-52656d62756b")
WOMEN = (
    "Aminah",
    "Halimah",
    "Norhayati",
    "Sitirah",
    "Rahmiati",
    "Mariatul",
    "Nurlena",
    "Yulinda",
    "Rosmina",
    "Wahdah",
    "Fitriani",
    "Salasiah",
    "Lisnawi",
    "Hamidah",
    "Jumiatun",
    "Sarifah",
)
MEN = (
    "Rusdi",
    "Syahrul",
    "Jumri",
    "Maslian",
    "Bahrun",
    "Kaspul",
    "Darmawi",
    "Hasbi",
    "Saberan",
    "Arbain",
    "Tajudin",
    "Idrus",
    "Marzuki",
    "Jamhari",
    "Ernawan",
    "Sugian",
)
LAST = (
    "Anwari",
    "Berlian",
    "Dahlani",
    "Effendani",
    "Fahmian",
    "Gunari",
    "Hamdanil",
    "Ishakan",
    "Junaidin",
    "Kurnain",
    "Lestaluni",
    "Maulidan",
    "Noorman",
    "Pasarin",
    "Ramlian",
    "Sahriman",
)


def of(*parts: object) -> random.Random:
    """Return a source of chance that depends on *parts* alone."""
    return random.Random("/".join(str(part) for part in parts))


def key(*parts: object) -> uuid.UUID:
    """Return the key of an invented row; made again it is the same."""
    return uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts))


def sex_of(*parts: object) -> str:
    """Return L or P; the same for the same person as `person_name`."""
    return "P" if key("kelamin", *parts).int % 5 < 2 else "L"


@lru_cache(maxsize=4096)
def _name(number: int, sex: str) -> str:
    first = WOMEN if sex == "P" else MEN
    return f"{first[number % 16]} {LAST[number // 16 % 16]}"


def person_name(*parts: object, sex: str = "") -> str:
    """Return an invented name; of a woman (P) or a man (L), by chance when *sex* is not given."""
    return _name(key("nama", *parts).int % 256, sex or sex_of(*parts))


def pick(chance: random.Random, weighted: Sequence[tuple[str, int]]) -> str:
    """Return one of *weighted* (value, weight)."""
    values, weights = zip(*weighted, strict=True)
    return str(chance.choices(values, weights)[0])


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """Share *total* into whole parts by *weights*; the parts add up to it, the largest remainders get the rest."""
    pool = sum(weights)
    parts = [total * weight // pool for weight in weights]
    order = sorted(range(len(weights)), key=lambda index: (-(total * weights[index] % pool), index))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts
