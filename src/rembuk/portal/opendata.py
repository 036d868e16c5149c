"""The open data: which tables there are, what their columns mean, and the rows of one year as a stream."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.budgeting.models import ApbdesFunding
from rembuk.budgeting.queries import budgets_of
from rembuk.core.workflow.apb_evaluation import IN_FORCE
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import called_meetings, told_meetings
from rembuk.plans.models import ItemFunding
from rembuk.plans.queries import versions_in_force
from rembuk.plans.typed import number_text
from rembuk.portal.queries.regency import standings
from rembuk.proposals.models import Proposal
from rembuk.proposals.queries import public_q
from rembuk.regions.models import Regency
from rembuk.works.models import Payment, Work

Cell = str | int | None
Row = tuple[Cell, ...]
AT_ONCE = 200
CHUNK = 500
Thing = TypeVar("Thing")


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
    columns = ("village__code", "number", "title", "hamlet__name", "volume", "unit", "cost", "activity_code")
    more = ("authority", "state", "reason_code", "reason_text")
    found = rows.order_by("village_id", "number", "id").values_list(*columns, *more)
    for code, number, title, hamlet, volume, *rest in found.iterator(chunk_size=CHUNK):
        yield (code, year, number, title, hamlet or "", number_text(volume), *rest)


def activities(regency: Regency, year: int) -> Iterator[Row]:
    columns = ("item__plan__village__code", "item__plan__perdes_number", "item_id", "item__activity_code")
    more = ("item__name", "item__location", "item__volume", "item__unit", "source", "amount")
    for cycles in in_parts(cycles_of(regency, year)):
        plans = [plan.pk for plan in versions_in_force(cycles).values()]
        rows = ItemFunding.objects.filter(item__plan_id__in=plans)
        found = rows.order_by("item__plan__village_id", "item__activity_code", "item_id", "source")
        for code, number, key, *rest in found.values_list(*columns, *more).iterator(chunk_size=CHUNK):
            activity, name, location, volume, *last = rest
            yield (code, year, number, str(key), activity, name, location, number_text(volume), *last)


def budget_lines(regency: Regency, year: int) -> Iterator[Row]:
    columns = ("line__version__apbdes__village__code", "line__version__apbdes__number", "line__code", "line__name")
    more = ("line__location", "line__item_id", "source", "amount")
    for cycles in in_parts(cycles_of(regency, year)):
        found = (each.binding for each in budgets_of(cycles).values())
        versions = [version.pk for version in found if version.apbdes.state in IN_FORCE]
        rows = ApbdesFunding.objects.filter(line__version_id__in=versions)
        ordered = rows.order_by("line__version__apbdes__village_id", "line__order", "line_id", "source")
        for code, number, activity, name, location, item, source, amount in ordered.values_list(
            *columns, *more
        ).iterator(chunk_size=CHUNK):
            yield (code, year, number, activity, name, location, str(item or ""), source, amount)


def works(regency: Regency, year: int) -> Iterator[Row]:
    paid = Payment.objects.filter(work=OuterRef("pk"), struck_at__isnull=True).order_by().values("work")
    rows = Work.objects.filter(village__regency=regency, cycle__budget_year=year)
    rows = rows.annotate(paid=Subquery(paid.annotate(n=Sum("amount")).values("n")))
    columns = ("village__code", "item_id", "activity_code", "name", "location", "target_volume", "done_volume", "unit")
    found = rows.order_by("village_id", "activity_code", "name", "id")
    for code, item, activity, name, location, target, done, unit, percent, state, closed, money in found.values_list(
        *columns, "percent", "state", "minutes_date", "paid"
    ).iterator(chunk_size=CHUNK):
        size = (number_text(target), number_text(done), unit)
        day = closed.isoformat() if closed is not None and state == Work.State.CLOSED else ""
        yield (
            *(code, year, str(item or ""), activity, name, location, *size, percent),
            *(state, day, money or 0),
        )


def meetings(regency: Regency, year: int) -> Iterator[Row]:
    rows = called_meetings().filter(village__regency=regency, cycle__budget_year=year).select_related("village")
    rows = rows.defer("minutes", "ranking", "rules", "signers", "resource_persons", "community_signers")
    for part in batches(rows.prefetch_related("decisions").order_by("village_id", "scheduled_at", "id")):
        codes = {row.pk: row.village.code for row in part}
        for row in told_meetings(part):
            day = local_day(regency, row.scheduled_at).isoformat()
            yield (codes[row.id], year, row.kind, row.title, day, row.state, row.present, row.men, row.women)


def batches(rows: "QuerySet[Meeting]") -> Iterator[list[Meeting]]:
    found = rows.iterator(chunk_size=AT_ONCE)
    while part := list(islice(found, AT_ONCE)):
        yield part


ITEM_KEY = Column("kunci_kegiatan", _("kunci kegiatan RKP Desa, sama di tabel kegiatan, APB, dan pekerjaan"), TEXT)
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
        _("Kegiatan dalam RKP Desa yang berlaku, satu baris tiap sumber dana."),
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
        _("Baris belanja APB Desa yang berlaku, satu baris tiap sumber dana."),
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
        _("Yang dijanjikan dan yang dibangun, dengan uang yang sudah dibayar."),
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
