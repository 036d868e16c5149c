"""One village of the example while it is told, and the rows that are gathered to be written in a few large batches."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from uuid import UUID

from django.db.models import Model

from rembuk.accounts.models import Assignment
from rembuk.budgeting.models import AllocationRun
from rembuk.core.documents.frame import Frame, Person, VillageHeading
from rembuk.core.hat import Hat, Role
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Attendance, Decision, Meeting
from rembuk.funding.models import Ceiling
from rembuk.plans.models import (
    Implementer,
    ItemFunding,
    RabLine,
    RkpdesItem,
    RkpdesVersion,
    Rpjmdes,
    RpjmdesItem,
    Team,
    TeamMember,
    TechnicalCheck,
)
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Hamlet, Rt, Village
from rembuk.seed import chance
from rembuk.seed.places import MELINTANG, RICH
from rembuk.seed.story import BUDGET_YEAR, Story
from rembuk.shared.clock import EXAMPLE_START
from rembuk.shared.models import StoredFile

ZONE = EXAMPLE_START.tzinfo
MELINTANG_PEOPLE = {"KAD": "kades", "SDK": "sekdes", "BPD": "bpd", "VRF": "verifikasi", "TIM": "tim", "RTK": "rt"}


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment of a day by the regency's clock."""
    return datetime.combine(day, time(hour, minute), ZONE)


def username_of(role: Role, place: str) -> str:
    """Return the user name of the official with *role* at a village or district."""
    if place == MELINTANG and role in MELINTANG_PEOPLE:
        return MELINTANG_PEOPLE[role]
    if place == MELINTANG[:8] and role in (Role.PTP, Role.CAM):
        return {"PTP": "ptpd", "CAM": "camat"}[role]
    return f"{role.lower()}-{place.replace('.', '')}"


@dataclass(slots=True)
class Line:
    """One item of a plan with all that hangs on it."""

    item: RkpdesItem
    fundings: list[ItemFunding]
    proposal: Proposal | None = None
    estimate: list[RabLine] = field(default_factory=list)
    check: TechnicalCheck | None = None
    implementer: Implementer | None = None

    @property
    def cost(self) -> int:
        return sum(funding.amount for funding in self.fundings)


@dataclass
class Scene:
    """What the example tells of one village."""

    village: Village
    story: Story
    hamlets: Sequence[Hamlet]
    rts: Sequence[Rt]
    cycle: Cycle
    regency_name: str
    province_name: str
    files: dict[str, StoredFile] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    members: dict[str, list[TeamMember]] = field(default_factory=dict)
    rpjmdes: Rpjmdes | None = None
    rpjmdes_items: list[RpjmdesItem] = field(default_factory=list)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    present: dict[str, list[Attendance]] = field(default_factory=dict)
    decisions: dict[str, list[Decision]] = field(default_factory=dict)
    ceilings: list[Ceiling] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    points: dict[UUID, tuple[int, int, int, int, int]] = field(default_factory=dict)
    chosen: dict[UUID, dict[str, int]] = field(default_factory=dict)
    counted: AllocationRun | None = None
    plan: RkpdesVersion | None = None
    lines: list[Line] = field(default_factory=list)

    @property
    def rich(self) -> bool:
        return self.village.id in RICH

    @property
    def done(self) -> Mapping[str, date]:
        return self.story.done

    def key(self, *parts: object) -> UUID:
        """Return the key of a row of this village."""
        return chance.key(self.village.id, *parts)

    def person(self, role: Role) -> UUID:
        """Return the key of the official with *role*, of the village or (PTP, CAM) its district."""
        place = self.village.district_id if role in (Role.PTP, Role.CAM) else self.village.id
        return chance.key("orang", username_of(role, place))

    def name(self, role: Role) -> str:
        return chance.person_name(username_of(role, self.village.id))

    def signer(self, role: Role) -> Person:
        return Person(self.name(role))

    @cached_property
    def heading(self) -> VillageHeading:
        """The village as papers name it."""
        return VillageHeading(self.village.name, self.village.district.name, self.regency_name, self.province_name)

    def frame(self, dated: date, number: str = "") -> Frame:
        """Return the frame of a paper of its day, marked as a sample."""
        return Frame(self.heading, dated, place=self.village.name, number=number, sample=True)

    def chair(self, kind: str = "drafting") -> str:
        """Return the name of the chair of a team."""
        return next(member.name for member in self.members[kind] if member.position == "chair")

    def number(self, code: str, day: date, step: int = 0) -> str:
        """Return an invented number of a village's own paper, such as ``140/023/MLT/2026``."""
        serial = chance.of("nomor", self.village.id, code, step).randint(4, 180)
        return f"{code}/{serial:03d}/{self.village.number_prefix}/{day.year}"


class Rows:
    """Rows of all villages by model, written model by model."""

    def __init__(self) -> None:
        self.by_model: dict[type[Model], list[Model]] = defaultdict(list)

    def add(self, *rows: Model) -> None:
        for row in rows:
            self.by_model[type(row)].append(row)

    def extend(self, rows: Iterable[Model]) -> None:
        self.add(*rows)

    def write(self, models: Sequence[type[Model]], batch: int = 500) -> int:
        """Write and forget the rows of *models* in this order. Returns how many."""
        count = 0
        for model in models:
            rows = self.by_model.pop(model, [])
            model._default_manager.bulk_create(rows, batch_size=batch)
            count += len(rows)
        return count


__all__ = ["BUDGET_YEAR", "Line", "Rows", "Scene", "moment", "username_of"]


def hat_of(username: str) -> Hat | None:
    """Return the first hat of somebody of the example; None where the example was planted without them."""
    rows = Assignment.objects.filter(person__username=username).with_place()
    found = rows.order_by("start_date", "id").first()
    return found.hat() if found is not None else None
