"""The exact optimum and what rests on it: lawful repair, conflicts, relaxations.

`formulation` turns a problem into columns and rows, `solving` asks HiGHS, `linear` bounds what any plan can have, with
the cuts of `cutting`, `exactness` pays every suggestion again in whole rupiah, `searching` goes through the levels,
`choosing` is the rule ``optimum``, `repairing` the rule ``mes-repair``, `conflicts` names the rows that cannot all be
kept, `relaxing` says what would free a loser and what more money would bring.
"""
