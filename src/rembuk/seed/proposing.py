"""Proposals of every village: who asked for what, how hamlets scored it, what became of it and why."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from rembuk.core.allocation import model as choice
from rembuk.core.allocation.engine import allocate
from rembuk.core.allocation.reasons import sentence
from rembuk.core.hat import Role
from rembuk.core.law import reasons
from rembuk.core.law.categories import need_category
from rembuk.core.law.numbering import proposal_number
from rembuk.core.text.sheltered import helps_few
from rembuk.plans.models import DuRkpdesItem
from rembuk.proposals.models import FieldCheck, NumberSeries, Proposal, ProposalPhoto, ProposalStep
from rembuk.regions.models import Hamlet, Rt
from rembuk.seed import ballots, chance, meetings
from rembuk.seed.places import MELINTANG
from rembuk.seed.scene import Rows, Scene, moment
from rembuk.seed.story import BUDGET_YEAR
from rembuk.seed.wishes import PARTICULAR, WISHES, Drawn, Wish, numbers
from rembuk.shared.models import Origin

PEOPLE_CODES = {"PEREMPUAN": "Kelompok perempuan", "TANI": "Kelompok tani", "NELAYAN": "Kelompok nelayan"}
VILLAGE_SOURCES = ["DDS", "PBH", "PAD"]
RT_SOURCES = ["PBK", "DDS"]
LANDMARKS = ("dekat langgar", "menuju dermaga", "samping sekolah", "tepi sungai", "arah pasar desa", "")
MERGED_TEXT = "Digabung dengan {number}: lokasinya bersambung dan dikerjakan sekaligus."
HIGHER_TEXT = "Jalan dan jaringan ini bukan milik Desa; diteruskan ke kabupaten melalui DU-RKP."
DECLINED_TEXT = "Kebutuhan yang sama sudah terjawab lewat usulan RT sebelah."
"""Sentences that the authors read."""


def tell(scene: Scene, rows: Rows) -> None:
    """Give the village its proposals, as far as its year has come."""
    luck = chance.of("usulan", scene.village.id)
    for serial, (hamlet, rt, drawn) in enumerate(asked(scene), start=1):
        scene.proposals.append(proposal_of(scene, serial, hamlet, rt, drawn))
    for proposal in scene.proposals:
        scene.points[proposal.id] = drawn_points(luck)
    if scene.village.id == MELINTANG:
        scene.points |= {proposal.id: (5, 5, 5, 5, 5) for proposal in scene.proposals[: len(PARTICULAR)]}
    settle(scene)
    ballots.tie(scene, rows)
    drafts = [p for p in scene.proposals if p.state == "draft"]
    rows.extend(scene.proposals)
    rows.extend(step for proposal in scene.proposals for step in steps_of(scene, proposal))
    rows.extend(checks_of(scene))
    rows.extend(photos_of(scene))
    rows.extend(upward_of(scene))
    rows.add(
        NumberSeries(
            prefix=f"{scene.village.number_prefix}-{BUDGET_YEAR % 100:02d}",
            last_number=len(scene.proposals) - len(drafts),
        )
    )


def drawn_points(luck: random.Random) -> tuple[int, int, int, int, int]:
    """Return C1 to C5 as a hamlet gave them."""
    return luck.randint(2, 5), luck.randint(1, 5), luck.randint(1, 4), luck.randint(2, 5), luck.randint(2, 5)


def asked(scene: Scene) -> list[tuple[Hamlet, Rt, Drawn]]:
    """Return hamlet, RT and wish, spread over the hamlets; rich villages ask for two or three times as much."""
    luck = chance.of("permintaan", scene.village.id)
    count = luck.randint(40, 50) if scene.rich else luck.randint(12, 24)
    particular = list(PARTICULAR) if scene.village.id == MELINTANG else []
    ordinary = [wish for wish in WISHES if not wish.higher]
    higher = luck.choice([wish for wish in WISHES if wish.higher])
    pool: list[Wish] = [
        *particular,
        higher,
        *luck.sample(ordinary, len(ordinary)),
        *luck.sample(ordinary, len(ordinary)),
    ]
    found = []
    for index, wish in enumerate(pool[:count]):
        hamlet = scene.hamlets[index % len(scene.hamlets)]
        own = [rt for rt in scene.rts if rt.hamlet_id == hamlet.id] or list(scene.rts)
        rt = own[(index // len(scene.hamlets)) % len(own)]
        found.append((hamlet, rt, numbers(luck, wish, f"RT {rt.number}")))
    if scene.rich or count % 3 == 0:
        found.append(found[1])  # two neighbours asked for the same thing: such a pair is merged
    return found


def heard_at(scene: Scene, hamlet: Hamlet) -> datetime:
    """Return when the hamlet met: some days before the planning Musdes."""
    return moment(scene.done["K1"] - timedelta(days=3 + 2 * (hamlet.order % 4)), 19, 30)


def proposal_of(scene: Scene, serial: int, hamlet: Hamlet, rt: Rt, drawn: Drawn) -> Proposal:
    wish, village = drawn.wish, scene.village
    group = next((PEOPLE_CODES[code] for code in wish.groups if code in PEOPLE_CODES), "")
    at = heard_at(scene, hamlet) + timedelta(minutes=7 * serial)
    per_rt = "{rt}" in wish.title and not wish.higher
    luck = chance.of("titik", village.id, serial)
    return Proposal(
        id=scene.key("usulan", serial),
        village=village,
        cycle=scene.cycle,
        number=proposal_number(village.number_prefix, BUDGET_YEAR, serial),
        receipt_digest=chance.key("tanda", village.id, serial).hex * 2,
        title=drawn.title,
        problem=wish.problem,
        hamlet=hamlet,
        rt=rt,
        location_text=luck.choice(LANDMARKS) if wish.physical else "",
        # Works have a place on the ground, within a kilometre of the village's point; a training has none.
        latitude=near(luck, village.latitude) if wish.physical else None,
        longitude=near(luck, village.longitude) if wish.physical else None,
        volume=drawn.volume,
        unit=wish.unit,
        cost=drawn.cost,
        beneficiaries_male=drawn.male,
        beneficiaries_female=drawn.female,
        beneficiaries_poor=drawn.poor,
        groups=list(wish.groups),
        activity_code=wish.code,
        activity_confirmed_by=scene.person(Role.SDK),
        need_category=need_category(wish.code),
        sources_allowed=RT_SOURCES if per_rt and wish.physical else VILLAGE_SOURCES,
        authority="higher" if wish.higher else "village",
        authority_note="Kata Kepala Desa: jalan dan jaringan ini milik kabupaten." if wish.higher else "",
        authority_by=scene.person(Role.KAD),
        feasibility_b={} if wish.higher else {name: luck.randint(2, 5) for name in ("sdgs", "regency", "resources")},
        is_physical=wish.physical,
        proposer_kind="group" if group else "hamlet",
        proposer_group=group,
        proposer_name=chance.person_name(village.id, "pengusul", serial),
        origin=Origin.SEED,
        captured_at=at,
        submitted_at=at + timedelta(hours=1),
        created_by=scene.person(Role.SDK),
        created_by_role=Role.SDK.value,
        showing=showing_of(drawn.title, str(rt or ""), drawn.volume, wish.unit),
        state="sent",
    )


def showing_of(title: str, place: str, volume: Decimal | None, unit: str) -> str:
    """Close what would tell whom it helps, as the secretary's look does."""
    few = helps_few(title, place, count=volume, unit=unit)
    return Proposal.Showing.CLOSED if few else Proposal.Showing.BY_STATE


def where(proposal: Proposal) -> str:
    """Say where a proposal lies, as forms print it."""
    parts = (f"Dusun {proposal.hamlet}" if proposal.hamlet else "", str(proposal.rt or ""), proposal.location_text)
    return ", ".join(part for part in parts if part)


def near(luck: Random, degrees: float | None) -> float | None:
    """Return a coordinate within about a kilometre of *degrees*."""
    return None if degrees is None else round(degrees + luck.uniform(-0.009, 0.009), 5)


def settle(scene: Scene) -> None:
    """Bring the proposals to where the village's year has come."""
    if not scene.story.has("K5"):
        for index, proposal in enumerate(scene.proposals):
            proposal.state = "discussed" if index % 3 else "checked"
        last = scene.proposals[-1]
        last.state, last.number, last.submitted_at, last.receipt_digest = "draft", None, None, ""
        return
    for proposal in scene.proposals:
        proposal.state = "ranked"
    apart(scene.proposals)
    if scene.story.has("K6"):
        choose(scene)


def apart(proposals: Sequence[Proposal]) -> None:
    """Answer what never comes to a choice: beyond the village, the same need twice, withdrawn."""
    for proposal in proposals:
        if proposal.authority == "higher":
            answer(proposal, "forwarded", reasons.BEYOND_AUTHORITY, HIGHER_TEXT)
    seen: dict[tuple[str, str], Proposal] = {}
    for proposal in proposals:
        kind = (proposal.activity_code, str(proposal.hamlet_id))
        first = seen.setdefault(kind, proposal)
        if first is not proposal and proposal.state == "ranked" and first.state == "ranked":
            if proposal.unit in ("paket", "unit", "bulan"):
                answer(proposal, "declined", reasons.DUPLICATE_NEED, DECLINED_TEXT)
            elif first.title == proposal.title:
                proposal.merged_into = first
                answer(proposal, "merged", reasons.MERGED, MERGED_TEXT.format(number=first.number))
    if len(proposals) % 4 == 0 and proposals[-1].state == "ranked":
        answer(proposals[-1], "withdrawn", reasons.WITHDRAWN, "Ditarik pengusul: sudah dikerjakan gotong royong.")


def answer(proposal: Proposal, state: str, code: str, text: str) -> None:
    proposal.state, proposal.reason_code, proposal.reason_text = state, code, text


def total_of(scene: Scene, proposal: Proposal) -> int:
    return sum(scene.points[proposal.id])


def ranked(scene: Scene) -> list[Proposal]:
    """Return the proposals that the hamlets put in order: by points, then beneficiaries, then place in the list."""
    standing = [p for p in scene.proposals if p.state in ("ranked", "planned", "shelved")]
    return sorted(
        standing,
        key=lambda p: (-total_of(scene, p), -(p.beneficiaries_male or 0) - (p.beneficiaries_female or 0), p.number),
    )


def problem_of(scene: Scene) -> choice.Problem:
    """Return what there is to choose from and under which ceilings; Dana Desa above all is short."""
    order = ranked(scene)
    money = {row.source: row.amount for row in scene.ceilings if not row.earmark}
    return choice.Problem(
        proposals=tuple(
            choice.Proposal(
                id=str(p.id),
                cost=p.cost,
                rank=rank,
                position=rank,
                sources=frozenset(p.sources_allowed),
                single_source=True,
            )
            for rank, p in enumerate(order, start=1)
        ),
        sources=tuple(choice.Source(code, amount) for code, amount in money.items() if code not in ("ADD",)),
        year=BUDGET_YEAR,
    )


def choose(scene: Scene) -> None:
    """Let the core choose under the ceilings, or the hall by its vote, and answer every proposal with its reason."""
    if ballots.chose(scene):
        ballots.choose(scene, meetings.meeting_of(scene, "MUSREN", moment(scene.done["K9"])))
        return
    if scene.ceilings and any(row.source == "DDS" for row in scene.ceilings):
        problem = problem_of(scene)
        outcome = allocate(problem)
        by_id = {str(proposal.id): proposal for proposal in scene.proposals}
        for decision in outcome.decisions:
            proposal = by_id[decision.id]
            answer(proposal, "planned" if decision.chosen else "shelved", decision.code, sentence(decision))
            scene.chosen[proposal.id] = dict(decision.amounts)


def steps_of(scene: Scene, proposal: Proposal) -> list[ProposalStep]:
    """Return the life of a proposal as its receipt shows it."""
    if proposal.submitted_at is None:
        return []
    musdes = moment(scene.done["K1"], 11)
    way = [("send", "draft", "sent", proposal.submitted_at), ("check", "sent", "checked", musdes - timedelta(days=1))]
    if proposal.state != "checked":
        way.append(("discuss", "checked", "discussed", musdes))
    if proposal.state not in ("checked", "discussed"):
        ordered = moment(scene.done["K5"], 10)
        way.append(("rank", "discussed", "ranked", ordered))
        if proposal.state != "ranked":
            event = {"planned": "plan", "forwarded": "forward", "shelved": "shelve", "declined": "decline"}
            event |= {"merged": "merge", "withdrawn": "withdraw"}
            at = answered_at(scene, proposal) if proposal.state in ("planned", "shelved") else ordered
            way.append((event[proposal.state], "ranked", proposal.state, at + timedelta(minutes=30)))
    return [step_of(scene, proposal, number, *step) for number, step in enumerate(way)]


def answered_at(scene: Scene, proposal: Proposal) -> datetime:
    """Return when a proposal was chosen or put on the shelf: with the draft, or shelved by the hall that voted."""
    if proposal.state == "shelved" and ballots.chose(scene):
        return moment(scene.done["K9"], 11, 15)
    return moment(scene.done["K6"], 10)


def step_of(
    scene: Scene, proposal: Proposal, number: int, event: str, before: str, after: str, at: datetime
) -> ProposalStep:
    last = after == proposal.state
    return ProposalStep(
        id=chance.key("langkah", proposal.id, number),
        proposal=proposal,
        event=event,
        state_before=before,
        state_after=after,
        reason_code=proposal.reason_code if last else "",
        reason_text=proposal.reason_text if last else "",
        by=scene.person(Role.SDK),
        by_label=Role.SDK.value,
        at=at,
    )


def checks_of(scene: Scene) -> list[FieldCheck]:
    """Return the looks at the places of physical proposals, made between planning Musdes and ranking."""
    if not scene.story.has("K5"):
        return []
    return [
        FieldCheck(
            id=chance.key("periksa", proposal.id),
            proposal=proposal,
            verdict_code=reasons.FEASIBLE,
            note="Lokasi dilihat bersama ketua RT; jalan masuk bahan ada.",
            check_date=scene.done["K5"] - timedelta(days=2 + index % 6),
            checked_by=scene.person(Role.VRF),
        )
        for index, proposal in enumerate(scene.proposals)
        if proposal.is_physical and proposal.authority == "village"
    ]


def photos_of(scene: Scene) -> list[ProposalPhoto]:
    """Return a photo for some of the proposals of the villages told in detail."""
    chosen = [p for p in scene.proposals if p.is_physical][:6] if scene.rich else []
    return [
        ProposalPhoto(
            id=chance.key("foto", proposal.id),
            proposal=proposal,
            file=scene.files["titian"],
            caption=f"{proposal.title}, keadaan sekarang",
        )
        for proposal in chosen
    ]


def upward_of(scene: Scene) -> list[DuRkpdesItem]:
    """Return what goes to the DU-RKP."""
    found: list[DuRkpdesItem] = []
    for proposal in scene.proposals:
        if proposal.state == "forwarded":
            found.append(
                DuRkpdesItem(
                    id=chance.key("du", proposal.id),
                    cycle=scene.cycle,
                    proposal=proposal,
                    order=len(found) + 1,
                    activity_code=proposal.activity_code,
                    name=proposal.title,
                    location=where(proposal),
                    volume_text=f"{proposal.volume} {proposal.unit}",
                    schedule=str(BUDGET_YEAR),
                    cost=proposal.cost,
                    proposed_source="APBD Kabupaten",
                    destination="Kabupaten",
                    reason=proposal.reason_text,
                )
            )
    return found
