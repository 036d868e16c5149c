"""F37: what a cycle has in papers, from its stages, the archive, its meetings, its teams and its plan."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from rembuk.assessment.models import Assessment
from rembuk.assessment.queries import assessment_of_cycle
from rembuk.budgeting.models import AllocationRun
from rembuk.budgeting.queries import adopted_runs
from rembuk.core.documents.completeness import OTHER, CompletenessValues, PaperSet, Thing
from rembuk.core.documents.frame import UNNAMED, Person
from rembuk.core.documents.letter_kinds import LETTERS
from rembuk.core.documents.paper_sets import PAPER_SETS, kind_of
from rembuk.core.documents.rpjm_checklist import VISION
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.core.workflow.rpjm_stages import RPJM_STAGES
from rembuk.core.workflow.stages import STAGES
from rembuk.cycles.models import Cycle, Evidence
from rembuk.cycles.queries import cycle_by_id
from rembuk.deliberation.models import Meeting, MeetingPhoto
from rembuk.documents.gather.days import local_day
from rembuk.documents.models import Letter, SignedPage
from rembuk.plans.models import RkpdesItem, RkpdesVersion, Rpjmdes, RpjmdesItem, Team
from rembuk.plans.paper_values import frame_of, signers_of
from rembuk.plans.queries import chairs_of, items_of
from rembuk.plans.rpjm_queries import rpjm_items
from rembuk.shared.models import Paper, StoredFile

TEAM_STAGES = {("drafting", False): ("F01", "K2"), ("verification", False): ("F30", "K1"),
               ("drafting", True): ("F01", "R1")}  # fmt: skip
"""Kind of team, whether its cycle is of the RPJM Desa -> form of its decree and the stage where it lies."""
AFTER_MEETING = {"MUSDES_P": ("K1",), "MUSREN": ("K10", "R8")}
"""Kind of meeting -> the stages that a draft of the plan made after it belongs to, of either cycle."""
ENACTED = {False: "K12", True: "R10"}
Plan = RkpdesVersion | Rpjmdes


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything of one cycle that its list looks at. items: of the newest plan; run: the list adopted last.

    signed: keys of the papers whose signed pages came back. letters: key -> letter. assessment, photos: of a cycle of
    the RPJM Desa.
    """

    cycle: Cycle
    evidence: Sequence[Evidence]
    papers: Sequence[Paper]
    meetings: Mapping[str, Meeting]
    teams: Sequence[Team]
    plans: Sequence[Plan]
    items: Sequence[RkpdesItem | RpjmdesItem]
    run: AllocationRun | None = None
    signed: frozenset[UUID] = frozenset()
    letters: Mapping[str, Letter] = field(default_factory=dict)
    assessment: Assessment | None = None
    photos: Sequence[MeetingPhoto] = ()

    @property
    def plan(self) -> Plan | None:
        return self.plans[-1] if self.plans else None

    @property
    def paper_set(self) -> PaperSet:
        return paper_set_of(self.cycle)

    def meeting(self, kind: str) -> Meeting | None:
        """Return the newest meeting of a kind that was not called off."""
        rows = [row for row in self.meetings.values() if row.kind == kind]
        return rows[-1] if rows else None

    def meetings_at(self, stages: Collection[str], *, every: bool) -> list[Meeting]:
        """Return the meetings that these stages hold: each, or of each kind the newest."""
        kinds = [kind for kind, row in MEETING_KINDS.items() if set(row.stages) & set(stages)]
        if every:
            return [row for row in self.meetings.values() if row.kind in kinds]
        return [row for row in map(self.meeting, kinds) if row is not None]


def paper_set_of(cycle: Cycle) -> PaperSet:
    """Return which papers a cycle of this kind has."""
    return PAPER_SETS[kind_of(medium_term=cycle.is_medium_term, review=cycle.is_review)]


def years_of(cycle: Cycle) -> str:
    """Return the years of a cycle as its papers say them: ``2027``, ``2027-2034``."""
    return f"{cycle.start_year}-{cycle.end_year}" if cycle.is_medium_term else str(cycle.budget_year)


def stage_of_meeting(meeting: Meeting, cycle: Cycle) -> str:
    """Return the stage of its cycle that a meeting belongs to; empty for one that none asks for."""
    table = RPJM_STAGES if cycle.is_medium_term else STAGES
    return next((stage for stage in MEETING_KINDS[meeting.kind].stages if stage in table), "")


def holdings_of(cycle: Cycle) -> Holdings:
    """Return what a cycle has. Thirteen queries for any number of papers."""
    meetings = {str(row.pk): row for row in _meetings(cycle)}
    teams = list(Team.objects.filter(cycle=cycle).select_related("village", "file"))
    letters = {str(row.pk): row for row in Letter.objects.filter(cycle=cycle).order_by("letter_date", "id")}
    plans, items = _plans(cycle)
    studied = assessment_of_cycle(cycle.pk) if cycle.is_medium_term else None
    subjects = [f"cycle:{cycle.pk}", *(f"meeting:{key}" for key in meetings), *(f"team:{row.pk}" for row in teams)]
    subjects += [f"{'rpjm' if cycle.is_medium_term else 'plan'}:{row.pk}" for row in plans]
    subjects += [f"letter:{key}" for key in letters]
    subjects += [f"assessment:{studied.pk}"] if studied is not None else []
    papers = Paper.objects.defer("data").filter(subject__in=subjects).order_by("created_at", "id")
    evidence = Evidence.objects.filter(cycle=cycle, withdrawn_at__isnull=True).order_by("document_date", "id")
    evidence = evidence.select_related("file")
    pages = SignedPage.objects.filter(upload__cycle=cycle, state=SignedPage.State.ATTACHED)
    return Holdings(
        cycle,
        list(evidence),
        list(papers),
        meetings,
        teams,
        plans,
        items,
        run=None if cycle.is_medium_term else adopted_runs([cycle.pk]).get(cycle.pk),
        signed=frozenset(key for key in pages.order_by().values_list("paper_id", flat=True).distinct() if key),
        letters=letters,
        assessment=studied,
        photos=_photos(cycle) if paper_set_of(cycle).photos else (),
    )


def _plans(cycle: Cycle) -> tuple[Sequence[Plan], Sequence[RkpdesItem | RpjmdesItem]]:
    """Return the plans of a cycle, oldest first, with the items of the newest."""
    if cycle.is_medium_term:
        drafted = list(Rpjmdes.objects.filter(cycle=cycle).select_related("village").order_by("created_at", "id"))
        return drafted, rpjm_items(drafted[-1].pk) if drafted else []
    versions = list(RkpdesVersion.objects.filter(cycle=cycle).select_related("village").order_by("version_no"))
    return versions, items_of(versions[-1].pk) if versions else []


def _meetings(cycle: Cycle) -> list[Meeting]:
    rows = Meeting.objects.filter(cycle=cycle).exclude(state="cancelled")
    return list(rows.select_related("village", "hamlet", "signed_file").order_by("scheduled_at", "id"))


def _photos(cycle: Cycle) -> list[MeetingPhoto]:
    rows = MeetingPhoto.objects.filter(meeting__cycle=cycle).exclude(meeting__state="cancelled")
    return list(rows.select_related("file", "meeting").order_by("meeting__scheduled_at", "created_at", "id"))


def things_of(held: Holdings) -> tuple[Thing, ...]:
    """Return every paper of a cycle as the list knows it, in a fixed order."""
    return (
        *(of_evidence(row, held) for row in held.evidence),
        *(thing for row in held.papers for thing in of_paper(row, held)),
        *(thing for row in held.meetings.values() for thing in _of_meeting(row, held)),
        *(thing for row in held.teams for thing in _of_team(row, held)),
        *(thing_of_photo(row, held) for row in held.photos),
        *_of_plan(held),
    )  # fmt: skip


def of_evidence(row: Evidence, held: Holdings) -> Thing:
    """Return a piece of evidence as the list knows it; signed also when the signed pages of its paper came back."""
    signed = row.signed or row.paper_id in held.signed
    return Thing(row.paper_code, row.stage, row.title, row.number, row.document_date, signed)


def of_paper(paper: Paper, held: Holdings) -> Iterator[Thing]:
    """Yield a paper of the archive under its stage; a draft of the plan also under the meetings it came after.

    A letter or decision lies under the stages that its kind names.
    """
    kind, _colon, key = paper.subject.partition(":")
    meeting = held.meetings.get(key) if kind == "meeting" else None
    letter = held.letters.get(key) if kind == "letter" else None
    signed = paper.pk in held.signed
    if paper.code == "F27" and not signed:
        return  # a sheet to draw on, not a drawing
    if letter is not None:
        stages = LETTERS[letter.kind].stages
    else:
        stages = (stage_of_meeting(meeting, held.cycle) if meeting is not None else "",)
    for stage in stages:
        yield Thing(paper.code, stage, paper.title, paper.number, paper.paper_date, signed)
    if paper.code != held.paper_set.matrix:
        return
    for name, after in AFTER_MEETING.items():
        before = held.meeting(name)
        if before is not None and before.ended_at is not None and before.ended_at <= paper.created_at:
            yield from (
                Thing(paper.code, stage, paper.title, paper.number, paper.paper_date, signed) for stage in after
            )


def of_team_or_meeting(held: Holdings) -> Iterator[tuple[Thing, StoredFile]]:
    """Yield the signed minutes and decrees that were scanned, and the photos, on the pages of meetings and teams."""
    for meeting in held.meetings.values():
        for thing in _of_meeting(meeting, held):
            if thing.signed and meeting.signed_file is not None:
                yield thing, meeting.signed_file
    for team in held.teams:
        for thing in _of_team(team, held):
            if team.file is not None:
                yield thing, team.file
    for photo in held.photos:
        yield thing_of_photo(photo, held), photo.file


def thing_of_photo(photo: MeetingPhoto, held: Holdings) -> Thing:
    return Thing(OTHER, stage_of_meeting(photo.meeting, held.cycle), f"Foto {photo.caption or photo.meeting.title}")


def _of_meeting(meeting: Meeting, held: Holdings) -> Iterator[Thing]:
    stage = stage_of_meeting(meeting, held.cycle)
    if not stage:
        return
    if meeting.signed_file_id is not None:
        number, day = meeting.minutes_number, meeting.minutes_date
        yield Thing("F03", stage, f"Berita acara {meeting.title}", number, day, signed=True)
    if meeting.kind == "MUSREN" and meeting.ranking and meeting.ranked_at is not None:
        day = local_day(meeting.village, meeting.ranked_at)
        yield Thing("F22", stage, f"Urutan prioritas {meeting.title}", "", day)


def _of_team(team: Team, held: Holdings) -> Iterator[Thing]:
    form, stage = TEAM_STAGES[team.kind, held.cycle.is_medium_term]
    if team.file_id is not None:
        yield Thing(form, stage, "SK Tim", team.decree_number, team.decree_date, signed=True)


def _of_plan(held: Holdings) -> Iterator[Thing]:
    for plan in held.plans:
        if plan.enacted:
            stage, title = ENACTED[held.cycle.is_medium_term], f"Perdes {held.paper_set.plan}"
            yield Thing("F19", stage, title, plan.perdes_number, plan.perdes_date)
        if isinstance(plan, Rpjmdes) and plan.vision and plan.mission:
            yield Thing("F18", "R5", VISION)
    run = held.run
    if run is not None and run.meeting is not None and run.meeting.kind == "MUSREN" and run.adopted_at is not None:
        day = local_day(held.cycle.village, run.adopted_at)
        yield Thing("F22", "K9", "Urutan prioritas yang disahkan Musrenbang", "", day)
    physical = [item for item in held.items if isinstance(item, RkpdesItem) and item.is_physical]
    if physical and all(item.has_design for item in physical):
        yield Thing("F27", "K6", "Gambar desain semua kegiatan fisik")


def remarks_of(held: Holdings) -> tuple[tuple[str, str], ...]:
    """Return mark of a row -> what the plan and the meetings say about it."""
    return _rpjm_remarks(held) if held.cycle.is_medium_term else _rkp_remarks(held)


def _rkp_remarks(held: Holdings) -> tuple[tuple[str, str], ...]:
    if held.plan is None:
        return ()
    items = [item for item in held.items if isinstance(item, RkpdesItem)]
    physical = [item for item in items if item.is_physical]
    designed = sum(item.has_design for item in physical)
    estimated = sum(bool(item.rab_lines.all()) for item in items)
    words = f"{designed} dari {len(physical)} kegiatan fisik punya desain"
    words += f"; {estimated} dari {len(items)} kegiatan punya RAB"
    remarks = [("11", words)]
    for mark, mode in (("a", "inter_village"), ("b", "third_party")):
        count = sum(item.delivery_mode == mode for item in items)
        remarks.append((mark, f"{count} kegiatan dengan pola ini" if count else "tidak ada kegiatan dengan pola ini"))
    return tuple(remarks)


def _rpjm_remarks(held: Holdings) -> tuple[tuple[str, str], ...]:
    """Return how many of the hamlets' meetings have signed minutes: one alone answers the row."""
    local = held.meetings_at(("R3B",), every=True)
    mark = next((item.mark for item in held.paper_set.items if any(need.every for need in item.needs)), "")
    if not local or not mark:
        return ()
    signed = sum(row.signed_file_id is not None for row in local)
    return ((mark, f"{signed} dari {len(local)} musyawarah berberita acara bertanda tangan"),)


def completeness(key: str) -> CompletenessValues:
    """Return the values of F37 for a cycle, dated by the last change among its papers. Raises: Cycle.DoesNotExist."""
    cycle = cycle_by_id(key)
    held = holdings_of(cycle)
    dated = local_day(cycle.village, max(_moments(held)))
    return CompletenessValues(
        frame=frame_of(cycle.village, dated),
        papers=held.paper_set,
        years=years_of(cycle),
        things=things_of(held),
        remarks=remarks_of(held),
        head=signers_of(cycle.village_id, dated).get("KAD", UNNAMED),
        team_chair=Person(chairs_of(cycle.pk).drafting),
    )


def _moments(held: Holdings) -> Iterator[datetime]:
    yield held.cycle.created_at
    yield from (row.added_at for row in held.evidence)
    yield from (row.created_at for row in (*held.papers, *held.photos) if getattr(row, "code", "") != "F37")
    for rows in (held.meetings.values(), held.teams, held.plans, held.items):
        yield from (row.changed_at for row in rows)
