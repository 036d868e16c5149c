"""What the gates rest on, as values: each room fills what it knows of a stage."""

from dataclasses import dataclass, fields, replace
from datetime import date

from rembuk.core.errors import Finding
from rembuk.core.law.meetings import MeetingRules
from rembuk.core.workflow.meetings import MeetingFacts


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A paper that is there, generated or attached. signed: a signed copy was uploaded."""

    form: str
    paper_date: date | None = None
    number: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """Who is in the drafting team. members counts everybody, patron included only if counted so by the village."""

    members: int = 0
    women: int = 0
    chair: bool = False
    secretary: bool = False


@dataclass(frozen=True, slots=True)
class CeilingFacts:
    """How the ceilings stand.

    sources: how many sources have a figure. provisional: they are last year's final figures, marked "sementara", with
    *basis* recorded. balanced: the alignment adds up. late_letter: the regent's letter that the ceiling comes late.
    """

    sources: int = 0
    provisional: bool = False
    basis: str = ""
    balanced: bool = False
    late_letter: bool = False

    @property
    def real(self) -> bool:
        """Whether there are figures of this year's own letter."""
        return self.sources > 0 and not self.provisional


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """How the plan stands, in numbers. findings: what `core.checks` says at the stage asked about."""

    items: int = 0
    items_without_cost: int = 0
    proposals: int = 0
    proposals_unanswered: int = 0
    scored: bool = False
    allocated: bool = False
    physical: int = 0
    without_verdict: int = 0
    head_approved: bool = False
    changes_open: int = 0
    du_items: int = 0
    bpd_agreed: bool = False
    perdes_number: str = ""
    perdes_signed: bool = False
    promulgated_date: date | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """What of higher plans enters the village (R2). lines: programmes listed; note: why the list is empty."""

    lines: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class AssemblyFacts:
    """Where ideas were collected (R3B). hamlets: all of the village; met: those with a meeting held; groups: names."""

    hamlets: int = 0
    met: int = 0
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """How the assessment stands (R3A-R3C). lists: of the four village lists filed; ideas: collected; ranked: or not.

    report_to_head, report_to_bpd: the two days on which the report was handed over.
    """

    lists: int = 0
    ideas: int = 0
    ranked: bool = False
    report_to_head: date | None = None
    report_to_bpd: date | None = None


@dataclass(frozen=True, slots=True)
class RpjmProgress:
    """How the RPJM Desa stands, in numbers. empty_years: years of the period without an activity.

    incomplete: activities without bidang, location, volume, cost, source or pola. clarified: result of the
    clarification (clear, revise, annulled) or nothing. findings: what `core.checks.rpjm` says of the matrix.
    """

    items: int = 0
    incomplete: int = 0
    empty_years: tuple[int, ...] = ()
    head_approved: bool = False
    changes_open: int = 0
    bpd_agreed: bool = False
    perdes_number: str = ""
    perdes_signed: bool = False
    promulgated_date: date | None = None
    clarified: str = ""
    published_date: date | None = None
    published_in: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class WorksFacts:
    """How the carrying out of a budget year stands (K17).

    in_force: a budget of the year binds. activities: of that budget; unopened: those without a work. open: works not
    closed yet; closed: the others. evaluated: the evaluation of the next RKP holds this year's activities, None while
    there is no cycle for it.
    """

    in_force: bool = False
    activities: int = 0
    unopened: int = 0
    open: int = 0
    closed: int = 0
    evaluated: bool | None = None


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What a stage rests on. A room fills what it knows and leaves the rest; `merged` puts them together.

    done: stages that are closed. occurred: the day on the signed paper. rpjmdes: an active RPJM Desa is registered.
    meeting: the meeting of this stage. exported: the items went to the budget. received: a receipt is filed.
    works: how the budget is carried out.
    policy, assembly, assessment, rpjm: the medium-term cycle's own; nothing where no room says, then the papers decide.
    """

    done: frozenset[str] = frozenset()
    occurred: date | None = None
    papers: tuple[PaperFacts, ...] = ()
    rpjmdes: bool | None = None
    meeting: MeetingFacts | None = None
    meeting_rules: MeetingRules | None = None
    team: TeamFacts | None = None
    ceilings: CeilingFacts | None = None
    plan: PlanProgress | None = None
    policy: PolicyFacts | None = None
    assembly: AssemblyFacts | None = None
    assessment: AssessmentFacts | None = None
    rpjm: RpjmProgress | None = None
    exported: bool | None = None
    works: WorksFacts | None = None
    received: bool | None = None
    excused: bool = False

    def merged(self, other: "StageFacts") -> "StageFacts":
        """Return these facts with what *other* knows; papers and done stages are joined, otherwise *other* wins."""
        blank = StageFacts()
        known = {
            spec.name: getattr(other, spec.name)
            for spec in fields(other)
            if getattr(other, spec.name) != getattr(blank, spec.name)
        }
        known["done"] = self.done | other.done
        known["papers"] = self.papers + other.papers
        return replace(self, **known)
