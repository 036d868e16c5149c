"""The usual wording of a regulation on the RPJM Desa and of one that changes it. The sentences are Rembuk's own.

Source: PP 43/2014 Pasal 115 to 120; Permendagri 114/2014 Pasal 4 to 28; Permendesa PDTT 21/2020.
"""

from rembuk.core.documents.perdes_wording import COMMENCEMENT, VILLAGE_DEFINITIONS, Article, Chapter
from rembuk.core.documents.rpjm_chapters import CHAPTERS

_NAME = "Rencana Pembangunan Jangka Menengah Desa"


def rpjm_considerations(years: str) -> tuple[str, ...]:
    """Return what a regulation on the RPJM Desa weighs. years: ``2027-2034``, or the placeholder that stands for it."""
    return (
        "bahwa RPJM Desa memuat visi dan misi Kepala Desa, arah kebijakan pembangunan Desa, dan rencana kegiatan, dan "
        "menjadi dasar penyusunan RKP Desa setiap tahun;",
        f"bahwa rancangan RPJM Desa Tahun {years} telah dibahas dan disepakati dalam musyawarah perencanaan "
        "pembangunan Desa;",
        "bahwa berdasarkan pertimbangan dalam huruf a dan huruf b perlu menetapkan Peraturan Desa tentang "
        f"{_NAME} Tahun {years};",
    )


def rpjm_chapters(first: int, last: int) -> tuple[Chapter, ...]:
    """Return the usual six chapters of a regulation on the RPJM Desa of the years *first* to *last*."""
    contents = Article((f"RPJM Desa Tahun {first}-{last} disusun dengan sistematika:",), _contents())
    place = (
        f"RPJM Desa merupakan rencana pembangunan Desa untuk tahun {first} sampai dengan tahun {last}.",
        "RPJM Desa menjadi pedoman penyusunan RKP Desa setiap tahun.",
    )
    return (
        Chapter("KETENTUAN UMUM", (Article(("Dalam Peraturan Desa ini yang dimaksud dengan:",), _DEFINITIONS),)),
        Chapter("SISTEMATIKA", (contents, Article((_ANNEX,)))),
        Chapter("KEDUDUKAN", (Article(place),)),
        Chapter("PERUBAHAN", (Article(_AMENDMENT),)),
        Chapter("PELAKSANAAN", (Article(_EXECUTION),)),
        Chapter("PENUTUP", (Article((COMMENCEMENT,)),)),
    )


def amending_rpjm_considerations(years: str, before: str, superseded: str, ground: str) -> tuple[str, ...]:
    """Return what a regulation that changes the RPJM Desa weighs.

    years, before: first and last year of the changed and of the former plan. superseded: number of the former Perdes;
    ground: in words.
    """
    reason = ground[:1].lower() + ground[1:] if ground else "perubahan kebijakan"
    moved = f", dan jangka waktunya menjadi Tahun {years}" if years != before else ""
    return (
        f"bahwa RPJM Desa Tahun {before} telah ditetapkan dengan Peraturan Desa Nomor {superseded};",
        f"bahwa dalam pelaksanaannya terdapat {reason}, sehingga RPJM Desa perlu diubah{moved};",
        "bahwa rancangan perubahan RPJM Desa telah dibahas dan disepakati dalam musyawarah perencanaan pembangunan "
        "Desa;",
        "bahwa berdasarkan pertimbangan dalam huruf a, huruf b, dan huruf c perlu menetapkan Peraturan Desa tentang "
        f"Perubahan atas Peraturan Desa Nomor {superseded} tentang {_NAME} Tahun {before};",
    )


def amending_rpjm_articles(years: str, before: str, superseded: str) -> tuple[Article, ...]:
    """Return the two articles of a regulation that changes the RPJM Desa; they print as Pasal I and Pasal II."""
    changed = [
        f"Ketentuan dalam Lampiran Peraturan Desa Nomor {superseded} tentang {_NAME} Tahun {before} diubah sehingga "
        "berbunyi sebagaimana tercantum dalam Lampiran yang merupakan bagian tidak terpisahkan dari Peraturan Desa "
        "ini.",
        "Lampiran memuat matriks perubahan Semula dan Menjadi serta matriks RPJM Desa sesudah perubahan.",
    ]
    if years != before:
        changed.append(f"Jangka waktu RPJM Desa yang semula Tahun {before} menjadi Tahun {years}.")
    return (Article(tuple(changed)), Article((COMMENCEMENT,)))


def _contents() -> tuple[str, ...]:
    *chapters, last = CHAPTERS
    lines = [f"Bab {number} {title};" for number, title in chapters]
    return (*lines, f"Bab {last[0]} {last[1]}; dan", "Lampiran.")


_DEFINITIONS = (
    *VILLAGE_DEFINITIONS,
    f"{_NAME}, selanjutnya disingkat RPJM Desa, adalah rencana kegiatan pembangunan Desa untuk jangka menengah, "
    "yang mengikuti masa jabatan Kepala Desa; dan",
    "Rencana Kerja Pemerintah Desa, selanjutnya disingkat RKP Desa, adalah penjabaran RPJM Desa untuk jangka waktu "
    "1 (satu) tahun.",
)
_ANNEX = (
    "Naskah dan matriks RPJM Desa tercantum dalam lampiran yang merupakan bagian tidak terpisahkan dari Peraturan Desa "
    "ini."
)
_AMENDMENT = (
    "RPJM Desa dapat diubah dalam hal terjadi peristiwa khusus, seperti bencana alam, krisis politik, krisis ekonomi, "
    "dan/atau kerusuhan sosial yang berkepanjangan, atau terdapat perubahan mendasar atas kebijakan Pemerintah, "
    "pemerintah daerah provinsi, dan/atau pemerintah daerah kabupaten.",
    "Perubahan RPJM Desa dibahas dan disepakati dalam musyawarah perencanaan pembangunan Desa dan ditetapkan dengan "
    "Peraturan Desa.",
)
_EXECUTION = (
    "Kepala Desa menjabarkan RPJM Desa ke dalam RKP Desa setiap tahun dan mengoordinasikan pelaksanaannya.",
    "Badan Permusyawaratan Desa dan masyarakat Desa mengawasi pelaksanaan RPJM Desa.",
)
