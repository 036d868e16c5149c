"""Find in a text what must not be public: names of people, NIK, telephone numbers, e-mail addresses.

Rules of thumb, not understanding. Where they doubt they cover, since a person looks afterwards and may put a word back:
a covered street costs one tap, an uncovered name cannot be taken back.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

from rembuk.core.text.lexicon import lexicon, word_set

Kind = Literal["name", "nik", "phone", "email"]
MASKS: Final[Mapping[str, str]] = {
    "name": "[nama]",
    "nik": "[NIK]",
    "phone": "[nomor HP]",
    "email": "[surel]",
}
"""Kind -> what stands in the public text instead."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BETWEEN = re.compile(r"\.?[ \t\u00a0]+|\.")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SIXTEEN = re.compile(r"(?<!\d)(?:\d[ .\-]{0,2}){15}\d(?!\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_MOBILE = re.compile(r"(?<![\d+])(?:\+?62[ .\-]{0,2}|0)8(?:[ .\-]{0,2}\d){7,11}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)\(?0[2-79]\d{1,2}\)?[ .\-]{0,2}\d{3,4}[ .\-]?\d{2,4}(?!\d)")

# After these a word in small letters is a name too: that is how people type on a telephone.
_STRONG = word_set(
    "pak bapak bpk bu ibu mbak sdr sdri saudara saudari haji hajah hj almarhum almarhumah alm ustadz ustad "
    "ustadzah bernama"
)
_WEAK = word_set(
    "mas kak kakak bang abang om tante paman bibi acil amang julak kai nini mak nenek kakek pakde bude h kh"
)
_TITLES = _STRONG | _WEAK
_LINKS = word_set("bin binti h hj haji hajah")
_OFFICES = word_set(
    "bendahara bidan bpd bupati camat dokter dosen dpmd guru imam janda kades kader kadus kaur kepala kasi ketua "
    "kpmd lurah mantri menteri pejabat pendeta perawat petinggi pkk plt presiden rt rw sekcam sekda sekdes "
    "sekretaris wakil"
)
# Words that follow a title or open a sentence and are no name.
_PLAIN = word_set(
    "ada adalah agar akan aku anak atau bahwa bantu banyak bagi begitu belum besar bisa boleh buat cuma dalam dan "
    "dapat dari dengan di dia dua hamil hampir hanya harus hari ini itu jadi jangan jika juga kalau kalo kami "
    "kampung karena kata ke kecil kedua kemarin kita kota kurang lagi lain lalu lansia lebih mana mau melalui "
    "menyusui mereka minta mohon muda namun nelayan nya oleh orang pada para pasti pergi perlu pernah rumah sakit "
    "sampai sangat satu saya sebab secara sedang sejak sekali sekalian sekarang sekitar selalu semoga semua "
    "sering serta setiap siapa sini sopir sudah supaya susah tadi tangga tani tapi telah tempat tentang terima "
    "tetapi tiap tiga tolong tua untuk usul usulan waktu warga wali yang yasinan yg pengajian januari februari "
    "maret april mei juni juli agustus september oktober november desember senin selasa rabu kamis jumat sabtu "
    "minggu idul fitri adha ramadan ramadhan natal"
)
_DERIVED = re.compile(r"(?:mem|men|meng|ber|ter|peng|pem|pen|ped)[a-z]{4,}|[a-z]+(?:nya|kan)")
# A road or a mosque keeps the name that it was given.
_NAMED = word_set(
    "jalan jl jln gang gg masjid mesjid langgar mushola mushalla musholla surau makam sekolah yayasan pesantren "
    "ponpes handil parit lapangan gedung jenderal majelis tpa tpq tk paud sd sdn smp mi mts"
)
_PLACED = _NAMED | word_set(
    "bukit danau desa distrik dusun gunung jembatan kabupaten kampung kecamatan kelurahan kota loa long muara "
    "padukuhan pasar pelabuhan posyandu pulau rapak sekolah simpang sungai tanjung teluk kelompok koperasi bumdes "
    "pt cv ud toko"
)
# Given names that are no other word; they are covered in small letters as well.
_COMMON = word_set(
    "abdul abdullah abdurrahman achmad agus ahmad ahmadi aini aisyah alfian ali aminah andri anwar ardiansyah "
    "arief arifin asmah aspian bahrudin bambang basri budiman burhan darmawan dedi dewi edi endang fadli fahmi "
    "faisal farida fathur fatimah fauzi fitriani gusti hadi hairudin halimah hamdani hamid hartono hasan hasanah "
    "hasnah hendra heri hermansyah husin ibrahim idris ilham iskandar ismail jainudin jamaludin jumiati junaidi "
    "kartini khairul kusnadi lukman mahmud maimunah mariana mariani marlina masdar maulana misran mohammad "
    "muhammad muhidin mulyadi mulyono munawar mursidah nasrullah norhayati nurdin nurhayati nurjanah nurul "
    "nuraini rahman rahmat rahmawati ramli ratna ridwan rizal rizky rosmiati rudi rusdi rusli rusmini safruddin "
    "sahrani saiful salamah saleh samsudin samsul sarifah siti slamet sri subhan sudirman sugeng sugiono suhardi "
    "suharti sukardi sulaiman sumarni sumiati supardi supriadi suryani susanti susilo sutrisno suwarno syahrani "
    "syamsudin syaiful tarmizi udin usman wahyudi wahyuni yanto yanti yuliana yusuf zainal zainudin zulkifli"
)
_LONGEST_NAME = 4
_SHORTEST_PART = 4
_SHOUTING = 0.7
_TITLE_CASED = 0.6


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text, from *start* to before *end*, and what it is taken for."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class _Known:
    """What the village knows: whole names as words, single parts of names, and words of places that are no names."""

    names: frozenset[tuple[str, ...]]
    parts: frozenset[str]
    places: frozenset[str]


def personal_parts(
    text: str, *, people: Collection[str] = (), places: Collection[str] = (), official: bool = False
) -> tuple[Part, ...]:
    """Return what in *text* must be covered before the public reads it, in order, never overlapping.

    people: names known in the village, found in any case. places: names of hamlets, villages and districts, which are
    no names of people. official: a text of the office, full of capitals that are sources, bodies and places; two
    unknown words with capitals are no name there.
    """
    tokens = [_Token(found.start(), found.end(), found[0]) for found in _TOKEN.finditer(text)]
    known = _known(frozenset(people), frozenset(places))
    found = [*_numbers(text), *_known_names(text, tokens, known), *_titled(text, tokens, known)]
    found += _given_names(text, tokens, known)
    if not official and not _all_capitals(tokens):
        found += _two_names(text, tokens, known)
    return _apart(text, found)


def masked(text: str, parts: Sequence[Part]) -> str:
    """Return *text* with each of *parts* replaced by the word for its kind."""
    return "".join(MASKS[kind] if kind else piece for piece, kind in pieces(text, parts))


def pieces(text: str, parts: Sequence[Part]) -> list[tuple[str, str]]:
    """Return *text* cut at *parts*: (piece, kind), the kind empty for what may stand. Joined they are *text* again."""
    result: list[tuple[str, str]] = []
    at = 0
    for part in parts:
        result += [(text[at : part.start], ""), (text[part.start : part.end], part.kind)]
        at = part.end
    return [(piece, kind) for piece, kind in [*result, (text[at:], "")] if piece]


def normal_name(name: str) -> str:
    """Return a name as it is compared: small letters, single spaces, without titles and signs."""
    words = [found[0].lower() for found in _TOKEN.finditer(name)]
    plain = [word for word in words if word not in _TITLES]
    return " ".join(plain or words)


_AID = re.compile(
    r"\b(?:rtlh|jamban|wc|kursi roda|tongkat|sembako|beasiswa|blt|santunan|bedah rumah|bantuan|pengobatan|"
    r"rumah (?:tidak|tak|gak|ga) layak|(?:rehab|perbaikan|perbaiki|atap|dinding|lantai) rumah|"
    r"biaya (?:sekolah|berobat))\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:1|satu) (?:unit|rumah|orang|kk|keluarga|buah)\b|\brumah (?:saya|kami|orang tua|nenek|kakek|ibu|bapak)\b|"
    r"\b(?:untuk|buat) (?:saya|anak saya|ibu saya|bapak saya|keluarga saya)\b",
    re.IGNORECASE,
)


def seems_aid_to_one(text: str, parts: Sequence[Part]) -> bool:
    """Return whether *text* seems to ask help for one person or house: a word of aid beside a name or one house."""
    return bool(_AID.search(text)) and (bool(_ONE.search(text)) or any(part.kind == "name" for part in parts))


@lru_cache(maxsize=512)
def _known(people: frozenset[str], places: frozenset[str]) -> _Known:
    words = lexicon().vocabulary | _PLAIN | _OFFICES
    of_places = frozenset(found[0].lower() for place in places for found in _TOKEN.finditer(place))
    names = frozenset(tuple(normal_name(name).split()) for name in people)
    parts = frozenset(
        part
        for name in names
        for part in name
        if len(part) >= _SHORTEST_PART and part not in words and part not in of_places
    )
    return _Known(frozenset(name for name in names if len(name) > 1), parts, of_places)


def _numbers(text: str) -> Iterator[Part]:
    for found in _EMAIL.finditer(text):
        yield Part(found.start(), found.end(), "email")
    for found in _SIXTEEN.finditer(text):
        if not _THOUSANDS.fullmatch(found[0]):
            yield Part(found.start(), found.end(), "nik")
    for pattern in (_MOBILE, _LANDLINE):
        for found in pattern.finditer(text):
            yield Part(found.start(), found.end(), "phone")


def _joined(text: str, one: _Token, other: _Token) -> bool:
    return bool(_BETWEEN.fullmatch(text[one.end : other.start]))


def _before(text: str, tokens: Sequence[_Token], place: int) -> str:
    """Return the word right before a token, in small letters; empty where a sign stands between them."""
    if place == 0 or not _joined(text, tokens[place - 1], tokens[place]):
        return ""
    return tokens[place - 1].low


def _names_a_place(text: str, tokens: Sequence[_Token], place: int) -> bool:
    """Return whether a name belongs to a road, mosque or the like before it: Jalan Saleh, Gang Haji Saleh."""
    before = _before(text, tokens, place)
    return before in _PLACED or (before in _TITLES and _before(text, tokens, place - 1) in _NAMED)


def _no_name(token: _Token, known: _Known) -> bool:
    return (
        token.low in lexicon().vocabulary or token.low in _PLAIN or token.low in _OFFICES or token.low in known.places
    )


def _run(text: str, tokens: Sequence[_Token], first: int, known: _Known, most: int) -> int:
    """Return the index of the last token of a name that begins at *first*: capitals that are no other word."""
    last = first
    while last + 1 < len(tokens) and last - first + 1 < most and _joined(text, tokens[last], tokens[last + 1]):
        following = tokens[last + 1]
        if following.low not in _LINKS and (not following.capital or _no_name(following, known)):
            break
        last += 1
    return last


def _titled(text: str, tokens: Sequence[_Token], known: _Known) -> Iterator[Part]:
    """Find names behind a title: Pak Udin, ibu siti, Hj. Aminah."""
    most = 1 if _all_capitals(tokens) else _LONGEST_NAME
    for place, title in enumerate(tokens[:-1]):
        name = tokens[place + 1]
        if title.low not in _TITLES or not _joined(text, title, name) or name.low in _TITLES - {"h", "kh"}:
            continue
        doubled = text[: title.start].lower().endswith(f"{title.low}-")
        if doubled or (_before(text, tokens, place) in _NAMED and name.capital) or not _may_name(title, name, known):
            continue
        last = _run(text, tokens, place + 1, known, most)
        yield Part(name.start, tokens[last].end, "name")


def _may_name(title: _Token, name: _Token, known: _Known) -> bool:
    if name.low in known.parts or name.low in _COMMON:
        return True
    if _no_name(name, known) or len(name.text) < 3:
        return False
    return name.capital or (title.low in _STRONG and not _DERIVED.fullmatch(name.low))


def _known_names(text: str, tokens: Sequence[_Token], known: _Known) -> Iterator[Part]:
    """Find the names that the village knows: whole in any case, a single part of one when it begins with a capital."""
    for place, token in enumerate(tokens):
        for size in range(_LONGEST_NAME, 1, -1):
            words = tokens[place : place + size]
            whole = len(words) == size and all(_joined(text, a, b) for a, b in pairwise(words))
            if whole and tuple(word.low for word in words) in known.names:
                yield Part(token.start, words[-1].end, "name")
                break
        if token.capital and token.low in known.parts and not _names_a_place(text, tokens, place):
            yield Part(token.start, token.end, "name")


def _given_names(text: str, tokens: Sequence[_Token], known: _Known) -> Iterator[Part]:
    """Find given names that are no other word, with the capitals that follow them."""
    for place, token in enumerate(tokens):
        if token.low in _COMMON and token.low not in known.places and not _names_a_place(text, tokens, place):
            yield Part(token.start, tokens[_run(text, tokens, place, known, _LONGEST_NAME)].end, "name")


def _two_names(text: str, tokens: Sequence[_Token], known: _Known) -> Iterator[Part]:
    """Find two or more unknown words with capitals in a row; a text in title case is left alone."""
    capitals = sum(token.capital for token in tokens)
    if len(tokens) > 3 and capitals > _TITLE_CASED * len(tokens):
        return
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if not token.capital or _no_name(token, known) or token.low in _TITLES or len(token.text) < 3:
            place += 1
            continue
        last = _run(text, tokens, place, known, _LONGEST_NAME)
        if last > place and _before(text, tokens, place) not in _PLACED | known.places:
            yield Part(token.start, tokens[last].end, "name")
        place = last + 1


def _all_capitals(tokens: Sequence[_Token]) -> bool:
    letters = sum(len(token.text) for token in tokens)
    large = sum(len(token.text) for token in tokens if token.text.isupper() and len(token.text) > 1)
    return letters > 0 and large > _SHOUTING * letters


def _apart(text: str, found: Iterable[Part]) -> tuple[Part, ...]:
    """Order the parts; where two overlap they become one, of the kind that begins first, and so do names in a row."""
    result: list[Part] = []
    for part in sorted(found, key=lambda part: (part.start, -part.end, part.kind)):
        before = result[-1] if result else None
        if before is not None and (part.start < before.end or _one_name(text, before, part)):
            result[-1] = Part(before.start, max(before.end, part.end), before.kind)
        else:
            result.append(part)
    return tuple(result)


def _one_name(text: str, one: Part, other: Part) -> bool:
    return one.kind == other.kind == "name" and not text[one.end : other.start].strip()
