"""Code lists that come with the program, read once and never changed: funding, kegiatan, SDGs, regional agencies."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class FundingSource:
    """One source of village money (``DDS``). in_ceiling: part of the indicative ceiling letter."""

    code: str
    name: str
    account: str
    origin: str
    in_ceiling: bool
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kegiatan:
    """One line of the village activity classification. level: ``bidang``, ``subbidang`` or ``kegiatan``.

    Source: Permendagri 20/2018 lampiran; lines marked *later* were seen in use only.
    """

    code: str
    level: str
    parent: str
    name: str
    later: bool = False

    @property
    def field(self) -> int:
        """Return the bidang, 1 to 5."""
        return int(self.code.split(".")[0])


@dataclass(frozen=True, slots=True)
class Sdg:
    """One of the 18 goals of SDGs Desa."""

    code: int
    name: str
    name_en: str
    note: str


@dataclass(frozen=True, slots=True)
class RegionalAgency:
    """An office of the regency (OPD) and the affairs it answers for."""

    code: str
    name: str
    affairs: tuple[str, ...]
    verified: str


@cache
def funding_sources() -> Mapping[str, FundingSource]:
    """Return the funding sources by code, in the order of the list."""
    return MappingProxyType(
        {
            row["kode"]: FundingSource(
                code=row["kode"],
                name=row["nama"],
                account=row["kode_rekening"],
                origin=row["asal"],
                in_ceiling=row["dalam_pagu_indikatif"] == "ya",
                aliases=_several(row["alias"]),
            )
            for row in _rows("funding_sources.csv")
        }
    )


@cache
def kegiatan_codes() -> Mapping[str, Kegiatan]:
    """Return the activity classification by code (``2.3.11``), bidang and sub bidang included."""
    found = {
        row["code"]: Kegiatan(row["code"], row["level"], row["parent"], row["name"])
        for row in _rows("kode_kegiatan.csv")
    }
    for row in _rows("kode_kegiatan_tambahan.csv"):
        found[row["code"]] = Kegiatan(row["code"], row["level"], row["parent"], row["name"], later=True)
    return MappingProxyType(found)


@cache
def account_codes() -> Mapping[str, str]:
    """Return account code -> name (``5.3.5.01``), all levels. Source: Permendagri 20/2018 lampiran."""
    return MappingProxyType({row["code"]: row["name"] for row in _rows("kode_rekening.csv")})


@cache
def sdgs() -> Mapping[int, Sdg]:
    """Return the goals of SDGs Desa by number."""
    return MappingProxyType(
        {
            int(row["kode"]): Sdg(int(row["kode"]), row["nama"], row["nama_en"], row["catatan"])
            for row in _rows("sdgs_desa.csv")
        }
    )


@cache
def regional_agencies() -> Mapping[str, RegionalAgency]:
    """Return the regency's offices by our code."""
    return MappingProxyType(
        {
            row["code"]: RegionalAgency(row["code"], row["name"], _several(row["bidang_urusan"]), row["verified"])
            for row in _rows("opd.csv")
        }
    )


def source_code(text: str) -> str | None:
    """Return the funding code that *text* names by code, name or alias; None when it names none."""
    return _source_names().get(_plain(text))


def is_kegiatan(code: str) -> bool:
    """Say whether *code* is a kegiatan of the list (not a bidang or sub bidang)."""
    line = kegiatan_codes().get(code)
    return line is not None and line.level == "kegiatan"


def normal_kegiatan_code(text: str) -> str | None:
    """Return ``2.3.11`` for ``2.3.11``, ``02.03.11`` or ``2 3 11``; None when the list has no such kegiatan."""
    parts = re.findall(r"[0-9]+", text)
    if len(parts) != 3 or re.search(r"[^0-9.\s]", text.strip().rstrip(".")):
        return None
    code = f"{int(parts[0])}.{int(parts[1])}.{int(parts[2]):02d}"
    return code if is_kegiatan(code) else None


@cache
def _source_names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for source in funding_sources().values():
        for name in (source.code, source.name, re.sub(r"\(.*?\)", "", source.name), *source.aliases):
            names[_plain(name)] = source.code
    # Everyday names beside the official ones of the list.
    for name, code in {
        "apbn": "DDS",
        "dana desa apbn": "DDS",
        "bagi hasil pajak": "PBH",
        "bhprd": "PBH",
        "pades": "PAD",
    }.items():
        names.setdefault(name, code)
    return MappingProxyType(names)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^0-9a-z]+", " ", text.lower()).split())


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _rows(name: str) -> list[dict[str, str]]:
    text = files("rembuk.core.data").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
