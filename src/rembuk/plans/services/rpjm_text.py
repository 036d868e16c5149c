"""What the team writes of an RPJM Desa beside its matrix: the texts of F18 and of its Perdes, the expected income.

Each is kept as a whole, or nothing of it; an enacted plan keeps what it had.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.documents.rpjm_chapters import SECTIONS
from rembuk.core.documents.rpjm_income import INCOME_SOURCES
from rembuk.core.errors import BadInputError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.plans.models import Rpjmdes, RpjmdesIncome
from rembuk.plans.rpjm_income import income_of
from rembuk.plans.services.perdes import LONGEST, MOST_LINES, TEXT_LISTS
from rembuk.plans.services.rpjm_items import locked_rpjm, require_in_work, require_rpjm_editable
from rembuk.plans.typed import InputError, Problem, read_money, read_text
from rembuk.shared import trail


@transaction.atomic
def save_rpjm_text(
    *,
    rpjmdes_id: UUID,
    vision: str,
    mission: str,
    sections: Mapping[str, str],
    version: int,
    actor: Hat,
    at: datetime,
) -> Rpjmdes:
    """Keep vision, mission (one item a line) and the free texts of F18; an empty line parts two paragraphs.

    sections: key of `SECTIONS` -> text; one that is not named becomes empty.
    Raises: NotAllowedError, RefusedError, StaleError, BadInputError with problems.
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require_rpjm_editable(actor, rpjmdes)
    refuse_stale(rpjmdes, version)
    problems: list[Problem] = []
    texts = {key: paragraphs(key, sections.get(key, ""), problems) for key in SECTIONS}
    items = lines("mission", mission.splitlines(), problems)
    (sentence,) = lines("vision", [" ".join(vision.split())], problems) or ("",)
    refuse_unreadable(problems)
    with trail.acting(actor, "plans.edit"):
        rpjmdes.vision, rpjmdes.mission = sentence, "\n".join(items)
        rpjmdes.text_data = {key: found for key, found in texts.items() if found}
        rpjmdes.version += 1
        rpjmdes.save()
    return rpjmdes


@transaction.atomic
def save_rpjm_income(
    *, rpjmdes_id: UUID, typed: Mapping[tuple[int, str], str], version: int, actor: Hat, at: datetime
) -> Rpjmdes:
    """Keep the projection of income as a whole. typed: (year, source) -> text; an empty text is no figure.

    Raises: NotAllowedError, RefusedError, StaleError, BadInputError with problems, each naming source and year.
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require_rpjm_editable(actor, rpjmdes)
    refuse_stale(rpjmdes, version)
    amounts, problems = read_income(typed, rpjmdes.period)
    refuse_unreadable(problems)
    before = {(year, code): amount for year, found in income_of(rpjmdes).items() for code, amount in found.items()}
    if before == amounts:
        return rpjmdes
    with trail.acting(actor, "plans.edit"):
        write_income(rpjmdes, amounts)
        rpjmdes.version += 1
        rpjmdes.save(update_fields=["version", "changed_at"])
    return rpjmdes


def write_income(rpjmdes: Rpjmdes, amounts: Mapping[tuple[int, str], int]) -> None:
    """Write only the cells that differ, so that the trail names them and no others. The caller says who acts."""
    rows = {(row.year, row.source): row for row in RpjmdesIncome.objects.filter(rpjmdes=rpjmdes)}
    RpjmdesIncome.objects.filter(pk__in=[row.pk for key, row in rows.items() if key not in amounts]).delete()
    for (year, code), amount in sorted(amounts.items()):
        row = rows.get((year, code))
        if row is None:
            RpjmdesIncome.objects.create(rpjmdes=rpjmdes, year=year, source=code, amount=amount)
        elif row.amount != amount:
            row.amount = amount
            row.save(update_fields=["amount"])


@transaction.atomic
def save_rpjm_perdes_text(
    *, rpjmdes_id: UUID, lists: Mapping[str, Sequence[str]], version: int, actor: Hat, at: datetime
) -> Rpjmdes:
    """Keep what the Perdes weighs and rests on (``considerations``, ``legal_basis``); an empty list is the usual one.

    Raises: NotAllowedError, RefusedError, StaleError, BadInputError with problems.
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require(actor, "plans.edit_perdes", rpjmdes)
    require_in_work(rpjmdes)
    refuse_stale(rpjmdes, version)
    problems: list[Problem] = []
    data = {name: lines(name, lists.get(name, ()), problems) for name in TEXT_LISTS}
    refuse_unreadable(problems)
    with trail.acting(actor, "plans.edit_perdes"):
        rpjmdes.perdes_data = {name: found for name, found in data.items() if found}
        rpjmdes.version += 1
        rpjmdes.save()
    return rpjmdes


def copy_income(source: Rpjmdes, target: Rpjmdes) -> None:
    """Copy the expected income of *source*; years beyond it stay open. The caller says who acts."""
    rows = RpjmdesIncome.objects.filter(rpjmdes=source, year__range=(target.start_year, target.end_year))
    copies = [
        RpjmdesIncome(rpjmdes=target, year=row.year, source=row.source, amount=row.amount)
        for row in rows.order_by("year", "source")
    ]
    RpjmdesIncome.objects.bulk_create(copies, batch_size=200)


def refuse_stale(rpjmdes: Rpjmdes, version: int) -> None:
    """Refuse what was written beside a version that somebody else changed. Raises: StaleError."""
    if rpjmdes.version != version:
        raise StaleError("stale", changes=[], version=rpjmdes.version)


def refuse_unreadable(problems: Sequence[Problem]) -> None:
    """Refuse with every unreadable input. Raises: BadInputError ``plan-item-unreadable``."""
    if problems:
        raise BadInputError("plan-item-unreadable", problems=list(problems))


def paragraphs(name: str, text: str, problems: list[Problem]) -> list[str]:
    """Return the paragraphs of a text, parted by empty lines."""
    parts: list[str] = [""]
    for line in text.splitlines():
        if line.strip():
            parts[-1] += f" {line}"
        else:
            parts.append("")
    return lines(name, parts, problems)


def lines(name: str, texts: Sequence[str], problems: list[Problem]) -> list[str]:
    """Return what can be read of *texts*, empty ones left out; the others are noted, and too many as well."""
    found = []
    for text in texts:
        try:
            if clean := read_text(text, LONGEST):
                found.append(clean)
        except InputError as problem:
            problems.append(Problem(name, problem.code, problem.values))
    if len(found) > MOST_LINES:
        problems.append(Problem(name, "too-many-lines", {"count": len(found), "limit": MOST_LINES}))
    return found


def read_income(
    typed: Mapping[tuple[int, str], str], period: range
) -> tuple[dict[tuple[int, str], int], list[Problem]]:
    """Return what was typed as (year, source) -> rupiah, and what cannot be read; other years and sources are left."""
    amounts: dict[tuple[int, str], int] = {}
    problems: list[Problem] = []
    for year in period:
        for code in INCOME_SOURCES:
            text = typed.get((year, code), "").strip()
            if not text:
                continue
            try:
                amounts[year, code] = int(read_money(text))
            except InputError as problem:
                problems.append(Problem(f"income:{code} {year}", problem.code, problem.values))
    return amounts, problems
