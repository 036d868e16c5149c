"""Places and quantities in a line of text: RT, RW, hamlet, road code, section, volume, width, groups, numbered names.

Form fields come first; what is read here only fills their gaps.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rembuk.core.text.lexicon import word_set
from rembuk.core.text.normalise import LONGEST_READ

_NUMERALS = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
)
_ROMAN = {numeral: value for value, numeral in enumerate(_NUMERALS, start=1)}
_UNITS = {
    "m": "m",
    "meter": "m",
    "mtr": "m",
    "m1": "m",
    "m2": "m2",
    "m²": "m2",
    "m3": "m3",
    "m³": "m3",
    "km": "km",
    "ha": "ha",
    "hektar": "ha",
    "unit": "unit",
    "titik": "titik",
    "buah": "buah",
    "bh": "buah",
    "ekor": "ekor",
    "kelompok": "kelompok",
    "orang": "orang",
    "kk": "kk",
    "paket": "paket",
    "set": "set",
    "batang": "batang",
    "kg": "kg",
    "ton": "ton",
    "liter": "liter",
    "lokasi": "lokasi",
}
_UNIT_WORD = "|".join(sorted(_UNITS, key=lambda unit: (-len(unit), unit)))
_ROMAN_WORD = "|".join(sorted(_ROMAN, key=lambda numeral: (-len(numeral), numeral)))
_NUMERAL = rf"(?:\d{{1,3}}|(?:{_ROMAN_WORD}))(?![\w])(?!\s*(?:{_UNIT_WORD}|x|juta|persen|%)\b)"
_JOIN = r"\s*(?:[.,/&+-]|–|\bdan\b|\bs\.?\s*/?\s*d\.?\b|\bsampai(?:\s+dengan)?\b|\bhingga\b)\s*"
_SLASHED = re.compile(r"\brt\s*\.?\s*/\s*rw\.?\s*[:.]?\s*(\d{1,3})\s*/\s*(\d{1,3}|[ivx]+)\b")
_MARKED = re.compile(rf"\b(rt|rw)\b\s*[.:]*\s*({_NUMERAL}(?:{_JOIN}{_NUMERAL})*)")
_RANGE = re.compile(r"(?:[-–]|\bs\.?\s*/?\s*d\.?\b|\bsampai\b|\bhingga\b)")
_TOKEN = re.compile(rf"\d{{1,3}}|\b(?:{_ROMAN_WORD})\b|[-–]|s\.?\s*/?\s*d\b|sampai|hingga")
_ROAD_CODE = re.compile(r"\b\d{1,2}\.\d{2}\.\d{2}\.\d{3,4}\b")
_ROAD_NUMBER = re.compile(
    r"\b(?:ruas|nomor ruas|no\.?\s*ruas|nomor|no\.)\s*(?:jalan\s*)?(?:no(?:mor)?\.?\s*)?(\d{2,4})\b(?!\.\d)"
)
_NAME = r"[A-Z][\w']*(?:\s+(?:[A-Z][\w']*|\d{1,2}\b)){0,7}"
_SECTION = re.compile(rf"({_NAME})\s*[-–]\s*({_NAME})")
_SECTION_LEAD = re.compile(
    r"^(?:(?:pembangunan|peningkatan|rehabilitasi|rekonstruksi|pengaspalan|perbaikan|pemeliharaan|corblok|ruas|jalan|jln?|"
    r"kabupaten|desa|rabat|beton|talud|lpju|jembatan|berkala|rutin|cor|pengecoran|aspal|drainase|irigasi|lanjutan)\s+)+",
    re.IGNORECASE,
)
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_VOLUME = re.compile(rf"(?<![\w.,])({_NUMBER})\s*({_UNIT_WORD})(?![\w²³])")
_WIDTH = re.compile(rf"\blebar(?:nya)?\s*[:=]?\s*({_NUMBER})\s*(cm|m|meter)?\b")
_SIZE = re.compile(rf"(?<![\w.,])({_NUMBER})\s*(?:m|meter)?\s*[x×]\s*({_NUMBER})(?![\w.,]*\d)")
_HAMLET = re.compile(
    r"\b(?:dusun|dsn|padukuhan|pedukuhan|dukuh|kampung|kp|lingkungan|banjar)\.?\s+"
    rf"((?:\d{{1,2}}|(?:{_ROMAN_WORD}))\b(?:\s*(?:,|dan|&)\s*(?:\d{{1,2}}|(?:{_ROMAN_WORD}))\b)*|[A-Za-z][\w']+(?:\s+[A-Z]\w*)*(?:\s+\d{{1,2}}\b)?)",
    re.IGNORECASE,
)
_NOT_A_NAME = word_set(
    "yang dan di ke dari untuk dengan agar permukiman pemukiman hidup desa rt rw perlu rusak sudah belum masih"
)
_GROUP = re.compile(
    r"\b(kt|kwt|poktan|gapoktan|pokdakan|pokdarwis|kub|p3a|gp3a|posyandu|kelompok\s+(?:wanita\s+)?(?:tani|ternak|nelayan)|"
    r"kelompok\s+desa\s+prima|bank\s+sampah|paud|tpq|masjid|mushola|karang\s+taruna)\.?\s+[\"“']?\s*"
    r"([A-Z][\w']*(?:\s+[A-Z][\w']*|\s+\d{1,2}\b)*)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(rf"\b([a-z]{{4,}})\s+(\d{{1,2}}|{_ROMAN_WORD})\b(?!\s*(?:{_UNIT_WORD}|x|juta|%|[.,]\d)\b)")
_NOT_NUMBERED = word_set(
    "ruas nomor lebar panjang tinggi tahun tahap jumlah untuk sebanyak sejumlah roda lokal dusun padukuhan pedukuhan "
    "dukuh kampung jalan dengan volume tanggal kelas primer sekunder minimal maksimal antara dari sampai"
)


@dataclass(frozen=True, slots=True)
class Volume:
    """How much: *amount* in *unit* (m, m2, m3, km, ha, unit, titik, ...)."""

    amount: float
    unit: str


@dataclass(frozen=True, slots=True)
class Fields:
    """What a text says about where and how much. All tuples are sorted and without repeats; empty means unsaid."""

    rt: tuple[int, ...] = ()
    rw: tuple[int, ...] = ()
    hamlets: tuple[str, ...] = ()
    road_codes: tuple[str, ...] = ()
    section: tuple[str, str] | None = None
    volume: Volume | None = None
    width_m: float | None = None
    groups: tuple[str, ...] = ()
    numbered: tuple[tuple[str, int], ...] = ()


def number(text: str) -> float:
    """Read an Indonesian number: dots between groups of three, comma or dot for the fraction."""
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text):
        text = text.replace(".", "")
    return float(text.replace(",", "."))


def _numeral(text: str) -> int | None:
    return int(text) if text.isdigit() else _ROMAN.get(text.lower())


def _spread(text: str) -> set[int]:
    """Numbers of a list or range: `3-5` is 3, 4, 5; `11.13.15` and `3/4` are lists."""
    values: set[int] = set()
    last: int | None = None
    through = False
    for token in _TOKEN.findall(text):
        value = _numeral(token.strip())
        if value is None:
            through = True
            continue
        if through and last is not None and last < value <= last + 40:
            values.update(range(last, value))
        values.add(value)
        last, through = value, False
    return values - {0}


def _neighbourhoods(lowered: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    found: dict[str, set[int]] = {"rt": set(), "rw": set()}
    for rt, rw in _SLASHED.findall(lowered):
        found["rt"].add(int(rt))
        found["rw"].add(_numeral(rw) or 0)
    for kind, several in _MARKED.findall(_SLASHED.sub(" ", lowered)):
        found[kind] |= _spread(several)
    return tuple(sorted(found["rt"] - {0})), tuple(sorted(found["rw"] - {0}))


def _hamlets(text: str) -> tuple[str, ...]:
    names: set[str] = set()
    for match in _HAMLET.finditer(text):
        name = " ".join(match[1].lower().split())
        if name[0].isdigit() or name.split()[0].strip(",") in _ROMAN:
            names.update(str(value) for value in _spread(name))
        elif match[1].split()[0].lower() not in _NOT_A_NAME:
            kept = _capitalised_run(match[1])
            names.add(kept.lower())
    return tuple(sorted(names))


def _capitalised_run(name: str) -> str:
    """Keep the first word and what follows while it is written with a capital or is a number."""
    first, *rest = name.split()
    kept = [first]
    for word in rest:
        if not (word[0].isupper() or word.isdigit()) or word.lower() in {"rt", "rw"} | _NOT_A_NAME:
            break
        kept.append(word)
    return " ".join(kept)


def _section(text: str) -> tuple[str, str] | None:
    for match in _SECTION.finditer(text):
        start = _SECTION_LEAD.sub("", match[1] + " ").strip().lower()
        end = match[2].strip().lower()
        if start and end and start != end and not start.startswith(("rt", "rw")) and not end.startswith(("rt", "rw")):
            return (start, end) if start <= end else (end, start)
    return None


def _width(lowered: str) -> float | None:
    said = _WIDTH.search(lowered)
    if said:
        value = number(said[1])
        return value / 100 if said[2] == "cm" else value
    size = _SIZE.search(lowered)
    if size:
        value = min(number(size[1]), number(size[2]))
        return value if 0 < value <= 12 else None
    return None


def _volume(lowered: str) -> Volume | None:
    for match in _VOLUME.finditer(lowered):
        if not re.search(r"(lebar|tinggi|tebal|jarak)\w*\s*[:=]?\s*$", lowered[: match.start()]):
            return Volume(number(match[1]), _UNITS[match[2]])
    return None


def _road_codes(lowered: str) -> tuple[str, ...]:
    codes = set(_ROAD_CODE.findall(lowered))
    codes.update(_ROAD_NUMBER.findall(_ROAD_CODE.sub(" ", lowered)))
    return tuple(sorted(codes))


def _groups(text: str) -> tuple[str, ...]:
    names: set[str] = set()
    for match in _GROUP.finditer(text):
        name = _capitalised_run(match[2])
        if name[0].isupper() or name[0].isdigit():
            names.add(" ".join(name.lower().split()))
    return tuple(sorted(names))


def _numbered(lowered: str) -> tuple[tuple[str, int], ...]:
    pairs = {
        (name, value)
        for name, numeral in _NUMBERED.findall(lowered)
        if name not in _NOT_NUMBERED and (value := _numeral(numeral)) is not None
    }
    return tuple(sorted(pairs))


def _split_glued(text: str) -> str:
    return re.sub(r"(?i)\b(rt|rw)(\d+)(?=rt|rw|\b)", r"\1 \2 ", re.sub(r"(?i)(\d)(rw|rt)(?=\W|\d)", r"\1 \2 ", text))


def fields_of(text: str) -> Fields:
    """Read places and quantities from one line; whatever is not said stays empty."""
    text = _split_glued(" ".join(text[:LONGEST_READ].split()))
    lowered = text.lower()
    rt, rw = _neighbourhoods(lowered)
    return Fields(
        rt=rt,
        rw=rw,
        hamlets=_hamlets(text),
        road_codes=_road_codes(lowered),
        section=_section(text),
        volume=_volume(lowered),
        width_m=_width(lowered),
        groups=_groups(text),
        numbered=_numbered(lowered),
    )


def merged(first: Fields, second: Fields) -> Fields:
    """Return *first* with its gaps filled from *second*, field by field."""

    def pick(name: str) -> object:
        return getattr(first, name) or getattr(second, name)

    names: Iterable[str] = Fields.__dataclass_fields__
    return Fields(**{name: pick(name) for name in names})  # type: ignore[arg-type]
