"""The annual guidance plan of the worked example: running, with money and links, and the commitments behind it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rembuk.core.guidance.commitments import CommitmentEvent
from rembuk.core.guidance.programme import ActivityEvent
from rembuk.core.hat import Hat
from rembuk.guidance.programme import services
from rembuk.guidance.programme.models import Commitment, GuidancePlan, PlanActivity
from rembuk.guidance.programme.services import (
    ActivityValues,
    MoneyValues,
    PaymentValues,
    PlanValues,
    PromiseValues,
    ProofValues,
)
from rembuk.guidance.season.models import Season
from rembuk.guidance.training.models import TrainingBatch
from rembuk.seed import chance
from rembuk.seed.scene import hat_of, moment
from rembuk.seed.story import PLAN_YEAR

RIVER = ("kec:64.02.18", "kec:64.02.01")
OBJECTIVES = """Setiap desa terjangkau sedikitnya satu pelatihan atau kunjungan pendampingan
Musrenbang Desa berlangsung dengan bukti lengkap
Delapan dari sepuluh RKP Desa dinilai baik pada evaluasi pertama"""


@dataclass(frozen=True, slots=True)
class Told:
    """One activity of the example. money: (source, rupiah, for what); paid: (month, day, rupiah, number)."""

    kind: str
    title: str
    owner: str
    start: tuple[int, int]
    end: tuple[int, int]
    villages: tuple[str, ...]
    money: tuple[tuple[str, int, str], ...]
    paid: tuple[tuple[int, int, int, str], ...] = ()
    promise: str = ""
    links: tuple[str, ...] = ()


ACTIVITIES = (
    Told(
        "training", "Bimtek penyusunan RKP Desa untuk sekretaris desa", "role:KBD", (2, 10), (9, 30), ("semua",),
        (("apbd", 186_000_000, "narasumber, konsumsi, bahan"), ("apbdes", 57_900_000, "transpor peserta")),
        ((3, 12, 74_500_000, "SP2D 0117/DPMD/2026"), (6, 18, 61_250_000, "SP2D 0288/DPMD/2026")),
    ),
    Told(
        "visit", "Kunjungan pendampingan desa sungai dan danau", "role:PTP", (3, 1), (11, 30), RIVER,
        (("apbd", 84_000_000, "sewa perahu dan uang harian"),),
        ((4, 20, 31_400_000, "SP2D 0203/DPMD/2026"), (7, 22, 38_900_000, "SP2D 0345/DPMD/2026"),
         (9, 11, 19_350_000, "SP2D 0431/DPMD/2026")),
        "perahu", ("visits:",),
    ),
    Told(
        "facilitation", "Fasilitasi Musrenbang Desa", "role:PTP", (7, 1), (9, 30), ("semua",),
        (("apbd", 142_000_000, "pemandu dan perjalanan"),), ((8, 28, 66_700_000, "SP2D 0402/DPMD/2026"),), "",
        ("season",),
    ),
    Told(
        "clinic", "Klinik Desa keliling di kecamatan", "role:CAM", (2, 1), (12, 15), ("semua",),
        (("apbd", 36_000_000, "meja klinik"),), ((5, 6, 12_000_000, "SP2D 0231/DPMD/2026"),), "", ("questions:",),
    ),
    Told(
        "review", "Evaluasi rancangan RKP dan APB Desa", "role:KBD", (8, 1), (12, 31), ("semua",), (("none", 0, ""),),
        (), "", ("reviews:",),
    ),
    Told(
        "coordination", "Rapat koordinasi pagu indikatif dengan BPKAD dan Bappeda", "role:KBD", (1, 20), (7, 31),
        ("semua",), (("apbd", 18_500_000, "empat rapat"),), ((7, 10, 17_900_000, "SP2D 0331/DPMD/2026"),), "pagu",
    ),
    Told(
        "training", "Pelatihan pemandu musyawarah dan PTPD", "role:STF", (4, 6), (5, 29), RIVER,
        (("apbd", 48_000_000, "dua angkatan"), ("third_party", 15_000_000, "bahan cetak")),
        ((5, 29, 44_100_000, "SP2D 0251/DPMD/2026"),), "", ("batch",),
    ),
)  # fmt: skip
PROMISES = (
    (
        "pagu",
        PromiseValues(
            "agency", "Surat pagu indikatif terbit sebelum akhir Juli", f"{PLAN_YEAR}-01-08", f"{PLAN_YEAR}-07-31",
            agency="bpkad", basis="Rapat koordinasi awal tahun",
        ),
    ),
    (
        "perahu",
        PromiseValues(
            "bupati", "Dua perahu dinas untuk tim pendamping Muara Wis dan Muara Muntai", f"{PLAN_YEAR}-01-06",
            f"{PLAN_YEAR}-08-31", basis="Apel pembukaan pembinaan desa", amount="310.000.000",
        ),
    ),
    (
        "anggaran",
        PromiseValues(
            "bupati", "Anggaran pembinaan desa tahun depan tidak berkurang", f"{PLAN_YEAR}-01-06",
            f"{PLAN_YEAR}-12-15", basis="Apel pembukaan pembinaan desa", owner="role:BAP",
        ),
    ),
)  # fmt: skip


def plant() -> int:
    """Plant the plan and the commitments by the services, as people would. Returns how many activities there are."""
    staff, kabid, head = hat_of("staf"), hat_of("kabid"), hat_of("kadis")
    if staff is None or kabid is None or head is None:
        return 0
    promises = {name: promised(name, values, staff) for name, values in PROMISES}
    at = moment(date(PLAN_YEAR, 1, 12))
    values = PlanValues(str(PLAN_YEAR), "Seluruh desa; kelurahan tidak termasuk", OBJECTIVES)
    plan = services.create_plan(plan_id=key("rencana"), values=values, actor=staff, at=at)
    rows = [planned(plan, told, promises, staff, at) for told in ACTIVITIES]
    services.submit(plan_id=plan.pk, actor=kabid, at=moment(date(PLAN_YEAR, 1, 14)))
    services.approve(plan_id=plan.pk, actor=head, at=moment(date(PLAN_YEAR, 1, 16)))
    start = f"{PLAN_YEAR}-01-19"
    services.start(plan_id=plan.pk, day=start, actor=kabid, at=moment(date(PLAN_YEAR, 1, 19)))
    for told, row in zip(ACTIVITIES, rows, strict=True):
        carried_out(told, row, staff)
    judged(promises["pagu"], staff, head)
    for row in rows[-2:]:
        done_at = moment(date(PLAN_YEAR, 8, 3))
        services.step_activity(
            activity_id=row.pk, event=ActivityEvent.CLOSE, words="terlaksana", actor=kabid, at=done_at
        )
    return len(rows)


def promised(name: str, values: PromiseValues, staff: Hat) -> Commitment:
    at = moment(date(PLAN_YEAR, 1, 9))
    return services.promise(commitment_id=key("janji", name), values=values, actor=staff, at=at)


def planned(plan: GuidancePlan, told: Told, promises: dict[str, Commitment], staff: Hat, at: datetime) -> PlanActivity:
    values = ActivityValues(
        kind=told.kind,
        title=told.title,
        owner=told.owner,
        start=date(PLAN_YEAR, *told.start).isoformat(),
        end=date(PLAN_YEAR, *told.end).isoformat(),
        commitment=str(promises[told.promise].pk) if told.promise else "",
        money=tuple(MoneyValues(source, str(amount), note) for source, amount, note in told.money),
    )
    activity_id = key("kegiatan", told.title)
    made = services.new_activity(activity_id=activity_id, plan_id=plan.pk, values=values, actor=staff, at=at)
    return services.set_targets(
        activity_id=made.pk, version=made.version, villages=told.villages, text="", actor=staff, at=at
    )


def carried_out(told: Told, row: PlanActivity, staff: Hat) -> None:
    """Pay, and tie what other rooms have done."""
    for month, day, amount, number in told.paid:
        paid = date(PLAN_YEAR, month, day)
        values = PaymentValues(day=paid.isoformat(), amount=str(amount), source="apbd", number=number)
        services.pay(
            payment_id=key("bayar", number), activity_id=row.pk, values=values, actor=staff, at=moment(paid, 15)
        )
    for value in told.links:
        for full in tied(value):
            services.link(activity_id=row.pk, value=full, actor=staff, at=moment(date(PLAN_YEAR, 9, 14)))


def tied(value: str) -> list[str]:
    """Return what a link of the story is in the example: its batches, its season, or a count by period."""
    if value == "batch":
        rows = TrainingBatch.objects.order_by("start_date", "title", "id").values_list("pk", flat=True)
        return [f"batch:{row}" for row in rows]
    if value == "season":
        return [f"season:{row}" for row in Season.objects.order_by("start_date", "id").values_list("pk", flat=True)[:1]]
    return [value]


def judged(promise: Commitment, staff: Hat, head: Hat) -> None:
    """The promise of the ceiling letters was kept in time, and is public."""
    proof = ProofValues("Surat pagu indikatif 16 Juli, diterima kecamatan", f"{PLAN_YEAR}-07-17")
    at = moment(date(PLAN_YEAR, 7, 20))
    services.prove(evidence_id=key("bukti", "pagu"), commitment_id=promise.pk, values=proof, actor=staff, at=at)
    kept = CommitmentEvent.KEEP
    services.judge(commitment_id=promise.pk, event=kept, words="", version=promise.version, actor=head, at=at)
    services.publish(commitment_id=promise.pk, public=True, actor=head, at=at)


def key(*parts: str) -> UUID:
    return chance.key("pembinaan", *parts)
