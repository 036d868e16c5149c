"""The reference engine's half of `bench/allocation.py`; runs in an environment of its own, never in Rembuk's.

One call is one election and one rule: ``python pabutools_side.py FILE RULE [grouped]``, or RULE ``village`` with a file
that `bench/allocation.py` wrote. Prints one JSON line: seconds for parsing and for the rule (CPU of this process),
selected ids, peak memory in MiB.
"""

import gzip
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from pabutools.election import (
    Additive_Borda_Sat,
    Additive_Cardinal_Sat,
    Cardinality_Sat,
    Cost_Sat,
)
from pabutools.election.pabulib import parse_pabulib_from_string
from pabutools.rules import (
    BudgetAllocation,
    completion_by_rule_combination,
    greedy_utilitarian_welfare,
    method_of_equal_shares,
    sequential_phragmen,
)

SATISFACTION = {"cost": Cost_Sat, "card": Cardinality_Sat, "add": Additive_Cardinal_Sat, "borda": Additive_Borda_Sat}


def natural(profile: Any) -> Any:
    """Return the satisfaction the ballots were made for."""
    kind = type(profile).__name__
    if "Ordinal" in kind:
        return Additive_Borda_Sat
    return Additive_Cardinal_Sat if "Cardinal" in kind or "Cumulative" in kind else Cost_Sat


def choose(instance: Any, profile: Any, rule: str) -> Any:
    """Run one rule of the oracles."""
    if rule == "phragmen":
        return sequential_phragmen(instance, profile)
    if rule in ("mes_u", "mes_add1u"):
        satisfaction = natural(profile)
        equal: dict[str, Any] = {"sat_class": satisfaction}
        if rule == "mes_add1u":
            equal["voter_budget_increment"] = 1
        rules = [method_of_equal_shares, greedy_utilitarian_welfare]
        return completion_by_rule_combination(instance, profile, rules, [equal, {"sat_class": satisfaction}])
    kind, _, measure = rule.partition("_")
    run = method_of_equal_shares if kind == "mes" else greedy_utilitarian_welfare
    return run(instance, profile, sat_class=SATISFACTION[measure])


def main(path: str, rule: str, grouped: bool) -> dict[str, Any]:
    content = Path(path).read_bytes()
    text = (gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content).decode("utf-8-sig")
    started = time.process_time()
    instance, profile = parse_pabulib_from_string(text)
    if grouped:
        profile = profile.as_multiprofile()
    parsed = time.process_time()
    chosen: BudgetAllocation = choose(instance, profile, rule)
    ended = time.process_time()
    return {
        "parse": parsed - started,
        "rule": ended - parsed,
        "selected": sorted(project.name for project in chosen),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], "grouped" in sys.argv[3:])), flush=True)
