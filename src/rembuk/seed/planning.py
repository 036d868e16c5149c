"""The plan of every village that has drafted one: items, money, estimates, checks, and the Perdes of the enacted."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from rembuk.core.documents.technical_check import CHECKED_PAPERS
from rembuk.core.hat import Role
from rembuk.core.law.categories import need_category
from rembuk.core.law.dana_desa import suggested_focus
from rembuk.plans.content import content_hash
from rembuk.plans.models import (
    AgreedChange,
    Implementer,
    ItemFunding,
    ItemProposal,
    RabLine,
    RkpdesItem,
    RkpdesVersion,
    TechnicalCheck,
)
from rembuk.plans.queries import items_of_many
from rembuk.proposals.models import Proposal
from rembuk.seed import chance
from rembuk.seed.places import MELINTANG
from rembuk.seed.proposing import where
from rembuk.seed.scene import Line, Rows, Scene, moment
from rembuk.seed.story import BUDGET_YEAR

STATES = (
    ("K12", "agreed"),  # enacted at the end, when everything that hangs on it is written
    ("K11", "agreed"),
    ("K10", "final"),
    ("K9", "musrenbang"),
    ("K8", "head_approved"),
    ("K7", "verified"),
    ("K6", "draft"),
)
# code, name, share of ADD in thousandths
ROUTINE = (
    ("1.1.01", "Penghasilan tetap dan tunjangan Kepala Desa", 78),
    ("1.1.02", "Penghasilan tetap dan tunjangan perangkat Desa", 418),
    ("1.1.04", "Operasional Pemerintah Desa", 132),
    ("1.1.05", "Tunjangan BPD", 128),
    ("1.1.07", "Insentif RT", 164),
    ("1.4.01", "Musyawarah perencanaan Desa", 41),
)
PHYSICAL_RAB = (
    (1, "Kayu ulin, semen, dan pasir", "paket", 52),
    (1, "Paku, baut, dan cat", "paket", 11),
    (2, "Sewa alat dan perahu angkut", "hari", 9),
    (3, "Upah tukang dan pekerja", "HOK", 23),
    (4, "Papan kegiatan dan pelaporan", "paket", 5),
)
PLAIN_RAB = (
    (1, "Bahan dan perlengkapan", "paket", 55),
    (3, "Honor pelaksana", "OB", 34),
    (4, "Pelaporan", "paket", 11),
)
QUANTITIES = {"paket": 1, "hari": 6, "HOK": 40, "OB": 12}
PLANS_AT_ONCE = 8
"""Plans read together when they are enacted; thousands of items in one query are too many for SQLite."""
MELINTANG_OVER = 17_400_000
TANDON_DIFFERENCE = 150_000
CHANGES = (
    "Tandon air hujan didahulukan sebelum lampu jalan.",
    "Volume semenisasi gang disesuaikan dengan hasil ukur ulang.",
)


def tell(scene: Scene, rows: Rows) -> None:
    """Give the village its plan if it has drafted one."""
    if not scene.story.has("K6"):
        return
    scene.plan = plan_of(scene)
    items = [*routine(scene), *wanted(scene)]
    scene.lines = [complete(scene, line) for line in items]
    if scene.village.id == MELINTANG:
        spoil(scene)
    rows.add(scene.plan)
    for line in scene.lines:
        rows.add(line.item, *line.fundings, *line.estimate)
        rows.add(*(row for row in (line.check, line.implementer) if row is not None))
        if line.proposal is not None:
            rows.add(ItemProposal(id=chance.key("asal", line.item.id), item=line.item, proposal=line.proposal))
    rows.extend(changes_of(scene))


def plan_of(scene: Scene) -> RkpdesVersion:
    """Return the version in its state; what enacts it is added by `enact`."""
    done = scene.done
    state = next(state for stage, state in STATES if stage in done)
    plan = RkpdesVersion(
        id=scene.key("rencana"), village=scene.village, cycle=scene.cycle, state=state, perdes_state="draft"
    )
    if "K8" in done:
        plan.head_approved_at, plan.head_approved_by = moment(done["K8"], 13, 40), scene.person(Role.KAD)
    if "K11" in done:
        plan.bpd_agreement_number = scene.number("188/BPD", done["K11"])
        plan.bpd_agreement_date = done["K11"]
        plan.perdes_state = "agreed"
        plan.perdes_dates = {name: done["K11"].isoformat() for name in ("discussed", "agreed")}
    if "K12" in done:
        plan.perdes_number = f"{chance.of('perdes', scene.village.id).randint(2, 7)} Tahun {done['K12'].year}"
        plan.perdes_date = plan.promulgated_date = done["K12"]
        plan.gazette_number = f"{chance.of('lembaran', scene.village.id).randint(2, 9)}"
        entered = ("delivered_to_head", "signed", "promulgated")
        plan.perdes_dates |= {name: done["K12"].isoformat() for name in entered}
        plan.perdes_state = "promulgated"
    if "K13" in done:
        plan.perdes_state = "sent_to_regent"
        plan.perdes_dates |= {"sent_to_regent": done["K13"].isoformat()}
    return plan


def routine(scene: Scene) -> list[Line]:
    """Return what runs every year, paid by ADD, which it nearly uses up."""
    ceiling = next(row.amount for row in scene.ceilings if row.source == "ADD")
    return [
        line_of(
            scene,
            code,
            name,
            {"ADD": ceiling * share // 1000 // 10_000 * 10_000},
            location="Kantor Desa",
            volume=Decimal(12),
            unit="bulan",
            schedule=f"Januari-Desember {BUDGET_YEAR}",
        )
        for code, name, share in ROUTINE
    ]


def wanted(scene: Scene) -> list[Line]:
    """Return an item for each chosen proposal."""
    return [from_proposal(scene, p, scene.chosen[p.id]) for p in scene.proposals if p.state == "planned"]


def from_proposal(scene: Scene, proposal: Proposal, money: dict[str, int]) -> Line:
    line = line_of(
        scene,
        proposal.activity_code,
        proposal.title,
        money,
        location=where(proposal),
        volume=proposal.volume,
        unit=proposal.unit,
        schedule=chance.of("waktu", proposal.id).choice(("Maret-Juni", "April-Juli", "Juni-September"))
        + f" {BUDGET_YEAR}",
        beneficiaries_male=proposal.beneficiaries_male,
        beneficiaries_female=proposal.beneficiaries_female,
        beneficiaries_poor=proposal.beneficiaries_poor,
        hamlet_names=proposal.hamlet.name if proposal.hamlet else "",
        is_physical=bool(proposal.is_physical),
        has_design=bool(proposal.is_physical),
        selection_digest=chance.key("pilihan", proposal.id).hex * 2,
    )
    line.proposal = proposal
    return line


def line_of(scene: Scene, code: str, name: str, money: dict[str, int], **columns: object) -> Line:
    """Return one item with its money, traced to the RPJM Desa where it has such a line."""
    order = len(scene.lines) + 1
    item_id = scene.key("kegiatan", code, name, str(columns.get("location")), str(columns.get("selection_digest", "")))
    traced = next((row for row in scene.rpjmdes_items if row.activity_code == code and BUDGET_YEAR in row.years), None)
    outside = "" if traced else "Rutin setiap tahun; disepakati Musdes perencanaan."
    item = RkpdesItem(
        id=item_id,
        plan=scene.plan,
        order=order,
        activity_code=code,
        name=name,
        need_category=need_category(code),
        dd_focus=suggested_focus(code) if "DDS" in money else "",
        programme_tag="RTKU" if "PBK" in money else "",
        planned_implementer="Kasi Kesejahteraan" if columns.get("is_physical") else "Kaur Perencanaan",
        rpjmdes_item=traced,
        outside_rpjm_reason=outside,
        drafted_by=scene.person(Role.SDK),
        drafters=[str(scene.person(Role.SDK))],
        **columns,
    )
    fundings = [
        ItemFunding(id=chance.key("dana", item_id, source), item=item, source=source, amount=amount)
        for source, amount in money.items()
    ]
    return Line(item, fundings)


def complete(scene: Scene, line: Line) -> Line:
    """Add estimate, implementers and, where the team has checked, the sheet of the item."""
    line.estimate = estimate_of(line.item, line.cost)
    line.implementer = implementer_of(scene, line.item)
    if line.item.is_physical and scene.story.has("K7"):
        line.check = check_of(scene, line.item, scene.done["K7"])
    return line


def estimate_of(item: RkpdesItem, cost: int) -> list[RabLine]:
    """Return the lines of the estimate; they add up to *cost* exactly."""
    rows = PHYSICAL_RAB if item.is_physical else PLAIN_RAB
    parts = chance.shares(cost, [weight for _section, _name, _unit, weight in rows])
    found: list[RabLine] = []
    left = cost
    for order, ((section, name, unit, _weight), part) in enumerate(zip(rows, parts, strict=True), start=1):
        quantity = QUANTITIES[unit]
        price = left if order == len(rows) else part // quantity
        amount = price * quantity
        left -= amount
        found.append(
            RabLine(
                id=chance.key("rab", item.id, order),
                item=item,
                order=order,
                section=section,
                description=name,
                volume=Decimal(quantity),
                unit=unit,
                unit_price=price,
                amount=amount,
            )
        )
    return found


def implementer_of(scene: Scene, item: RkpdesItem) -> Implementer:
    places = (("chair", "L"), ("secretary", "P"), ("treasurer", "P"), ("member", "L"), ("member", "P"))
    members = [
        {
            "position": position,
            "name": chance.person_name(item.id, number, sex=sex),
            "sex": sex,
            "element": "WILAYAH",
        }
        for number, (position, sex) in enumerate(places)
    ]
    return Implementer(id=chance.key("pelaksana", item.id), item=item, members=members)


def check_of(scene: Scene, item: RkpdesItem, day: date) -> TechnicalCheck:
    rows = [{"presence": "fit", "remark": ""} for _paper in CHECKED_PAPERS]
    return TechnicalCheck(
        id=chance.key("teknis", item.id),
        item=item,
        rows=rows,
        is_feasible=True,
        check_date=day,
        checked_by=scene.person(Role.VRF),
        signers=[{"office": "community", "name": scene.chair("verification"), "number": ""}],
    )


def spoil(scene: Scene) -> None:
    """Leave in Melintang what people must still mend: Dana Desa too high, one check and one estimate amiss."""
    used = sum(f.amount for line in scene.lines for f in line.fundings if f.source == "DDS")
    ceiling = next(row.amount for row in scene.ceilings if row.source == "DDS" and not row.earmark)
    paid = [(line, f) for line in scene.lines for f in line.fundings if f.source == "DDS"]
    line, funding = max(paid, key=lambda pair: pair[1].amount)
    funding.amount += ceiling + MELINTANG_OVER - used
    line.estimate = estimate_of(line.item, line.cost)
    checked = moment(date(2026, 9, 15))
    for each in scene.lines:
        if each.item.is_physical and "polindes" not in each.item.name:
            each.check = check_of(scene, each.item, checked.date())
        if each.item.name.startswith("Tandon"):
            each.estimate[0].unit_price += TANDON_DIFFERENCE
            each.estimate[0].amount += TANDON_DIFFERENCE
        if each.item.name.startswith("Laptop"):
            each.item.rpjmdes_item, each.item.outside_rpjm_reason = None, ""


def changes_of(scene: Scene) -> list[AgreedChange]:
    """Return what Musrenbang agreed to change; answered where the final draft is there."""
    if not scene.story.has("K9"):
        return []
    answered = scene.done.get("K10")
    found = []
    for order, text in enumerate(CHANGES, start=1):
        open_one = answered is None and order == len(CHANGES)
        at: datetime = moment(answered or scene.done["K9"] + timedelta(days=1), 10)
        found.append(
            AgreedChange(
                id=chance.key("ubah", scene.village.id, order),
                plan=scene.plan,
                order=order,
                text=text,
                answer="open" if open_one else "applied",
                answered_by=None if open_one else scene.person(Role.SDK),
                answered_at=None if open_one else at,
            )
        )
    return found


def enact(scenes: Sequence[Scene]) -> int:
    """Seal the plans whose Perdes is promulgated: from here on the database refuses every change. Returns how many."""
    enacted = [(scene.plan, scene) for scene in scenes if scene.plan is not None and scene.story.has("K12")]
    for first in range(0, len(enacted), PLANS_AT_ONCE):
        some = enacted[first : first + PLANS_AT_ONCE]
        items = items_of_many([plan.id for plan, _scene in some])
        for plan, scene in some:
            plan.content_hash = content_hash(plan, items[plan.id])
            plan.state, plan.enacted_at = "enacted", moment(scene.done["K12"], 14)
            plan.enacted_by = scene.person(Role.SDK)
            plan.save(update_fields=["content_hash", "state", "enacted_at", "enacted_by"])
    return len(enacted)
