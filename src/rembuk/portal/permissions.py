"""The portal is for everybody and never writes."""

from rembuk.core.permissions import TABLE, Permission

TABLE.add(
    [
        Permission("portal.front", title="Halaman muka", public=True),
        Permission("portal.village", title="Halaman desa untuk umum", public=True, note="tanpa nama orang"),
        Permission("portal.regency", title="Desa-desa satu kabupaten untuk umum", public=True, note="tanpa peringkat"),
        Permission("portal.search", title="Mencari desa, usulan, kegiatan, dan dokumen", public=True),
        Permission("portal.data", title="Mengunduh data terbuka", public=True, note="tanpa nama orang"),
    ]
)
