"""The chapters of the RPJM Desa document and its annexes in order. Source: practice (F18)."""

from typing import Final

CHAPTERS: Final = (
    ("I", "Pendahuluan"),
    ("II", "Profil Desa"),
    ("III", "Visi, Misi, dan Nilai"),
    ("IV", "Rumusan Prioritas"),
    ("V", "Arah Kebijakan Pembangunan dan Keuangan Desa"),
    ("VI", "Program dan Kegiatan"),
    ("VII", "Penutup"),
)
ANNEXES: Final = (
    "Keputusan Kepala Desa tentang Tim Penyusun RPJM Desa (F01)",
    "Rencana kerja tindak lanjut tim (F02)",
    "Peta jalan SDGs Desa (F16)",
    "Daftar program dan kegiatan masuk Desa (F06)",
    "Bagan kelembagaan dan daftarnya (F10)",
    "Sketsa Desa dan daftarnya (F08)",
    "Kalender musim dan daftarnya (F09)",
    "Pohon masalah (F11)",
    "Inventaris masalah (F11)",
    "Inventaris potensi (F11)",
    "Pengkajian tindakan pemecahan masalah (F12)",
    "Penentuan tindakan (F12)",
    "Penentuan peringkat (F12)",
    "Daftar gagasan dusun dan kelompok (F13)",
    "Rekapitulasi usulan (F14)",
    "Rancangan RPJM Desa (F17)",
    "Visi dan misi Kepala Desa",
    "Pokok pikiran BPD (F35)",
    "Keputusan tentang tim dan panitia (F35)",
    "Berita acara musyawarah (F03)",
    "Undangan dan daftar hadir (F04)",
    "Notulen (F05)",
    "Peta Desa",
    "Foto kegiatan",
)
