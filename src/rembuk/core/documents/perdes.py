"""F19: the village regulation (Perdes) that sets the RKP Desa of a year or the RPJM Desa of a period.

Source: Permendagri 111/2014; Permendagri 114/2014 Pasal 29; Permendesa PDTT 21/2020 Pasal 49.
"""

from dataclasses import dataclass
from datetime import date

from rembuk.core.documents.frame import UNNAMED, Frame, Person, date_text, signed
from rembuk.core.documents.legal_basis import PERDES_BASIS, RPJM_PERDES_BASIS
from rembuk.core.documents.model import (
    DOTS,
    Document,
    Heading,
    Note,
    NumberedList,
    PageBreak,
    Paragraph,
    Part,
    Signatures,
)
from rembuk.core.documents.perdes_wording import (
    Article,
    Chapter,
    amending_articles,
    amending_considerations,
    default_chapters,
    default_considerations,
)
from rembuk.core.documents.rpjm_perdes_wording import (
    amending_rpjm_articles,
    amending_rpjm_considerations,
    rpjm_chapters,
    rpjm_considerations,
)


@dataclass(frozen=True, slots=True)
class NarrativeChapter:
    """A chapter of the plan's text (annex of the regulation): its title and paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PerdesValues:
    """The regulation on an RKP Desa or an RPJM Desa. Empty lists mean the usual wording, which may be edited.

    budget_year: of the RKP Desa, or the first year of an RPJM Desa, whose last year is *last_year*.
    promulgated_date, gazette_number: as entered in the Lembaran Desa; dots until then.
    amends: number of the Perdes that this one changes, empty for the first; ground: why, in words.
    amended_last_year: with which the RPJM Desa that is changed ended.
    endorsed_date: of the sheet that head and BPD chair sign. narrative: chapters I to V of the plan's text.
    """

    frame: Frame
    budget_year: int
    head: Person = UNNAMED
    secretary: Person = UNNAMED
    bpd_chair: Person = UNNAMED
    considerations: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    narrative: tuple[NarrativeChapter, ...] = ()
    promulgated_date: date | None = None
    gazette_number: str = ""
    endorsed_date: date | None = None
    bpd_decision: str = ""
    notes: tuple[str, ...] = ()
    amends: str = ""
    ground: str = ""
    last_year: int | None = None
    amended_last_year: int | None = None

    @property
    def years(self) -> str:
        """The year of the plan, or its first and last: ``2027-2034``."""
        return str(self.budget_year) if self.last_year is None else f"{self.budget_year}-{self.last_year}"

    @property
    def amended_years(self) -> str:
        """The years of the plan that is changed."""
        last = self.amended_last_year
        return self.years if last is None else f"{self.budget_year}-{last}"

    @property
    def short(self) -> str:
        return "RKP Desa" if self.last_year is None else "RPJM Desa"

    @property
    def plan_name(self) -> str:
        """The plan as the regulation is called, with its years; a plan that is changed keeps the years it had."""
        kind = "Kerja Pemerintah Desa" if self.last_year is None else "Pembangunan Jangka Menengah Desa"
        return f"Rencana {kind} Tahun {self.amended_years if self.amends else self.years}"


def build_perdes(values: PerdesValues) -> Document:
    """Return F19: the regulation, its promulgation, the endorsement sheet, and the plan's text if it is given."""
    frame, village = values.frame, values.frame.village
    name = values.plan_name
    if values.amends:
        name = f"Perubahan atas Peraturan Desa Nomor {values.amends} tentang {name}"
    number = frame.number or f"......... Tahun {frame.dated.year}"
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [
        Paragraph("DENGAN RAHMAT TUHAN YANG MAHA ESA", "center"),
        Paragraph(f"KEPALA DESA {village.village.upper()},", "center"),
        NumberedList(_considerations(values), "a", "Menimbang"),
        NumberedList(values.legal_basis or _basis(values), "1", "Mengingat"),
        Paragraph("Dengan Kesepakatan Bersama", "center"),
        Paragraph(f"BADAN PERMUSYAWARATAN DESA {village.village.upper()}", "center"),
        Paragraph("dan", "center"),
        Paragraph(f"KEPALA DESA {village.village.upper()}", "center"),
        Paragraph("MEMUTUSKAN:", "title"),
        NumberedList((f"PERATURAN DESA TENTANG {name.upper()}.",), "none", "Menetapkan"),
        *_body(values),
        *_closing(values, number),
        *_endorsement(values, name, number),
        *_narrative(values, name),
    ]
    return frame.document(
        code="F19",
        title=(
            f"Peraturan Desa {village.village} tentang {'Perubahan ' if values.amends else ''}{values.short} "
            f"Tahun {values.years}"
        ),
        heading=(f"Peraturan Desa {village.village}", f"Nomor {number}", "tentang", name),
        letterhead=(f"Kepala Desa {village.village}", f"Kecamatan {village.district} Kabupaten {village.regency}"),
        parts=parts,
        paper="folio",
        sheet="Perdes RKP" if values.last_year is None else "Perdes RPJM",
    )


def _basis(values: PerdesValues) -> tuple[str, ...]:
    return PERDES_BASIS if values.last_year is None else RPJM_PERDES_BASIS


def _considerations(values: PerdesValues) -> tuple[str, ...]:
    if values.considerations:
        return values.considerations
    if values.last_year is not None:
        if values.amends:
            return amending_rpjm_considerations(values.years, values.amended_years, values.amends, values.ground)
        return rpjm_considerations(values.years)
    if values.amends:
        return amending_considerations(values.budget_year, values.amends, values.ground)
    return default_considerations(values.budget_year)


def _body(values: PerdesValues) -> list[Part]:
    """Return chapters and articles; a regulation that changes another has two articles in Roman figures."""
    if values.amends and not values.chapters:
        parts: list[Part] = []
        for number, article in enumerate(_amending_articles(values), 1):
            parts.append(Paragraph(f"Pasal {roman(number)}", "center"))
            parts += [Paragraph(text) for text in article.paragraphs]
        return parts
    return _chapters(values.chapters or _usual_chapters(values))


def _amending_articles(values: PerdesValues) -> tuple[Article, ...]:
    if values.last_year is None:
        return amending_articles(values.budget_year, values.amends)
    return amending_rpjm_articles(values.years, values.amended_years, values.amends)


def _usual_chapters(values: PerdesValues) -> tuple[Chapter, ...]:
    if values.last_year is None:
        return default_chapters(values.budget_year)
    return rpjm_chapters(values.budget_year, values.last_year)


def _chapters(chapters: tuple[Chapter, ...]) -> list[Part]:
    parts: list[Part] = []
    article_number = 0
    for index, chapter in enumerate(chapters, 1):
        parts.append(Paragraph(f"BAB {roman(index)}\n{chapter.title}", "title"))
        for article in chapter.articles:
            article_number += 1
            parts.append(Paragraph(f"Pasal {article_number}", "center"))
            if len(article.paragraphs) > 1:
                parts.append(NumberedList(article.paragraphs, "(1)"))
            else:
                parts += [Paragraph(text) for text in article.paragraphs]
            if article.items:
                parts.append(NumberedList(article.items, "a"))
    return parts


def _closing(values: PerdesValues, number: str) -> list[Part]:
    frame = values.frame
    place = frame.place or frame.village.village
    day = date_text(values.promulgated_date) if values.promulgated_date else DOTS
    set_at = f"Ditetapkan di {place}\npada tanggal {date_text(frame.dated)}"
    gazette = values.gazette_number or "........."
    year = (values.promulgated_date or frame.dated).year
    return [
        Signatures(((frame.village_head(values.head),),), set_at),
        Signatures(
            ((signed(f"Sekretaris Desa {frame.village.village}", values.secretary),),),
            f"Diundangkan di {place}\npada tanggal {day}",
            left=True,
        ),
        Paragraph(f"LEMBARAN DESA {frame.village.village.upper()} TAHUN {year} NOMOR {gazette}"),
    ]


def _endorsement(values: PerdesValues, name: str, number: str) -> list[Part]:
    frame = values.frame
    day = date_text(values.endorsed_date) if values.endorsed_date else DOTS
    decided = f" sesuai {values.bpd_decision}" if values.bpd_decision else ""
    text = (
        f"Rancangan Peraturan Desa {frame.village.village} Nomor {number} tentang {name} telah dibahas dan disepakati "
        f"bersama oleh Kepala Desa dan Badan Permusyawaratan Desa{decided}."
    )
    signs = (signed(f"Ketua BPD Desa {frame.village.village}", values.bpd_chair), frame.village_head(values.head))
    place = frame.place or frame.village.village
    return [
        PageBreak(),
        Paragraph("LEMBAR PENGESAHAN", "title"),
        Paragraph(text),
        Signatures((signs,), f"{place}, {day}"),
    ]


def _narrative(values: PerdesValues, name: str) -> list[Part]:
    if not values.narrative:
        return []
    parts: list[Part] = [PageBreak(), Paragraph(f"LAMPIRAN\n{name.upper()}", "title")]
    for index, chapter in enumerate(values.narrative, 1):
        parts.append(Heading(f"BAB {roman(index)} {chapter.title.upper()}"))
        parts += [Paragraph(text) for text in chapter.paragraphs]
    return parts


def roman(number: int) -> str:
    """Write a chapter number in Roman figures, 1 to 39."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
