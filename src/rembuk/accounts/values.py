"""What the services of people take: who a person is, and which post they hold. Pure."""

from dataclasses import dataclass
from datetime import date

from rembuk.core.hat import Place, Role


@dataclass(frozen=True, slots=True)
class Who:
    """A person as the inviter writes them: e-mail and phone may be empty."""

    name: str
    username: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A role at a place, by a decree, from a day to a day (the last day counts; None is open)."""

    role: Role
    place: Place
    start_date: date
    end_date: date | None = None
    decree_number: str = ""
    agency: str = ""
    acting: bool = False
