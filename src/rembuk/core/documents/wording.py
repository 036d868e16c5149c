"""Wording that a regency may edit: sentences with placeholders such as ``{desa}``, checked when they are saved.

One line is one item (Menimbang a, b, c) or one paragraph of a letter. A placeholder that a text does not know is found
by `problems_of` at the moment of saving, so that printing never meets one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Final, Literal

from rembuk.core.documents.decree import considerations
from rembuk.core.documents.legal_basis import PERDES_BASIS, RPJM_PERDES_BASIS, TEAM_DECREE_BASIS
from rembuk.core.documents.model import SHORT_DOTS
from rembuk.core.documents.perdes_wording import default_considerations
from rembuk.core.documents.rpjm_perdes_wording import rpjm_considerations

Group = Literal["Perdes", "Keputusan tim", "Keputusan dan pandangan BPD", "Surat"]
ProblemCode = Literal["unknown", "braces", "empty", "long", "many"]
MOST_LINES, LONGEST_LINE = 40, 1500

COMMON: Final[Mapping[str, str]] = {
    "desa": "Hulu Contoh",
    "kecamatan": "Muara Contoh",
    "kabupaten": "Kutai Kartanegara",
    "provinsi": "Kalimantan Timur",
    "tahun": "2027",
    "kepala_desa": "H. Abdul Muis",
    "ketua_bpd": "Rahmadi",
    "tanggal": "28 September 2026",
}
"""Placeholders that every text knows, each with what the preview shows for it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One text that can be edited. lines: as Rembuk words it. more: placeholders of its own, with their preview."""

    kind: str
    title: str
    group: Group
    lines: tuple[str, ...]
    more: Mapping[str, str]

    @property
    def placeholders(self) -> Mapping[str, str]:
        return {**COMMON, **self.more}


@dataclass(frozen=True, slots=True)
class WordingProblem:
    """What is wrong with one line (from 1; 0: with the whole). what: the piece that cannot stay."""

    line: int
    code: ProblemCode
    what: str = ""


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of an edited text; empty ones and blanks at the ends do not count."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def problems_of(wording: Wording, text: str) -> tuple[WordingProblem, ...]:
    """Return everything that keeps *text* from being saved, line by line; nothing when it can be."""
    lines = lines_of(text)
    if not lines:
        return (WordingProblem(0, "empty"),)
    if len(lines) > MOST_LINES:
        return (WordingProblem(0, "many", str(len(lines))),)
    found: list[WordingProblem] = []
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            found.append(WordingProblem(number, "long", str(len(line))))
        found += _of_line(number, line, wording.placeholders)
    return tuple(found)


def _of_line(number: int, line: str, known: Mapping[str, str]) -> list[WordingProblem]:
    try:
        parts = list(Formatter().parse(line))
    except ValueError:
        return [WordingProblem(number, "braces")]
    found = []
    for words, name, spec, conversion in parts:
        if "{" in words or "}" in words or (name is not None and (spec or conversion)):
            found.append(WordingProblem(number, "braces"))
        elif name is not None and name not in known:
            found.append(WordingProblem(number, "unknown", "{" + name + "}"))
    return list(dict.fromkeys(found))


def filled(lines: Sequence[str], values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the lines with their placeholders filled; dots stand for what is not known yet.

    lines: checked by `problems_of`. Raises: ValueError for a line that never was.
    """
    made = []
    for line in lines:
        words = []
        for text, name, spec, conversion in Formatter().parse(line):
            if spec or conversion:
                raise ValueError(f"not a checked line: {line}")
            words.append(text + ((values.get(name) or SHORT_DOTS) if name is not None else ""))
        made.append("".join(words))
    return tuple(made)


def shown(wording: Wording, lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines as the preview shows them, with invented values."""
    return filled(lines, wording.placeholders)


_YEAR = "{tahun}"
PERIOD: Final[Mapping[str, str]] = {"tahun": "2027-2034"}
"""What the preview shows for the years of a text about an RPJM Desa."""
_FORMS = (
    Wording("perdes-menimbang", "Perdes RKP Desa: Menimbang", "Perdes", default_considerations(_YEAR), {}),
    Wording("perdes-mengingat", "Perdes RKP Desa: Mengingat", "Perdes", PERDES_BASIS, {}),
    Wording("perdes-rpjm-menimbang", "Perdes RPJM Desa: Menimbang", "Perdes", rpjm_considerations(_YEAR), PERIOD),
    Wording("perdes-rpjm-mengingat", "Perdes RPJM Desa: Mengingat", "Perdes", RPJM_PERDES_BASIS, PERIOD),
    Wording(
        "tim-rkp-menimbang",
        "SK Tim Penyusun RKP Desa: Menimbang",
        "Keputusan tim",
        considerations("rkpdes", f"Tahun {_YEAR}"),
        {},
    ),
    Wording(
        "tim-rpjm-menimbang",
        "SK Tim Penyusun RPJM Desa: Menimbang",
        "Keputusan tim",
        considerations("rpjmdes", f"Periode {_YEAR}"),
        PERIOD,
    ),
    Wording(
        "tim-verifikasi-menimbang",
        "SK Tim Verifikasi: Menimbang",
        "Keputusan tim",
        considerations("verification", f"Tahun {_YEAR}"),
        {},
    ),
    Wording("tim-mengingat", "SK Tim: Mengingat", "Keputusan tim", TEAM_DECREE_BASIS, {}),
)


def wordings(more: Sequence[Wording] = ()) -> Mapping[str, Wording]:
    """Return kind -> text of every text that can be edited. more: those of letters and decisions."""
    return {one.kind: one for one in (*_FORMS, *more)}
