"""How papers name the elements of a meeting; two of them are never printed beside a name.

Source: Permendagri 114/2014 and Permendesa PDTT 21/2020 (list of elements).
"""

from collections.abc import Iterable

ELEMENT_NAMES: dict[str, str] = {
    "ADAT": "Tokoh adat",
    "AGAMA": "Tokoh agama",
    "TOMAS": "Tokoh masyarakat",
    "PENDIDIK": "Tokoh pendidikan",
    "SENI": "Tokoh seni dan budaya",
    "WILAYAH": "Keterwakilan kewilayahan (dusun/RT/RW)",
    "TANI": "Petani dan buruh tani",
    "NELAYAN": "Nelayan dan buruh nelayan",
    "PERAJIN": "Perajin",
    "PEREMPUAN": "Kelompok perempuan",
    "ANAK": "Forum anak, pemerhati dan perlindungan anak",
    "MISKIN": "Kelompok miskin",
    "DIFABEL": "Kelompok berkebutuhan khusus",
    "KADERKES": "Kader kesehatan",
    "LINGKUNGAN": "Pemerhati lingkungan",
    "PEMUDA": "Pemuda atau pelajar",
    "ORSOS": "Organisasi sosial/lembaga kemasyarakatan lain",
    "LANSIA": "Lanjut usia",
    "PEMDES": "Pemerintah Desa",
    "BPD": "BPD",
    "LPM": "LPM",
    "KPMD": "KPMD",
    "RT": "Ketua RT",
    "BUMDES": "BUM Desa",
    "KDMP": "Koperasi Desa Merah Putih",
    "PD": "Pendamping Desa",
    "CAMAT": "Kecamatan",
    "DPMD": "DPMD",
    "OPD": "Perangkat daerah",
    "DPRD": "DPRD",
    "TNI_POLRI": "TNI/Polri",
    "UNDANGAN": "Undangan lain",
}
SHELTERED = frozenset({"MISKIN", "DIFABEL"})
"""Elements that no list with names may show."""
SHELTERED_NAME = "Wakil kelompok"


def element_name(code: str) -> str:
    """Return the name of an element for a text without names; an unknown code is printed as it is."""
    return ELEMENT_NAMES.get(code, code)


def name_beside_person(code: str) -> str:
    """Return the name of an element for a list with names: the sheltered ones are "wakil kelompok"."""
    return SHELTERED_NAME if code in SHELTERED else element_name(code)


def elements_sentence(codes: Iterable[str]) -> str:
    """Name the elements present, each once, in the order of the legal list; the sheltered ones only as represented."""
    present = set(codes)
    order = [code for code in ELEMENT_NAMES if code in present] + sorted(present - set(ELEMENT_NAMES))
    return "; ".join(element_name(code) + (" (terwakili)" if code in SHELTERED else "") for code in order)
