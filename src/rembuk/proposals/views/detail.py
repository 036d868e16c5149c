"""One proposal: its chain, its answer, its photos, what may be done with it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.core.law.reasons import ABUSE, REASON_CODES, TERMINAL_REASONS
from rembuk.core.permissions import TABLE
from rembuk.core.text.authority import authority_question
from rembuk.core.workflow.proposal_states import ProposalEvent, ProposalState, possible_events
from rembuk.proposals.labels import AUTHORITIES, FIT_CRITERIA, PHOTO_VERDICTS
from rembuk.proposals.models import FieldCheck, Proposal, ProposalStep
from rembuk.proposals.queries import fit_of, history_of, is_public, sees_proposer, similar_proposals, text_of
from rembuk.proposals.resident_queries import checked_supports, intake_of, support_totals
from rembuk.proposals.services.checking import VERDICTS
from rembuk.proposals.services.supports import SUPPORTED
from rembuk.proposals.spots import spot_of
from rembuk.proposals.views.finding import by_number
from rembuk.proposals.views.helping import picker_context
from rembuk.shared import clock, panels, people
from rembuk.shared.web import page, worn

ACTS = {
    ProposalEvent.CHECK: "check",
    ProposalEvent.GIVE_BACK: "give_back",
    ProposalEvent.DISCUSS: "discuss",
    ProposalEvent.FORWARD: "forward",
    ProposalEvent.SHELVE: "shelve",
    ProposalEvent.DECLINE: "decline",
    ProposalEvent.MERGE: "merge",
    ProposalEvent.WITHDRAW: "withdraw",
    ProposalEvent.DROP: "drop",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One piece of the chain from need to result. state: ok | due | late | paused | next."""

    title: str
    state: str
    when: date | datetime | None = None
    text: str = ""
    reason: str = ""
    code: str = ""
    small: str = ""
    url: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    photo: UUID | None = None


def chain(proposal: Proposal, hat: Hat | None) -> list[Link]:
    """Return the whole chain: what this room knows, then what later rooms say. Nobody's name stands in it.

    Without a hat no photo either: people may be on it.
    """
    links = [Link(_("Masalah"), "ok", proposal.captured_at, proposal.problem or proposal.title)]
    sent = Link(_("Usulan"), "ok" if proposal.number else "due", proposal.submitted_at, proposal.title)
    links.append(sent)
    for check in FieldCheck.objects.filter(proposal=proposal).order_by("check_date", "created_at", "id"):
        links.append(check_link(check, with_photo=hat is not None))
    for panel in panels.for_many("proposal", [proposal.id], hat).get(proposal.id, []):
        links.append(Link(panel.title, panel.state, rows=panel.rows, url=panel.link))
    if proposal.reason_code:
        tone = "ok" if proposal.state == "planned" else "late" if proposal.state == "declined" else "paused"
        links.append(Link(_("Jawaban"), tone, reason=proposal.reason_text, code=proposal.reason_code))
    elif proposal.state != "draft":
        links.append(Link(_("Jawaban"), "next"))
    return links


def check_link(check: FieldCheck, *, with_photo: bool) -> Link:
    states = dict(zip(VERDICTS, ("ok", "late", "due"), strict=True))
    titles = dict(zip(VERDICTS, (_("layak"), _("tidak layak"), _("data belum cukup")), strict=True))
    title = _("Pemeriksaan lapangan: %(verdict)s") % {"verdict": titles[check.verdict_code]}
    return Link(
        title,
        states[check.verdict_code],
        check.check_date,
        reason=check.note,
        code=check.verdict_code,
        photo=check.photo_id if with_photo else None,
    )


def allowed(hat: Hat, proposal: Proposal) -> dict[str, bool]:
    """Return which acts the hat may do to the proposal in its present state."""
    possible = set(possible_events(ProposalState(proposal.state)))
    acts = {act: event in possible and may(hat, act, proposal) for event, act in ACTS.items()}
    acts |= {act: may(hat, act, proposal) for act in ("edit", "receipt")}
    live = proposal.state in ("sent", "checked", "discussed", "ranked")
    acts |= {
        act: live and may(hat, act, proposal)
        for act in ("confirm_code", "set_authority", "set_prefilter", "field_check")
    }
    acts["unmerge"] = proposal.state == "merged" and may(hat, "merge", proposal)
    acts["carry"] = proposal.state == "shelved" and may(hat, "carry", proposal)
    return acts


def may(hat: Hat, act: str, proposal: Proposal) -> bool:
    return TABLE.allows(hat, f"proposals.{act}", proposal)


@page("proposals.view", of=by_number)
def detail(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Show one proposal to those who work with it."""
    if proposal.state == "draft":
        return redirect("proposals:draft", proposal.id)
    return render(request, "proposals/detail.html", detail_context(request, proposal))


def detail_context(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    hat = worn(request)
    steps = list(ProposalStep.objects.filter(proposal=proposal))
    may_do = allowed(hat, proposal)
    context: dict[str, Any] = {
        "proposal": proposal,
        "chain": chain(proposal, hat),
        "steps": steps,
        "names": people.names([step.by for step in steps if step.by is not None]),
        "photos": proposal.photos.select_related("file"),
        "may": may_do,
        "may_answer": any(may_do[act] for act in ("forward", "shelve", "decline", "withdraw", "drop")),
        "sees_proposer": sees_proposer(hat, proposal),
        "is_public": is_public(proposal),
        "history": history_of(proposal),
        "carried_to": proposal.carried_to.exclude(state="withdrawn").first(),
        "merged_from": list(proposal.merged_from.order_by("number", "id")),
        "question": authority_question(f"{proposal.title} {proposal.problem}"),
        "authorities": AUTHORITIES.items(),
        "fit": fit_of(proposal),
        "fit_rows": [(name, words, proposal.feasibility_b.get(name)) for name, words in FIT_CRITERIA.items()],
        "points": range(1, 6),
        "verdicts": [(code, REASON_CODES[code]) for code in VERDICTS],
        "shelve_codes": reasons_of("shelved"),
        "decline_codes": reasons_of("declined"),
        "today": clock.today(),
        "spot": spot_of(proposal, rounded=False),
    }
    context |= resident_context(hat, proposal)
    if may_do["confirm_code"]:
        context |= picker_context(
            proposal.title, proposal.problem, request.GET.get("cari_kode", ""), proposal.activity_code
        )
    if may_do["merge"]:
        context["similar"] = similar_proposals(
            village_id=proposal.village_id, text=text_of(proposal), hat=hat, exclude=proposal.id
        )
    return context


def resident_context(hat: Hat, proposal: Proposal) -> dict[str, Any]:
    """Return what residents have to do with the proposal: whether it came from one, and who supports it."""
    may_support = proposal.state in SUPPORTED
    return {
        "from_resident": intake_of(proposal) is not None,
        "photo_verdicts": PHOTO_VERDICTS.items(),
        "may_look": may(hat, "look", proposal),
        "may_tell": may(hat, "see_proposer", proposal),
        "support": support_totals([proposal.id])[proposal.id],
        "supports": checked_supports(proposal),
        "may_count_support": may_support and may(hat, "count_support", proposal),
        "may_list_support": may_support and may(hat, "list_support", proposal),
        "support_key": uuid.uuid4(),
        "list_key": uuid.uuid4(),
    }


def reasons_of(state: str) -> list[tuple[str, str]]:
    """Return the codes that may explain an answer with their general sentence, by code. Abuse has a page of its own."""
    return [(code, REASON_CODES[code]) for code in sorted(TERMINAL_REASONS[state] - {ABUSE})]
