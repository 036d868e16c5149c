"""What villages call their columns: the words that point to a role, and the words of totals and headings."""

import re
from typing import Literal

Role = Literal[
    "text",
    "location",
    "region",
    "hamlet",
    "volume",
    "unit",
    "cost",
    "men",
    "women",
    "poor",
    "beneficiaries",
    "source",
    "code",
    "proposer",
    "year",
    "status",
    "field",
    "schedule",
    "pattern",
    "number",
    "other",
]

# Role, words, weight. The heaviest that matches names the column; "other" keeps a column from being taken for more.
_WORDS: tuple[tuple[Role, str, int], ...] = (
    ("number", r"(?:no|nomor|nomer|num|no urut|nomor urut|urut)", 12),
    ("other", r".*\b(?:harga satuan|biaya satuan|unit price|target capaian|data eksisting|sdgs?|sumber daya)\b.*", 12),
    (
        "other",
        r".*\b(?:kecamatan|kapanewon|distrik|kabupaten|provinsi|opd|skpd|dinas|instansi|perangkat daerah)\b.*",
        12,
    ),
    (
        "other",
        r".*\b(?:kategori|category|ruang lingkup|telepon|hp|nik|koordinat|latitude|longitude|dokumen|skor)\b.*",
        12,
    ),
    ("source", r"(?:sumber|asal|jenis) (?:dana|biaya|pembiayaan|anggaran|pendanaan|keuangan)", 12),
    ("source", r"(?:biaya dan sumber pembiayaan )?sumber(?: biaya| dana)?", 11),
    ("source", r"source(?: of funds?)?|funding", 6),
    ("cost", r".*\b(?:biaya|anggaran|cost|nominal|rupiah|rp|rab|pagu|kebutuhan dana)\b.*", 10),
    ("cost", r".*\b(?:nilai|dana|harga|price|amount)\b.*", 7),
    ("cost", r"(?:jumlah|total)(?: total)?", 4),
    ("volume", r".*\b(?:volume|vol|kuantitas|banyaknya|qty)\b.*", 10),
    ("unit", r"(?:satuan|unit)(?: volume)?|.*\bsatuan$", 9),
    ("men", r"(?:penerima(?: manfaat)? |jumlah )?(?:lk|l|laki|laki laki|pria|men|penerima lk)", 11),
    ("women", r"(?:penerima(?: manfaat)? |jumlah )?(?:pr|p|perempuan|wanita|women)", 11),
    ("poor", r".*\b(?:a ?rtm|rtm|gakin|rumah tangga miskin|kk miskin|keluarga miskin)\b.*", 11),
    ("beneficiaries", r".*\b(?:penerima|manfaat|sasaran|jiwa|beneficiar(?:y|ies))\b.*|kk", 8),
    ("proposer", r".*\b(?:pengusul|asal usulan|diusulkan oleh|proposer|pemohon)\b.*", 11),
    ("year", r".*\b(?:tahun|year|thn)\b.*|ta", 10),
    ("status", r".*\b(?:status|keadaan)\b.*", 10),
    ("code", r"kode|kode (?:kegiatan|rekening|bidang.*)|code|.*\bkode kegiatan\b.*", 10),
    ("schedule", r".*\b(?:waktu|jadwal|bulan|schedule)\b.*", 10),
    ("pattern", r".*\b(?:pola|pelaksanaan|pelaksana|swakelola)\b.*", 9),
    (
        "hamlet",
        r"(?:nama )?(?:dusun|padukuhan|pedukuhan|dukuh|lingkungan|kampung|banjar|hamlet|rt|rw)(?: (?:rt|rw|dusun))*",
        10,
    ),
    ("hamlet", r".*\b(?:dusun|padukuhan|pedukuhan)\b.*", 8),
    ("location", r".*\b(?:lokasi|alamat|tempat|letak|location|address)\b.*", 10),
    ("region", r".*\b(?:desa|kelurahan|kalurahan|nagari|gampong|region|wilayah|village)\b.*", 6),
    ("text", r".*\b(?:usulan|gagasan|proposal)\b.*", 9),
    (
        "text",
        r".*\b(?:uraian|nama kegiatan|nama paket|nama program|jenis kegiatan|ak?ti[vf]itas|text|teks|pekerjaan)\b.*",
        8,
    ),
    ("text", r".*\b(?:kegiatan|paket|deskripsi|keterangan kegiatan)\b.*", 7),
    ("text", r".*\b(?:permasalahan|masalah|kebutuhan)\b.*", 6),
    ("field", r".*\b(?:bidang|urusan)\b.*", 5),
    ("text", r"program.*|rincian", 3),
    ("other", r".*\b(?:keterangan|catatan|note|notes)\b.*", 3),
)
_COMPILED = tuple((role, re.compile(pattern), weight) for role, pattern, weight in _WORDS)

_TOTAL_WORD = r"(?:(?:sub|grand) ?)?(?:jumlah|total|jml|rekapitulasi)"
_TOTAL = re.compile(
    _TOTAL_WORD
    + r"(?: (?:sub|per|rkp|rkpdesa|rkpdes|keseluruhan|seluruh\w*|total|biaya|anggaran|dana|usulan|tahun|i{1,3}"
    r"|iv|v|[0-9]+|[a-e]|semua|akhir|umum|pagu|rp|dan|pembangunan|penyelenggaraan|pembinaan|pemberdayaan|pemerintahan"
    r"|kemasyarakatan|masyarakat|pelaksanaan))*(?: (?:bidang|dusun|rt|rw|desa|kelurahan|kalurahan|lingkungan|kampung"
    r"|padukuhan|pedukuhan|banjar|kecamatan|kapanewon)\b.*)?"
)
_MAYBE_TOTAL = re.compile(_TOTAL_WORD + r"\b.{0,60}")
_HEADING = re.compile(
    r"(?:sub )?bidang(?: \w+){1,9}|penanggulangan bencana.*|(?:dusun|padukuhan|pedukuhan|lingkungan)(?: \w+){1,2}"
    r"|(?:rt|rw) [0-9]+(?: rw [0-9]+)?(?: dusun(?: \w+){1,2})?|tidak ada kegiatan|nihil|[ivx]+|[a-z]|[0-9]+"
)

_FIELD_WORDS: tuple[tuple[int, str], ...] = (
    (5, r"bencana|darurat|mendesak"),
    (1, r"penyelenggaraan pemerintahan|pemerintahan desa"),
    (4, r"pemberdayaan"),
    (3, r"pembinaan|kemasyarakatan"),
    (2, r"pembangunan"),
)
_FIELD_NUMBER = re.compile(r"bidang (i{1,3}|iv|v|[1-5])\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}


def plain(label: str) -> str:
    """Return *label* in lower case with single spaces and nothing but letters and digits."""
    return " ".join(re.sub(r"[^0-9a-z]+", " ", label.lower()).split())


def roles_of(label: str) -> list[tuple[Role, int]]:
    """Return the roles that a column's *label* points to, heaviest first; empty when it says nothing."""
    name = plain(label)
    if not name or len(name) > 90:
        return []
    best: dict[Role, int] = {}
    for role, pattern, weight in _COMPILED:
        if pattern.fullmatch(name):
            best[role] = max(weight, best.get(role, 0))
    return sorted(best.items(), key=lambda item: -item[1])


def is_total(text: str) -> bool:
    """Say whether *text* labels a row of sums (``JUMLAH BIDANG 2``), not a proposal that begins with such a word."""
    return _TOTAL.fullmatch(plain(text)) is not None


def may_be_total(text: str) -> bool:
    """Say whether *text* begins like a row of sums; the rest of its row decides."""
    return _MAYBE_TOTAL.fullmatch(plain(text)) is not None and text == text.upper()


def is_heading(text: str) -> bool:
    """Say whether *text*, alone in its row, is a heading (bidang, hamlet, roman number)."""
    return _HEADING.fullmatch(plain(text)) is not None


def field_of(text: str) -> int | None:
    """Return the bidang (1 to 5) that *text* names; None when it names none."""
    name = plain(text)
    if numbered := _FIELD_NUMBER.search(name):
        return _ROMAN.get(numbered[1]) or int(numbered[1])
    return next((field for field, words in _FIELD_WORDS if re.search(words, name)), None)
