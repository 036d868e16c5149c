"""One finding with what was promised: its whole history, its evidence, and the acts on it."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.standing_in import standing_in
from rembuk.core.errors import RembukError
from rembuk.core.guidance.findings import TO_DO, ItemEvent, ItemState, possible_events
from rembuk.core.guidance.visit_form import checklist_for
from rembuk.core.hat import Hat, Role
from rembuk.guidance.mentoring import queries, services
from rembuk.guidance.mentoring.labels import EVENTS, ITEM_CHIPS, SEVERITY_CHIPS, SEVERITY_WORDS
from rembuk.guidance.mentoring.models import ActionItem
from rembuk.guidance.mentoring.permissions import OWNERS, allows
from rembuk.guidance.mentoring.roster import JUDGE_LINE, Roster
from rembuk.guidance.mentoring.views.acts import Acts
from rembuk.guidance.mentoring.views.finding import (
    agency_choices,
    item_of,
    judgement_of,
    key_of,
    note_of,
    owner_of,
    reason_of,
    refused,
    uploaded,
    version_of,
)
from rembuk.shared import clock
from rembuk.shared.people import names
from rembuk.shared.roles import role_name
from rembuk.shared.web import page, worn


@page("mentoring.read_item", of=item_of)
def item(request: HttpRequest, found: ActionItem) -> HttpResponse:
    """A promise with everything that is known of it."""
    return show(request, found)


def show(request: HttpRequest, found: ActionItem, error: RembukError | None = None, form: str = "") -> HttpResponse:
    hat, today = worn(request), clock.today()
    steps, evidence = queries.steps_of(found), queries.evidence_of(found)
    people = {step.by for step in steps} | {row.added_by for row in evidence} | {found.recorded_by}
    roster = Roster([Role(found.owner_role), *JUDGE_LINE], today)
    owner = roster.who(Role(found.owner_role), found.place, found.agency)
    barred = (found.owner_person, found.recorded_by, found.submitted_by)
    context: dict[str, Any] = {
        "item": found,
        "finding": found.finding,
        "visit": found.finding.visit,
        "chip": ITEM_CHIPS[found.state],
        "severity_chip": SEVERITY_CHIPS[found.severity],
        "severity_words": SEVERITY_WORDS[found.severity],
        "owner": owner,
        "owner_name": found.agency_name or role_name(found.owner_role),
        "owner_chosen": f"{found.owner_role}:{found.agency}" if found.agency else found.owner_role,
        "judges": roster.first_of(JUDGE_LINE, found.place, without=barred),
        "question": question_of(found),
        "steps": [(step, EVENTS[step.event]) for step in steps],
        "evidence": evidence,
        "who": names(people),
        "today": today,
        "running": found.due_date is not None and ItemState(found.state) in (*TO_DO, ItemState.SUBMITTED),
        "owners": [*((role.value, role_name(role.value)) for role in OWNERS), *agency_choices()],
        "typed": request.POST if error is not None else {},
        "form": form,
        "key": request.POST.get("kunci") or str(uuid4()),
        "may": may_of(hat, found),
        **refused(error),
    }
    return render(request, "mentoring/item.html", context, status=error.status if error else 200)


def may_of(hat: Hat, found: ActionItem) -> dict[str, bool]:
    """Return which acts stand on the page: allowed to the hat and possible in this state."""
    state = ItemState(found.state)
    possible = possible_events(state)
    works = allows(hat, "work", found)
    return {
        "begin": works and (ItemEvent.BEGIN in possible or ItemEvent.RESUME in possible),
        "submit": works and state in TO_DO,
        "verify": allows(hat, "verify", found) and ItemEvent.VERIFY in possible,
        "waive": allows(hat, "waive", found) and ItemEvent.WAIVE in possible and not head_is_there(hat, found),
        "supersede": allows(hat, "supersede", found) and ItemEvent.SUPERSEDE in possible,
        "reopen": allows(hat, "reopen", found) and ItemEvent.REOPEN in possible,
    }


def head_is_there(hat: Hat, found: ActionItem) -> bool:
    """Return whether the hat only stands in for a head of DPMD who is there. One query for Sekda, none for others."""
    if hat.role is not Role.SEK:
        return False
    head = standing_in(Role.KDP, found.place, clock.today())
    return head is not None and not head.is_fallback


def question_of(found: ActionItem) -> str:
    """Return the question of the checklist that the finding belongs to, in the version that was used."""
    finding = found.finding
    if not finding.checklist_code:
        return ""
    stage = finding.checklist_code.rsplit("-", 1)[0]
    question = checklist_for(stage, finding.list_version).item(finding.checklist_code)
    return question.text if question is not None else ""


def handed_in(request: HttpRequest) -> Mapping[str, Any]:
    note, file = request.POST.get("catatan", ""), uploaded(request, "berkas")
    return {"note": note, "file": file, "evidence_id": key_of(request)}


def verdict(request: HttpRequest) -> Mapping[str, Any]:
    return {**judgement_of(request), "look_again": request.POST.get("lihat_lagi") == "ya"}


def told_of_verdict(request: HttpRequest) -> str:
    if request.POST.get("lihat_lagi") == "ya":
        return gettext("Bukti diterima; kunjungan berikutnya melihatnya di desa.")
    return gettext("Bukti diterima. Selesai.")


def opened_again(request: HttpRequest) -> Mapping[str, Any]:
    return {"note": request.POST.get("alasan", ""), "version": version_of(request)}


def new_wording(request: HttpRequest) -> Mapping[str, Any]:
    role, agency = owner_of(request.POST.get("pemilik", ""))
    words = request.POST.get("rekomendasi", "")
    return {**reason_of(request), "recommendation": words, "owner_role": role, "agency": agency}


acts = Acts(of=item_of, show=show, key="item_id", route="mentoring:item")
begin = acts.post(
    "mentoring.work", services.begin_item, form="begin", said=_("Tercatat mulai dikerjakan."), read=note_of
)
submit = acts.post(
    "mentoring.work",
    services.submit_evidence,
    form="submit",
    said=_("Bukti diserahkan. Pemeriksa diberi tahu."),
    read=handed_in,
)
verify = acts.post("mentoring.verify", services.verify_item, form="verify", said=told_of_verdict, read=verdict)
reject = acts.post(
    "mentoring.verify",
    services.reject_item,
    form="reject",
    said=_("Penanggung jawab diberi tahu apa yang kurang."),
    read=judgement_of,
)
waive = acts.post(
    "mentoring.waive",
    services.waive_item,
    form="waive",
    said=_("Dibebaskan; alasannya terbaca oleh desa."),
    read=reason_of,
)
reopen = acts.post(
    "mentoring.reopen",
    services.reopen_item,
    form="reopen",
    said=_("Dibuka lagi dengan tenggat baru; riwayatnya tetap."),
    read=opened_again,
)
supersede = acts.post(
    "mentoring.supersede",
    services.supersede_item,
    form="supersede",
    said=_("Diganti. Yang lama tetap terbaca."),
    read=new_wording,
    follow=True,
)
