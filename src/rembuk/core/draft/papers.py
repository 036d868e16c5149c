"""The papers of a drafted plan: the matrix F26, last year's evaluation F25, and the table of reasons."""

from collections.abc import Iterator
from decimal import Decimal

from rembuk.core.documents.evaluation import EvaluationLine, EvaluationValues, build_evaluation
from rembuk.core.documents.frame import Frame
from rembuk.core.documents.model import Document
from rembuk.core.documents.rkpdes import Beneficiaries, FundedPart, RkpdesLine, RkpdesValues, build_rkpdes
from rembuk.core.draft.plan import DraftPlan
from rembuk.core.draft.ranking import Ranked
from rembuk.core.intake.last_year import LastYearItem, LastYearPlan
from rembuk.core.law.categories import DEFAULT_ORDER_NOTE
from rembuk.core.lists import kegiatan_codes
from rembuk.core.money import Rupiah, format_rupiah

REASON_COLUMNS = ("baris", "usulan", "biaya", "terpilih", "sumber", "kode_alasan", "alasan")

# Where last year's sheet does not say which bidang an activity belongs to.
_FIELD_UNKNOWN = 2


def papers(plan: DraftPlan, frame: Frame, last_year: LastYearPlan | None = None) -> tuple[Document, ...]:
    """Return F26, and F25 when last year's plan was given."""
    matrix = build_rkpdes(
        RkpdesValues(
            frame=frame,
            budget_year=plan.budget_year,
            items=tuple(_line(plan, item) for item in plan.chosen),
            notes=tuple(_notes(plan)),
        )
    )
    if last_year is None:
        return (matrix,)
    return matrix, _evaluation(plan, frame, last_year)


def reason_rows(plan: DraftPlan) -> Iterator[tuple[int, str, int | None, str, str, str, str]]:
    """Yield one row of the table of reasons per accepted proposal, in the order of the list."""
    for item in sorted(plan.ranked, key=lambda item: item.row.row):
        code, sentence = plan.reason(item)
        if item.row.cost_text and item.row.cost is None:
            sentence = f"{sentence} Yang tertulis: {item.row.cost_text}."
        amounts = plan.amounts(item)
        chosen = "ya" if amounts else "tidak"
        sources = ";".join(source for source, _ in amounts)
        yield item.row.row, item.row.text, item.row.cost, chosen, sources, code, sentence


def order_note(plan: DraftPlan) -> str:
    """Return the sentence that says where the order comes from."""
    if not plan.scored:
        return (
            f"Belum ada musyawarah yang memberi skor. Urutan menurut kategori kebutuhan ({DEFAULT_ORDER_NOTE}), "
            "lalu jumlah penerima manfaat, lalu urutan dalam daftar."
        )
    without = sum(item.score is None for item in plan.ranked)
    rest = f" {without} usulan belum diberi skor dan ditempatkan sesudahnya." if without else ""
    return f"Urutan menurut skor musyawarah (jumlah C1 sampai C5; bila sama: C2, C1, A-RTM, urutan daftar).{rest}"


def _notes(plan: DraftPlan) -> Iterator[str]:
    yield order_note(plan)
    counted = f"{len(plan.chosen)} dari {len(plan.ranked)} usulan terpilih di bawah pagu."
    yield f"{counted} Alasan setiap usulan ada di alasan.csv; rancangan ini belum dibahas Musrenbang."
    used = "; ".join(
        f"{state.id} {format_rupiah(state.used)} dari {format_rupiah(state.ceiling)}" for state in plan.outcome.sources
    )
    yield f"Pagu terpakai: {used}."
    if plan.ceilings.earmarked:
        apart = "; ".join(
            f"{line.source} {format_rupiah(line.amount)} untuk {line.purpose}" for line in plan.ceilings.earmarked
        )
        yield f"Dana yang sudah ditentukan penggunaannya, tidak dibagi di sini: {apart}."
    if plan.pack is None:
        yield f"Aturan Dana Desa tahun {plan.budget_year} belum dimuat, jadi belum diperiksa."
    suggested = sum(item.code_state != "daftar" for item in plan.chosen)
    if suggested:
        yield f"Bidang {suggested} kegiatan memakai kode saran dari teks usulan; periksa sebelum ditetapkan."


def _line(plan: DraftPlan, item: Ranked) -> RkpdesLine:
    row = item.row
    quantity, unit = _volume(row.volume, row.unit)
    place = row.location
    if row.hamlet and row.hamlet.casefold() not in place.casefold():
        place = ", ".join(part for part in (row.hamlet, row.location) if part)
    counted = row.men is not None or row.women is not None or row.poor is not None
    return RkpdesLine(
        field=item.field,
        activity=row.text,
        location=place,
        quantity=quantity,
        unit=unit,
        target=row.beneficiaries,
        schedule="",
        funding=tuple(FundedPart(source, amount) for source, amount in plan.amounts(item)),
        beneficiaries=Beneficiaries(row.men, row.women, row.poor) if counted else Beneficiaries(),
    )


def _volume(volume: str, unit: str) -> tuple[Decimal | int | None, str]:
    """Split quantity and unit; what is no number is printed as it was written."""
    plain = volume.replace(",", ".") if volume.count(",") == 1 and "." not in volume else volume
    if plain and plain.replace(".", "", 1).isascii() and plain.replace(".", "", 1).isdigit():
        number = Decimal(plain)
        return (int(number) if number == number.to_integral_value() else number), unit
    if unit and unit.casefold() in volume.casefold():
        return None, volume
    return None, " ".join(part for part in (volume, unit) if part)


def _evaluation(plan: DraftPlan, frame: Frame, last_year: LastYearPlan) -> Document:
    lines = sorted((_evaluated(item) for item in last_year.items), key=lambda line: line.field)
    unread = len(last_year.refused)
    notes = ["Realisasi diisi oleh tim penyusun."]
    if unread:
        notes.append(f"{unread} baris rencana tahun lalu tidak terbaca dan tidak ikut di sini.")
    return build_evaluation(
        EvaluationValues(frame=frame, evaluated_year=plan.budget_year - 1, lines=tuple(lines), notes=tuple(notes))
    )


def _evaluated(item: LastYearItem) -> EvaluationLine:
    kegiatan = kegiatan_codes().get(item.kegiatan)
    parent = kegiatan_codes().get(kegiatan.parent) if kegiatan is not None else None
    remarks = ["; ".join(item.sources), item.volume, "nominal tidak terbaca" if item.amount is None else ""]
    return EvaluationLine(
        field=item.field or _FIELD_UNKNOWN,
        activity=item.text,
        planned=item.amount if item.amount is not None else Rupiah(0),
        subfield="" if parent is None else f"{parent.code} {parent.name}",
        location=item.location,
        remark=", ".join(part for part in remarks if part),
    )
