"""The draft that a village hands in: which one it is now, its rows as they are shown and compared, their digest."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rembuk.budgeting.models import Apbdes, ApbdesLine, ApbdesVersion
from rembuk.budgeting.queries import current_version, lines_of
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.desk_checklists import LIST_TITLES
from rembuk.core.money import format_rupiah
from rembuk.cycles.models import Cycle
from rembuk.guidance.evaluation.labels import KINDS
from rembuk.guidance.evaluation.models import Review
from rembuk.plans.labels import MODES
from rembuk.plans.models import RkpdesItem, RkpdesVersion, Rpjmdes, RpjmdesItem
from rembuk.plans.queries import current_plan, items_of
from rembuk.plans.rpjm_queries import rpjm_items, rpjm_of_cycle
from rembuk.plans.typed import number_text

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Subject:
    """A draft as it is now. things: its activities or lines with what hangs on them, loaded once."""

    checks: str
    cycle: Cycle
    things: Sequence[Any]
    rpjmdes: Rpjmdes | None = None
    rkpdes: RkpdesVersion | None = None
    apb_lines: ApbdesVersion | None = None

    @property
    def apbdes(self) -> Apbdes | None:
        return self.apb_lines.apbdes if self.apb_lines is not None else None

    @property
    def rows(self) -> Rows:
        """Return ``{key, name, cells}``, one a thing."""
        if self.checks == "EV-APB":
            return apb_rows(self.things)
        return [(rpjm_row if self.checks == "EV-RPJM" else rkp_row)(item) for item in self.things]

    @property
    def digest(self) -> str:
        text = json.dumps(self.rows, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def document(self) -> dict[str, Any]:
        """Return the columns of a review that name the document."""
        return {"rpjmdes": self.rpjmdes, "rkpdes": self.rkpdes, "apbdes": self.apbdes}

    @property
    def enacted(self) -> bool:
        plan = self.rpjmdes or self.rkpdes
        return plan is not None and plan.enacted


def checks_of(text: str) -> str:
    """Return the code of a list. Raises: BadInputError."""
    code = text.strip().upper()
    if code not in LIST_TITLES:
        raise BadInputError("desk-kind", read=text[:20])
    return code


def kinds_of(cycle: Cycle) -> tuple[str, ...]:
    """Return the lists by which drafts of a cycle are checked."""
    return ("EV-RPJM",) if cycle.kind == Cycle.Kind.RPJM else ("EV-RKP", "EV-APB")


def subject_of(cycle: Cycle, checks: str) -> Subject:
    """Return the draft of a cycle that can be handed in. Raises: RefusedError (none yet, nothing in it, enacted)."""
    found = find_subject(cycle, checks)
    kind = str(KINDS[checks])
    if found is None:
        raise RefusedError("desk-nothing", kind=kind)
    if not found.things:
        raise RefusedError("desk-empty", kind=kind)
    if found.enacted:
        raise RefusedError("desk-enacted", kind=kind)
    return found


def find_subject(cycle: Cycle, checks: str) -> Subject | None:
    """Return the newest draft of a cycle for a list, None while there is none."""
    if checks not in kinds_of(cycle):
        return None
    if checks == "EV-RPJM":
        rpjmdes = rpjm_of_cycle(cycle.pk)
        return Subject(checks, cycle, rpjm_items(rpjmdes.pk), rpjmdes=rpjmdes) if rpjmdes is not None else None
    if checks == "EV-RKP":
        plan = current_plan(cycle.pk)
        return Subject(checks, cycle, items_of(plan.pk), rkpdes=plan) if plan is not None else None
    version = current_version(cycle.pk)
    return Subject(checks, cycle, lines_of(version.pk), apb_lines=version) if version is not None else None


def subject_again(review: Review) -> Subject | None:
    """Return the draft of a review as it is now; None if its document is no longer the newest of the cycle."""
    found = find_subject(review.cycle, review.checks)
    if found is None:
        return None
    same = {name: getattr(row, "pk", None) for name, row in found.document.items()}
    mine = {"rpjmdes": review.rpjmdes_id, "rkpdes": review.rkpdes_id, "apbdes": review.apbdes_id}
    return found if same == mine else None


def rkp_row(item: RkpdesItem) -> dict[str, Any]:
    volume = " ".join(part for part in (number_text(item.volume), item.unit) if part)
    cells = {
        "kode": item.activity_code,
        "lokasi": item.location,
        "volume": volume,
        "sasaran": item.target,
        "waktu": item.schedule,
        "pola": str(MODES.get(item.delivery_mode, item.delivery_mode)),
        **{row.source: format_rupiah(row.amount) for row in item.fundings.all()},
    }
    return {"key": str(item.pk), "name": item.name, "cells": filled(cells)}


def rpjm_row(item: RpjmdesItem) -> dict[str, Any]:
    volume = " ".join(part for part in (number_text(item.volume), item.unit) if part) or item.volume_text
    cells = {
        "kode": item.activity_code,
        "lokasi": item.location,
        "volume": volume,
        "sasaran": item.target,
        "tahun": ", ".join(str(year) for year in item.years),
        "biaya": format_rupiah(item.cost) if item.cost is not None else "",
        **{year: format_rupiah(cost) for year, cost in sorted(item.year_costs.items())},
        "sumber": item.source,
    }
    return {"key": str(item.pk), "name": item.name, "cells": filled(cells)}


def apb_rows(lines: Sequence[ApbdesLine]) -> list[dict[str, Any]]:
    """Return the lines; the same activity keeps its key from one file to the next."""
    seen: dict[str, int] = {}
    found = []
    for line in lines:
        base = str(line.item_id or f"{line.code} {line.name}")
        seen[base] = seen.get(base, 0) + 1
        cells = {
            "kode": line.code,
            "lokasi": line.location,
            "volume": line.volume_text,
            **{row.source or "campuran": format_rupiah(row.amount) for row in line.fundings.all()},
        }
        found.append({"key": f"{base} {seen[base]}", "name": line.name, "cells": filled(cells)})
    return found


def filled(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in cells.items() if text}
