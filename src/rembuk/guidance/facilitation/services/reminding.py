"""Reminders once a day: forums that come near, and evidence that is missing after them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.accounts.models import Assignment
from rembuk.accounts.standing_in import covering, first_of_line
from rembuk.core.documents.frame import date_text
from rembuk.core.guidance.facilitation import REMINDED_AFTER, REMINDED_BEFORE, evidence_missing
from rembuk.core.guidance.forum_states import AFTER, DATED, ForumState
from rembuk.core.guidance.standins import line_of
from rembuk.core.hat import Role
from rembuk.guidance.facilitation.models import Facilitation, Guide
from rembuk.guidance.facilitation.queries import records_of
from rembuk.shared.notices.services import notify

STILL = (*DATED, ForumState.IN_SESSION, ForumState.ADJOURNED, *AFTER)


def remind_forums(today: date) -> int:
    """Tell who guides and who keeps the papers: 14 and 7 days before, and 3 and 7 days after while evidence is missing.

    Technical offices get one notice a day that names every village. Sent once each. Returns how many were told.
    """
    near = forums_on(today + timedelta(days=days) for days in REMINDED_BEFORE)
    told = sum(remind_date(forum, today) for forum in near if forum.state in DATED)
    told += remind_offices(near, today)
    over = forums_on(today - timedelta(days=days) for days in REMINDED_AFTER)
    seen = records_of(over)
    for forum in over:
        one = seen[forum.pk]
        missing = evidence_missing(one.record)
        if missing and one.state not in DATED and not one.counted:
            told += remind_evidence(forum, len(missing), today)
    return told


def forums_on(days: Iterable[date]) -> list[Facilitation]:
    rows = Facilitation.objects.filter(day__in=list(days), state__in=[state.value for state in STILL])
    return list(rows.select_related("village__district", "village__regency", "cycle").order_by("day", "village_id"))


def people_of(forum: Facilitation, today: date, *roles: Role) -> set[UUID]:
    """Return those of the team with an account, and who holds *roles* in the village, or stands in. Two queries."""
    found = set(Guide.objects.filter(facilitation=forum, person__isnull=False).values_list("person_id", flat=True))
    wanted = (*roles, *(() if found else (Role.FAS,)))
    asked = {each.value for role in wanted for each in line_of(role)}
    held: dict[Role, list[Assignment]] = defaultdict(list)
    for row in Assignment.objects.valid_on(today).filter(covering(forum.place), role__in=asked).order_by("id"):
        held[Role(row.role)].append(row)
    who = {key for key in found if key is not None}
    for role in wanted:
        standing = first_of_line(role, held)
        who |= {row.person_id for row in standing.assignments} if standing is not None else set()
    return who


def remind_date(forum: Facilitation, today: date) -> int:
    day = forum.day or today
    return notify(
        person_ids=people_of(forum, today, Role.SDK),
        key=f"forum-date:{forum.pk}:{day.isoformat()}:{(day - today).days}",
        title=_("Musrenbang %(village)s tinggal %(days)d hari")
        % {"village": forum.village.full_name, "days": (day - today).days},
        body=_("%(day)s. Periksa daftar sebelum forum.") % {"day": date_text(day)},
        link=reverse("facilitation:forum", args=[forum.pk]),
        due_date=day,
    )


def remind_offices(forums: Sequence[Facilitation], today: date) -> int:
    """Tell the technical offices of each regency once a day which forums come near. One query a regency."""
    by_regency: dict[str, list[Facilitation]] = defaultdict(list)
    for forum in forums:
        if forum.state in DATED:
            by_regency[forum.village.regency_id].append(forum)
    told = 0
    for regency, found in sorted(by_regency.items()):
        offices = Assignment.objects.valid_on(today).filter(Q(regency_id=regency), role=Role.OPD.value)
        lines = [f"{date_text(forum.day)}: {forum.village.full_name}" for forum in found if forum.day is not None]
        told += notify(
            person_ids=offices.order_by("id").values_list("person_id", flat=True),
            key=f"forum-dates:{regency}:{today.isoformat()}",
            title=ngettext("%(count)d Musrenbang mendekat", "%(count)d Musrenbang mendekat", len(found))
            % {"count": len(found)},
            body="\n".join(lines),
            link=reverse("facilitation:list"),
            kind="news",
        )
    return told


def remind_evidence(forum: Facilitation, count: int, today: date) -> int:
    day = forum.day or today
    after = (today - day).days
    return notify(
        person_ids=people_of(forum, today, Role.SDK),
        key=f"forum-evidence:{forum.pk}:{day.isoformat()}:{after}",
        title=ngettext(
            "Bukti Musrenbang %(village)s kurang %(count)d",
            "Bukti Musrenbang %(village)s kurang %(count)d",
            count,
        )
        % {"village": forum.village.full_name, "count": count},
        body=_("Sudah %(days)d hari sejak forum. Hanya bukti yang terverifikasi dihitung sudah Musrenbang.")
        % {"days": after},
        link=reverse("facilitation:evidence", args=[forum.pk]),
        kind="deadline",
        due_date=day + timedelta(days=7),
    )
