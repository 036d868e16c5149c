"""What only an RPJM Desa asks for; every other act on it is the one that the same role has on an RKP Desa."""

from rembuk.core.hat import Role
from rembuk.core.permissions import TABLE, Permission

ROWS = (
    Permission("plans.publish", frozenset({Role.KAD, Role.SDK}), "Mencatat penyebarluasan RPJM Desa yang ditetapkan"),
)
TABLE.add(ROWS)
