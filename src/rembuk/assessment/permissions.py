"""Who may do what with the assessment of a village (PKD). Source: roles of the programme, planning objects."""

from rembuk.core.hat import DISTRICT_ROLES, FACILITATOR_ROLES, VILLAGE_OFFICE_ROLES, VILLAGE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed

READERS = VILLAGE_ROLES | DISTRICT_ROLES | FACILITATOR_ROLES | {Role.KDP, Role.KBD, Role.STF, Role.BAP, Role.INS}
"""Those who read proposals too, since the lists of ideas are proposals."""

TEAM = frozenset({Role.TIM, Role.SDK})
FILLERS = VILLAGE_OFFICE_ROLES | {Role.FAS, Role.KPMD, Role.LKD, Role.RTK}
STUDIERS = VILLAGE_OFFICE_ROLES | {Role.FAS, Role.KPMD}
SCORERS = frozenset({Role.TIM, Role.SDK, Role.FAS})

ROWS = (
    Permission("assessment.list", READERS, "Membuka daftar pengkajian keadaan desa", upward=True),
    Permission("assessment.read", READERS, "Membuka satu pengkajian", upward=True),
    Permission("assessment.open", TEAM, "Membuka pengkajian baru"),
    Permission(
        "assessment.fill",
        FILLERS,
        "Mengisi data desa, sketsa, kalender, kelembagaan, dan pohon masalah",
        upward=True,
        note="kepala dusun, ketua RT, dan ketua kelompok ikut mengisi di musyawarah",
    ),
    Permission("assessment.file", TEAM | {Role.KAU}, "Mengesahkan daftar data desa"),
    Permission("assessment.study", STUDIERS, "Mengkaji masalah dan tindakan"),
    Permission("assessment.score", SCORERS, "Mencatat nilai masalah dan tindakan dari musyawarah"),
    Permission("assessment.write_report", TEAM, "Menulis laporan PKD"),
    Permission("assessment.deliver", TEAM | {Role.KAD}, "Mencatat penyerahan laporan PKD"),
    Permission("assessment.reopen", TEAM, "Menarik penyerahan laporan PKD"),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``assessment.<act>`` to *target*."""
    return TABLE.allows(hat, f"assessment.{act}", target)
