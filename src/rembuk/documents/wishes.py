"""A paper that somebody asks for: its form and the thing it prints."""

from dataclasses import dataclass

from rembuk.core.documents.letter_kinds import LETTERS
from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.documents.gather.completeness import paper_set_of
from rembuk.documents.models import Letter
from rembuk.documents.recipes import FORMS, TEAM_FORMS, Form, Subject, subject_of
from rembuk.plans.models import Team


@dataclass(frozen=True, slots=True)
class Wish:
    """One paper of one thing, as the address names it (``F26``, ``plan:<key>``)."""

    form: Form
    kind: str
    key: str
    thing: Subject

    @property
    def place(self) -> Place:
        return self.thing.place

    @property
    def subject(self) -> str:
        return f"{self.kind}:{self.key}"


def wish_of(code: str, subject: str) -> Wish:
    """Return the wish behind an address. Raises: ValueError for a form or a subject that does not fit; DoesNotExist."""
    kind, _colon, key = subject.partition(":")
    form = FORMS.get(code)
    if form is None or kind not in form.kinds:
        raise ValueError(f"{code} prints no {kind}")
    thing = subject_of(kind, key)
    if isinstance(thing, Team) and code not in TEAM_FORMS.get(thing.kind, ()):
        raise ValueError(f"{code} is no paper of this team")
    if isinstance(thing, Letter) and LETTERS[thing.kind].form != code:
        raise ValueError(f"{code} is not the form of this letter")
    if isinstance(thing, Cycle) and code not in paper_set_of(thing).of_cycle:
        raise ValueError(f"{code} prints no cycle of this kind")
    return Wish(form, kind, str(thing.pk), thing)
