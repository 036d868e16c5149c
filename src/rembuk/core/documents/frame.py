"""What every paper of a village shares: whose it is, when, its number, and who signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rembuk.core.documents.model import Document, Paper, Part, Signature, Signatures

FIELDS: dict[int, str] = {
    1: "Penyelenggaraan Pemerintahan Desa",
    2: "Pelaksanaan Pembangunan Desa",
    3: "Pembinaan Kemasyarakatan Desa",
    4: "Pemberdayaan Masyarakat Desa",
    5: "Penanggulangan Bencana, Keadaan Darurat dan Mendesak Desa",
}
"""The five fields (bidang). Source: Permendagri 20/2018 annex; all five are always printed."""

SHORT_FIELDS: dict[int, str] = {
    1: "Pemerintahan",
    2: "Pembangunan",
    3: "Pembinaan",
    4: "Pemberdayaan",
    5: "Bencana, Darurat, Mendesak",
}

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def date_text(day: date) -> str:
    """Write a date as papers do: ``30 September 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday_text(day: date) -> str:
    """Name the weekday of *day* in Indonesian."""
    return WEEKDAYS[day.weekday()]


@dataclass(frozen=True, slots=True)
class VillageHeading:
    """The village as papers name it; names without "Desa", "Kecamatan" and so on."""

    village: str
    district: str
    regency: str
    province: str
    address: str = ""

    def facts(self, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
        """Return the heading lines of a form: village, district, regency, province, then *more*."""
        return (
            ("Desa", self.village),
            ("Kecamatan", self.district),
            ("Kabupaten", self.regency),
            ("Provinsi", self.province),
            *more,
        )

    def letterhead(self, office: str = "") -> tuple[str, ...]:
        """Return the lines of the letterhead; *office* stands under the village's name (a BPD's letters)."""
        lines = (
            f"Pemerintah Kabupaten {self.regency}",
            f"Kecamatan {self.district}",
            office or f"Kantor Kepala Desa {self.village}",
            self.address,
        )
        return tuple(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class Person:
    """Who signs: the name (dots are printed when it is not known yet) and a number under it, if there is one."""

    name: str = ""
    number: str = ""


UNNAMED = Person()
"""Somebody not yet known: dots for the name."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The particulars of a paper that do not depend on its form.

    dated: the paper's own date. place: where it is signed, the village when empty.
    """

    village: VillageHeading
    dated: date
    place: str = ""
    number: str = ""
    version: str = ""
    provenance: str = ""
    sample: bool = False
    verify_url: str = ""
    language: str = "id"

    @property
    def place_and_date(self) -> str:
        """Place and date over the right-hand signature."""
        return f"{self.place or self.village.village}, {date_text(self.dated)}"

    def document(
        self,
        *,
        code: str,
        title: str,
        heading: Sequence[str],
        parts: Sequence[Part],
        paper: Paper = "a4",
        facts: Sequence[tuple[str, str]] = (),
        letterhead: Sequence[str] = (),
        sheet: str = "",
    ) -> Document:
        """Return the paper with these particulars filled in."""
        return Document(
            code=code,
            title=title,
            heading=tuple(heading),
            parts=tuple(parts),
            dated=self.dated,
            facts=tuple(facts),
            letterhead=tuple(letterhead),
            paper=paper,
            number=self.number,
            version=self.version,
            provenance=self.provenance,
            sheet=sheet,
            sample=self.sample,
            verify_url=self.verify_url,
            language=self.language,
        )

    def head_and_team(self, head: Person, chair: Person, team: str = "Ketua Tim Penyusun RKP Desa") -> Signatures:
        """Return the usual two signatures: the head knows (left), the team's chair made it (right, dated)."""
        return Signatures(
            lines=((self.village_head(head, lead="Mengetahui:"), signed(team, chair, lead="Disusun oleh:")),),
            place_and_date=self.place_and_date,
        )

    def village_head(self, head: Person, lead: str = "") -> Signature:
        """Return the village head's signature."""
        return signed(f"Kepala Desa {self.village.village}", head, lead=lead)


def signed(role: str, person: Person, lead: str = "") -> Signature:
    """Return the signature of *person* in the office *role*."""
    return Signature(role=role, name=person.name, lead=lead, number=person.number)
