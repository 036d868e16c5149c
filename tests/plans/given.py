"""Fixed values and makers of the tests of plans."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

from rembuk.core.hat import Hat, Place, Role
from rembuk.core.money import Rupiah
from rembuk.cycles.models import Cycle, StageRecord
from rembuk.funding.models import Ceiling
from rembuk.plans import services
from rembuk.plans.models import RkpdesVersion, Rpjmdes, RpjmdesItem
from rembuk.plans.services import CellEdit, Enactment, MemberValues, RabValues, SelectedProposal
from rembuk.plans.values import ItemValues
from rembuk.proposals.models import Proposal

NOW = datetime(2026, 9, 10, 2, 0, tzinfo=UTC)
TODAY = date(2026, 9, 10)


def hat_at(place: Place, role: str, name: str = "") -> Hat:
    """A hat of a role; the same name and role at the same place is the same person."""
    key = uuid.uuid5(uuid.NAMESPACE_OID, f"{role}{place.path}{name}")
    return Hat(person_id=key, name=name or role, role=Role(role), place=place, place_name="Desa Melintang")


def draft_of(cycle: Cycle, hat: Hat) -> RkpdesVersion:
    return services.ensure_draft(cycle_id=cycle.id, actor=hat, at=NOW)


def values(**changed: object) -> ItemValues:
    """A plan item of 100 million from Dana Desa, with what is said otherwise."""
    own: dict[str, object] = {
        "activity_code": "2.3.11",
        "name": "Titian ulin RT 02",
        "location": "Dusun Tengah",
        "funding": (("DDS", Rupiah(100_000_000)),),
        **changed,
    }
    return ItemValues(**own)  # type: ignore[arg-type]


def put_item(plan: RkpdesVersion, hat: Hat, **changed: object):
    return services.save_item(
        plan_id=plan.id, item_id=uuid.uuid4(), values=values(**changed), version=0, actor=hat, at=NOW
    )


def rab(amount: int = 100_000_000) -> list[RabValues]:
    half = amount // 2
    return [
        RabValues(1, "Papan ulin", Decimal(1), "paket", Rupiah(half)),
        RabValues(3, "Upah tukang", Decimal(1), "paket", Rupiah(amount - half)),
    ]


def ceiling(village, source: str, amount: int, year: int = 2027, **more: object) -> Ceiling:
    own = {"stage": "indicative", "issued_at": NOW, "in_force": True, "letter_number": "900/12", **more}
    return Ceiling.objects.create(village=village, budget_year=year, source=source, amount=amount, **own)


def ranked_proposal(cycle: Cycle, number: int, state: str = "ranked", **more: object) -> Proposal:
    """A ranked proposal of the cycle, of a road of 100 million."""
    own: dict[str, object] = {
        "title": f"Titian ulin RT {number:02d}",
        "activity_code": "2.3.11",
        "authority": "village",
        "cost": 100_000_000,
        "is_physical": True,
        "reason_code": "" if state in ("ranked", "checked") else "ALOK-02",
        "reason_text": "" if state in ("ranked", "checked") else "Pagu habis.",
        **more,
    }
    return Proposal.objects.create(
        village=cycle.village,
        cycle=cycle,
        number=f"MLT-27-{number:04d}",
        state=state,
        captured_at=NOW,
        submitted_at=NOW,
        **own,
    )


def chosen(proposal: Proposal, **funding: int) -> SelectedProposal:
    return SelectedProposal(proposal.id, funding or {"DDS": 100_000_000})


def apply(plan: RkpdesVersion, hat: Hat, *selection: SelectedProposal):
    return services.apply_selection(plan_id=plan.id, selection=selection, actor=hat, at=NOW)


def register_rpjmdes(village, hat: Hat) -> Rpjmdes:
    made = services.register_rpjmdes(
        village_id=village.id,
        number="3 Tahun 2021",
        on=date(2021, 3, 1),
        start_year=2020,
        end_year=2027,
        actor=hat,
        at=NOW,
    )
    RpjmdesItem.objects.create(rpjmdes=made, name="Titian ulin", activity_code="2.3.11", years=[2027])
    return made


def all_stages(cycle: Cycle, done: bool = True) -> None:
    """Store every stage of the cycle as done, but K12 and later."""
    for number in range(1, 12):
        StageRecord.objects.create(
            cycle=cycle,
            stage=f"K{number}",
            state="done" if done else "open",
            done_date=TODAY if done else None,
            completed_at=NOW if done else None,
        )


SHEET = [("fit", "")] * 14

ENACTMENT = Enactment("5 Tahun 2026", TODAY, TODAY, "5")


def member(number: int, **more: str) -> MemberValues:
    own = {"name": f"Anggota {number}", "sex": "P" if number % 2 else "L", "element": "TOMAS", **more}
    return MemberValues(**own)


def cell(item, name: str, value: str, base: str | None = None, version: int | None = None) -> CellEdit:
    return CellEdit(item.id, name, value, item.version if version is None else version, base)
