"""The visit sheet as typed, read whole: every gap of the three parts that must be filled is named at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rembuk.core.documents.frame import date_text
from rembuk.core.errors import BadInputError, Finding, RefusedError
from rembuk.core.guidance.findings import Severity
from rembuk.core.guidance.visit_form import ANSWERS, PROMISE_ANSWERS, Checklist
from rembuk.core.hat import Role
from rembuk.core.lists import regional_agencies
from rembuk.guidance.mentoring.models import Visit
from rembuk.guidance.mentoring.permissions import OWNERS
from rembuk.guidance.mentoring.services.base import Uploaded
from rembuk.guidance.mentoring.typed import lines, one_of, optional_day, optional_minutes, past_day, words
from rembuk.regions.models import AccessMode, Signal

MOST_PHOTOS = 6
MOST_ROWS = 30


@dataclass(frozen=True, slots=True)
class FindingValues:
    """One finding as typed, with what is to be done about it, by whom, by when (empty: as its severity says)."""

    severity: str = ""
    text: str = ""
    recommendation: str = ""
    owner_role: str = ""
    due: str = ""
    mandatory: bool = True
    code: str = ""
    agency: str = ""

    @property
    def empty(self) -> bool:
        return not (self.text.strip() or self.recommendation.strip())


@dataclass(frozen=True, slots=True)
class PromiseValues:
    """What was seen of a promise: its item, open | working | done, a note."""

    item_id: str
    seen: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContactValues:
    """Somebody met: name, task, P or L."""

    name: str = ""
    role: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True)
class AnswerValues:
    """The answer to one question of the stage's list, with what was seen."""

    code: str
    answer: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class SheetValues:
    """The whole sheet as typed. sign: ``program`` (the village answers there) or ``paper``.

    stage, list_version: whose checklist, and which version of it, was on the screen or in the package.
    """

    visit_date: str = ""
    stage: str = ""
    returned_date: str = ""
    access_used: str = ""
    travel_minutes: str = ""
    work_minutes: str = ""
    signal: str = ""
    contacts: tuple[ContactValues, ...] = ()
    promises: tuple[PromiseValues, ...] = ()
    list_version: str = ""
    answers: tuple[AnswerValues, ...] = ()
    documents_seen: str = ""
    data_problem: str = ""
    participation: str = ""
    ceiling_known: str = ""
    ceiling_letter: str = ""
    help_agency: str = ""
    help_text: str = ""
    findings: tuple[FindingValues, ...] = ()
    no_findings: bool = False
    next_date: str = ""
    sign: str = ""
    signer_name: str = ""
    signer_role: str = ""
    signed_date: str = ""
    objection: str = ""
    photos: tuple[Uploaded, ...] = ()
    signed: Uploaded | None = None


@dataclass(frozen=True, slots=True)
class FindingRead:
    """One finding as values. agency: which one owes, where the owner is an agency and one was named."""

    severity: Severity
    text: str
    recommendation: str
    owner_role: str
    due: date | None
    mandatory: bool
    code: str
    agency: str = ""


@dataclass(frozen=True, slots=True)
class SheetRead:
    """The sheet as values. fields: columns of the visit; body: all of it as it is digested."""

    fields: dict[str, Any]
    contacts: tuple[ContactValues, ...]
    promises: dict[str, tuple[str, str]]
    answers: tuple[AnswerValues, ...]
    findings: tuple[FindingRead, ...]
    sign: str
    body: dict[str, Any]


def read_sheet(
    values: SheetValues, visit: Visit, checklist: Checklist, promised: Iterable[UUID], today: date
) -> SheetRead:
    """Return the sheet as values. promised: items that part (a) has to answer.

    Raises: BadInputError for what cannot be read; RefusedError ``visit-sheet`` with a finding for each gap.
    """
    if len(values.findings) > MOST_ROWS or len(values.contacts) > MOST_ROWS:
        raise BadInputError("visit-number", read=str(MOST_ROWS))
    if len(values.photos) > MOST_PHOTOS:
        raise BadInputError("visit-photos", limit=MOST_PHOTOS)
    day = past_day(values.visit_date or visit.planned_date.isoformat(), today)
    gaps: list[Finding] = []
    promises = read_promises(values.promises, promised, gaps)
    findings = read_findings(values, checklist, day, gaps)
    sign = read_signing(values, day, today, gaps)
    if gaps:
        raise RefusedError("visit-sheet", findings=gaps)
    fields = {**header_of(values, day, today), **body_of(values), **sign}
    contacts = tuple(read_contact(row) for row in values.contacts if row.name.strip())
    answers = tuple(read_answer(row, checklist) for row in values.answers if row.answer)
    body = {
        "fields": {key: str(value) for key, value in fields.items()},
        "contacts": [(row.name, row.role, row.sex) for row in contacts],
        "promises": sorted(promises.items()),
        "list": [checklist.stage, checklist.version],
        "answers": [(row.code, row.answer, row.evidence) for row in answers],
        "findings": [[str(value) for value in vars_of(row)] for row in findings],
        "sign": values.sign,
    }
    return SheetRead(fields, contacts, promises, answers, tuple(findings), values.sign, body)


def vars_of(row: FindingRead) -> tuple[object, ...]:
    """Return what the digest of a sheet covers of a finding: an agency only where one is named."""
    agency = (row.agency,) if row.agency else ()
    return (row.severity, row.text, row.recommendation, row.owner_role, row.due, row.mandatory, row.code, *agency)


def header_of(values: SheetValues, day: date, today: date) -> dict[str, Any]:
    returned = optional_day(values.returned_date) or day
    if returned < day:
        raise BadInputError("visit-days-turned", start=date_text(day), end=date_text(returned))
    return {
        "visit_date": day,
        "returned_date": returned,
        "access_used": one_of(values.access_used, AccessMode.values, default=""),
        "travel_minutes": optional_minutes(values.travel_minutes),
        "work_minutes": optional_minutes(values.work_minutes),
        "signal": one_of(values.signal, Signal.values, default=""),
    }


def body_of(values: SheetValues) -> dict[str, Any]:
    following = optional_day(values.next_date)
    return {
        "documents_seen": lines(_("dokumen yang dilihat"), values.documents_seen),
        "data_problem": lines(_("masalah data"), values.data_problem),
        "participation": lines(_("siapa yang didengar"), values.participation),
        "ceiling_known": one_of(values.ceiling_known, Visit.Known.values, default=""),
        "ceiling_letter": words(_("surat pagu"), values.ceiling_letter, 150),
        "help_agency": one_of(values.help_agency, regional_agencies(), default=""),
        "help_text": lines(_("bantuan"), values.help_text),
        "next_date": following,
        "no_findings": values.no_findings,
    }


def read_contact(row: ContactValues) -> ContactValues:
    sex = one_of(row.sex, ("P", "L"), default="")
    return ContactValues(words(_("nama"), row.name, 150), words(_("jabatan"), row.role, 100), sex)


def read_answer(row: AnswerValues, checklist: Checklist) -> AnswerValues:
    if checklist.item(row.code) is None:
        raise BadInputError("visit-kind", read=row.code[:20])
    return AnswerValues(row.code, one_of(row.answer, ANSWERS), words(_("bukti"), row.evidence))


def read_promises(
    rows: Sequence[PromiseValues], promised: Iterable[UUID], gaps: list[Finding]
) -> dict[str, tuple[str, str]]:
    found = {
        row.item_id: (one_of(row.seen, PROMISE_ANSWERS), words(_("catatan"), row.note)) for row in rows if row.seen
    }
    missing = sum(str(key) not in found for key in promised)
    if missing:
        gaps.append(gap("a", _("Bagian a: %(count)d janji kunjungan lalu belum dijawab.") % {"count": missing}))
    return found


def read_findings(values: SheetValues, checklist: Checklist, day: date, gaps: list[Finding]) -> list[FindingRead]:
    """Return the findings; none at all wants the tick, and a tick beside findings is refused."""
    rows = [row for row in values.findings if not row.empty]
    if not rows and not values.no_findings:
        gaps.append(gap("h", _("Bagian h: tulis temuannya, atau centang “tidak ada temuan”.")))
    if rows and values.no_findings:
        gaps.append(gap("h", _("Bagian h: ada temuan, tetapi “tidak ada temuan” dicentang. Pilih salah satu.")))
    return [found for number, row in enumerate(rows, 1) if (found := read_finding(number, row, checklist, day, gaps))]


def read_finding(
    number: int, row: FindingValues, checklist: Checklist, day: date, gaps: list[Finding]
) -> FindingRead | None:
    text = lines(_("temuan"), row.text)
    advice = lines(_("rekomendasi"), row.recommendation)
    lacking = [
        words_
        for words_, there in (
            (_("temuan"), text),
            (_("tingkat"), row.severity),
            (_("rekomendasi"), advice),
            (_("penanggung jawab"), row.owner_role),
        )
        if not there
    ]
    if lacking:
        said = {"number": number, "lacking": ", ".join(lacking)}
        gaps.append(gap("h", _("Bagian h, temuan %(number)d: belum ada %(lacking)s.") % said))
        return None
    if row.severity not in list(Severity):
        raise BadInputError("item-severity", read=row.severity[:20])
    agency = owner_agency(row.owner_role, row.agency)
    if row.code and checklist.item(row.code) is None:
        raise BadInputError("visit-kind", read=row.code[:20])
    due = optional_day(row.due)
    if due is not None and due < day:
        raise BadInputError("item-due-past", date=date_text(due))
    return FindingRead(Severity(row.severity), text, advice, row.owner_role, due, row.mandatory, row.code, agency)


def owner_agency(role: str, agency: str) -> str:
    """Return which agency owes; empty for every other owner and where none was named. Raises: BadInputError."""
    if role not in OWNERS:
        raise BadInputError("item-owner", read=role[:20])
    return one_of(agency, regional_agencies(), default="") if role == Role.OPD else ""


def read_signing(values: SheetValues, day: date, today: date, gaps: list[Finding]) -> dict[str, Any]:
    """Return the columns of part (j); on paper it wants file, name, task and day."""
    if values.sign not in Visit.Signed.values:
        gaps.append(gap("j", _("Bagian j: pilih cara desa mengakui lembar ini.")))
        return {}
    if values.sign == Visit.Signed.PROGRAM:
        return {}
    if values.signed is None:
        gaps.append(gap("j", _("Bagian j: pilih foto lembar yang ditandatangani.")))
    signer = words(_("penanda tangan"), values.signer_name, 150)
    if not signer or values.signer_role not in ("KAD", "SDK"):
        gaps.append(gap("j", _("Bagian j: tulis nama kepala atau sekretaris desa yang menandatangani.")))
    return {
        "signer_name": signer,
        "signer_role": values.signer_role,
        "signed_date": signing_day(values.signed_date, day, today),
        "objection": lines(_("keberatan"), values.objection),
    }


def signing_day(text: str, day: date, today: date) -> date:
    """Return the day of a signature, the visit's own when none is given. Raises: BadInputError."""
    signed = past_day(text, today) if text.strip() else day
    if signed < day:
        raise BadInputError("visit-sign-before", date=date_text(signed))
    return signed


def gap(part: str, message: str) -> Finding:
    return Finding(f"visit-part-{part}", "block", message)
