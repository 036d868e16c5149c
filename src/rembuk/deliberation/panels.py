"""What meetings say of a proposal and of a cycle, for the pages of earlier rooms. Nobody's name stands in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.hat import Hat
from rembuk.cycles.calendar import local_day
from rembuk.deliberation.labels import KINDS, STATE_CHIPS, STATES
from rembuk.deliberation.models import Meeting, MeetingProposal
from rembuk.deliberation.queries.public import sheltered
from rembuk.shared.panels import Panel

ORDER = 30


def day_shown(meeting: Meeting) -> str:
    return date_format(local_day(meeting.village.regency, meeting.started_at or meeting.scheduled_at), "j F Y")


def panels_of_proposals(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return for each proposal at which meetings it lay on the table and which place it got. One query."""
    rows = (
        MeetingProposal.objects.filter(proposal_id__in=ids)
        .exclude(meeting__state="cancelled")
        .select_related("meeting__village__regency")
        .order_by("meeting__scheduled_at", "meeting_id")
    )
    lines: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    last: dict[UUID, Meeting] = {}
    for row in rows:
        lines[row.proposal_id].append((f"{title_for(row.meeting, hat)}, {day_shown(row.meeting)}", placed(row)))
        last[row.proposal_id] = row.meeting
    return {
        key: Panel(
            title=_("Musyawarah"),
            rows=tuple(found),
            link=reverse("deliberation:detail", args=[last[key].id]) if hat is not None else "",
            state="ok" if last[key].state in ("closed", "signed") else "next",
            order=ORDER,
        )
        for key, found in lines.items()
    }


def title_for(meeting: Meeting, hat: Hat | None) -> str:
    """Return the name of a meeting; a visitor is not told which sheltered group met."""
    return str(KINDS.get(meeting.kind, meeting.kind)) if hat is None and sheltered(meeting) else meeting.title


def placed(row: MeetingProposal) -> str:
    """Say which place the adopted ranking gave a proposal, or that it was only discussed."""
    ranking = row.meeting.ranking
    for line in ranking:
        if line["proposal"] == str(row.proposal_id) and line["total"]:
            return _("peringkat %(rank)s dari %(count)s") % {"rank": line["rank"], "count": len(ranking)}
    return _("dibahas") if row.meeting.state in ("closed", "signed") else str(STATES[row.meeting.state])


def panels_of_cycles(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return for each cycle its meetings in the order of time with their state. One query."""
    rows = Meeting.objects.filter(cycle_id__in=ids).exclude(state="cancelled").select_related("village__regency")
    found: dict[UUID, list[Meeting]] = defaultdict(list)
    for meeting in rows.order_by("scheduled_at", "id"):
        found[meeting.cycle_id].append(meeting)
    return {key: cycle_panel(meetings, hat) for key, meetings in found.items()}


def cycle_panel(meetings: Sequence[Meeting], hat: Hat | None) -> Panel:
    signed = sum(meeting.state == "signed" for meeting in meetings)
    waiting = any(STATE_CHIPS[meeting.state] == "due" for meeting in meetings)
    first = meetings[0]
    address = f"{reverse('deliberation:list')}?desa={first.village_id}&siklus={first.cycle_id}"
    count = len(meetings)
    words = ngettext("%(count)d musyawarah", "%(count)d musyawarah", count) % {"count": count}
    return Panel(
        title=words,
        rows=tuple((f"{title_for(row, hat)}, {day_shown(row)}", str(STATES[row.state])) for row in meetings),
        link=address if hat is not None else "",
        state="ok" if signed == count else "due" if waiting else "next",
        order=ORDER,
    )
