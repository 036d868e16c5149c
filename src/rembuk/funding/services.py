"""Writes of ceilings: entered from letters, issued by the head of division, superseded by later ones, never edited."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat, Place
from rembuk.core.lists import funding_sources, source_code
from rembuk.core.money import Rupiah
from rembuk.core.permissions import Somewhere, require
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.cycles.services import evidence_changed, lay_for_many
from rembuk.funding.models import Ceiling
from rembuk.funding.queries import is_of_letter, own_sources, waiting_at
from rembuk.regions.models import Village
from rembuk.shared import trail
from rembuk.shared.models import StoredFile

CEILING_STAGES = ("K3", "K4")
Key = tuple[str, int, str, str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a letter. source: a code or a name of the list; amount: whole rupiah, zero is a value.

    earmark: what the money is bound to (``KDMP``), so that nobody plans it; programme: a tag on planned money
    (``RTKU``).
    """

    source: str
    amount: Rupiah
    earmark: str = ""
    programme: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """The paper a ceiling comes from. Both number and date are needed; *received* is when the village got it."""

    number: str
    day: date | None
    received: date | None = None
    file: StoredFile | None = None
    basis: str = ""


@transaction.atomic
def enter_ceilings(
    *,
    village: Village,
    budget_year: int,
    lines: Sequence[Line],
    letter: Letter,
    actor: Hat,
    at: datetime,
    stage: str = Ceiling.Stage.INDICATIVE,
) -> list[Ceiling]:
    """Write down the figures of a regency letter for one village; they wait until the head of division issues them.

    The same source again before issue replaces the waiting figure. Returns the waiting rows in the order given.
    Raises: NotAllowedError, BadInputError (unknown source, negative, twice, no letter); nothing is kept then.
    """
    require(actor, "funding.enter_letter", village)
    return enter_many(
        figures={village: lines}, budget_year=budget_year, letter=letter, actor=actor, at=at, stage=stage
    )[village.id]


def revise_ceilings(
    *,
    village: Village,
    budget_year: int,
    lines: Sequence[Line],
    letter: Letter,
    actor: Hat,
    at: datetime,
    final: bool = False,
) -> list[Ceiling]:
    """Write down a later letter; when issued it supersedes what is in force, which stays readable.

    Raises: as `enter_ceilings`.
    """
    stage = Ceiling.Stage.FINAL if final else Ceiling.Stage.REVISED
    return enter_ceilings(
        village=village, budget_year=budget_year, lines=lines, letter=letter, actor=actor, at=at, stage=stage
    )


@transaction.atomic
def enter_many(
    *,
    figures: Mapping[Village, Sequence[Line]],
    budget_year: int,
    letter: Letter,
    actor: Hat,
    at: datetime,
    stage: str = Ceiling.Stage.INDICATIVE,
) -> dict[str, list[Ceiling]]:
    """Write down one letter for many villages, all or none. Returns village key -> waiting rows.

    Raises: as `enter_ceilings`.
    """
    check_year(budget_year)
    if stage not in (Ceiling.Stage.INDICATIVE, Ceiling.Stage.REVISED, Ceiling.Stage.FINAL):
        raise BadInputError("ceiling-stage-odd", read=stage)
    ready: dict[str, list[Line]] = {}
    for village, lines in figures.items():
        require(actor, "funding.enter_letter", village)
        check_letter(letter, village, at)
        ready[village.id] = clean_lines(lines)
    rows = [
        build(village_id, budget_year, line, stage=stage, actor=actor, letter=letter)
        for village_id, lines in ready.items()
        for line in lines
    ]
    with trail.acting(actor, "funding.enter_letter"):
        drop_waiting(rows)
        Ceiling.objects.bulk_create(rows)
    result: dict[str, list[Ceiling]] = {village_id: [] for village_id in ready}
    for row in rows:
        result[row.village_id].append(row)
    return result


@transaction.atomic
def enter_own(
    *, village: Village, budget_year: int, lines: Sequence[Line], basis: str, actor: Hat, at: datetime
) -> list[Ceiling]:
    """Write down the village's own estimates (PAD, swadaya, other income); they hold at once.

    Raises: NotAllowedError, BadInputError (a source of the regency's letter, unknown, negative, twice).
    """
    require(actor, "funding.enter_own", village)
    check_year(budget_year)
    cleaned = clean_lines(lines)
    for line in cleaned:
        if is_of_letter(line.source):
            raise BadInputError("ceiling-not-yours", source=line.source, accepted=", ".join(own_sources()))
    said = Letter(number="", day=None, basis=basis.strip() or _("Perkiraan desa"))
    rows = [
        build(village.id, budget_year, line, stage=Ceiling.Stage.INDICATIVE, actor=actor, letter=said)
        for line in cleaned
    ]
    with trail.acting(actor, "funding.enter_own"):
        bring_into_force(rows, actor=actor, at=at, new=True)
        tell_cycles([village.id], budget_year)
    return rows


@transaction.atomic
def enter_provisional(
    *,
    village: Village,
    budget_year: int,
    actor: Hat,
    at: datetime,
    lines: Sequence[Line] | None = None,
    basis: str = "",
) -> list[Ceiling]:
    """Let a village plan with the last figures it had until its letter comes; flagged "sementara", basis recorded.

    Without *lines* the figures of the latest earlier year that has any are taken, with that year as the basis.
    Raises: NotAllowedError, RefusedError (a real ceiling is there, no earlier figures), BadInputError.
    """
    require(actor, "funding.enter_provisional", village)
    check_year(budget_year)
    in_force = list(Ceiling.objects.select_for_update().filter(village=village, budget_year=budget_year, in_force=True))
    if any(row.stage != Ceiling.Stage.PROVISIONAL and is_of_letter(row.source) for row in in_force):
        raise RefusedError("real-ceiling-there", year=budget_year)
    if lines is None:
        lines, basis = last_figures(village, budget_year)
    said = Letter(number="", day=None, basis=basis.strip())
    if not said.basis:
        raise BadInputError("reason-missing")
    kept = {row.source for row in in_force if row.stage != Ceiling.Stage.PROVISIONAL}
    rows = [
        build(village.id, budget_year, line, stage=Ceiling.Stage.PROVISIONAL, actor=actor, letter=said)
        for line in clean_lines(lines)
        if line.source not in kept
    ]
    with trail.acting(actor, "funding.enter_provisional"):
        bring_into_force(rows, actor=actor, at=at, new=True)
        tell_cycles([village.id], budget_year)
    return rows


@transaction.atomic
def issue_ceilings(
    *, place: Place, budget_year: int, actor: Hat, at: datetime, received_date: date | None = None
) -> int:
    """Bring into force all that waits at or below *place*; what each row supersedes stays readable.

    A village's provisional figures end with its letter; a scanned letter becomes evidence of K3. Returns how many rows
    were issued. A constant number of queries, however many villages. Raises: NotAllowedError, RefusedError when nothing
    waits.
    """
    require(actor, "funding.issue", Somewhere(place))
    rows = list(waiting_at(place, budget_year).select_for_update(of=("self",)))
    if not rows:
        raise RefusedError("nothing-to-issue")
    for row in rows:
        row.received_date = row.received_date or received_date or row.letter_date
    villages = sorted({row.village_id for row in rows})
    with trail.acting(actor, "funding.issue"):
        bring_into_force(rows, actor=actor, at=at, new=False)
        Ceiling.objects.filter(
            village_id__in=villages, budget_year=budget_year, in_force=True, stage=Ceiling.Stage.PROVISIONAL
        ).update(in_force=False)
        tell_cycles(villages, budget_year)
        lay_letters(rows, budget_year, actor=actor, at=at)
    return len(rows)


def lay_letters(rows: Sequence[Ceiling], budget_year: int, *, actor: Hat, at: datetime) -> None:
    """Lay the scanned letters of issued ceilings under K3 of their villages' cycles, where a scan was handed in."""
    letters: dict[tuple[UUID, str, date, bool], set[str]] = {}
    for row in rows:
        if row.file_id is not None and row.letter_date is not None:
            final = row.stage == Ceiling.Stage.FINAL
            letters.setdefault((row.file_id, row.letter_number, row.letter_date, final), set()).add(row.village_id)
    files = StoredFile.objects.in_bulk([file_id for file_id, _number, _day, _final in letters])
    for (file_id, number, day, final), villages in sorted(letters.items(), key=lambda item: (item[0][2], item[0][1])):
        cycles = Cycle.objects.filter(village_id__in=villages, budget_year=budget_year)
        lay_for_many(
            cycle_ids=list(cycles.order_by("pk").values_list("pk", flat=True)),
            stage="K3",
            paper_code="F36",
            title=_("Surat pagu final") if final else _("Surat pagu indikatif"),
            number=number,
            document_date=day,
            file=files[file_id],
            actor=actor,
            at=at,
        )


def last_figures(village: Village, budget_year: int) -> tuple[list[Line], str]:
    """Return the figures in force in the latest earlier year and the sentence that names them as a basis."""
    earlier = Ceiling.objects.filter(village=village, budget_year__lt=budget_year, in_force=True)
    rows = list(earlier.exclude(stage=Ceiling.Stage.PROVISIONAL).order_by("-budget_year", "source", "id"))
    if not rows:
        raise RefusedError("no-figures-before", years=budget_year - 1)
    year = rows[0].budget_year
    kept = [row for row in rows if row.budget_year == year]
    letters = sorted({row.letter_number for row in kept if row.letter_number})
    basis = _("Angka pagu tahun anggaran %(year)d") % {"year": year}
    if letters:
        basis = _("%(basis)s, surat %(letters)s") % {"basis": basis, "letters": ", ".join(letters)}
    return [Line(row.source, Rupiah(row.amount), row.earmark, row.programme) for row in kept], basis


def clean_lines(lines: Iterable[Line]) -> list[Line]:
    """Return the lines with source codes of the list. Raises: BadInputError for the first that cannot stand."""
    cleaned: list[Line] = []
    for number, line in enumerate(lines, start=1):
        row = line.row or number
        code = source_code(line.source)
        if code is None:
            raise BadInputError("source-unknown", row=row, read=line.source, accepted=", ".join(funding_sources()))
        if line.amount < 0:
            raise BadInputError("ceiling-negative", row=row, source=code)
        cleaned.append(Line(code, line.amount, line.earmark.strip()[:60], line.programme.strip()[:20], row))
    if not cleaned:
        raise BadInputError("nothing-entered")
    counts = Counter((line.source, line.earmark, line.programme) for line in cleaned)
    (source, _earmark, _programme), most = counts.most_common(1)[0]
    if most > 1:
        raise BadInputError("ceiling-twice", source=source)
    return cleaned


def check_letter(letter: Letter, village: Village, at: datetime) -> None:
    if not letter.number.strip() or letter.day is None:
        raise BadInputError("letter-missing")
    if letter.day > local_day(village.regency, at):
        raise BadInputError("letter-in-future", date=letter.day.isoformat())


def check_year(year: int) -> None:
    if not 2000 <= year <= 2100:
        raise BadInputError("year-odd", year=year)


def build(village_id: str, budget_year: int, line: Line, *, stage: str, actor: Hat, letter: Letter) -> Ceiling:
    return Ceiling(
        village_id=village_id,
        budget_year=budget_year,
        source=line.source,
        earmark=line.earmark,
        programme=line.programme,
        amount=line.amount,
        stage=stage,
        letter_number=letter.number.strip()[:100],
        letter_date=letter.day,
        received_date=letter.received,
        file=letter.file,
        basis=letter.basis,
        entered_by=actor.person_id,
    )


def key_of(row: Ceiling) -> Key:
    return (row.village_id, row.budget_year, row.source, row.earmark, row.programme)


def same_keys(rows: Sequence[Ceiling], **state: object) -> list[Ceiling]:
    """Return stored rows with the same keys as *rows*, in that state. One query."""
    wanted = {key_of(row) for row in rows}
    found = Ceiling.objects.select_for_update().filter(
        village_id__in={row.village_id for row in rows}, budget_year__in={row.budget_year for row in rows}, **state
    )
    return [row for row in found if key_of(row) in wanted]


def drop_waiting(rows: Sequence[Ceiling]) -> None:
    """Remove waiting figures that *rows* replace; they never held, and the trail keeps them."""
    waiting: list[UUID] = [row.pk for row in same_keys(rows, issued_at__isnull=True)]
    if waiting:
        Ceiling.objects.filter(pk__in=waiting).delete()


def bring_into_force(rows: Sequence[Ceiling], *, actor: Hat, at: datetime, new: bool) -> None:
    """Let *rows* hold from now on and end what they supersede. *new* rows are not stored yet."""
    before = {key_of(row): row for row in same_keys(rows, in_force=True)}
    if before:
        Ceiling.objects.filter(pk__in=[row.pk for row in before.values()]).update(in_force=False)
    for row in rows:
        row.supersedes = before.get(key_of(row))
        row.in_force, row.issued_at, row.issued_by = True, at, actor.person_id
        row.version += 0 if new else 1
    if new:
        drop_waiting(rows)
        Ceiling.objects.bulk_create(rows)
    else:
        fields = ["supersedes", "in_force", "issued_at", "issued_by", "received_date", "version"]
        Ceiling.objects.bulk_update(rows, fields, batch_size=200)


def tell_cycles(village_ids: Sequence[str], budget_year: int) -> None:
    """Let the gates that rest on ceilings be checked again."""
    cycles = Cycle.objects.filter(village_id__in=village_ids, budget_year=budget_year)
    evidence_changed(list(cycles.values_list("pk", flat=True)), CEILING_STAGES)
