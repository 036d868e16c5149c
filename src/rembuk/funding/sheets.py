"""The regency's sheet between two pages: read and shown on the first, stored by the second, signed in between."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core import signing

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.hat import Hat
from rembuk.core.intake import messages
from rembuk.core.lists import funding_sources
from rembuk.core.money import Rupiah
from rembuk.funding.forms import EARMARKED, PROGRAMME, SheetForm
from rembuk.funding.intake import RowError, digits, read_ceilings
from rembuk.funding.labels import source_name
from rembuk.funding.queries import is_of_letter
from rembuk.funding.services import Letter, Line
from rembuk.regions.models import Village
from rembuk.regions.queries import villages_seen_by
from rembuk.shared.models import StoredFile
from rembuk.shared.sheets import open_sheets, xlsx_bytes
from rembuk.shared.wording import sentence

SALT = "funding.sheet"
ONE_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class SheetOffer:
    """What a sheet would store. lines: village key -> lines; packed: the same, signed for the person who sent it."""

    budget_year: int
    letter_number: str
    letter_date: date
    stage: str
    lines: Mapping[str, tuple[Line, ...]]
    errors: tuple[RowError, ...] = ()
    held_names: tuple[str, ...] = ()
    packed: str = ""
    file_id: str = ""

    @property
    def total(self) -> Rupiah:
        return Rupiah(sum(line.amount for lines in self.lines.values() for line in lines))

    @property
    def row_count(self) -> int:
        return sum(len(lines) for lines in self.lines.values())

    def figures(self, hat: Hat) -> dict[Village, tuple[Line, ...]]:
        """Return the lines by village; only villages that the hat sees. One query."""
        villages = {village.id: village for village in villages_seen_by(hat)}
        return {villages[key]: lines for key, lines in self.lines.items() if key in villages}

    def letter(self) -> Letter:
        file = StoredFile.objects.get(pk=self.file_id) if self.file_id else None
        return Letter(self.letter_number, self.letter_date, file=file)


def offer_of(form: SheetForm, hat: Hat, scan: StoredFile | None = None) -> SheetOffer:
    """Read the sheet of a valid form; *scan* is the stored letter.

    Raises: BadInputError of the file, the sheet or its columns.
    """
    upload = form.cleaned_data["sheet"]
    table = open_sheets(upload.read(), upload.name).table()
    villages = {village.id: village for village in villages_seen_by(hat)}
    read = read_ceilings(table, {digits(village.code): key for key, village in villages.items()})
    year, number, day, stage = form.letter_values()
    offer = SheetOffer(
        budget_year=year,
        letter_number=number,
        letter_date=day,
        stage=stage,
        lines=read.figures,
        errors=read.errors,
        held_names=tuple(sorted(villages[key].name for key in read.held)),
        file_id=str(scan.pk) if scan else "",
    )
    return replace(offer, packed=pack(offer, hat))


def pack(offer: SheetOffer, hat: Hat) -> str:
    """Return the offer as text that only this installation can have written, for this person, for one day."""
    rows = {
        key: [[line.source, line.amount, line.earmark, line.programme] for line in lines]
        for key, lines in offer.lines.items()
    }
    value: dict[str, Any] = {
        "person": str(hat.person_id),
        "year": offer.budget_year,
        "number": offer.letter_number,
        "day": offer.letter_date.isoformat(),
        "stage": offer.stage,
        "file": offer.file_id,
        "rows": rows,
    }
    return signing.dumps(value, salt=SALT, compress=True)


def unpack(text: str, hat: Hat) -> SheetOffer:
    """Return what `pack` wrote. Raises: BadInputError when it is not ours, too old, or another person's."""
    try:
        value = signing.loads(text, salt=SALT, max_age=ONE_DAY)
    except signing.BadSignature as error:
        raise BadInputError("sheet-expired") from error
    if value["person"] != str(hat.person_id):
        raise BadInputError("sheet-expired")
    lines = {key: tuple(Line(*row) for row in rows) for key, rows in value["rows"].items()}
    day = date.fromisoformat(value["day"])
    return SheetOffer(value["year"], value["number"], day, value["stage"], lines, file_id=value["file"])


def sheet_template(hat: Hat) -> bytes:
    """Write an empty sheet: every village of the hat with the sources of a letter, and the codes on a second sheet."""
    wanted = [(code, "", "") for code in funding_sources() if is_of_letter(code)]
    wanted += [("DDS", EARMARKED, ""), ("PBK", "", PROGRAMME)]
    header = ("kode desa", "desa", "sumber", "jumlah", "untuk", "program")
    rows = [
        (village.code, village.name, code, None, earmark, programme)
        for village in villages_seen_by(hat)
        for code, earmark, programme in wanted
    ]
    codes = [(code, source_name(code)) for code in funding_sources()]
    return xlsx_bytes([("Pagu", header, rows), ("Kode sumber", ("kode", "nama"), codes)])


def worded(error: RembukError) -> str:
    """Word a refusal of this room or of the reading of files."""
    if error.code in messages.SENTENCES:
        return messages.sentence_of(error)
    return sentence(error)
