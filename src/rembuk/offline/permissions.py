"""Who takes a package, who may see what came from the field, who decides. Source: roles, work without a network."""

from rembuk.core.hat import DISTRICT_ROLES, FACILITATOR_ROLES, VILLAGE_OFFICE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed

TAKERS = VILLAGE_OFFICE_ROLES | FACILITATOR_ROLES | {Role.BPD, Role.FAS, Role.KPMD, Role.PTP, Role.TVK}
"""They record meetings, proposals, visits and forums of a village."""
OFFICE = frozenset({Role.SDK, Role.TIM, Role.KAD})
OVER_IT = frozenset({Role.KBD, Role.STF})
READERS = OFFICE | FACILITATOR_ROLES | DISTRICT_ROLES | OVER_IT | {Role.FAS, Role.KDP, Role.INS, Role.ADM}
DECIDERS = frozenset({Role.SDK, Role.TIM, Role.KBD})

ROWS = (
    Permission("offline.app", public=True, title="Aplikasi lapangan", note="kulitnya saja, tanpa data"),
    Permission("offline.take", TAKERS, "Membawa paket desa ke lapangan"),
    Permission("offline.device", signed_in=True, title="Mendaftarkan perangkat sendiri"),
    Permission("offline.send", public=True, title="Mengirim catatan bertanda tangan dari lapangan"),
    Permission("offline.list", READERS, "Melihat paket di luar dan kiriman dari lapangan"),
    Permission("offline.read", READERS, "Membuka satu kiriman, tanpa isinya"),
    Permission("offline.decide", DECIDERS, "Membaca isi kiriman yang tertahan dan memutuskannya"),
    Permission("offline.bring", DECIDERS | {Role.STF, Role.FAS, Role.PTP}, "Memasukkan berkas USB dari lapangan"),
    Permission("offline.devices", OFFICE | OVER_IT | {Role.ADM}, "Melihat perangkat dan pemegangnya"),
    Permission("offline.revoke", OFFICE | OVER_IT | {Role.ADM}, "Mencabut perangkat yang hilang"),
    Permission("offline.rotate", frozenset({Role.ADM}), "Mengganti kunci penerima"),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``offline.<act>`` to *target*."""
    return TABLE.allows(hat, f"offline.{act}", target)
