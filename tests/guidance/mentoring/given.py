"""A village by the river, its people, a visit, its sheet, and what follows."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from PIL import Image

from factories import people, places
from rembuk.core.hat import Hat, Role
from rembuk.guidance.mentoring import services
from rembuk.guidance.mentoring.models import ActionItem, Visit
from rembuk.guidance.mentoring.services import (
    DropInValues,
    FindingValues,
    PlanValues,
    PromiseValues,
    SheetValues,
    Uploaded,
)
from rembuk.regions.models import Village
from rembuk.shared.trail.testing import setting_up

NOW = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
TODAY = date(2026, 9, 21)
CRITICAL = FindingValues(
    severity="critical",
    text="SK tim belum terbit",
    recommendation="Terbitkan SK tim penyusun",
    owner_role="SDK",
)
MINOR = FindingValues(
    severity="minor", text="Papan informasi kosong", recommendation="Pasang ringkasan RKP", owner_role="KAU"
)


def hat(role: Role | str, village: Village | None = None, **fields: object) -> Hat:
    """Make somebody who holds *role* where the village lies (once), and return their hat."""
    with setting_up():
        return people.holder(Role(role), village or places.melintang(), **fields).hat()


def at(days: int = 0, hours: int = 0) -> datetime:
    return NOW + timedelta(days=days, hours=hours)


def photo(color: str = "green") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), color).save(out, "JPEG")
    return out.getvalue()


def upload(color: str = "green") -> Uploaded:
    return Uploaded(photo(color), f"bukti-{color}.jpg")


def planned(actor: Hat, team: Hat, *villages: Village, start: str = "2026-09-24", **more: object) -> list[Visit]:
    """Plan a visit to each village by the service."""
    wanted = [village.id for village in villages or (places.melintang(),)]
    values = PlanValues(start=start, end=more.pop("end", start), team=(str(team.assignment_id),), **more)  # type: ignore[arg-type]
    made = services.plan_visits(season_id=uuid4(), village_ids=wanted, values=values, actor=actor, at=NOW)
    return list(made.visits)


def begun(actor: Hat, village: Village | None = None, day: str = "2026-09-21", key: UUID | None = None) -> Visit:
    """Begin a visit that nobody had planned."""
    values = DropInValues((village or places.melintang()).id, day, stage="K9")
    return services.drop_in(visit_id=key or uuid4(), values=values, actor=actor, at=NOW)


def sheet(*findings: FindingValues, **more: object) -> SheetValues:
    """A sheet as typed: these findings, or the tick that there are none; the village answers in the program."""
    base = SheetValues(visit_date="2026-09-21", stage="K9", findings=findings, no_findings=not findings, sign="program")
    return replace(base, **more)  # type: ignore[arg-type]


def reported(actor: Hat, *findings: FindingValues, village: Village | None = None, **more: object) -> Visit:
    """Begin a visit and hand in its sheet; last promises are said to be as they were."""
    visit = begun(actor, village)
    last = tuple(
        PromiseValues(str(key), "open")
        for key in ActionItem.objects.filter(village=visit.village).values_list("pk", flat=True)
    )
    values = sheet(*findings, **{"promises": last, **more})
    return services.report_visit(visit_id=visit.pk, values=values, actor=actor, at=NOW)


def promise(actor: Hat, finding: FindingValues = CRITICAL, village: Village | None = None) -> ActionItem:
    """Return what was promised about one finding."""
    visit = reported(actor, finding, village=village)
    return ActionItem.objects.get(finding__visit=visit)


def handed_in(item: ActionItem, owner: Hat, days: int = 1, color: str = "blue") -> ActionItem:
    return services.submit_evidence(
        item_id=item.pk, evidence_id=uuid4(), file=upload(color), note="Selesai", actor=owner, at=at(days)
    )
