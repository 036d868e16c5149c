"""The portal is for everybody and never writes."""

from rembuk.core.permissions import TABLE, Permission

TABLE.add(
    [
        Permission("portal.front", title="Halaman muka", public=True),
        Permission("portal.village", title="Halaman desa untuk umum", public=True),
    ]
)
