"""Who may open the overviews. They read and never write."""

from rembuk.core.hat import DISTRICT_ROLES, FACILITATOR_ROLES, REGENCY_ROLES, VILLAGE_ROLES, Role
from rembuk.core.permissions import TABLE, Permission

OVERVIEW_ROLES = (REGENCY_ROLES | DISTRICT_ROLES) - {Role.OPD, Role.TRN}

TABLE.add(
    [
        Permission("dashboards.home", title="Beranda kerja", signed_in=True),
        Permission("dashboards.board", OVERVIEW_ROLES, title="Papan desa dan tahapan"),
        Permission(
            "dashboards.inclusion", OVERVIEW_ROLES | VILLAGE_ROLES | FACILITATOR_ROLES, title="Keterlibatan kelompok"
        ),
    ]
)
