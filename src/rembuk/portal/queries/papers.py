"""The papers of a village that anybody may know of: what they are, of which day, with digest and code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from rembuk.core.workflow.perdes_states import PerdesState
from rembuk.plans.models import RkpdesVersion, Rpjmdes
from rembuk.regions.models import Village
from rembuk.shared.models import Paper

PUBLIC_FORMS = (
    *("F01", "F03", "F14", "F16", "F17", "F18", "F19", "F20", "F22", "F24", "F25", "F26", "F28", "F30", "F32", "F33"),
)
"""Papers that are told of. Those about single persons (lists of those present, certificates, sheets of an examiner) are
not, and what a paper says is read on the pages of what it prints: the paper itself may name people."""


@dataclass(frozen=True, slots=True)
class Law:
    """A regulation (Perdes) that anybody may read."""

    title: str
    number: str
    dated: date
    promulgated: date | None
    sha256: str
    link: str


def public_papers(village: Village) -> "QuerySet[Paper]":
    """Return the papers of a village without their content, newest first."""
    rows = Paper.objects.defer("data", "files").filter(village_key=village.pk, code__in=PUBLIC_FORMS)
    return rows.order_by("-created_at", "id")


def laws_of(village: Village) -> list[Law]:
    """Return the regulations of RPJM and RKP Desa that were promulgated, newest first. Two queries."""
    rpjm = Rpjmdes.objects.filter(village=village, enacted_at__isnull=False)
    plans = RkpdesVersion.objects.filter(village=village, enacted_at__isnull=False).select_related("cycle")
    plans = plans.exclude(perdes_state=PerdesState.ANNULLED.value)
    found = [law_of_plan(row) for row in plans] + [law_of_rpjm(row) for row in rpjm]
    return sorted(found, key=lambda law: (law.dated, law.number), reverse=True)


def law_of_plan(plan: RkpdesVersion) -> Law:
    name = "RKP Desa Perubahan" if plan.is_amendment else "RKP Desa"
    title = f"{name} {plan.cycle.budget_year}"
    return law(title, plan, reverse("plans:public", args=(plan.pk,)))


def law_of_rpjm(rpjm: Rpjmdes) -> Law:
    name = "Perubahan RPJM Desa" if rpjm.supersedes_id else "RPJM Desa"
    return law(f"{name} {rpjm.start_year}–{rpjm.end_year}", rpjm, reverse("plans:rpjm_public", args=(rpjm.pk,)))


def law(title: str, row: RkpdesVersion | Rpjmdes, link: str) -> Law:
    assert row.perdes_date is not None  # the database asks for it of whatever is enacted
    return Law(title, row.perdes_number, row.perdes_date, row.promulgated_date, row.content_hash, link)


def readable(village: Village) -> Mapping[tuple[str, str], str]:
    """Return (kind, key) of a paper's subject -> where what it prints is read. Two queries."""
    found: dict[tuple[str, str], str] = {}
    plans = RkpdesVersion.objects.filter(village=village, enacted_at__isnull=False).values_list("pk", flat=True)
    rpjms = Rpjmdes.objects.filter(village=village, enacted_at__isnull=False).values_list("pk", flat=True)
    for kind, route, keys in (("plan", "plans:public", plans), ("rpjm", "plans:rpjm_public", rpjms)):
        found |= {(kind, str(key)): reverse(route, args=(key,)) for key in keys}
    return found


def subject_of(paper: Paper) -> tuple[str, str]:
    kind, _colon, key = paper.subject.partition(":")
    return kind, key
