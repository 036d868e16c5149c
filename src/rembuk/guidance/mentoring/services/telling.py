"""Whom mentoring tells what, once: the village and the team of a visit, the owner and the verifiers of a promise."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.documents.frame import date_text
from rembuk.core.hat import Role
from rembuk.guidance.mentoring.models import ActionItem, Visit, VisitMember
from rembuk.guidance.mentoring.roster import JUDGE_LINE, Roster, people_of
from rembuk.shared.notices.services import notify, withdraw

VILLAGE_TOLD = (Role.KAD, Role.SDK)


def tell_planned(visits: Iterable[Visit], today: date, *, moved: bool = False) -> int:
    """Tell the village and the team of visits that were planned or moved. Two queries and those of the notices."""
    visits = list(visits)
    roster = Roster(VILLAGE_TOLD, today)
    teams: dict[object, list[object]] = {visit.pk: [] for visit in visits}
    for key, person in VisitMember.objects.filter(visit__in=visits).values_list("visit_id", "person_id"):
        teams[key].append(person)
    title = _("Kunjungan %(village)s dijadwal ulang ke %(day)s") if moved else _("Kunjungan %(village)s pada %(day)s")
    told = 0
    for visit in visits:
        village = [row.person_id for role in VILLAGE_TOLD for row in roster.holders(role, visit.place)]
        told += notify(
            person_ids=[*village, *teams[visit.pk]],  # type: ignore[list-item]
            key=f"visit:{visit.pk}:planned",
            title=title % {"village": visit.village.full_name, "day": date_text(visit.planned_date)},
            body=_("Tim: %(team)s. %(purpose)s.")
            % {"team": visit.team_text, "purpose": visit.get_purpose_display().capitalize()},
            link=reverse("mentoring:visit", args=[visit.pk]),
            due_date=visit.planned_date,
        )
    return told


def tell_cancelled(visit: Visit, today: date) -> int:
    """Tell the village and the team that a visit does not come; what nobody read of it is taken back."""
    withdraw(key=f"visit:{visit.pk}:planned")
    roster = Roster(VILLAGE_TOLD, today)
    village = [row.person_id for role in VILLAGE_TOLD for row in roster.holders(role, visit.place)]
    team = VisitMember.objects.filter(visit=visit).values_list("person_id", flat=True)
    return notify(
        person_ids=[*village, *team],
        key=f"visit:{visit.pk}:cancelled",
        title=_("Kunjungan %(village)s pada %(day)s dibatalkan")
        % {"village": visit.village.full_name, "day": date_text(visit.planned_date)},
        body=visit.reason_text,
        link=reverse("mentoring:visit", args=[visit.pk]),
        kind="news",
    )


def tell_reported(visit: Visit, items: Iterable[ActionItem], today: date) -> int:
    """Ask the village to look at the sheet, and tell each owner what was promised. One query and the notices."""
    items = list(items)
    roster = Roster({Role(item.owner_role) for item in items} | set(VILLAGE_TOLD), today)
    told = 0
    if visit.state == Visit.State.REPORTED:
        told += notify(
            person_ids=[row.person_id for role in VILLAGE_TOLD for row in roster.holders(role, visit.place)],
            key=f"visit:{visit.pk}:reported",
            title=_("Baca lembar kunjungan %(day)s") % {"day": date_text(visit.day)},
            body=_("Akui lembarnya, atau tulis keberatan."),
            link=reverse("mentoring:visit", args=[visit.pk]),
        )
    for item in items:
        told += notify(
            person_ids=people_of(roster.who(Role(item.owner_role), item.place, item.agency)),
            key=f"item:{item.pk}:new",
            title=item_title(item),
            body=item.finding.text[:300],
            link=reverse("mentoring:item", args=[item.pk]),
            due_date=item.due_date,
        )
    return told


def tell_verifiers(item: ActionItem, today: date) -> int:
    """Tell the first of the line who may judge the evidence that some waits."""
    barred = (item.owner_person, item.recorded_by, item.submitted_by)
    found = Roster(JUDGE_LINE, today).first_of(JUDGE_LINE, item.place, without=barred)
    return notify(
        person_ids=[row.person_id for row in found],
        key=f"item:{item.pk}:submitted:{item.version}",
        title=_("Periksa bukti %(village)s") % {"village": item.village.full_name},
        body=item.recommendation[:300],
        link=reverse("mentoring:item", args=[item.pk]),
    )


def tell_owner(item: ActionItem, words: str, note: str, today: date) -> int:
    """Tell the owner, and who handed the evidence in, what became of it."""
    role = Role(item.owner_role)
    who = people_of(Roster([role], today).who(role, item.place, item.agency))
    return notify(
        person_ids={*who, *([item.submitted_by] if item.submitted_by else [])},
        key=f"item:{item.pk}:{item.state}:{item.version}",
        title=words,
        body=note or item.recommendation[:300],
        link=reverse("mentoring:item", args=[item.pk]),
        kind="answer",
        due_date=item.due_date,
    )


def item_title(item: ActionItem) -> str:
    """Name a promise in one line, as notices and duties do."""
    text = item.recommendation
    short = text if len(text) <= 80 else f"{text[:77]}..."
    return _("%(severity)s: %(text)s") % {"severity": item.get_severity_display(), "text": short}
