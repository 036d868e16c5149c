"""The open data: which tables there are, what their columns mean, and the rows of one year as a stream."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, OuterRef, QuerySet, Subquery, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.budgeting.models import ApbdesFunding
from rembuk.budgeting.queries import budgets_of
from rembuk.core.workflow.apb_evaluation import IN_FORCE
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.deliberation.queries import called_meetings, told_meetings
from rembuk.plans.models import ItemFunding
from rembuk.plans.public_money import aid_name, closed_items_of_plans
from rembuk.plans.queries import versions_in_force
from rembuk.plans.typed import number_text
from rembuk.portal.queries.money import closed_items_of_lines, line_helps_few
from rembuk.portal.queries.regency import standings
from rembuk.proposals.models import Proposal
from rembuk.proposals.public_words import Cover, covered, covers_of, with_looked_at
from rembuk.proposals.queries import public_q
from rembuk.regions.models import Regency, Village
from rembuk.works.models import Payment, Work
from rembuk.works.public_works import told_works

Cell = str | int | None
Row = tuple[Cell, ...]
AT_ONCE = 200
CHUNK = 500
Thing = TypeVar("Thing")
Stored = TypeVar("Stored", bound=Model)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the files, what it means, and of which kind it is."""

    name: str
    words: str | Promise
    kind: str | Promise


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the open data. rows: (regency, budget year) -> its rows, read as they are asked for."""

    title: str | Promise
    words: str | Promise
    columns: tuple[Column, ...]
    rows: Callable[[Regency, int], Iterator[Row]]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


TEXT, NUMBER, RUPIAH, YEAR, DAY = _("teks"), _("bilangan"), _("rupiah utuh"), _("tahun"), _("tanggal (ISO 8601)")
VILLAGE_CODE = Column("kode_desa", _("kode wilayah resmi desa"), TEXT)
BUDGET_YEAR = Column("tahun", _("tahun anggaran"), YEAR)
ACTIVITY_CODE = Column("kode_kegiatan", _("kode kegiatan Permendagri 20/2018"), TEXT)
SOURCE = Column("sumber", _("kode sumber dana, misalnya DDS untuk Dana Desa"), TEXT)
AMOUNT = Column("jumlah", _("uang dari sumber itu"), RUPIAH)


def in_parts(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    for start in range(0, len(things), AT_ONCE):
        yield things[start : start + AT_ONCE]


def cycles_of(regency: Regency, year: int) -> list[UUID]:
    rows = Cycle.objects.filter(village__regency=regency, budget_year=year).order_by("village_id")
    return list(rows.values_list("pk", flat=True))


def degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.5f}"


def villages(regency: Regency, year: int) -> Iterator[Row]:
    for row in standings(regency, year):
        village = row.village
        yield (
            *(village.code, village.name, village.district_id, village.district.name),
            *(degrees(village.latitude), degrees(village.longitude), year, row.step),
        )


def proposals(regency: Regency, year: int) -> Iterator[Row]:
    rows = Proposal.objects.filter(public_q(), village__regency=regency, cycle__budget_year=year)
    ordered = with_looked_at(rows).select_related("hamlet").order_by("village_id", "number", "id")
    covers, codes = covers_in(regency), codes_in(regency)
    for proposal in ordered.iterator(chunk_size=CHUNK):
        row = covered(proposal, covers[proposal.village_id], looked_at=getattr(proposal, "looked_at", False))
        code, hamlet = codes[row.village_id], row.hamlet.name if row.hamlet is not None else ""
        yield (
            *(code, year, row.number, row.title, hamlet, number_text(row.volume), row.unit, row.cost),
            *(row.activity_code, row.authority, row.state, row.reason_code, row.reason_text),
        )


def covers_in(regency: Regency) -> Mapping[str, Cover]:
    """Return village -> its cover, of every village of a regency. Two queries."""
    return covers_of(Village.objects.filter(regency=regency).select_related("district", "regency"))


def codes_in(regency: Regency) -> Mapping[str, str]:
    return dict(Village.objects.filter(regency=regency).values_list("pk", "code"))


def summed_aid(rows: Iterable[tuple[tuple[Cell, ...], str, int]]) -> Iterator[tuple[tuple[Cell, ...], str, int]]:
    """Yield (head of the row, source, amount) once for each head and source, summed, in their order."""
    sums: dict[tuple[tuple[Cell, ...], str], int] = {}
    for head, source, amount in rows:
        sums[head, source] = sums.get((head, source), 0) + amount
    for (head, source), amount in sums.items():
        yield head, source, amount


def activities(regency: Regency, year: int) -> Iterator[Row]:
    covers, codes = covers_in(regency), codes_in(regency)
    for cycles in in_parts(cycles_of(regency, year)):
        plans = [plan.pk for plan in versions_in_force(cycles).values()]
        rows = ItemFunding.objects.filter(item__plan_id__in=plans).select_related("item__plan")
        found = rows.order_by("item__plan__village_id", "item__activity_code", "item_id", "source")
        closed = closed_items_of_plans(plans)
        aid: list[tuple[tuple[Cell, ...], str, int]] = []
        for row in found.iterator(chunk_size=CHUNK):
            item, plan = row.item, row.item.plan
            cover, code = covers[plan.village_id], codes[plan.village_id]
            if item.pk in closed or cover.few(item.name, item.location, count=item.volume, unit=item.unit):
                aid.append(((code, year, plan.perdes_number), row.source, row.amount))
                continue
            name, place = cover(item.name), cover(item.location)
            size = (number_text(item.volume), item.unit)
            yield (
                *(code, year, plan.perdes_number, str(item.pk), item.activity_code, name, place, *size),
                *(row.source, row.amount),
            )
        for head, source, amount in summed_aid(aid):
            yield (*head, "", "", aid_name(), "", "", "", source, amount)


def budget_lines(regency: Regency, year: int) -> Iterator[Row]:
    covers, codes = covers_in(regency), codes_in(regency)
    for cycles in in_parts(cycles_of(regency, year)):
        binding = (each.binding for each in budgets_of(cycles).values())
        versions = [version.pk for version in binding if version.apbdes.state in IN_FORCE]
        rows = ApbdesFunding.objects.filter(line__version_id__in=versions)
        rows = rows.select_related("line__version__apbdes", "line__item")
        ordered = rows.order_by("line__version__apbdes__village_id", "line__order", "line_id", "source")
        closed = closed_items_of_lines(versions)
        aid: list[tuple[tuple[Cell, ...], str, int]] = []
        for row in ordered.iterator(chunk_size=CHUNK):
            line, apbdes = row.line, row.line.version.apbdes
            cover, code = covers[apbdes.village_id], codes[apbdes.village_id]
            if line.item_id in closed or line_helps_few(line, cover):
                aid.append(((code, year, apbdes.number), row.source, row.amount))
                continue
            item = str(line.item_id or "")
            name, place = cover(line.name), cover(line.location)
            yield (code, year, apbdes.number, line.code, name, place, item, row.source, row.amount)
        for head, source, amount in summed_aid(aid):
            yield (*head, "", aid_name(), "", "", source, amount)


def works(regency: Regency, year: int) -> Iterator[Row]:
    """Yield the works that may be told by themselves; the money of the others stands in the budget's sum of aid."""
    paid = Payment.objects.filter(work=OuterRef("pk"), struck_at__isnull=True).order_by().values("work")
    rows = Work.objects.filter(village__regency=regency, cycle__budget_year=year)
    rows = rows.annotate(paid=Subquery(paid.annotate(n=Sum("amount")).values("n")))
    codes = codes_in(regency)
    for part in batches(rows.order_by("village_id", "activity_code", "name", "id")):
        told = told_works(part)
        for row in part:
            if row.pk not in told:
                continue
            words = told[row.pk]
            size = (number_text(row.target_volume), number_text(row.done_volume), row.unit)
            closed = row.minutes_date if row.state == Work.State.CLOSED else None
            day, money = closed.isoformat() if closed is not None else "", getattr(row, "paid", None) or 0
            yield (
                *(codes[row.village_id], year, str(row.item_id or ""), row.activity_code, words.name, words.location),
                *(*size, row.percent, row.state, day, money),
            )


def meetings(regency: Regency, year: int) -> Iterator[Row]:
    rows = called_meetings().filter(village__regency=regency, cycle__budget_year=year).select_related("village")
    rows = rows.defer("minutes", "ranking", "rules", "signers", "resource_persons", "community_signers")
    for part in batches(rows.prefetch_related("decisions").order_by("village_id", "scheduled_at", "id")):
        codes = {row.pk: row.village.code for row in part}
        for row in told_meetings(part):
            day = local_day(regency, row.scheduled_at).isoformat()
            yield (codes[row.id], year, row.kind, row.title, day, row.state, row.present, row.men, row.women)


def batches(rows: "QuerySet[Stored]") -> Iterator[list[Stored]]:
    found = rows.iterator(chunk_size=AT_ONCE)
    while part := list(islice(found, AT_ONCE)):
        yield part


ITEM_KEY = Column(
    "kunci_kegiatan",
    _("kunci kegiatan RKP Desa, sama di tabel kegiatan, APB, dan pekerjaan; kosong pada jumlah bantuan"),
    TEXT,
)
TABLES: Mapping[str, Table] = {
    "desa": Table(
        _("Desa"),
        _("Semua desa dengan sampai di mana rencana tahun itu."),
        (
            VILLAGE_CODE,
            Column("desa", _("nama desa"), TEXT),
            Column("kode_kecamatan", _("kode wilayah resmi kecamatan"), TEXT),
            Column("kecamatan", _("nama kecamatan"), TEXT),
            Column("lintang", _("lintang balai desa, derajat desimal; kosong bila tidak diketahui"), NUMBER),
            Column("bujur", _("bujur balai desa, derajat desimal; kosong bila tidak diketahui"), NUMBER),
            BUDGET_YEAR,
            Column(
                "keadaan",
                _("tahap terjauh yang ada buktinya: ditetapkan, disepakati, dibahas, disusun, digali, dibuka, belum"),
                TEXT,
            ),
        ),
        villages,
    ),
    "usulan": Table(
        _("Usulan"),
        _("Usulan yang sudah dilihat Sekretaris Desa, tanpa pengusul dan tanpa jumlah orang yang dibantu."),
        (
            VILLAGE_CODE,
            BUDGET_YEAR,
            Column("nomor", _("nomor usulan; halamannya /u/NOMOR/"), TEXT),
            Column("usulan", _("apa yang diusulkan"), TEXT),
            Column("dusun", _("dusun; kosong bila seluruh desa"), TEXT),
            Column("volume", _("ukuran, koma desimal"), NUMBER),
            Column("satuan", _("satuan ukuran"), TEXT),
            Column("biaya", _("perkiraan biaya; kosong bila belum ada"), RUPIAH),
            ACTIVITY_CODE,
            Column("wewenang", _("unknown, village (desa), atau higher (di atas desa)"), TEXT),
            Column(
                "keadaan", _("checked, discussed, ranked, planned, forwarded, shelved, declined, atau merged"), TEXT
            ),
            Column("kode_alasan", _("kode alasan jawabannya"), TEXT),
            Column("alasan", _("alasan jawabannya"), TEXT),
        ),
        proposals,
    ),
    "kegiatan": Table(
        _("Kegiatan RKP Desa"),
        _(
            "Kegiatan dalam RKP Desa yang berlaku, satu baris tiap sumber dana. "
            "Bantuan untuk orang atau rumah dijumlahkan."
        ),
        (
            VILLAGE_CODE,
            BUDGET_YEAR,
            Column("perdes", _("nomor Peraturan Desa yang menetapkan"), TEXT),
            ITEM_KEY,
            ACTIVITY_CODE,
            Column("kegiatan", _("nama kegiatan"), TEXT),
            Column("lokasi", _("tempat kegiatan"), TEXT),
            Column("volume", _("ukuran, koma desimal"), NUMBER),
            Column("satuan", _("satuan ukuran"), TEXT),
            SOURCE,
            AMOUNT,
        ),
        activities,
    ),
    "apb": Table(
        _("Belanja APB Desa"),
        _(
            "Baris belanja APB Desa yang berlaku, satu baris tiap sumber dana. "
            "Bantuan untuk orang atau rumah dijumlahkan."
        ),
        (
            VILLAGE_CODE,
            BUDGET_YEAR,
            Column("perubahan", _("0 untuk APB Desa pertama, 1 dan seterusnya untuk perubahannya"), NUMBER),
            ACTIVITY_CODE,
            Column("kegiatan", _("nama kegiatan"), TEXT),
            Column("lokasi", _("tempat kegiatan"), TEXT),
            ITEM_KEY,
            SOURCE,
            AMOUNT,
        ),
        budget_lines,
    ),
    "pekerjaan": Table(
        _("Pekerjaan"),
        _("Yang dijanjikan dan yang dibangun, dengan uang yang sudah dibayar; tanpa bantuan untuk orang atau rumah."),
        (
            VILLAGE_CODE,
            BUDGET_YEAR,
            ITEM_KEY,
            ACTIVITY_CODE,
            Column("pekerjaan", _("nama pekerjaan"), TEXT),
            Column("lokasi", _("tempat pekerjaan"), TEXT),
            Column("dijanjikan", _("ukuran yang dijanjikan, koma desimal"), NUMBER),
            Column("terpasang", _("ukuran yang terpasang, koma desimal; kosong bila belum selesai"), NUMBER),
            Column("satuan", _("satuan ukuran"), TEXT),
            Column("kemajuan", _("kemajuan fisik terakhir, persen"), NUMBER),
            Column("keadaan", _("open (dikerjakan) atau closed (selesai diserahkan)"), TEXT),
            Column("diserahkan", _("hari berita acara serah terima"), DAY),
            Column("terpakai", _("uang yang sudah dibayar, tanpa yang dicoret"), RUPIAH),
        ),
        works,
    ),
    "musyawarah": Table(
        _("Musyawarah"),
        _("Musyawarah yang sudah diundang, dengan jumlah yang hadir; kelompok di bawah lima orang dikosongkan."),
        (
            VILLAGE_CODE,
            BUDGET_YEAR,
            Column("jenis", _("MUSDUS, MUSKEL, MUSDES_P, MUSREN, MUSDES_E, MUSREN_X, MUSDES_B, atau REMBUK"), TEXT),
            Column("musyawarah", _("namanya"), TEXT),
            Column("tanggal", _("hari musyawarah"), DAY),
            Column("keadaan", _("invited, running, adjourned, closed, signed, atau cancelled"), TEXT),
            Column("hadir", _("yang hadir; kosong bila belum berlangsung atau kurang dari lima"), NUMBER),
            Column("laki_laki", _("laki-laki yang hadir; kosong bila salah satu jumlahnya kecil"), NUMBER),
            Column("perempuan", _("perempuan yang hadir; kosong bila salah satu jumlahnya kecil"), NUMBER),
        ),
        meetings,
    ),
}
