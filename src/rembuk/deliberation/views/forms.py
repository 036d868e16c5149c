"""Pages with a form of their own: planning, changing, inviting, the village's thresholds."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.law.dated import CERTAINTY_LABELS
from rembuk.core.law.meetings import RULE_SOURCES
from rembuk.cycles.models import Cycle
from rembuk.deliberation import services
from rembuk.deliberation.addresses import meeting_address
from rembuk.deliberation.forms import InviteForm, MeetingForm, RulesForm
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import invitation_text
from rembuk.deliberation.values import OFFERED_KINDS, read_invitees
from rembuk.deliberation.views.targets import (
    cycle_of,
    key_of,
    meeting_of,
    needed_moment,
    village_of,
    zone_of,
)
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.web import page, worn
from rembuk.shared.wording import sentence


@page("deliberation.create", of=cycle_of, methods=("GET", "POST"))
def create(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Plan a meeting of a cycle."""
    wanted = request.GET.get("jenis", "")
    initial = {"kind": wanted if wanted in OFFERED_KINDS else OFFERED_KINDS[0]}
    form = MeetingForm(request.POST or None, village=cycle.village, initial=initial)
    error: RembukError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            moment = needed_moment(form.cleaned_data["scheduled_at"], zone_of(Meeting(village=cycle.village)))
            made = services.plan_meeting(
                cycle_id=cycle.pk,
                values=form.values(moment),
                actor=worn(request),
                at=clock.now(),
                meeting_id=key_of(request.POST.get("kunci", "")),
            )
        except RembukError as refused:
            error = refused
        else:
            messages.success(request, _("Musyawarah direncanakan. Berikutnya: undang peserta."))
            return redirect(meeting_address(made.id))
    context = {"form": form, "cycle": cycle, "village": cycle.village, "key": request.POST.get("kunci") or uuid4()}
    return form_page(request, context, error, bad=request.method == "POST")


@page("deliberation.edit", of=meeting_of, methods=("GET", "POST"))
def edit(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Change the plan of a meeting."""
    form = MeetingForm(
        request.POST or None, village=meeting.village, initial=MeetingForm.initial_of(meeting, zone_of(meeting))
    )
    error: RembukError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            moment = needed_moment(form.cleaned_data["scheduled_at"], zone_of(meeting))
            services.edit_meeting(
                meeting_id=meeting.id,
                values=form.values(moment),
                version=form.cleaned_data["version"],
                actor=worn(request),
                at=clock.now(),
            )
        except RembukError as refused:
            error = refused
        else:
            messages.success(request, _("Rencana musyawarah tersimpan."))
            return redirect(meeting_address(meeting.id))
    context = {"form": form, "meeting": meeting, "cycle": meeting.cycle, "village": meeting.village}
    return form_page(request, context, error, bad=request.method == "POST")


def form_page(request: HttpRequest, context: dict[str, Any], error: RembukError | None, *, bad: bool) -> HttpResponse:
    """Render the plan's form with what was typed; a refusal stands above it."""
    context |= {"sentence": sentence(error) if error else ""}
    context["stale"] = error is not None and error.code == "stale"
    status = error.status if error else 400 if bad else 200
    return render(request, "deliberation/form.html", context, status=status)


@page("deliberation.invite", of=meeting_of, methods=("GET", "POST"))
def invite(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Paste the list of those invited; record the letter."""
    initial = {
        "invitation_number": meeting.invitation_number,
        "invitation_date": meeting.invitation_date or clock.today(),
        "invited_count": meeting.invited_count,
    }
    form = InviteForm(request.POST or None, initial=initial)
    error: RembukError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            services.invite_meeting(
                meeting_id=meeting.id,
                invitees=read_invitees(data["lines"]),
                invitation_date=data["invitation_date"],
                invitation_number=data["invitation_number"],
                channel=data["channel"],
                invited_count=data["invited_count"],
                actor=worn(request),
                at=clock.now(),
            )
        except RembukError as refused:
            error = refused
        else:
            messages.success(request, _("Undangan tercatat. Yang punya akun sudah diberi kabar."))
            return redirect(meeting_address(meeting.id, "undangan"))
    context = {
        "form": form,
        "meeting": meeting,
        "sentence": sentence(error) if error else "",
        "whatsapp": invitation_text(meeting),
        "count": meeting.invitations.count(),
    }
    status = error.status if error else 400 if request.method == "POST" else 200
    return render(request, "deliberation/invite.html", context, status=status)


@page("deliberation.set_rules", of=village_of, methods=("GET", "POST"))
def rules(request: HttpRequest, village: Village) -> HttpResponse:
    """The thresholds of the village's own house rules, with where each default comes from."""
    form = RulesForm(request.POST or None, initial=dict(RulesForm.initial_of(services.village_rules(village))))
    error: RembukError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            services.set_meeting_rules(
                village_id=village.id, rules=form.cleaned_data, actor=worn(request), at=clock.now()
            )
        except RembukError as refused:
            error = refused
        else:
            messages.success(request, _("Tata tertib tersimpan. Musyawarah yang sudah direncanakan tidak berubah."))
            return redirect("deliberation:list")
    context = {
        "form": form,
        "village": village,
        "sentence": sentence(error) if error else "",
        "sources": [(name, text, CERTAINTY_LABELS[sure]) for name, (text, sure) in RULE_SOURCES.items()],
    }
    status = error.status if error else 400 if request.method == "POST" else 200
    return render(request, "deliberation/rules.html", context, status=status)
