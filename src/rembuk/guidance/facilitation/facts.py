"""What the system already knows for the items of the checklists, with a word and the place where it is kept."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.documents.frame import date_text
from rembuk.core.guidance.facilitation import (
    EVIDENCE_DAYS,
    NOTICE_DAYS,
    REACTIONS_WANTED,
    Guide,
    Known,
    MeetingRecord,
    check_team,
    pieces_of,
)
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Excuse
from rembuk.deliberation.addresses import meeting_address
from rembuk.deliberation.facts import held_date, planned_date
from rembuk.deliberation.models import Invitation, Meeting, MeetingProposal
from rembuk.funding.queries import village_ceilings
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.queries import Seen, groups_of, reactions_of, turns_of
from rembuk.plans.models import DuRkpdesItem, EvaluationRow, RkpdesVersion, Team
from rembuk.plans.queries import current_plan, rpjmdes_items
from rembuk.proposals.models import Proposal

EXCUSED_STAGES = ("K3", "K9")
OPEN_PROPOSALS = ("sent", "checked", "discussed", "ranked")
SESSION_WORDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "women_session": (("PEREMPUAN",), ("perempuan", "wanita", "pkk", "ibu")),
    "youth_session": (("ANAK", "PEMUDA"), ("anak", "pemuda", "remaja", "karang taruna")),
    "disabled_session": (("DIFABEL",), ("disabilitas", "difabel")),
    "adat_session": (("ADAT",), ("adat",)),
}
"""Fact -> codes of a focus group, and words in the name of a group's own meeting."""


def facts_of(seen: Seen) -> dict[str, Known]:
    """Return fact -> what is known. About twenty queries: asked for one forum at a time."""
    forum, meeting, record = seen.forum, seen.meeting, seen.record
    return {
        **_of_preparation(forum),
        **_of_sessions(forum),
        **_of_team_and_day(forum, meeting),
        **_of_meeting(forum, meeting, record),
        **_of_afterwards(forum, meeting, record),
    }


def _of_preparation(forum: Facilitation) -> dict[str, Known]:
    cycle, village = forum.cycle, forum.village
    decree = Team.objects.filter(cycle=cycle, kind="drafting").exclude(decree_number="").first()
    lines = sum(cycle.budget_year in row.years for row in rpjmdes_items(village.pk, cycle.budget_year))
    judged = EvaluationRow.objects.filter(cycle=cycle).count()
    return {
        "decree": Known(
            decree is not None,
            decree.decree_number if decree else _("SK belum ada"),
            reverse("plans:teams", args=[cycle.pk]),
        ),
        "ceiling": _ceiling(forum),
        "rpjm": Known(
            lines > 0,
            _("%(count)d kegiatan RPJM untuk %(year)d") % {"count": lines, "year": cycle.budget_year},
            reverse("plans:rpjmdes", args=[village.pk]),
        ),
        "evaluation": Known(
            judged > 0, _("%(count)d baris evaluasi") % {"count": judged}, reverse("plans:evaluation", args=[cycle.pk])
        ),
        "draft": _draft(current_plan(cycle.pk), cycle.pk),
        "proposals": _proposals(forum),
    }


def _ceiling(forum: Facilitation) -> Known:
    year = forum.cycle.budget_year
    ceilings = village_ceilings(forum.village_id, year)
    link = reverse("funding:village", args=[forum.village_id, year])
    if ceilings.real:
        return Known(True, _("surat pagu sudah masuk"), link)
    excused = Excuse.objects.filter(
        cycle_id=forum.cycle_id, stage__in=EXCUSED_STAGES, state=Excuse.State.GRANTED
    ).exists()
    return Known(excused, _("keterlambatan diakui") if excused else _("surat pagu belum masuk"), link)


def _draft(plan: RkpdesVersion | None, cycle_id: UUID) -> Known:
    if plan is None:
        return Known(False, _("rancangan belum dibuka"), reverse("plans:of_cycle", args=[cycle_id]))
    numbers = plan.items.aggregate(
        every=Count("id", distinct=True), bare=Count("id", filter=Q(is_physical=True, rab_lines=None), distinct=True)
    )
    words = _("%(count)d kegiatan, %(bare)d kegiatan fisik tanpa RAB") % {
        "count": numbers["every"],
        "bare": numbers["bare"],
    }
    return Known(numbers["every"] > 0 and numbers["bare"] == 0, words, reverse("plans:grid", args=[plan.pk]))


def _proposals(forum: Facilitation) -> Known:
    rows = Proposal.objects.filter(cycle_id=forum.cycle_id).exclude(state__in=("draft", "withdrawn", "merged"))
    numbers = rows.aggregate(every=Count("id"), coded=Count("id", filter=~Q(activity_code="")))
    words = _("%(coded)d dari %(every)d usulan berkode") % numbers
    done = numbers["every"] > 0 and numbers["coded"] == numbers["every"]
    return Known(done, words, f"{reverse('proposals:list')}?desa={forum.village_id}")


def _of_sessions(forum: Facilitation) -> dict[str, Known]:
    kinds = {group.kind: group.group for group in groups_of(forum.pk) if group.kind}
    met = Meeting.objects.filter(cycle_id=forum.cycle_id, kind="MUSKEL", started_at__isnull=False)
    names = [name.casefold() for name in met.order_by("id").values_list("group_name", flat=True)]
    link = reverse("facilitation:recorded", args=[forum.pk])
    found = {}
    for fact, (codes, words) in SESSION_WORDS.items():
        group = next((kinds[code] for code in codes if code in kinds), "")
        held = group or next((name for name in names if any(word in name for word in words)), "")
        found[fact] = Known(bool(held), _("tercatat") if held else "", link)
    return found


def _of_team_and_day(forum: Facilitation, meeting: Meeting | None) -> dict[str, Known]:
    team = [Guide(row.name, row.sex, row.position) for row in forum.guides.order_by("name", "id")]
    lacking = check_team(team)
    guides = [one for one in team if one.position == "guide"]
    words = " ".join(finding.message for finding in lacking) or _("%(count)d pemandu, %(women)d perempuan") % {
        "count": len(guides),
        "women": sum(one.sex == "P" for one in guides),
    }
    here = reverse("facilitation:forum", args=[forum.pk])
    return {"team": Known(not lacking, words.rstrip("."), f"{here}#tim"), "date": _date(forum, meeting, here)}


def _date(forum: Facilitation, meeting: Meeting | None, here: str) -> Known:
    if forum.day is None:
        return Known(False, _("hari belum ditetapkan"), f"{here}#hari")
    if meeting is None:
        return Known(False, _("musyawarahnya belum direncanakan"), _plan_address(forum))
    day = held_date(meeting) or planned_date(meeting)
    if day != forum.day:
        words = _("di sini %(here)s, di undangan %(there)s") % {"here": date_text(forum.day), "there": date_text(day)}
        return Known(False, words, f"{here}#hari")
    return Known(True, date_text(day), f"{here}#hari")


def _plan_address(forum: Facilitation) -> str:
    return f"{reverse('deliberation:create', args=[forum.cycle_id])}?jenis=MUSREN"


def _of_meeting(forum: Facilitation, meeting: Meeting | None, record: MeetingRecord | None) -> dict[str, Known]:
    if meeting is None or record is None:
        nothing = Known(False, _("musyawarahnya belum direncanakan"), _plan_address(forum))
        return dict.fromkeys(("invitations", "guests", "agenda", "opened", "ranking", "signed"), nothing)
    kinds = set(Invitation.objects.filter(meeting=meeting).order_by().values_list("kind", flat=True))
    asked = {"CAMAT", "OPD"} & kinds
    started = record.started_at is not None and record.present > 0
    return {
        "invitations": _invitations(meeting, record),
        "guests": Known(asked == {"CAMAT", "OPD"}, "", meeting_address(meeting.pk, "undangan")),
        "agenda": Known(
            bool(meeting.agenda), _("%(n)d pokok agenda") % {"n": len(meeting.agenda)}, meeting_address(meeting.pk)
        ),
        "opened": Known(
            started,
            _("L %(men)d, P %(women)d") % {"men": record.men, "women": record.women} if started else "",
            meeting_address(meeting.pk, "hadir"),
        ),
        "ranking": Known(meeting.ranked_at is not None, "", reverse("deliberation:ranking", args=[forum.cycle_id])),
        "signed": Known(record.signed, meeting.minutes_number, meeting_address(meeting.pk, "berita-acara")),
    }


def _invitations(meeting: Meeting, record: MeetingRecord) -> Known:
    link = meeting_address(meeting.pk, "undangan")
    if meeting.invitation_date is None or not record.invited:
        return Known(False, _("undangan belum dikirim"), link)
    days = (planned_date(meeting) - meeting.invitation_date).days
    words = _("%(count)d diundang, %(days)d hari sebelumnya") % {"count": record.invited, "days": days}
    return Known(days >= NOTICE_DAYS, words, link)


def _of_afterwards(forum: Facilitation, meeting: Meeting | None, record: MeetingRecord | None) -> dict[str, Known]:
    here = reverse("facilitation:recorded", args=[forum.pk])
    turns = turns_of(forum.pk)
    upward = DuRkpdesItem.objects.filter(cycle_id=forum.cycle_id).count()
    reactions = len(reactions_of(forum.pk))
    return {
        "speaking": Known(
            sum(turns.values()) > 0,
            _("L %(L)d, P %(P)d kali") % turns,
            reverse("facilitation:screen", args=[forum.pk]),
        ),
        "upward": Known(
            upward > 0, _("%(n)d usulan ke atas") % {"n": upward}, reverse("plans:du", args=[forum.cycle_id])
        ),
        "answers": _answers(forum, meeting),
        "papers": _papers(forum, meeting, record),
        "reactions": Known(
            reactions >= REACTIONS_WANTED,
            _("%(count)d dari %(wanted)d tanggapan") % {"count": reactions, "wanted": REACTIONS_WANTED},
            f"{here}#tanggapan",
        ),
        "note": Known(bool(forum.note), "", f"{here}#catatan"),
    }


def _answers(forum: Facilitation, meeting: Meeting | None) -> Known:
    link = f"{reverse('proposals:list')}?desa={forum.village_id}"
    if meeting is None:
        return Known(False, "", link)
    rows = MeetingProposal.objects.filter(meeting=meeting)
    numbers = rows.aggregate(every=Count("id"), open=Count("id", filter=Q(proposal__state__in=OPEN_PROPOSALS)))
    words = _("%(open)d dari %(every)d usulan belum dijawab") % numbers
    return Known(numbers["every"] > 0 and numbers["open"] == 0, words, link)


def _papers(forum: Facilitation, meeting: Meeting | None, record: MeetingRecord | None) -> Known:
    link = reverse("facilitation:evidence", args=[forum.pk])
    there = pieces_of(record)
    done = all(there[piece] for piece in ("minutes", "attendance", "notes"))
    day = held_date(meeting) if meeting is not None else None
    if not done or meeting is None or meeting.signed_at is None or day is None:
        return Known(done, "", link)
    late = (local_day(forum.village.regency, meeting.signed_at) - day).days - EVIDENCE_DAYS
    return Known(True, _("terlambat %(days)d hari") % {"days": late} if late > 0 else _("tepat waktu"), link)
