"""Who may see and change places."""

from rembuk.core.hat import Role
from rembuk.core.permissions import TABLE, Permission

READERS = frozenset(Role) - {Role.WGA, Role.DPR, Role.PRV, Role.AUD}
EDITORS = frozenset({Role.SDK, Role.STF})

TABLE.add(
    [
        Permission("regions.list_villages", signed_in=True, title="Melihat daftar desa di wilayahnya"),
        Permission("regions.export_villages", signed_in=True, title="Mengunduh daftar desa di wilayahnya"),
        Permission(
            "regions.load", frozenset({Role.ADM}), title="Memuat wilayah resmi sebuah kabupaten", note="perintah"
        ),
        Permission("regions.boundaries", signed_in=True, title="Melihat batas wilayah pada peta"),
        Permission("regions.see_village", READERS, upward=True, title="Melihat data desa: dusun, RT, akses, sinyal"),
        Permission("regions.edit_village", EDITORS, title="Mengubah akses, sinyal, koordinat, dan penduduk desa"),
        Permission("regions.add_hamlet", EDITORS, title="Menambah dusun"),
        Permission("regions.edit_hamlet", EDITORS, title="Mengubah atau mengakhiri dusun"),
        Permission("regions.add_rt", EDITORS, title="Menambah RT"),
        Permission("regions.edit_rt", EDITORS, title="Mengubah atau menghapus RT"),
    ]
)
