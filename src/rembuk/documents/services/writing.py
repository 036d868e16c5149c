"""What people write for papers: the team's work plan, letters and decisions, the wording of a regency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from rembuk.core.documents.letter_kinds import LETTERS, WORDINGS, kinds_of
from rembuk.core.documents.letter_model import LetterKind
from rembuk.core.documents.wording import lines_of, problems_of
from rembuk.core.documents.work_plan import WorkStep
from rembuk.core.errors import BadInputError, Finding, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import cycle_by_id
from rembuk.documents.labels import WORDING_PROBLEMS
from rembuk.documents.models import Letter, WordingText, WorkPlan
from rembuk.documents.permissions import WRITE_ACTS
from rembuk.plans.models import Team
from rembuk.regions.models import Regency
from rembuk.shared.trail import acting

MOST_STEPS, MOST_MEMBERS = 60, 60
Member = tuple[str, str, str, str]
"""Name, L or P, office, place in the committee."""


@transaction.atomic
def save_work_plan(
    *, team_id: UUID, steps: Sequence[WorkStep], facilitator: str, version: int, actor: Hat, at: datetime
) -> WorkPlan:
    """Keep the work plan of a drafting team. version: as read, 0 for the first.

    Raises: NotAllowedError, BadInputError (no step, a step without words, too many), StaleError.
    """
    team = Team.objects.select_related("village").select_for_update(of=("self",)).get(pk=team_id)
    require(actor, "documents.work_plan", team)
    if not steps:
        raise BadInputError("rktl-empty")
    if len(steps) > MOST_STEPS:
        raise BadInputError("rktl-too-many", count=len(steps), most=MOST_STEPS)
    nameless = [str(number) for number, step in enumerate(steps, 1) if not step.activity.strip()]
    if nameless:
        raise BadInputError("rktl-nameless", rows=", ".join(nameless))
    known = WorkPlan.objects.filter(team=team).first()
    if (known.version if known else 0) != version:
        raise StaleError("rktl-stale", changes={})
    rows = [row_of(step) for step in steps]
    with acting(actor, "documents.work_plan"):
        if known is None:
            return WorkPlan.objects.create(team=team, rows=rows, facilitator=facilitator.strip()[:200])
        known.rows, known.facilitator, known.version = rows, facilitator.strip()[:200], version + 1
        known.save()
    return known


def row_of(step: WorkStep) -> dict[str, str]:
    """Return a line as it is stored."""
    return {
        "activity": step.activity.strip(),
        "day": step.day.isoformat() if step.day else "",
        "hours": step.hours.strip(),
        "place": step.place.strip(),
        "responsible": step.responsible.strip(),
        "remark": step.remark.strip(),
        "output": step.output.strip(),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterInput:
    """What a person wrote for one letter. fields: name -> words for the wording of its kind."""

    letter_date: date
    number: str = ""
    addressee: str = ""
    signer_name: str = ""
    signer_number: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    members: Sequence[Member] = ()

    def stored(self, kind: LetterKind) -> dict[str, Any]:
        """Return it as it is kept: cut to length, with the fields and the committee that the kind has."""
        return {
            "number": self.number.strip()[:100],
            "letter_date": self.letter_date,
            "addressee": self.addressee.strip()[:300],
            "signer_name": self.signer_name.strip()[:200],
            "signer_number": self.signer_number.strip()[:60],
            "fields": {one.name: self.fields.get(one.name, "").strip() for one in kind.fields},
            "members": [list(member) for member in self.members[:MOST_MEMBERS]] if kind.members else [],
        }


@transaction.atomic
def save_letter(
    *, letter_id: UUID, cycle_id: UUID, kind: str, values: LetterInput, version: int, actor: Hat, at: datetime
) -> Letter:
    """Keep a letter or decision. letter_id: made by the form, so that sending it twice keeps one. version: 0 if new.

    Raises: NotAllowedError, BadInputError (kind, a field that is missing, a number used twice), StaleError.
    """
    cycle = cycle_by_id(cycle_id)
    wanted = kind_for(cycle, kind)
    require(actor, WRITE_ACTS[wanted.issuer], cycle)
    stored = values.stored(wanted)
    missing = [one.label for one in wanted.fields if one.required and not stored["fields"][one.name]]
    if missing:
        raise BadInputError("letter-missing", fields=", ".join(missing))
    refuse_used_number(letter_id, cycle.village_id, wanted, stored["number"], values.letter_date)
    known = Letter.objects.select_for_update(of=("self",)).filter(pk=letter_id).first()
    if known is None:
        with acting(actor, "documents.letter"):
            return Letter.objects.create(id=letter_id, cycle=cycle, kind=kind, **stored)
    if (known.cycle_id, known.kind) != (cycle.pk, kind):
        raise RefusedError("letter-elsewhere")
    return changed_letter(known, stored, version, actor)


def kind_for(cycle: Cycle, kind: str) -> LetterKind:
    """Return a kind that this cycle writes. Raises: BadInputError for another."""
    found = next((one for one in kinds_of("rpjm" if cycle.is_medium_term else "rkp") if one.kind == kind), None)
    if found is None:
        raise BadInputError("letter-kind", kind=kind[:40])
    return found


def changed_letter(known: Letter, stored: Mapping[str, Any], version: int, actor: Hat) -> Letter:
    """Write a letter anew; the same form sent again changes nothing. Raises: StaleError."""
    if version == 0 and all(getattr(known, name) == value for name, value in stored.items()):
        return known
    if known.version != version:
        raise StaleError("letter-stale", changes={})
    with acting(actor, "documents.letter"):
        for name, value in stored.items():
            setattr(known, name, value)
        known.version += 1
        known.save()
    return known


def refuse_used_number(letter_id: UUID, village_id: str, kind: LetterKind, number: str, on: date) -> None:
    """Refuse a number that the same office of the village gave to another letter in the same year, of either cycle.

    Raises: BadInputError with the letter that has it.
    """
    if not number:
        return
    same = [one.kind for one in LETTERS.values() if one.issuer == kind.issuer]
    rows = Letter.objects.filter(cycle__village_id=village_id, letter_date__year=on.year, kind__in=same)
    other = rows.filter(number__iexact=number).exclude(pk=letter_id).order_by("id").first()
    if other is not None:
        raise BadInputError("letter-number-used", number=number, title=LETTERS[other.kind].title)


@transaction.atomic
def save_wording(
    *, regency_id: str, kind: str, text: str, note: str, version_no: int, actor: Hat, at: datetime
) -> WordingText:
    """Keep a regency's wording of a text as its next version. text: empty goes back to Rembuk's own wording.

    version_no: of the version that was edited, 0 without one; the same text again keeps none.
    Raises: NotAllowedError, BadInputError (kind), RefusedError with every line that cannot stay, StaleError.
    """
    if kind not in WORDINGS:
        raise BadInputError("wording-kind", kind=kind[:40])
    regency = Regency.objects.select_for_update().get(pk=regency_id)
    require(actor, "documents.wording", regency)
    if text.strip():
        refuse_problems(kind, text)
    newest = WordingText.objects.filter(regency=regency, kind=kind).order_by("-version_no").first()
    if newest is not None and lines_of(newest.text) == lines_of(text):
        return newest
    if (newest.version_no if newest else 0) != version_no:
        raise StaleError("wording-stale", changes={})
    with acting(actor, "documents.wording"):
        return WordingText.objects.create(
            regency=regency,
            kind=kind,
            version_no=version_no + 1,
            text="\n".join(lines_of(text)),
            note=note.strip()[:200],
            saved_by_label=actor.label,
            saved_at=at,
        )


def refuse_problems(kind: str, text: str) -> None:
    """Refuse a text whose placeholders nobody can fill. Raises: RefusedError with a sentence per line."""
    wording = WORDINGS[kind]
    allowed = ", ".join(f"{{{name}}}" for name in sorted(wording.placeholders))
    findings = [
        Finding(
            f"wording-{one.code}",
            "block",
            str(WORDING_PROBLEMS[one.code]) % {"line": one.line, "what": one.what, "allowed": allowed},
        )
        for one in problems_of(wording, text)
    ]
    if findings:
        raise RefusedError("wording-refused", findings)
