"""A season small enough to follow with a finger: one base by the road, a river village, a far one.

From the base: Darat 60 minutes, Dekat 30 (and 40 between the two), Sungai 90 by water, Jauh 500 by water (430 from
Sungai). Two weeks, two teams: A with a boat, B without. One speaker, wanted in Darat and Jauh.
"""

from functools import cache

from rembuk.core.schedule import Block, Instance, Plan, Policy, Speaker, Team, Travel, Village, plan_from_slots

PLACES = ("darat", "dekat", "sungai", "jauh", "base:Kota")
MINUTES = (
    (0, 40, 120, 540, 60),
    (40, 0, 100, 520, 30),
    (120, 100, 0, 430, 90),
    (540, 520, 430, 0, 500),
    (60, 30, 90, 500, 0),
)
RIVER = tuple(tuple("sungai" in (a, b) or "jauh" in (a, b) if a != b else False for b in PLACES) for a in PLACES)
TRAVEL = Travel(PLACES, MINUTES, RIVER)


def village(code: str, **values: object) -> Village:
    return Village(**{"code": code, "name": code.capitalize(), "district": "kecamatan", **values})  # type: ignore[arg-type]


@cache
def season() -> Instance:
    return Instance(
        weeks=2,
        villages=(
            village("darat", speaker="S", extra_seats=1, market=4, preferred=(0, 1)),
            village("dekat", skill="dayak", earliest=1, earliest_reason="surat pagu"),
            village("sungai", blocked=(Block(3, "hajatan"),)),
            village("jauh", speaker="S", extra_seats=1, allowed=frozenset(range(10)) - {0}),
        ),
        teams=(
            Team("A", "Kota", "Tim Air", 3, frozenset({"dayak"}), 6, (Block(9, "rapat"),)),
            Team("B", "Kota", "Tim Darat", 3),
        ),
        speakers=(Speaker("S", "Kota", "Bu Camat", (Block(8, "dinas"),)),),
        travel=TRAVEL,
        holidays=(Block(4, "Idulfitri"),),
        shared_boats=1,
        shared_seats=4,
        seat="Kota",
        policy=Policy(),
    )


@cache
def plan() -> Plan:
    """Return a sound plan: A to Dekat on Tuesday, sets out for Jauh on Wednesday and speaks there on Thursday."""
    return plan_from_slots(season(), {"darat": ("B", 0), "dekat": ("A", 1), "jauh": ("A", 7), "sungai": ("B", 6)})
