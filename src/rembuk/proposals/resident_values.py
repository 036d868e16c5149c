"""What a resident typed at the public door, read into values or refused field by field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from rembuk.proposals.labels import HOUSEHOLDS
from rembuk.proposals.residents import OLDEST, old_enough
from rembuk.proposals.values import Problem, ProposalValues, Reader, VillagePlaces, read_values

LONGEST_TITLE = 120
LONGEST_PROBLEM = 3_000
LONGEST_EMAIL = 200
ONE_HOUSE = "one"
WHOLE_VILLAGE = "desa"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")


@dataclass(frozen=True, slots=True)
class ResidentWords:
    """One proposal of a resident as read. households: code of `labels.HOUSEHOLDS`, empty when not said."""

    values: ProposalValues
    households: str = ""
    email: str = ""

    def digest(self) -> str:
        """Return the digest of the whole body: equal bodies, equal digest."""
        return replace(self.values, authority_note=f"{self.households}|{self.email}").digest()


def title_of(problem: str) -> str:
    """Return the first sentence of a problem as its title, cut between words; the secretary may write a better one."""
    first = " ".join(_SENTENCE_END.split(problem.strip(), maxsplit=1)[0].split()).rstrip(".")
    if len(first) <= LONGEST_TITLE:
        return first
    cut = first[:LONGEST_TITLE].rsplit(" ", 1)[0]
    return f"{cut.rstrip(',;:')} …"


def read_resident(typed: Mapping[str, object], places: VillagePlaces) -> tuple[ResidentWords, list[Problem]]:
    """Read the public form: problem, place, households, name, contact. HTML is text here, shown as it was typed."""
    problem = str(typed.get("problem", "")).strip()
    whole_village = typed.get("hamlet") == WHOLE_VILLAGE
    if whole_village:
        typed = {**typed, "hamlet": ""}
    inner = {**typed, "title": title_of(problem), "proposer_kind": "resident", "hide_proposer": "1"}
    values, problems = read_values(inner, places, need_title=False, markup=True)
    # The title is made from the problem, which is told by itself.
    reader = Reader(typed, places, [found for found in problems if found.field != "title"])
    if not problem:
        reader.refuse("problem", "required")
    elif len(problem) > LONGEST_PROBLEM:
        reader.refuse("problem", "too-long", count=len(problem), limit=LONGEST_PROBLEM)
    if not (values.hamlet_id or whole_village or reader.text("hamlet")) and places.hamlets:
        reader.refuse("hamlet", "required")
    if not values.proposer_name:
        reader.refuse("proposer_name", "required")
    households = reader.choice("households", ("", *HOUSEHOLDS), "")
    return ResidentWords(values, households, read_contact(reader)), reader.problems


def read_contact(reader: Reader) -> str:
    """Check phone and e-mail; both may be left out. Returns the e-mail address."""
    phone = reader.text("proposer_contact")
    digits = sum(sign.isdigit() for sign in phone)
    if phone and (phone.strip(" +-.()0123456789") or not 8 <= digits <= 15):
        reader.refuse("proposer_contact", "bad-phone", phone)
    email = reader.text("email")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            reader.refuse("email", "bad-email", email)
            return ""
        if len(email) > LONGEST_EMAIL:
            reader.refuse("email", "too-long", count=len(email), limit=LONGEST_EMAIL)
            return ""
    return email


@dataclass(frozen=True, slots=True)
class Supporter:
    """Who supports online; read, digested and forgotten."""

    name: str
    hamlet_id: UUID
    birth_year: int


def read_supporter(
    typed: Mapping[str, object], places: VillagePlaces, on: date
) -> tuple[Supporter | None, list[Problem]]:
    """Read name, hamlet and year of birth. Returns None for the supporter when something is missing or unreadable."""
    reader = Reader(typed, places)
    name = reader.text("name")
    hamlet_id, _rt = reader.place()
    if len(name) < 3:
        reader.refuse("name", "required")
    elif len(name) > 150:
        reader.refuse("name", "too-long", count=len(name), limit=150)
    if hamlet_id is None and not reader.problems_of("hamlet"):
        reader.refuse("hamlet", "required")
    year = reader.text("birth_year")
    born = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0
    if not born or not on.year - OLDEST <= born <= on.year:
        reader.refuse("birth_year", "bad-year", year)
    elif not old_enough(born, on):
        reader.refuse("birth_year", "too-young")
    if reader.problems or hamlet_id is None:
        return None, reader.problems
    return Supporter(name, hamlet_id, born), []
