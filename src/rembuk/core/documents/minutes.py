"""F03: the minutes (berita acara) of every kind of meeting. Source: Permendagri 114/2014; Permendesa PDTT 21/2020."""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Literal

from rembuk.core.documents.elements import elements_sentence
from rembuk.core.documents.frame import MONTHS, UNNAMED, Frame, Person, signed, weekday_text
from rembuk.core.documents.model import (
    DOTS,
    SHORT_DOTS,
    Document,
    Facts,
    Heading,
    Note,
    NumberedList,
    Paragraph,
    Part,
    Signature,
    Signatures,
    number_text,
)
from rembuk.core.money import terbilang

MinutesKind = Literal[
    "team", "musdus", "group", "pkd", "musdes_planning", "draft", "musrenbang", "musdes_enactment", "verification",
    "amendment", "blt", "stunting",
]  # fmt: skip
MINUTES_TITLES: dict[MinutesKind, str] = {
    "team": "Pembentukan Tim Penyusun",
    "musdus": "Musyawarah Dusun",
    "group": "Musyawarah Kelompok",
    "pkd": "Pengkajian Keadaan Desa",
    "musdes_planning": "Musyawarah Desa Perencanaan",
    "draft": "Hasil Penyusunan Rancangan RKP Desa",
    "musrenbang": "Musyawarah Perencanaan Pembangunan Desa",
    "musdes_enactment": "Musyawarah Desa Pengesahan RKP Desa",
    "verification": "Verifikasi",
    "amendment": "Musyawarah Desa Perubahan RKP Desa",
    "blt": "Musyawarah Desa Penetapan Penerima BLT Desa",
    "stunting": "Rembuk Stunting",
}


BLANK_LINE = "." * 110
BLANK_DECISIONS = 6
BLANK_VOTE = (
    f"Keputusan diambil secara musyawarah mufakat / pemungutan suara: setuju {SHORT_DOTS}, tidak setuju {SHORT_DOTS}, "
    f"abstain {SHORT_DOTS} *)\n*) coret yang tidak perlu"
)
BLANK_FACTS = (
    ("Jumlah undangan", f"{SHORT_DOTS} orang"),
    ("Jumlah hadir", f"{SHORT_DOTS} orang (L {SHORT_DOTS}, P {SHORT_DOTS})"),
    ("Unsur yang hadir", DOTS),
    ("Pimpinan", f"{DOTS} dari unsur {SHORT_DOTS}"),
    ("Notulis", f"{DOTS} dari unsur {SHORT_DOTS}"),
    ("Narasumber 1", f"{DOTS} dari unsur {SHORT_DOTS}"),
    ("Narasumber 2", f"{DOTS} dari unsur {SHORT_DOTS}"),
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who led, wrote or spoke, and the element he or she came from."""

    name: str
    element: str = ""

    @property
    def text(self) -> str:
        """Name and element as printed."""
        return f"{self.name} dari unsur {self.element}" if self.element else self.name


@dataclass(frozen=True, slots=True)
class Vote:
    """Counts of a vote."""

    favour: int
    against: int
    abstain: int

    @property
    def text(self) -> str:
        """The counts in words and numbers."""
        return f"setuju {self.favour}, tidak setuju {self.against}, abstain {self.abstain}"


@dataclass(frozen=True, slots=True)
class MinutesSigners:
    """Who signs. Only the offices that the kind of meeting asks for are printed (signatory matrix of the forms).

    community: representatives of residents, at least one line is always printed.
    """

    chair: Person = UNNAMED
    note_taker: Person = UNNAMED
    head: Person = UNNAMED
    bpd_chair: Person = UNNAMED
    team_chair: Person = UNNAMED
    community: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class MinutesValues:
    """The minutes of one meeting.

    title: overrides the usual name of the kind (``Musyawarah Dusun Hilir``). elements: codes of the elements present;
    the sheltered ones are printed only as represented. vote: None where the meeting agreed by consensus. sections:
    (heading, paragraphs) of what stands before the decisions, such as the lot and the choice. blank: dots for what the
    meeting itself will tell.
    """

    frame: Frame
    kind: MinutesKind
    held_date: date
    starts: time
    place: str
    ends: time | None = None
    title: str = ""
    basis: str = ""
    agenda: tuple[str, ...] = ()
    invited: int | None = None
    present_men: int = 0
    present_women: int = 0
    elements: tuple[str, ...] = ()
    led_by: Speaker | None = None
    written_by: Speaker | None = None
    resource_persons: tuple[Speaker, ...] = ()
    material: tuple[str, ...] = ()
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    decisions: tuple[str, ...] = ()
    vote: Vote | None = None
    annexes: tuple[str, ...] = ()
    signers: MinutesSigners = MinutesSigners()
    notes: tuple[str, ...] = ()
    time_zone: str = "WITA"
    blank: bool = False


def date_in_words(day: date) -> str:
    """Spell a date as minutes do: ``Senin tanggal dua puluh delapan bulan September tahun dua ribu dua puluh enam``."""
    words = (
        f"{weekday_text(day)} tanggal {terbilang(day.day)} bulan {MONTHS[day.month - 1]} tahun {terbilang(day.year)}"
    )
    return f"{words} ({day:%d-%m-%Y})"


def build_minutes(values: MinutesValues) -> Document:
    """Return F03 filled from the meeting, signed as the kind of meeting asks."""
    village = values.frame.village
    title = values.title or MINUTES_TITLES[values.kind]
    parts: list[Part] = [Note(note) for note in values.notes]
    parts.append(Paragraph(_opening(values, title)))
    parts += [Facts(pairs)] if (pairs := _facts(values)) else []
    parts += _listed("Agenda", values.agenda)
    parts += _listed("Materi", values.material)
    for name, paragraphs in values.sections:
        parts += [Heading(name), *(Paragraph(text) for text in paragraphs)]
    parts.append(Heading("Hasil kesepakatan"))
    if values.decisions:
        how = "melalui pemungutan suara: " + values.vote.text if values.vote else "secara musyawarah mufakat"
        parts += [NumberedList(values.decisions, "1"), Paragraph(f"Keputusan diambil {how}.")]
    elif values.blank:
        parts += [NumberedList((BLANK_LINE,) * BLANK_DECISIONS, "1"), Paragraph(BLANK_VOTE)]
    else:
        parts.append(Paragraph("Tidak ada kesepakatan yang dicatat."))
    parts += _listed("Lampiran", values.annexes)
    parts.append(
        Paragraph("Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.")
    )
    parts.append(Signatures(_signatures(values), values.frame.place_and_date))
    heading = [f"Berita Acara {title}", f"Desa {village.village} Kecamatan {village.district}"]
    heading += [f"Kabupaten {village.regency} Provinsi {village.province}"]
    number = values.frame.number or (DOTS if values.blank else "")
    heading += [f"Nomor {number}"] if number else []
    return values.frame.document(
        code="F03",
        title=f"Berita Acara {title}, Desa {village.village}",
        heading=heading,
        parts=parts,
        paper="folio",
        sheet="Berita acara",
    )


def _opening(values: MinutesValues, title: str) -> str:
    if values.blank:
        day = f"{SHORT_DOTS} tanggal {SHORT_DOTS} bulan {SHORT_DOTS} tahun {SHORT_DOTS}"
        when = f"pukul ........ sampai dengan ........ {values.time_zone}, bertempat di {DOTS}"
        return f"Pada hari ini, {day}, {when}, telah {_what(values, title)}, dengan keterangan sebagai berikut."
    start = f"pukul {values.starts:%H.%M}"
    until = f" sampai dengan {values.ends:%H.%M}" if values.ends else ""
    basis = f" berdasarkan {values.basis}" if values.basis else ""
    return (
        f"Pada hari ini, {date_in_words(values.held_date)}, {start}{until} {values.time_zone}, bertempat di "
        f"{values.place},{basis} telah {_what(values, title)}, dengan keterangan sebagai berikut."
    )


def _what(values: MinutesValues, title: str) -> str:
    village = values.frame.village.village
    if values.kind == "draft":
        return f"diserahkan oleh Tim Penyusun kepada Kepala Desa {village} rancangan yang telah selesai disusun"
    return f"diselenggarakan {title} di Desa {village}"


def _facts(values: MinutesValues) -> tuple[tuple[str, str], ...]:
    if values.blank:
        return BLANK_FACTS if values.kind != "draft" else ()
    present = values.present_men + values.present_women
    attended = f"{number_text(present)} orang (L {values.present_men}, P {values.present_women})"
    found = [("Jumlah undangan", f"{number_text(values.invited)} orang")] if values.invited is not None else []
    if present or values.kind != "draft":
        found.append(("Jumlah hadir", attended))
    if values.elements:
        found.append(("Unsur yang hadir", elements_sentence(values.elements)))
    if values.led_by:
        found.append(("Pimpinan", values.led_by.text))
    if values.written_by:
        found.append(("Notulis", values.written_by.text))
    for index, person in enumerate(values.resource_persons, 1):
        found.append((f"Narasumber {index}", person.text))
    return tuple(found)


def _listed(label: str, items: tuple[str, ...]) -> list[Part]:
    return [Heading(label), NumberedList(items, "1")] if items else []


def _signatures(values: MinutesValues) -> tuple[tuple[Signature, ...], ...]:
    signers = values.signers
    if values.blank:  # the offices are known, who chairs, writes and speaks for the residents is not
        signers = replace(signers, chair=UNNAMED, note_taker=UNNAMED, community=(UNNAMED, UNNAMED))
    village = values.frame.village.village
    head = values.frame.village_head(signers.head)
    note_taker = signed("Notulis", signers.note_taker)
    team = signed("Ketua Tim Penyusun", signers.team_chair)
    bpd = signed(f"Ketua BPD Desa {village}", signers.bpd_chair)
    label = "Wakil Peserta" if values.kind in ("musdus", "group") else "Wakil Masyarakat"
    people = signers.community or (UNNAMED,)
    residents = [signed(f"{label} {index}" if len(people) > 1 else label, one) for index, one in enumerate(people, 1)]
    match values.kind:
        case "musdus" | "group":
            role = "Kepala Dusun" if values.kind == "musdus" else "Ketua Kelompok"
            known = signed("Ketua Tim Penyusun", signers.team_chair, lead="Mengetahui:")
            first = [signed(role, signers.chair), note_taker, known, *residents]
        case "draft":
            received = values.frame.village_head(signers.head, lead="Yang menerima:")
            return ((received, signed("Ketua Tim Penyusun", signers.team_chair, lead="Yang menyerahkan:")),)
        case "musrenbang" | "stunting":
            first = [signed("Pimpinan Musyawarah", signers.chair), note_taker, head, bpd, team, *residents]
        case "team" | "pkd" | "verification":
            first = [signed("Pimpinan Rapat", signers.chair), note_taker, head, team, *residents]
        case _:
            chair = signed(
                f"Pimpinan Musyawarah/Ketua BPD Desa {village}",
                signers.bpd_chair if signers.bpd_chair.name else signers.chair,
            )
            first = [chair, note_taker, head, *residents]
    return tuple(tuple(first[index : index + 2]) for index in range(0, len(first), 2))
