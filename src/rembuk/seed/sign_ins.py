"""The sign-ins of the example, one per role; known without Django, so that a second start need not wait for it."""

from rembuk.core.hat import Role

PASSWORD = "rembuk-contoh"  # noqa: S105 -- printed by the demo, never used elsewhere
# user name, words of the list, role, level
SIGN_INS_FULL: tuple[tuple[str, str, Role, str], ...] = (
    ("sekdes", "Sekretaris Desa Melintang", Role.SDK, "village"),
    ("rt", "Ketua RT di Dusun Hilir, Melintang", Role.RTK, "hamlet"),
    ("tim", "Tim Penyusun RKP Desa Melintang", Role.TIM, "village"),
    ("kades", "Kepala Desa Melintang", Role.KAD, "village"),
    ("bpd", "Ketua BPD Melintang", Role.BPD, "village"),
    ("verifikasi", "Tim Verifikasi Desa Melintang", Role.VRF, "village"),
    ("kaur", "Kaur Perencanaan Desa Melintang", Role.KAU, "village"),
    ("pendamping", "Pendamping Lokal Desa Melintang", Role.PLD, "village"),
    ("ptpd", "PTPD Kecamatan Muara Wis", Role.PTP, "district"),
    ("camat", "Camat Muara Wis", Role.CAM, "district"),
    ("staf", "Staf DPMD Kutai Kartanegara", Role.STF, "regency"),
    ("kabid", "Kepala Bidang di DPMD (KBD)", Role.KBD, "regency"),
    ("kadis", "Kepala DPMD", Role.KDP, "regency"),
    ("bpkad", "BPKAD, surat pagu", Role.BPK, "regency"),
    ("pu", "Dinas Pekerjaan Umum, dukungan teknis", Role.OPD, "regency"),
    ("bupati", "Bupati", Role.BUP, "regency"),
    ("inspektorat", "Inspektorat", Role.INS, "regency"),
    ("admin", "Administrator sistem", Role.ADM, "regency"),
)
AGENCIES = {"pu": "dpu"}
"""User name -> the agency that the person sits in."""
SIGN_INS = tuple((username, words) for username, words, _role, _level in SIGN_INS_FULL)
