"""Reads over the archive and over what a stage can print, scoped by the hat."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from rembuk.assessment.models import Assessment
from rembuk.assessment.queries import assessment_of_cycle
from rembuk.core.documents.letter_kinds import LETTERS
from rembuk.core.hat import Hat, Place
from rembuk.core.permissions import TABLE
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.cycles.models import Cycle, Evidence
from rembuk.deliberation.models import Meeting
from rembuk.documents.models import Letter, SignedPage
from rembuk.documents.permissions import READERS
from rembuk.documents.recipes import FORMS, TEAM_FORMS
from rembuk.guidance.evaluation.models import Review
from rembuk.plans.models import RkpdesItem, RkpdesVersion, Rpjmdes, Team
from rembuk.plans.queries import plan_that_counts
from rembuk.regions.models import Village
from rembuk.shared.models import Paper


def place_filter(place: Place) -> Q:
    """Return the filter for papers at or below *place*: of its villages, and of the district or regency itself."""
    if place.village:
        return Q(village_key=place.village)
    if place.district:
        villages = Village.objects.filter(district_id=place.district).values("pk")
        return Q(village_key__in=villages) | Q(village_key=place.district)
    if place.regency:
        return Q(village_key__startswith=f"{place.regency}.") | Q(village_key=place.regency)
    return Q()


def papers_seen_by(hat: Hat | None) -> "QuerySet[Paper]":
    """Return the archive of the hat's place without the frozen data, newest first.

    Papers that print what the role may not read (names of those present, for an RT) are left out: no link leads into a
    refusal.
    """
    if hat is None or hat.role not in READERS:
        return Paper.objects.none()
    closed = closed_forms(hat)
    papers = Paper.objects.defer("data").filter(place_filter(hat.place)).exclude(code__in=closed)
    return papers.order_by("-created_at", "id")


def closed_forms(hat: Hat) -> list[str]:
    """Return the forms that print what the role may not read."""
    return [code for code, form in FORMS.items() if not open_to_role(hat, form.act)]


def open_to_role(hat: Hat, act: str) -> bool:
    row = TABLE.rows[act]
    return row.public or row.signed_in or hat.role in row.roles


def versions_of(code: str, subject: str) -> "QuerySet[Paper]":
    """Return the archived versions of one paper, newest first, without the frozen data."""
    return Paper.objects.defer("data").filter(code=code, subject=subject).order_by("-version_no", "id")


def village_names(papers: list[Paper]) -> dict[str, str]:
    """Return village key -> name for the papers of a page. One query."""
    keys = {paper.village_key for paper in papers}
    return dict(Village.objects.filter(pk__in=keys).values_list("pk", "name"))


BESIDE = {"K5": ("F23",), "K10": ("F38",), "K13": ("F37",)}
"""Stage -> papers that belong to its work although the stage does not ask for them."""


@dataclass(frozen=True, slots=True)
class Printable:
    """A paper that can be made for a stage."""

    code: str
    title: str
    subject: str


def printables_of(cycle: Cycle, stage: str) -> list[Printable]:
    """Return the papers that Rembuk can make for a stage, in the order of its list. Five queries at most."""
    papers = {paper.form: paper.title for paper in ALL_STAGES[stage].papers if paper.form in FORMS}
    wanted = papers | {code: str(FORMS[code].title) for code in BESIDE.get(stage, ())}
    plan = plan_that_counts(cycle.pk)
    teams = {code: team for team in Team.objects.filter(cycle=cycle) for code in TEAM_FORMS.get(team.kind, ())}
    meeting = meeting_of(cycle.pk, ALL_STAGES[stage].meeting)
    studied = assessment_of_cycle(cycle.pk) if cycle.is_medium_term else None
    rpjm = Rpjmdes.objects.filter(cycle=cycle).first() if cycle.is_medium_term else None
    keys: dict[str, object] = {
        "assessment": studied and studied.pk,
        "cycle": cycle.pk,
        "rpjm": rpjm and rpjm.pk,
        "plan": plan and plan.pk,
        "meeting": meeting and meeting.pk,
    }
    found: list[Printable] = []
    for code, title in wanted.items():
        team = teams.get(code)
        known = {**keys, "team": team and team.pk}
        of = next((kind for kind in FORMS[code].kinds if known.get(kind)), "")
        if of:
            found.append(Printable(code, title, f"{of}:{known[of]}"))
    for letter in Letter.objects.filter(
        cycle=cycle, kind__in=[one.kind for one in LETTERS.values() if stage in one.stages]
    ):
        kind = LETTERS[letter.kind]
        found.append(Printable(kind.form, kind.title, f"letter:{letter.pk}"))
    return found


def meeting_of(cycle_id: UUID, kind: str) -> Meeting | None:
    """Return the newest meeting of a kind; without a kind none."""
    if not kind:
        return None
    return Meeting.objects.filter(cycle_id=cycle_id, kind=kind).order_by("-scheduled_at", "id").first()


def evidence_of_stage(cycle_id: UUID, stage: str) -> list[Evidence]:
    """Return what lies under a stage and counts, in the order of its day."""
    rows = Evidence.objects.filter(cycle_id=cycle_id, stage=stage, withdrawn_at__isnull=True)
    return list(rows.select_related("file", "paper").order_by("document_date", "paper_code", "added_at", "id"))


def cycle_of_paper(paper: Paper) -> UUID | None:
    """Return the yearly cycle that a paper belongs to; None for a paper of no cycle, or whose thing is gone."""
    kind, _colon, key = paper.subject.partition(":")
    models: dict[str, tuple[type[Model], str]] = {
        "cycle": (Cycle, "pk"),
        "plan": (RkpdesVersion, "cycle_id"),
        "item": (RkpdesItem, "plan__cycle_id"),
        "rpjm": (Rpjmdes, "cycle_id"),
        "team": (Team, "cycle_id"),
        "meeting": (Meeting, "cycle_id"),
        "assessment": (Assessment, "cycle_id"),
        "letter": (Letter, "cycle_id"),
        "review": (Review, "cycle_id"),
    }
    if kind not in models:
        return None
    model, path = models[kind]
    try:
        found = model._default_manager.filter(pk=key).values_list(path, flat=True).first()
    except (ValidationError, ValueError):
        return None
    return found if isinstance(found, UUID) else None


def papers_of_cycle(cycle: Cycle) -> list[Paper]:
    """Return the archived papers of a cycle without the frozen data, newest version first within each. Nine queries."""
    rows = Paper.objects.defer("data").filter(village_key=cycle.village_id).filter(subjects_of(cycle))
    return list(rows.order_by("code", "subject", "-version_no", "id"))


def subjects_of(cycle: Cycle) -> Q:
    """Return the filter for papers that print something of this cycle."""
    subjects = [f"cycle:{cycle.pk}"]
    for kind, rows in (
        ("plan", RkpdesVersion.objects.filter(cycle=cycle)),
        ("rpjm", Rpjmdes.objects.filter(cycle=cycle)),
        ("assessment", Assessment.objects.filter(cycle=cycle)),
        ("item", RkpdesItem.objects.filter(plan__cycle=cycle)),
        ("team", Team.objects.filter(cycle=cycle)),
        ("meeting", Meeting.objects.filter(cycle=cycle)),
        ("letter", Letter.objects.filter(cycle=cycle)),
        ("review", Review.objects.filter(cycle=cycle)),
    ):
        subjects += [f"{kind}:{key}" for key in rows.order_by().values_list("pk", flat=True)]
    return Q(subject__in=subjects)


def signed_pages_of(paper: Paper) -> "QuerySet[SignedPage]":
    """Return the signed pages of a paper with their files, in the order in which they came."""
    found = SignedPage.objects.filter(paper_id=paper.pk, state=SignedPage.State.ATTACHED)
    return found.select_related("file", "upload")
