"""F37: what a cycle has in papers, from its stages, the archive, its meetings, its teams and its plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from rembuk.budgeting.models import AllocationRun
from rembuk.budgeting.queries import adopted_runs
from rembuk.core.documents.completeness import CompletenessValues, Thing
from rembuk.core.documents.frame import UNNAMED, Person
from rembuk.core.documents.letter_kinds import LETTERS
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.cycles.models import Cycle, Evidence
from rembuk.deliberation.models import Meeting
from rembuk.documents.gather.days import local_day
from rembuk.documents.gather.financing import cycle_of
from rembuk.documents.models import Letter, SignedPage
from rembuk.plans.models import RkpdesItem, RkpdesVersion, Team
from rembuk.plans.paper_values import frame_of, signers_of
from rembuk.plans.queries import chairs_of, items_of
from rembuk.shared.models import Paper, StoredFile

TEAM_STAGES = {"drafting": ("F01", "K2"), "verification": ("F30", "K1")}
AFTER_MEETING = {"MUSDES_P": "K1", "MUSREN": "K10"}
"""Kind of meeting -> the stage that a draft of the plan made after it belongs to."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything of one cycle that its list looks at. items: of the newest plan; run: the list adopted last.

    signed: keys of the papers whose signed pages came back. letters: key of a letter -> the stages where it may lie.
    """

    cycle: Cycle
    evidence: Sequence[Evidence]
    papers: Sequence[Paper]
    meetings: Mapping[str, Meeting]
    teams: Sequence[Team]
    plans: Sequence[RkpdesVersion]
    items: Sequence[RkpdesItem]
    run: AllocationRun | None = None
    signed: frozenset[UUID] = frozenset()
    letters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def plan(self) -> RkpdesVersion | None:
        return self.plans[-1] if self.plans else None

    def meeting(self, kind: str) -> Meeting | None:
        """Return the newest meeting of a kind that was not called off."""
        rows = [row for row in self.meetings.values() if row.kind == kind]
        return rows[-1] if rows else None


def holdings_of(cycle: Cycle) -> Holdings:
    """Return what a cycle has. Thirteen queries for any number of papers."""
    meetings = {str(row.pk): row for row in _meetings(cycle)}
    teams = list(Team.objects.filter(cycle=cycle).select_related("village", "file"))
    plans = list(RkpdesVersion.objects.filter(cycle=cycle).select_related("village").order_by("version_no"))
    subjects = [f"cycle:{cycle.pk}", *(f"meeting:{key}" for key in meetings), *(f"team:{row.pk}" for row in teams)]
    subjects += [f"plan:{row.pk}" for row in plans]
    letters = {str(row.pk): LETTERS[row.kind].stages for row in Letter.objects.filter(cycle=cycle)}
    subjects += [f"letter:{key}" for key in letters]
    papers = Paper.objects.defer("data").filter(subject__in=subjects).order_by("created_at", "id")
    evidence = Evidence.objects.filter(cycle=cycle, withdrawn_at__isnull=True).order_by("document_date", "id")
    evidence = evidence.select_related("file")
    pages = SignedPage.objects.filter(upload__cycle=cycle, state=SignedPage.State.ATTACHED)
    items = items_of(plans[-1].pk) if plans else []
    run = adopted_runs([cycle.pk]).get(cycle.pk)
    signed = frozenset(key for key in pages.order_by().values_list("paper_id", flat=True).distinct() if key)
    return Holdings(cycle, list(evidence), list(papers), meetings, teams, plans, items, run, signed, letters)


def _meetings(cycle: Cycle) -> list[Meeting]:
    rows = Meeting.objects.filter(cycle=cycle).exclude(state="cancelled")
    return list(rows.select_related("village", "hamlet", "signed_file").order_by("scheduled_at", "id"))


def things_of(held: Holdings) -> tuple[Thing, ...]:
    """Return every paper of a cycle as the list knows it, in a fixed order."""
    return (
        *(of_evidence(row, held) for row in held.evidence),
        *(thing for row in held.papers for thing in of_paper(row, held)),
        *(thing for row in held.meetings.values() for thing in _of_meeting(row)),
        *(thing for row in held.teams for thing in _of_team(row)),
        *_of_plan(held),
    )  # fmt: skip


def of_evidence(row: Evidence, held: Holdings) -> Thing:
    """Return a piece of evidence as the list knows it; signed also when the signed pages of its paper came back."""
    signed = row.signed or row.paper_id in held.signed
    return Thing(row.paper_code, row.stage, row.title, row.number, row.document_date, signed)


def of_paper(paper: Paper, held: Holdings) -> Iterator[Thing]:
    """Yield a paper of the archive under its stage; a draft of the plan also under the meetings it came after.

    A letter or decision lies under the stage that its kind names.
    """
    kind, _colon, key = paper.subject.partition(":")
    meeting = held.meetings.get(key) if kind == "meeting" else None
    stages = MEETING_KINDS[meeting.kind].stages if meeting is not None else ()
    signed = paper.pk in held.signed
    if paper.code == "F27" and not signed:
        return  # a sheet to draw on, not a drawing
    for stage in held.letters.get(key, ("",)) if kind == "letter" else stages[:1] or ("",):
        yield Thing(paper.code, stage, paper.title, paper.number, paper.paper_date, signed)
    if paper.code != "F26" or kind != "plan":
        return
    for name, stage in AFTER_MEETING.items():
        before = held.meeting(name)
        if before is not None and before.ended_at is not None and before.ended_at <= paper.created_at:
            yield Thing("F26", stage, paper.title, paper.number, paper.paper_date, signed)


def of_team_or_meeting(held: Holdings) -> Iterator[tuple[Thing, StoredFile]]:
    """Yield the signed minutes and decrees that were scanned on the pages of meetings and teams."""
    for meeting in held.meetings.values():
        for thing in _of_meeting(meeting):
            if thing.signed and meeting.signed_file is not None:
                yield thing, meeting.signed_file
    for team in held.teams:
        for thing in _of_team(team):
            if team.file is not None:
                yield thing, team.file


def _of_meeting(meeting: Meeting) -> Iterator[Thing]:
    stages = MEETING_KINDS[meeting.kind].stages
    if not stages:
        return
    if meeting.signed_file_id is not None:
        number, day = meeting.minutes_number, meeting.minutes_date
        yield Thing("F03", stages[0], f"Berita acara {meeting.title}", number, day, signed=True)
    if meeting.kind == "MUSREN" and meeting.ranking and meeting.ranked_at is not None:
        day = local_day(meeting.village, meeting.ranked_at)
        yield Thing("F22", stages[0], f"Urutan prioritas {meeting.title}", "", day)


def _of_team(team: Team) -> Iterator[Thing]:
    form, stage = TEAM_STAGES[team.kind]
    if team.file_id is not None:
        yield Thing(form, stage, "SK Tim", team.decree_number, team.decree_date, signed=True)


def _of_plan(held: Holdings) -> Iterator[Thing]:
    for plan in held.plans:
        if plan.enacted:
            yield Thing("F19", "K12", "Perdes RKP Desa", plan.perdes_number, plan.perdes_date)
    run = held.run
    if run is not None and run.meeting is not None and run.meeting.kind == "MUSREN" and run.adopted_at is not None:
        day = local_day(held.cycle.village, run.adopted_at)
        yield Thing("F22", "K9", "Urutan prioritas yang disahkan Musrenbang", "", day)
    physical = [item for item in held.items if item.is_physical]
    if physical and all(item.has_design for item in physical):
        yield Thing("F27", "K6", "Gambar desain semua kegiatan fisik")


def remarks_of(held: Holdings) -> tuple[tuple[str, str], ...]:
    """Return mark of a row -> what the plan says about it."""
    if held.plan is None:
        return ()
    physical = [item for item in held.items if item.is_physical]
    designed = sum(item.has_design for item in physical)
    estimated = sum(bool(item.rab_lines.all()) for item in held.items)
    words = f"{designed} dari {len(physical)} kegiatan fisik punya desain"
    words += f"; {estimated} dari {len(held.items)} kegiatan punya RAB"
    remarks = [("11", words)]
    for mark, mode in (("a", "inter_village"), ("b", "third_party")):
        count = sum(item.delivery_mode == mode for item in held.items)
        remarks.append((mark, f"{count} kegiatan dengan pola ini" if count else "tidak ada kegiatan dengan pola ini"))
    return tuple(remarks)


def completeness(key: str) -> CompletenessValues:
    """Return the values of F37 for a cycle, dated by the last change among its papers. Raises: Cycle.DoesNotExist."""
    cycle = cycle_of(key)
    held = holdings_of(cycle)
    dated = local_day(cycle.village, max(_moments(held)))
    return CompletenessValues(
        frame=frame_of(cycle.village, dated),
        budget_year=cycle.budget_year,
        things=things_of(held),
        remarks=remarks_of(held),
        head=signers_of(cycle.village_id, dated).get("KAD", UNNAMED),
        team_chair=Person(chairs_of(cycle.pk).drafting),
    )


def _moments(held: Holdings) -> Iterator[datetime]:
    yield held.cycle.created_at
    yield from (row.added_at for row in held.evidence)
    yield from (row.created_at for row in held.papers if row.code != "F37")
    for rows in (held.meetings.values(), held.teams, held.plans, held.items):
        yield from (row.changed_at for row in rows)
