"""The programmes of higher plans that enter the village (F06), as the team of the RPJM Desa lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.services import evidence_changed
from rembuk.plans.models import PolicyLine, Rpjmdes
from rembuk.plans.rpjm_labels import ORIGINS
from rembuk.plans.services.rpjm_items import locked_rpjm, require_in_work
from rembuk.plans.typed import InputError, Problem, read_money, read_sdgs, read_text
from rembuk.shared import trail

TEXTS = (("name", 300), ("agency", 160), ("location", 200), ("volume_text", 80))


@dataclass(frozen=True, slots=True)
class PolicyValues:
    """One programme as understood. origin: pusat | provinsi | kabupaten | dprd. field: bidang 1 to 5."""

    origin: str
    field: int
    name: str
    agency: str = ""
    year: int | None = None
    location: str = ""
    volume_text: str = ""
    amount: int | None = None
    sdgs: tuple[int, ...] = ()


def read_policy_line(typed: Mapping[str, str], row: int, period: range) -> tuple[PolicyValues | None, list[Problem]]:
    """Read one typed line; an empty name gives nothing."""
    if not typed.get("name", "").strip():
        return None, []
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for key, limit in TEXTS:
        try:
            texts[key] = read_text(typed.get(key, ""), limit)
        except InputError as problem:
            problems.append(Problem(key, problem.code, problem.values, row))
    origin, field, year = typed.get("origin", ""), typed.get("field", ""), typed.get("year", "").strip()
    if origin not in ORIGINS:
        problems.append(Problem("note", "unknown-choice", {"read": origin, "known": ", ".join(ORIGINS)}, row))
    if field not in ("1", "2", "3", "4", "5"):
        problems.append(Problem("activity_code", "unknown-choice", {"read": field, "known": "1, 2, 3, 4, 5"}, row))
    if year and (not year.isdigit() or int(year) not in period):
        problems.append(
            Problem("schedule", "outside-period", {"read": year, "start": period[0], "end": period[-1]}, row)
        )
    amount: int | None = None
    goals: tuple[int, ...] = ()
    try:
        amount = int(read_money(typed["amount"])) if typed.get("amount", "").strip() else None
        goals = read_sdgs(typed.get("sdgs", ""))
    except InputError as problem:
        problems.append(Problem("amount", problem.code, problem.values, row))
    if problems:
        return None, problems
    return PolicyValues(origin, int(field), year=int(year) if year else None, amount=amount, sdgs=goals, **texts), []


@transaction.atomic
def save_policy(
    *, rpjmdes_id: UUID, lines: Sequence[PolicyValues], note: str, version: int, actor: Hat, at: datetime
) -> Rpjmdes:
    """Keep the whole list in the order given; an empty one needs *note*, why no programme enters the village (R2).

    Raises: NotAllowedError, RefusedError, StaleError, BadInputError without lines and note.
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require(actor, "plans.edit", rpjmdes)
    require_in_work(rpjmdes)
    if rpjmdes.version != version:
        raise StaleError("stale", changes=[], version=rpjmdes.version)
    if not lines and not note.strip():
        raise BadInputError("rpjm-policy-empty")
    rows = [
        PolicyLine(
            rpjmdes=rpjmdes,
            order=order,
            origin=line.origin,
            field=line.field,
            name=line.name,
            agency=line.agency,
            year=line.year,
            location=line.location,
            volume_text=line.volume_text,
            amount=line.amount,
            sdgs=list(line.sdgs),
        )
        for order, line in enumerate(lines, 1)
    ]
    with trail.acting(actor, "plans.edit"):
        PolicyLine.objects.filter(rpjmdes=rpjmdes).delete()
        PolicyLine.objects.bulk_create(rows, batch_size=200)
        rpjmdes.policy_note = note.strip()[:2000]
        rpjmdes.version += 1
        rpjmdes.save()
        if rpjmdes.cycle_id is not None:
            evidence_changed(rpjmdes.cycle_id, "R2")
    return rpjmdes
