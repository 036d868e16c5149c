"""Cost estimates (F28), technical checks (F29) and implementers (F31) of plan items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from rembuk.core.documents.technical_check import CHECKED_PAPERS
from rembuk.core.errors import BadInputError, NotAllowedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.law.elements import ATTENDEE_TYPES, ELEMENTS
from rembuk.core.money import Rupiah, format_rupiah
from rembuk.core.permissions import require
from rembuk.plans.labels import IMPLEMENTER_POSITIONS, PRESENCE, RAB_CATEGORIES, RAB_SECTIONS
from rembuk.plans.models import Implementer, RabLine, RkpdesItem, TechnicalCheck
from rembuk.plans.permissions import not_a_drafter
from rembuk.plans.services.steps import (
    add_drafter,
    locked_item,
    locked_plan,
    refuse_future,
    require_editable,
    require_open,
    today_at,
    touched,
)
from rembuk.plans.typed import InputError, Problem, number_text, read_money, read_number, read_text
from rembuk.shared import trail
from rembuk.shared.models import StoredFile


@dataclass(frozen=True, slots=True)
class RabValues:
    """One line as understood. volume x unit_price is whole rupiah exactly; is_contribution: given by residents."""

    section: int
    description: str
    volume: Decimal
    unit: str
    unit_price: Rupiah
    category: str = ""
    account_code: str = ""
    is_contribution: bool = False

    @property
    def amount(self) -> Rupiah:
        return Rupiah(int(self.volume * self.unit_price))


def read_rab_line(typed: Mapping[str, str], row: int) -> tuple[RabValues | None, list[Problem]]:
    """Read one typed line; an empty one gives nothing. A product that is no whole rupiah is refused, never rounded."""
    if not any(str(typed.get(name, "")).strip() for name in ("description", "volume", "unit_price")):
        return None, []
    problems: list[Problem] = []
    read: dict[str, object] = {}

    def take(name: str, value: object) -> None:
        read[name] = value

    readers = (
        ("description", lambda text: read_text(text, 300)),
        ("unit", lambda text: read_text(text, 40)),
        ("volume", read_number),
        ("unit_price", read_money),
        ("account_code", lambda text: read_text(text, 12)),
    )
    for name, reader in readers:
        try:
            take(name, reader(str(typed.get(name, ""))))
        except InputError as problem:
            problems.append(Problem(name, problem.code, problem.values, row))
    section, category = str(typed.get("section", "1")), str(typed.get("category", ""))
    if not section.isdigit() or int(section) not in RAB_SECTIONS:
        problems.append(Problem("section", "unknown-choice", {"read": section, "known": "1, 2, 3, 4"}, row))
    if category and category not in RAB_CATEGORIES:
        problems.append(
            Problem("category", "unknown-choice", {"read": category, "known": ", ".join(RAB_CATEGORIES)}, row)
        )
    for name in ("description", "volume"):
        if name in read and not read[name] and read[name] != 0:
            problems.append(Problem(name, "required", {}, row))
    if problems:
        return None, problems
    volume, price = read["volume"], read["unit_price"]
    assert isinstance(volume, Decimal) and isinstance(price, int)
    if (volume * price) % 1:
        values = {"volume": number_text(volume), "price": format_rupiah(price)}
        return None, [Problem("volume", "rab-fraction", values, row)]
    line = RabValues(
        section=int(section),
        description=str(read["description"]),
        volume=volume,
        unit=str(read["unit"]),
        unit_price=Rupiah(price),
        category=category,
        account_code=str(read["account_code"]),
        is_contribution=str(typed.get("is_contribution", "")).lower() in ("1", "on", "ya"),
    )
    return line, []


@transaction.atomic
def save_rab(*, item_id: UUID, lines: Sequence[RabValues], version: int, actor: Hat, at: datetime) -> list[RabLine]:
    """Replace the estimate of an item as a whole, in the order given; the same lines again change nothing.

    The sum may differ from the item's cost while drafting; finding G07 says so and blocks at K11.
    Raises: NotAllowedError, RefusedError, StaleError, BadInputError (a product that is no whole rupiah).
    """
    item = locked_item(item_id)
    plan = locked_plan(item.plan_id)
    require_editable(actor, plan)
    for row, line in enumerate(lines, 1):
        if (line.volume * line.unit_price) % 1:
            values = {"volume": number_text(line.volume), "price": format_rupiah(line.unit_price)}
            raise BadInputError("rab-unreadable", problems=[Problem("volume", "rab-fraction", values, row)])
    kept = list(RabLine.objects.filter(item=item))
    if [stored_line(row) for row in kept] == list(lines):
        return kept
    if item.version != version:
        raise StaleError("stale", changes=[], version=item.version)
    made = [
        RabLine(
            item=item,
            order=order,
            section=line.section,
            category=line.category,
            account_code=line.account_code,
            description=line.description,
            volume=line.volume,
            unit=line.unit,
            unit_price=line.unit_price,
            amount=line.amount,
            is_contribution=line.is_contribution,
        )
        for order, line in enumerate(sorted(lines, key=lambda line: line.section), 1)
    ]
    with trail.acting(actor, "plans.save_rab"):
        RabLine.objects.filter(item=item).delete()
        RabLine.objects.bulk_create(made)
        add_drafter(item, actor)
        item.version += 1
        item.save(update_fields=["drafters", "changed_by", "version", "changed_at"])
        touched(plan)
    return made


def stored_line(row: RabLine) -> RabValues:
    """Return a stored line as values."""
    return RabValues(
        row.section,
        row.description,
        Decimal(row.volume).normalize(),
        row.unit,
        Rupiah(row.unit_price),
        row.category,
        row.account_code,
        row.is_contribution,
    )


@transaction.atomic
def check_item(
    *,
    item_id: UUID,
    rows: Sequence[tuple[str, str]],
    is_feasible: bool,
    note: str,
    check_date: date | None,
    actor: Hat,
    at: datetime,
    signers: Sequence[Mapping[str, str]] = (),
    file: StoredFile | None = None,
) -> TechnicalCheck:
    """Record the verification team's sheet (F29) of one item; the newest counts, earlier ones stay.

    rows: (fit | unfit | absent, remark) for the fourteen papers in their order. signers: {office, name, number} of the
    technical agency, the expert and the residents' delegate.
    Raises: NotAllowedError (also for anybody who drafted the item), BadInputError, RefusedError when enacted.
    """
    item = locked_item(item_id)
    plan = locked_plan(item.plan_id)
    if not not_a_drafter(actor, item):
        raise NotAllowedError("check-own-draft", act="plans.check_item", roles=["VRF"])
    require(actor, "plans.check_item", item)
    require_open(plan)
    if len(rows) != len(CHECKED_PAPERS) or any(presence not in PRESENCE for presence, _remark in rows):
        raise BadInputError("check-rows-missing")
    if not is_feasible and not note.strip():
        raise BadInputError("check-note-missing")
    day = check_date or today_at(plan, at)
    refuse_future(day, today_at(plan, at))
    clean = [{"presence": presence, "remark": read_text(remark, 200)} for presence, remark in rows]
    with trail.acting(actor, "plans.check_item"):
        made = TechnicalCheck.objects.create(
            item=item,
            rows=clean,
            is_feasible=is_feasible,
            note=read_text(note, 600),
            check_date=day,
            checked_by=actor.person_id,
            signers=[{key: read_text(str(value), 150) for key, value in signer.items()} for signer in signers],
            file=file,
        )
        touched(plan)
    return made


@transaction.atomic
def save_implementer(
    *, item_id: UUID, members: Sequence[Mapping[str, str]], version: int, actor: Hat, at: datetime
) -> Implementer:
    """Keep who is proposed to carry an item out (F31). members: {position, name, sex, element}; version 0 at first.

    Raises: NotAllowedError, RefusedError when enacted, StaleError, BadInputError with problems.
    """
    item = locked_item(item_id)
    plan = locked_plan(item.plan_id)
    require(actor, "plans.edit", plan)
    require_open(plan)
    problems: list[Problem] = []
    clean = [member for row, typed in enumerate(members, 1) if (member := read_member(typed, row, problems))]
    if problems:
        raise BadInputError("implementer-unreadable", problems=problems)
    found = Implementer.objects.select_for_update(of=("self",)).filter(item=item).first()
    if found is not None and found.members == clean:
        return found
    if found is not None and found.version != version:
        raise StaleError("stale", changes=[], version=found.version)
    with trail.acting(actor, "plans.save_implementer"):
        if found is None:
            found = Implementer.objects.create(item=item, members=clean)
        else:
            found.members = clean
            found.version += 1
            found.save()
        touched(plan)
    return found


def read_member(typed: Mapping[str, str], row: int, problems: list[Problem]) -> dict[str, str] | None:
    """Read one person of F31; an empty name gives nothing."""
    name = str(typed.get("name", "")).strip()
    if not name:
        return None
    position, sex, element = (str(typed.get(key, "")).strip() for key in ("position", "sex", "element"))
    if position not in IMPLEMENTER_POSITIONS:
        known = ", ".join(IMPLEMENTER_POSITIONS)
        problems.append(Problem("position", "unknown-position", {"read": position, "known": known}, row))
    if sex not in ("L", "P"):
        problems.append(Problem("sex", "sex", {"read": sex}, row))
    if element and element not in ELEMENTS and element not in ATTENDEE_TYPES:
        problems.append(Problem("element", "unknown-element", {"read": element}, row))
    try:
        clean = read_text(name, 150)
    except InputError as problem:
        problems.append(Problem("name", problem.code, problem.values, row))
        clean = ""
    return {"position": position, "name": clean, "sex": sex, "element": element}


def may_check(actor: Hat, item: RkpdesItem) -> bool:
    """Return whether the hat did not draft the item."""
    return not_a_drafter(actor, item)
