"""Who may do what with packages, envelopes and the field app."""

from rembuk.core.permissions import TABLE, Permission

TABLE.add(
    [
        Permission("offline.app", public=True, title="Aplikasi lapangan", note="kulitnya saja, tanpa data"),
    ]
)
