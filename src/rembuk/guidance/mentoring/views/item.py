"""One finding with what was promised: its whole history, its evidence, and the acts on it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

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
from rembuk.guidance.mentoring.views.finding import Act, item_of, key_of, refused, uploaded, version_of
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
    owner = roster.who(Role(found.owner_role), found.place)
    barred = (found.owner_person, found.recorded_by, found.submitted_by)
    context: dict[str, Any] = {
        "item": found,
        "finding": found.finding,
        "visit": found.finding.visit,
        "chip": ITEM_CHIPS[found.state],
        "severity_chip": SEVERITY_CHIPS[found.severity],
        "severity_words": SEVERITY_WORDS[found.severity],
        "owner": owner,
        "owner_name": role_name(found.owner_role),
        "judges": roster.first_of(JUDGE_LINE, found.place, without=barred),
        "question": question_of(found),
        "steps": [(step, EVENTS[step.event]) for step in steps],
        "evidence": evidence,
        "who": names(people),
        "today": today,
        "running": found.due_date is not None and ItemState(found.state) in (*TO_DO, ItemState.SUBMITTED),
        "owners": [(role.value, role_name(role.value)) for role in OWNERS],
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


def done(request: HttpRequest, found: ActionItem, form: str, words: str, act: Act) -> HttpResponse:
    """Run one act; a refusal shows the page again with what was typed."""
    try:
        act(worn(request), clock.now())
    except RembukError as error:
        return show(request, item_of(found.pk), error, form)
    messages.success(request, words)
    return redirect("mentoring:item", item_id=found.pk)


@page("mentoring.work", of=item_of, methods=("POST",))
def begin(request: HttpRequest, found: ActionItem) -> HttpResponse:
    """Say that the work has begun."""
    note = request.POST.get("catatan", "")
    return done(
        request,
        found,
        "begin",
        _("Tercatat mulai dikerjakan."),
        lambda hat, at: services.begin_item(item_id=found.pk, note=note, actor=hat, at=at),
    )


@page("mentoring.work", of=item_of, methods=("POST",))
def submit(request: HttpRequest, found: ActionItem) -> HttpResponse:
    """Hand in evidence."""
    note, file, key = request.POST.get("catatan", ""), uploaded(request, "berkas"), key_of(request)
    return done(
        request,
        found,
        "submit",
        _("Bukti diserahkan. Pemeriksa diberi tahu."),
        lambda hat, at: services.submit_evidence(
            item_id=found.pk, evidence_id=key, file=file, note=note, actor=hat, at=at
        ),
    )


@page("mentoring.verify", of=item_of, methods=("POST",))
def verify(request: HttpRequest, found: ActionItem) -> HttpResponse:
    """Accept the evidence, for good or until somebody has seen it in the village."""
    note, version = request.POST.get("catatan", ""), version_of(request)
    again = request.POST.get("lihat_lagi") == "ya"
    words = _("Bukti diterima; kunjungan berikutnya melihatnya di desa.") if again else _("Bukti diterima. Selesai.")
    return done(
        request,
        found,
        "verify",
        words,
        lambda hat, at: services.verify_item(
            item_id=found.pk, note=note, look_again=again, version=version, actor=hat, at=at
        ),
    )


@page("mentoring.verify", of=item_of, methods=("POST",))
def reject(request: HttpRequest, found: ActionItem) -> HttpResponse:
    """Say what the evidence lacks."""
    note, version = request.POST.get("catatan", ""), version_of(request)
    return done(
        request,
        found,
        "reject",
        _("Penanggung jawab diberi tahu apa yang kurang."),
        lambda hat, at: services.reject_item(item_id=found.pk, note=note, version=version, actor=hat, at=at),
    )


@page("mentoring.waive", of=item_of, methods=("POST",))
def waive(request: HttpRequest, found: ActionItem) -> HttpResponse:
    """Let the promise go, with the reason."""
    reason, version = request.POST.get("alasan", ""), version_of(request)
    return done(
        request,
        found,
        "waive",
        _("Dibebaskan; alasannya terbaca oleh desa."),
        lambda hat, at: services.waive_item(item_id=found.pk, reason=reason, version=version, actor=hat, at=at),
    )


@page("mentoring.reopen", of=item_of, methods=("POST",))
def reopen(request: HttpRequest, found: ActionItem) -> HttpResponse:
    """Open a kept promise again."""
    note, version = request.POST.get("alasan", ""), version_of(request)
    return done(
        request,
        found,
        "reopen",
        _("Dibuka lagi dengan tenggat baru; riwayatnya tetap."),
        lambda hat, at: services.reopen_item(item_id=found.pk, note=note, version=version, actor=hat, at=at),
    )


@page("mentoring.supersede", of=item_of, methods=("POST",))
def supersede(request: HttpRequest, found: ActionItem) -> HttpResponse:
    """Replace the promise by one that fits better."""
    post = request.POST
    try:
        made = services.supersede_item(
            item_id=found.pk,
            recommendation=post.get("rekomendasi", ""),
            owner_role=post.get("pemilik", ""),
            reason=post.get("alasan", ""),
            version=version_of(request),
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return show(request, item_of(found.pk), error, "supersede")
    messages.success(request, _("Diganti. Yang lama tetap terbaca."))
    return redirect("mentoring:item", item_id=made.pk)
