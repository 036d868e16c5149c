"""Visit sheets and checklists of forums."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from rembuk.core.errors import BadInputError, StaleError
from rembuk.cycles.calendar import local_day
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.queries import newest_answers
from rembuk.guidance.facilitation.services import AnswerValues as ForumAnswer
from rembuk.guidance.facilitation.services import answer_items
from rembuk.guidance.mentoring.models import Visit
from rembuk.guidance.mentoring.services import (
    AnswerValues,
    ContactValues,
    FindingValues,
    PromiseValues,
    SheetValues,
    report_visit,
)
from rembuk.guidance.mentoring.services.reporting import Sent
from rembuk.offline.services.appliers.base import Applier, Job, refuse_other
from rembuk.shared.models import Origin

ROWS = {"contacts": ContactValues, "promises": PromiseValues, "answers": AnswerValues, "findings": FindingValues}
ROW_FIELDS = {
    "contacts": ("name", "role", "sex"),
    "promises": ("item_id", "seen", "note"),
    "answers": ("code", "answer", "evidence"),
    "findings": ("severity", "text", "recommendation", "owner_role", "due", "mandatory", "code", "agency"),
}
TEXTS = (
    "visit_date", "stage", "returned_date", "access_used", "travel_minutes", "work_minutes", "signal", "list_version",
    "documents_seen", "data_problem", "participation", "ceiling_known", "ceiling_letter", "help_agency", "help_text",
    "next_date",
)  # fmt: skip


def visit(job: Job) -> UUID:
    """Hand in the sheet of a visit; the village acknowledges it in the program afterwards."""
    row = Visit.objects.select_related("village__regency").get(pk=job["visit"])
    if not job.force and job["base"] is not None and row.version != job["base"]:
        raise StaleError("offline-other-version")
    typed: dict[str, Any] = {name: job[name] for name in TEXTS}
    typed |= {name: rows_of(name, job[name]) for name in ROWS}
    values = SheetValues(**typed, no_findings=bool(job["no_findings"]), sign=Visit.Signed.PROGRAM)
    sent = Sent(job.made, Origin.OFFLINE, local_day(row.village.regency, job.row.received_at))
    return report_visit(visit_id=row.pk, values=values, actor=job.hat, at=job.at, sent=sent).pk


def rows_of(name: str, sent: Sequence[Any]) -> tuple[Any, ...]:
    """Return the rows of one list of the sheet; unknown cells are left out. Raises: BadInputError."""
    made = []
    for each in sent:
        if not isinstance(each, Mapping):
            raise BadInputError("offline-values")
        given = {key: each[key] for key in ROW_FIELDS[name] if each.get(key) is not None}
        wrong = [key for key, value in given.items() if isinstance(value, str) == (key == "mandatory")]
        if wrong or (name == "promises" and "item_id" not in given) or (name == "answers" and "code" not in given):
            raise BadInputError("offline-values")
        made.append(ROWS[name](**given))
    return tuple(made)


def visit_now(job: Job) -> Mapping[str, Any] | None:
    row = Visit.objects.filter(pk=job["visit"]).first()
    if row is None:
        return None
    plain = [name for name in TEXTS if name != "list_version"]
    now: dict[str, Any] = {name: getattr(row, name) for name in plain}
    for name in ("visit_date", "returned_date", "next_date"):
        now[name] = now[name].isoformat() if now[name] else ""
    for name in ("travel_minutes", "work_minutes"):
        now[name] = str(now[name] or "")
    now["findings"] = tuple({"severity": f.severity, "text": f.text} for f in row.findings.order_by("order"))
    return now


def checklist(job: Job) -> UUID:
    """Answer one point of a forum's list; another answer given meanwhile is a person's decision."""
    forum = Facilitation.objects.select_for_update(of=("self",)).get(pk=job["forum"])
    wanted, base = (job["answer"], job["note"]), tuple(job["base"]) if job["base"] else None
    refuse_other(answer_of(forum.pk, job["point"]), base, wanted, force=job.force)
    # The newest by its own clock holds; a chosen version is the newest by the decision.
    captured = job.at if job.force else job.made
    values = ForumAnswer(code=job["point"], value=job["answer"], note=job["note"], captured_at=captured)
    answer_items(forum_id=forum.pk, key=job.key, answers=[values], actor=job.hat, at=job.at, origin=Origin.OFFLINE)
    return uuid5(job.key, job["point"])


def answer_of(forum_id: UUID, point: str) -> tuple[str, str] | None:
    row = newest_answers(forum_id).get(point)
    return (row.value, row.note) if row is not None else None


def checklist_now(job: Job) -> Mapping[str, Any] | None:
    now = answer_of(job["forum"], job["point"])
    return {"answer": now[0], "note": now[1]} if now is not None else None


VISIT = Applier(visit, visit_now)
CHECKLIST = Applier(checklist, checklist_now)
