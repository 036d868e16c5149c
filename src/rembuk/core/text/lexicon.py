"""The lexicon of village activities: which words speak for which activity code.

Rows are judgement, not statistics; `leksikon_kegiatan.csv` says so itself. Everything is read once and never changed.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Action = Literal["bangun", "pelihara", "latih", "bantu", "operasional", "bina"]
Kind = Literal["plain", "action", "reserve"]


def word_set(line: str) -> frozenset[str]:
    """Return the words of *line* as a set; a list of words is easier to read and to check as a line of text."""
    return frozenset(line.split())


# Words that name an occasion rather than a deed; any other action word in the text beats them.
WEAK_ACTIONS = frozenset({"kegiatan", "pelaksanaan", "penyelenggaraan", "penyediaan", "fasilitasi"})

# Everyday forms of the deeds; the data file holds the nouns that officials write.
_SPOKEN_ACTIONS: Mapping[str, str] = {
    "ambruk": "bangun",
    "bayar": "operasional",
    "beli": "bantu",
    "bocor": "bangun",
    "bersihkan": "pelihara",
    "dilebarkan": "bangun",
    "dipasang": "bangun",
    "ditinggikan": "bangun",
    "jebol": "bangun",
    "lapuk": "bangun",
    "membangun": "bangun",
    "memperbaiki": "bangun",
    "pasang": "bangun",
    "pembayaran": "operasional",
    "perbaiki": "bangun",
    "roboh": "bangun",
}

# Build code -> maintenance code of the same object. Source: names in the annex of Permendagri 20/2018.
MAINTENANCE_OF: Mapping[str, str] = {
    "1.2.03": "1.2.02",
    "2.1.06": "2.1.05",
    "2.1.07": "2.1.04",
    "2.2.09": "2.2.08",
    "2.3.10": "2.3.01",
    "2.3.11": "2.3.02",
    "2.3.12": "2.3.03",
    "2.3.13": "2.3.04",
    "2.3.14": "2.3.05",
    "2.3.15": "2.3.06",
    "2.3.16": "2.3.07",
    "2.3.19": "2.3.08",
    "2.3.20": "2.3.09",
    "2.4.10": "2.4.02",
    "2.4.11": "2.4.03",
    "2.4.12": "2.4.04",
    "2.4.13": "2.4.05",
    "2.4.14": "2.4.06",
    "2.4.15": "2.4.07",
    "2.4.16": "2.4.08",
    "2.4.17": "2.4.09",
    "2.7.02": "2.7.01",
    "2.8.02": "2.8.01",
    "3.2.05": "3.2.04",
    "3.3.05": "3.3.04",
    "4.1.03": "4.1.01",
    "4.1.04": "4.1.02",
    "4.2.06": "4.2.04",
    "4.7.02": "4.7.01",
}
SIBLING_OF: Mapping[str, str] = {**MAINTENANCE_OF, **{keep: build for build, keep in MAINTENANCE_OF.items()}}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row: the term speaks for *code* with *weight*; *action* is set when it holds for that action only."""

    code: str
    weight: float
    action: str = ""
    reserve: bool = False
    extra: bool = False


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Terms and cue words. Terms are words joined by one space, lower case."""

    terms: Mapping[str, tuple[Evidence, ...]]
    abbreviations: Mapping[str, str]
    actions: Mapping[str, str]
    landmarks: frozenset[str]
    regions: frozenset[str]
    requests: frozenset[str]
    road_cues: Mapping[str, str]
    upward: tuple[str, ...]
    longest: int
    vocabulary: frozenset[str]

    def without(self, dropped: frozenset[str]) -> "Lexicon":
        """Return the lexicon without the *dropped* terms; used to measure how it does on words it does not know."""
        terms = {term: rows for term, rows in self.terms.items() if term not in dropped}
        return _assemble(terms, self)


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("rembuk.core.data").joinpath(name).read_text(encoding="utf-8-sig")
    yield from csv.DictReader(text.splitlines())


def _evidence(code: str, note: str) -> Evidence:
    weight, *flags = [part.strip() for part in note.split(";")]
    action = next((flag.removeprefix("aksi=") for flag in flags if flag.startswith("aksi=")), "")
    return Evidence(code, float(weight), action, "cadangan" in flags, "tambahan" in flags)


def _vocabulary(terms: Mapping[str, object], *others: Mapping[str, object] | frozenset[str]) -> frozenset[str]:
    words = {word for term in terms for word in term.split()}
    for group in others:
        words.update(word for term in group for word in term.split())
    return frozenset(words)


def _assemble(terms: dict[str, tuple[Evidence, ...]], base: Lexicon) -> Lexicon:
    longest = max((len(term.split()) for term in terms), default=1)
    vocabulary = _vocabulary(terms, base.actions, base.landmarks, base.regions, base.requests)
    return Lexicon(
        terms=terms,
        abbreviations=base.abbreviations,
        actions=base.actions,
        landmarks=base.landmarks,
        regions=base.regions,
        requests=base.requests,
        road_cues=base.road_cues,
        upward=base.upward,
        longest=longest,
        vocabulary=vocabulary,
    )


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the lexicon that ships with Rembuk. Rows `[opd]` and `opd` (who is in charge) are read elsewhere."""
    terms: dict[str, list[Evidence]] = {}
    kinds: dict[str, dict[str, str]] = {}
    for row in _rows("leksikon_kegiatan.csv"):
        first, term, note = row["code"], row["term"].strip().lower(), row["weight_or_note"]
        if not first[:1].isdigit():
            kinds.setdefault(first, {})[term] = note
        elif term != "[opd]":
            terms.setdefault(term, []).append(_evidence(first, note))
    base = Lexicon(
        terms={},
        abbreviations=kinds["singkatan"],
        actions={**_SPOKEN_ACTIONS, **kinds["aksi"]},
        landmarks=frozenset(kinds["penanda_tempat"]),
        regions=frozenset(kinds["kata_wilayah"]),
        requests=frozenset(kinds["kata_usul"]),
        road_cues=kinds["konteks_jalan"],
        upward=tuple(kinds["naik"]),
        longest=1,
        vocabulary=frozenset(),
    )
    return _assemble({term: tuple(rows) for term, rows in terms.items()}, base)


@lru_cache(maxsize=1)
def code_names() -> Mapping[str, str]:
    """Return activity code -> official name, the regency-neutral list first, then the additional codes.

    Source: Permendagri 20/2018 Lampiran; additional codes as seen in later village budgets.
    """
    names = {row["code"]: row["name"] for row in _rows("kode_kegiatan.csv") if row["level"] == "kegiatan"}
    names.update({code: name for code, name in extra_code_names().items() if code not in names})
    return names


@lru_cache(maxsize=1)
def extra_code_names() -> Mapping[str, str]:
    """Return the additional codes and names; left out of suggestions unless the village uses them."""
    return {row["code"]: row["name"] for row in _rows("kode_kegiatan_tambahan.csv")}
