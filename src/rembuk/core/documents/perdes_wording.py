"""The usual wording of a regulation on the RKP Desa; every sentence can be edited before the paper is printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One article. paragraphs: one text, or several that print as (1), (2) ... items: lettered under the text."""

    paragraphs: tuple[str, ...]
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the regulation with its articles."""

    title: str
    articles: tuple[Article, ...]


def default_considerations(year: int | str) -> tuple[str, ...]:
    """Return what such a regulation weighs (Menimbang). year: or the placeholder that stands for it."""
    return (
        "bahwa RKP Desa merupakan penjabaran RPJM Desa dan menjadi dasar penyusunan Anggaran Pendapatan dan Belanja "
        "Desa;",
        f"bahwa rancangan RKP Desa Tahun {year} telah dibahas dan disepakati dalam musyawarah perencanaan pembangunan "
        "Desa;",
        "bahwa berdasarkan pertimbangan dalam huruf a dan huruf b perlu menetapkan Peraturan Desa tentang Rencana "
        f"Kerja Pemerintah Desa Tahun {year};",
    )


def default_chapters(year: int) -> tuple[Chapter, ...]:
    """Return the usual six chapters of a regulation on the RKP Desa of *year*."""
    contents = Article((f"RKP Desa Tahun {year} disusun dengan sistematika:",), _CONTENTS)
    return (
        Chapter("KETENTUAN UMUM", (Article(("Dalam Peraturan Desa ini yang dimaksud dengan:",), _DEFINITIONS),)),
        Chapter("SISTEMATIKA", (contents, Article((_ANNEX,)))),
        Chapter(
            "KEDUDUKAN",
            (
                Article(
                    (
                        "RKP Desa merupakan penjabaran RPJM Desa untuk jangka waktu 1 (satu) tahun.",
                        "RKP Desa menjadi dasar penyusunan Anggaran Pendapatan dan Belanja Desa Tahun Anggaran "
                        f"{year}.",
                    )
                ),
            ),
        ),
        Chapter("PERUBAHAN", (Article(_AMENDMENT),)),
        Chapter("PELAKSANAAN", (Article(_EXECUTION),)),
        Chapter("PENUTUP", (Article((COMMENCEMENT,)),)),
    )


VILLAGE_DEFINITIONS = (
    "Desa adalah Desa sebagaimana dimaksud dalam Undang-Undang tentang Desa;",
    "Pemerintah Desa adalah Kepala Desa dibantu perangkat Desa;",
    "Badan Permusyawaratan Desa, selanjutnya disingkat BPD, adalah lembaga yang melaksanakan fungsi pemerintahan yang "
    "anggotanya merupakan wakil dari penduduk Desa;",
)
_DEFINITIONS = (
    *VILLAGE_DEFINITIONS,
    "Rencana Pembangunan Jangka Menengah Desa, selanjutnya disingkat RPJM Desa, adalah rencana kegiatan pembangunan "
    "Desa untuk jangka menengah;",
    "Rencana Kerja Pemerintah Desa, selanjutnya disingkat RKP Desa, adalah penjabaran RPJM Desa untuk jangka waktu "
    "1 (satu) tahun; dan",
    "Anggaran Pendapatan dan Belanja Desa adalah rencana keuangan tahunan Pemerintahan Desa.",
)
_CONTENTS = (
    "Bab I Pendahuluan;",
    "Bab II Gambaran Umum Kebijakan Keuangan Desa;",
    "Bab III Evaluasi Pelaksanaan RKP Desa dan Permasalahan;",
    "Bab IV Rencana Program dan Kegiatan;",
    "Bab V Penutup; dan",
    "Lampiran.",
)
_ANNEX = (
    "Naskah dan matriks RKP Desa tercantum dalam lampiran yang merupakan bagian tidak terpisahkan dari Peraturan Desa "
    "ini."
)
_AMENDMENT = (
    "RKP Desa dapat diubah dalam hal terjadi peristiwa khusus, seperti bencana alam, krisis politik, krisis ekonomi, "
    "dan/atau kerusuhan sosial yang berkepanjangan, atau terdapat perubahan mendasar atas kebijakan Pemerintah, "
    "pemerintah daerah provinsi, dan/atau pemerintah daerah kabupaten.",
    "Perubahan RKP Desa dibahas dan disepakati dalam musyawarah perencanaan pembangunan Desa dan ditetapkan dengan "
    "Peraturan Desa.",
)
_EXECUTION = (
    "Kepala Desa mengoordinasikan pelaksanaan RKP Desa bersama pelaksana kegiatan.",
    "Badan Permusyawaratan Desa dan masyarakat Desa mengawasi pelaksanaan RKP Desa.",
)
COMMENCEMENT = (
    "Peraturan Desa ini mulai berlaku pada tanggal diundangkan. Agar setiap orang mengetahuinya, memerintahkan "
    "pengundangan Peraturan Desa ini dengan penempatannya dalam Lembaran Desa."
)


CLOSING = "bahwa berdasarkan pertimbangan"
"""How the last consideration begins: the one that names what the regulation sets."""


def carried_considerations(own: Sequence[str], before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """Return what a regulation that changes another weighs first: its usual wording with the village's own sentences.

    own: what the village wrote for the former regulation. before, now: the usual wording of the former and of the new
    one. Sentences that only the former can say, the usual ones and the closing, stay behind. Nothing is returned where
    no sentence is left.
    """
    kept = [text for text in own if text not in before and not text.lower().startswith(CLOSING)]
    if not kept:
        return ()
    *first, closing = now
    sentences = (*first, *kept)
    letters = [f"huruf {chr(ord('a') + number)}" for number in range(len(sentences))]
    named = f"{', '.join(letters[:-1])}, dan {letters[-1]}"
    return (*sentences, re.sub(rf"(?<={CLOSING} dalam )huruf .*?(?= perlu )", named, closing, count=1))


def amending_considerations(year: int, superseded: str, ground: str) -> tuple[str, ...]:
    """Return what a regulation that changes the RKP Desa weighs. superseded: number of the Perdes; ground: in words."""
    reason = ground[:1].lower() + ground[1:] if ground else "perubahan kebijakan"
    return (
        f"bahwa RKP Desa Tahun {year} telah ditetapkan dengan Peraturan Desa Nomor {superseded};",
        f"bahwa dalam pelaksanaannya terdapat {reason}, sehingga RKP Desa Tahun {year} perlu diubah;",
        f"bahwa rancangan perubahan RKP Desa Tahun {year} telah dibahas dan disepakati dalam musyawarah perencanaan "
        "pembangunan Desa;",
        "bahwa berdasarkan pertimbangan dalam huruf a, huruf b, dan huruf c perlu menetapkan Peraturan Desa tentang "
        f"Perubahan atas Peraturan Desa Nomor {superseded} tentang Rencana Kerja Pemerintah Desa Tahun {year};",
    )


def amending_articles(year: int, superseded: str) -> tuple[Article, ...]:
    """Return the two articles of a regulation that changes the RKP Desa; they print as Pasal I and Pasal II."""
    return (
        Article(
            (
                f"Ketentuan dalam Lampiran Peraturan Desa Nomor {superseded} tentang Rencana Kerja Pemerintah Desa "
                f"Tahun {year} diubah sehingga berbunyi sebagaimana tercantum dalam Lampiran yang merupakan bagian "
                "tidak terpisahkan dari Peraturan Desa ini.",
                "Lampiran memuat matriks perubahan Semula dan Menjadi serta matriks RKP Desa sesudah perubahan.",
            )
        ),
        Article((COMMENCEMENT,)),
    )
