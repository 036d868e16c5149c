"""One forum: its day, its team, whether it is ready, what its meeting says, what comes next."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.accounts.models import Assignment
from rembuk.accounts.standing_in import covering, standing_in
from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.guidance.facilitation import Guide as GuideRule
from rembuk.core.guidance.facilitation import check_attendance, check_team, phase_missing
from rembuk.core.guidance.forum_checklists import PHASES as PHASE_ORDER
from rembuk.core.guidance.forum_checklists import Checklist, checklist
from rembuk.core.guidance.forum_states import AHEAD, DATED
from rembuk.core.hat import Hat, Role
from rembuk.cycles.calendar import local_day
from rembuk.guidance.facilitation import queries, services
from rembuk.guidance.facilitation.facts import facts_of
from rembuk.guidance.facilitation.labels import PHASE_SLUGS, PHASES, REASONS, STATE_CHIPS, STATES
from rembuk.guidance.facilitation.models import DayChange, Facilitation, Guide
from rembuk.guidance.facilitation.permissions import GUIDING, allows
from rembuk.guidance.facilitation.progress import done_of, steps_of
from rembuk.guidance.facilitation.services import GuideValues
from rembuk.guidance.facilitation.views.finding import (
    RowOf,
    day_of,
    done,
    facts_for,
    findings_for,
    forum_of,
    guide_of,
    key_of,
)
from rembuk.shared import clock, panels
from rembuk.shared.people import names
from rembuk.shared.web import hat_of, page, worn
from rembuk.shared.wording import sentence

ACTS = ("schedule", "team", "fill", "make_ready", "override", "verify", "close", "brief", "bundle")


@page("facilitation.read", of=forum_of)
def forum(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """A forum with everything that is known of it."""
    return show(request, found)


def show(
    request: HttpRequest, found: Facilitation, *, error: RembukError | None = None, status: int = 200
) -> HttpResponse:
    hat, today = hat_of(request), local_day(found.village.regency, clock.now())
    seen = queries.seen_of(found)
    facts, answers = facts_for(hat, facts_of(seen)), queries.answers_of(found.pk)
    version, state = checklist(found.checklist), seen.state
    team = list(found.guides.select_related("person").order_by("position", "name", "id"))
    context: dict[str, Any] = {
        "forum": found,
        "seen": seen,
        "state": STATES[state],
        "chip": STATE_CHIPS[state],
        "steps": steps_of(state),
        "ahead": state in AHEAD,
        "dated": state in DATED,
        "today": today,
        "missing": phase_missing(version, "before", facts, answers) if state in AHEAD else (),
        "phases": phases_of(version, facts, answers),
        "attendance": check_attendance(seen.record) if seen.record is not None else (),
        "changes": DayChange.objects.filter(facilitation=found).order_by("-at", "-id")[:5],
        "reasons": [pair for pair in REASONS.items() if pair[0] != "plan"],
        "key": request.POST.get("kunci") or str(uuid4()),
        "typed": request.POST.dict() if error is not None else {},
        "error": sentence(error) if error is not None else "",
        "findings": findings_for(hat, getattr(error, "findings", ())),
        "panels": panels.for_many("forum", [found.pk], hat)[found.pk],
        **team_shown(found, team, today),
        **signed_by(found),
        **{f"may_{act}": allows(hat, act, found) for act in ACTS},
    }
    return render(request, "facilitation/forum.html", context, status=status)


def phases_of(version: Checklist, facts: Any, answers: Any) -> list[tuple[str, Any, int, int, int]]:
    """Return (slug, words, done, all, must-have items still open) of each phase."""
    slugs = {phase: slug for slug, phase in PHASE_SLUGS.items()}
    found = []
    for phase in PHASE_ORDER:
        items = version.of_phase(phase)
        open_musts = len(phase_missing(version, phase, facts, answers))
        found.append((slugs[phase], PHASES[phase], done_of(items, facts, answers), len(items), open_musts))
    return found


def team_shown(found: Facilitation, team: list[Guide], today: Any) -> dict[str, Any]:
    """Return the team, what it lacks, who could be in it, and who stands in while there is nobody. Two queries."""
    day = found.day or today
    people = Assignment.objects.valid_on(day).filter(covering(found.place), role__in=[role.value for role in GUIDING])
    inside = {row.person_id for row in team}
    offered = {
        row.person_id: (row.person_id, row.person.name, row.role)
        for row in people.with_place().order_by("person__name", "id")
        if row.person_id not in inside
    }
    return {
        "team": team,
        "team_lacks": check_team([GuideRule(row.name, row.sex, row.position) for row in team]),
        "offered": list(offered.values()),
        "positions": Guide.Position.choices,
        "who": standing_in(Role.FAS, found.place, day) if not team else None,
    }


def signed_by(found: Facilitation) -> dict[str, str]:
    """Return the names of who verified and who let it be ready with open items. One query at most."""
    keys = {key for key in (found.verified_by, found.override_by) if key is not None}
    known = names(keys) if keys else {}
    return {
        "verifier": known.get(found.verified_by, "") if found.verified_by else "",
        "overrider": known.get(found.override_by, "") if found.override_by else "",
    }


@page("facilitation.schedule", of=forum_of, methods=("POST",))
def schedule(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Fix the day, or move it with a reason."""
    day, post = day_of(request), request.POST

    def act(hat: Hat, at: datetime) -> object:
        if day is None:
            raise BadInputError("forum-day-missing")
        if found.day is None:
            return services.schedule_forum(forum_id=found.pk, day=day, actor=hat, at=at)
        return services.move_forum(
            forum_id=found.pk,
            day=day,
            reason_code=post.get("alasan", ""),
            reason=post.get("keterangan", ""),
            actor=hat,
            at=at,
        )

    return done(request, found, show, _("Hari forum tersimpan. Timnya ikut terikat pada hari itu."), act, PAGE)


@page("facilitation.schedule", of=forum_of, methods=("POST",))
def postpone(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Put the forum off without a new day."""
    post = request.POST

    def act(hat: Hat, at: datetime) -> object:
        return services.postpone_forum(
            forum_id=found.pk,
            reason_code=post.get("alasan", ""),
            reason=post.get("keterangan", ""),
            actor=hat,
            at=at,
        )

    return done(request, found, show, _("Forum ditunda. Timnya bebas pada hari itu."), act, PAGE)


@page("facilitation.team", of=forum_of, methods=("POST",))
def join(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Put somebody into the team."""
    post, key = request.POST, key_of(request)
    values = GuideValues(
        name=post.get("nama", ""),
        sex=post.get("kelamin", ""),
        position=post.get("tugas", ""),
        person_id=person_of(post.get("orang", "")),
        other_person=bool(post.get("orang_lain")),
    )

    def act(hat: Hat, at: datetime) -> object:
        return services.add_guide(forum_id=found.pk, values=values, actor=hat, at=at, guide_id=key)

    return done(request, found, show, _("Anggota tim tersimpan."), act, PAGE)


def person_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@page("facilitation.team", of=guide_of, methods=("POST",))
def leave(request: HttpRequest, target: RowOf) -> HttpResponse:
    """Take somebody out of the team."""
    key = target.row.pk

    def act(hat: Hat, at: datetime) -> object:
        return services.remove_guide(guide_id=key, actor=hat, at=at)

    return done(request, target.forum, show, _("Anggota tim dilepas."), act, PAGE)


@page("facilitation.make_ready", of=forum_of, methods=("POST",))
def make_ready(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Say that the forum is ready, with a reason where must-have items are open."""
    reason = request.POST.get("alasan_siap", "")

    def act(hat: Hat, at: datetime) -> object:
        return services.make_ready(forum_id=found.pk, reason=reason, actor=hat, at=at)

    return done(request, found, show, _("Forum siap dijalankan."), act, PAGE)


@page("facilitation.verify", of=forum_of, methods=("POST",))
def verify(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Verify the evidence."""

    def act(hat: Hat, at: datetime) -> object:
        return services.verify_forum(forum_id=found.pk, actor=hat, at=at)

    return done(request, found, show, _("Bukti terverifikasi. Forum ini terhitung sudah Musrenbang."), act, PAGE)


@page("facilitation.close", of=forum_of, methods=("POST",))
def close(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Close the forum."""

    def act(hat: Hat, at: datetime) -> object:
        return services.close_forum(forum_id=found.pk, actor=hat, at=at)

    return done(request, found, show, _("Forum ditutup."), act, PAGE)


@page("facilitation.fill", of=forum_of, methods=("POST",))
def follow(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Store where the record of the meeting has led the forum."""
    before = found.version
    after = services.follow_meeting(forum_id=found.pk, actor=worn(request), at=clock.now())
    told = _("Keadaan forum diperbarui dari musyawarahnya.") if after.version != before else _("Tidak ada yang baru.")
    messages.success(request, told)
    return redirect(PAGE, forum_id=found.pk)


PAGE = "facilitation:forum"
