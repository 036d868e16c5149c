"""From a line of text to words the lexicon knows: lower case, split, expanded, spelling mended with care."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from rembuk.core.text.lexicon import Lexicon, code_names, lexicon, word_set

_WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*")
_MIXED = re.compile(r"[a-z0-9]+(?:[.,]\d+)*")
_SLASHED = re.compile(r"\bs\s*/\s*d\b")
_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f]+")
# Texts longer than this are read up to here; ten thousand characters of complaint carry no more objects.
LONGEST_READ = 2000
_SHORT, _LONG = 6, 9
_CLITIC = "nya"
# Everyday words one letter away from a word of the lexicon; mending them would invent an object.
_EVERYDAY = word_set(
    "sering kadang banyak sekali karena karna supaya sehingga sangat kurang kurangnya masih belum sudah setiap selama "
    "sepanjang sebanyak sejumlah kepada dengan bagian adanya terjadi banjar menjadi segera sejak seluruh semua antara "
    "apabila kondisi masuknya keadaan rawan selalu mereka daerah kawasan musim tempat tersebut berada masyarakat "
    "pengaduan peringatan kelurahan kelahiran kebakaran"
)
# How people type on a telephone; the lexicon holds the abbreviations of officials.
_SHORTHAND = {
    "blkg": "belakang",
    "dgn": "dengan",
    "dkt": "dekat",
    "dpn": "depan",
    "gmn": "bagaimana",
    "jalanan": "jalan",
    "jmbtn": "jembatan",
    "krn": "karena",
    "rmh": "rumah",
    "sblh": "sebelah",
    "sdh": "sudah",
    "utk": "untuk",
    "yg": "yang",
}
_SAME_START = 3


def plain(text: str) -> str:
    """Return *text* in lower case without control signs and double spaces, cut after `LONGEST_READ` characters."""
    return " ".join(_NOT_TEXT.sub(" ", text[:LONGEST_READ]).lower().split())


def words(text: str, known: Lexicon | None = None) -> list[str]:
    """Return the words of *text*, abbreviations expanded and spelling mended toward words of the lexicon.

    A word right after dusun, padukuhan, kelurahan and the like is a name and stays as it is.
    """
    known = known or lexicon()
    raw = _tokens(_SLASHED.sub(" sampai ", plain(text)), known)
    expanded = _expand(raw, known)
    result: list[str] = []
    for place, word in enumerate(expanded):
        is_name = place > 0 and expanded[place - 1] in known.regions
        result.append(word if is_name else mend(word))
    return result


def _tokens(lowered: str, known: Lexicon) -> list[str]:
    """Split letters from digits (`rt33rw17`), except where the lexicon knows the mixture (`p3a`)."""
    result: list[str] = []
    for piece in _MIXED.findall(lowered):
        result.extend([piece] if piece in known.vocabulary else _WORD.findall(piece))
    return result


def _expand(raw: Sequence[str], known: Lexicon) -> list[str]:
    result: list[str] = []
    place = 0
    while place < len(raw):
        pair = " ".join(raw[place : place + 2])
        if pair in known.abbreviations and pair != raw[place]:
            result.extend(known.abbreviations[pair].split())
            place += 2
            continue
        word = raw[place]
        follows = raw[place + 1] if place + 1 < len(raw) else ""
        result.extend(_expand_word(word, follows, result[-1] if result else "", known))
        place += 1
    return result


def _expand_word(word: str, follows: str, before: str, known: Lexicon) -> list[str]:
    # Four abbreviations have two meanings; the neighbours decide.
    if word == "kel" and not follows.startswith(("tani", "wanita", "ternak", "nelayan", "usaha")):
        return ["kelurahan"] if before in {"kantor", "di", "wilayah", ""} else ["kelompok"]
    if word == "kt" and before not in {"pengurus", "pemuda"}:
        return ["kelompok", "tani"]
    if before in known.regions:
        return [word]
    word = _SHORTHAND.get(word, word)
    return known.abbreviations.get(word, word).split()


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    of_names = {word for name in code_names().values() for word in _WORD.findall(name.lower())}
    return lexicon().vocabulary | frozenset(of_names)


@lru_cache(maxsize=1)
def _by_first_letter() -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for word in sorted(lexicon().vocabulary):
        if len(word) >= _SHORT and word.isalpha():
            groups.setdefault(word[0], []).append(word)
    return {letter: tuple(group) for letter, group in groups.items()}


@lru_cache(maxsize=50_000)
def mend(word: str) -> str:
    """Return the word of the lexicon that *word* most likely means, or *word* itself.

    One letter may differ from 6 letters on, two from 9; the first letter always stands.
    """
    if word in _known_words() or word in _EVERYDAY or len(word) < _SHORT or not word.isalpha():
        return word
    stem = word.removesuffix(_CLITIC)
    if stem != word and stem in _known_words():
        return stem
    allowed = 2 if len(word) >= _LONG else 1
    best, best_rank = word, (allowed + 1, 0)
    for candidate in _by_first_letter().get(word[0], ()):
        if abs(len(candidate) - len(word)) > allowed:
            continue
        distance = int(DamerauLevenshtein.distance(word, candidate, score_cutoff=allowed))
        # Among equals the one that begins and ends like the word: slips of the pen sit in the middle.
        rank = (distance, -_shared(word, candidate) - _shared(word[::-1], candidate[::-1]))
        alike = distance <= 1 or candidate[:_SAME_START] == word[:_SAME_START]
        if distance <= allowed and alike and rank < best_rank:
            best, best_rank = candidate, rank
    return best


def _shared(one: str, two: str) -> int:
    """How many first letters two words share."""
    return next((place for place, (mine, other) in enumerate(zip(one, two, strict=False)) if mine != other), len(one))
