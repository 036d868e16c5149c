"""Who may enter, issue and read ceilings. Source: roles, planning objects, row "Ceiling"."""

from rembuk.core.hat import DISTRICT_ROLES, FACILITATOR_ROLES, REGENCY_ROLES, VILLAGE_ROLES, Role
from rembuk.core.permissions import TABLE, Permission

READERS = REGENCY_ROLES | DISTRICT_ROLES | FACILITATOR_ROLES | VILLAGE_ROLES
LETTER_ROLES = frozenset({Role.STF, Role.BPK})
OWN_ROLES = frozenset({Role.SDK, Role.TIM, Role.KAU})

ROWS = (
    Permission("funding.read", READERS, "Membaca pagu desa", upward=True),
    Permission("funding.list", READERS, "Membuka daftar pagu di wilayahnya"),
    Permission("funding.enter_letter", LETTER_ROLES, "Mencatat pagu dari surat kabupaten"),
    Permission("funding.enter_own", OWN_ROLES, "Mencatat perkiraan PADesa, swadaya, dan pendapatan lain"),
    Permission("funding.enter_provisional", OWN_ROLES | LETTER_ROLES, "Memakai pagu sementara dari angka terakhir"),
    Permission("funding.issue", frozenset({Role.KBD}), "Menerbitkan pagu"),
    Permission("funding.import", LETTER_ROLES, "Memuat pagu semua desa dari berkas"),
    Permission("funding.read_rules", READERS, "Membaca aturan Dana Desa per tahun", upward=True),
)

TABLE.add(ROWS)
