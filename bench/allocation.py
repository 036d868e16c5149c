"""The choice against the reference engine and the clock: ``./rembuk bench allocation [--cepat] [--pemilihan FOLDER]``.

Both engines decide the same real elections in turn, in one run, on one core each: what they choose must be equal.
Seconds are CPU time of the process that decides; the reference runs once, Rembuk's shorter runs three times and more
(the best counts). Without the elections or the reference package those rows are left out and said to be.
A run of the reference that takes longer than its time is printed as such and counts nowhere.
"""

import argparse
import csv
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "oracle")]

from reference import Answer, ask, environment, own_memory  # noqa: E402  # beside this file, no package
from villages import village_problem  # noqa: E402

from rembuk.core.allocation import RULES, Outcome, Problem, Proposal, Settings, Source, Ties, allocate  # noqa: E402
from rembuk.core.allocation.equal_shares import equal_shares  # noqa: E402
from rembuk.core.allocation.explain import explanations  # noqa: E402
from rembuk.core.allocation.greedy import greedy_per_rupiah  # noqa: E402
from rembuk.core.allocation.io import read_election, read_pabulib, write_pabulib  # noqa: E402
from rembuk.core.allocation.loads import loads  # noqa: E402
from rembuk.core.allocation.profile import Profile, profile_of  # noqa: E402
from rembuk.core.allocation.settings import Completion  # noqa: E402

ELECTIONS = HERE.parents[1] / "shared" / "data" / "pabulib"
LARGE = 1_000_000
PATIENCE, LONG_PATIENCE = 60.0, 180.0
"""Seconds the reference engine may take for one run, and for one on a large election."""
BUDGET, SHORT_BUDGET = 420.0, 60.0
"""Seconds for all runs of the reference engine that only tell whether the choices are equal; and in a short bench."""
LONGEST = 150.0
"""Seconds for the villages together before the rest is projected."""
EXACT = Ties("lexicographic")
COMPLETIONS: tuple[tuple[Completion, str], ...] = (("add1u", "Add1"), ("utilitarian", "pelengkap per rupiah"))
Row = tuple[str, float, float] | tuple[str, float, float, str]
Made = TypeVar("Made")


@dataclass(slots=True)
class Tally:
    """What the comparisons came to."""

    equal: int = 0
    compared: int = 0
    late: int = 0
    rule: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    raised: list[float] = field(default_factory=list)


def main(options: argparse.Namespace | None = None) -> Iterator[Row]:
    """Yield (name, figure, target) or, where more is better, (name, figure, target, ">=")."""
    short = bool(options and options.cepat)
    folder = Path(options.pemilihan) if options and options.pemilihan else ELECTIONS
    yield from against_reference(folder, short=short)
    yield from villages(short=short)


def timed(work: Callable[[], Made], repeats: int = 1) -> tuple[float, Made]:
    """Return the CPU seconds of the best of some runs, and what it made."""
    best, made = float("inf"), None
    for _ in range(repeats):
        started = time.process_time()
        made = work()
        best = min(best, time.process_time() - started)
    assert made is not None
    return best, made


def settings_of(rule: str, vote_type: str) -> Settings:
    """Return the settings that ask what an oracle of that name asks."""
    kind, _, measure = rule.partition("_")
    natural = {"cumulative": "points", "scoring": "points", "ordinal": "borda"}.get(vote_type, "cost")
    names: dict[str, Any] = {"greedy": "greedy-per-rupiah", "mes": "mes", "phragmen": "phragmen"}
    utilities = {"cost": "cost", "card": "cardinality", "add": "points", "borda": "borda"}
    completion: Any = {"u": "utilitarian", "add1u": "add1u"}.get(measure, "none")
    utility: Any = utilities.get(measure, natural)
    return Settings(names[kind], utility, completion, EXACT, step=1, stops=True)


def rules_of(vote_type: str) -> list[str]:
    if vote_type in ("cumulative", "scoring"):
        return ["mes_add", "greedy_add", "mes_u"]
    if vote_type == "ordinal":  # greedy by Borda takes the reference minutes
        return ["mes_borda"]
    return ["mes_cost", "greedy_cost", "mes_card", "phragmen", "greedy_card", "mes_u"]


def decide(problem: Problem, settings: Settings, profile: Profile) -> Outcome:
    """Run a rule on ballots already in memory, as the reference does on its parsed profile."""
    run = {"mes": equal_shares, "phragmen": loads, "greedy-per-rupiah": greedy_per_rupiah}[settings.rule]
    return run(problem, settings, profile)


def listed(folder: Path) -> list[tuple[Path, str, int]]:
    """Return (file, vote type, cells) of the elections, the smaller first."""
    index = folder / "index.csv"
    if not index.exists():
        return []
    with index.open(encoding="utf-8", newline="") as lines:
        rows = [
            (folder / row["file"], row["vote_type"], int(row["projects"]) * int(row["ballots"]))
            for row in csv.DictReader(lines)
        ]
    return sorted(rows, key=lambda row: (row[2], row[0].name))


def against_reference(folder: Path, *, short: bool) -> Iterator[Row]:
    """Yield the rows that need the reference engine and the real elections."""
    elections, python = listed(folder), environment()
    if not elections:
        print(f"LEWAT: tidak ada pemilihan di {folder}; pilih folder lain dengan --pemilihan.")
    if python is None:
        print("LEWAT: pustaka pembanding tidak dapat dipasang, jadi tidak ada yang dibandingkan.")
    if python is None:
        return
    if elections:
        yield from compared(python, elections, short=short)
        largest = max(elections, key=lambda row: row[2])[0]
        print(f"memori diukur pada {largest.name}")
        yield "memori, pemilihan terbesar, dari berkas ke hasil (MiB)", own_memory(largest), 300
    yield village_ratio(python)


def compared(python: Path, elections: list[tuple[Path, str, int]], *, short: bool) -> Iterator[Row]:
    tally = Tally()
    large = [row for row in elections if row[2] >= LARGE and row[1] == "approval"]
    small = [row for row in elections if row[2] < LARGE / 4]
    if short:
        large, small = large[:3], small[:6]
    for file, kind, _ in large:
        compare(python, file, kind, "mes_cost", tally, large=True)
    for file, kind, _ in small:
        compare(python, file, kind, "mes_add1u", tally)
    rest = [(file, kind, rule) for file, kind, _ in elections for rule in rules_of(kind)]
    done = {(file, "mes_cost") for file, _, _ in large}
    ends = time.monotonic() + (SHORT_BUDGET if short else BUDGET)
    left = [row for row in rest if (row[0], row[2]) not in done]
    while left and time.monotonic() < ends:
        file, kind, rule = left.pop(0)
        compare(python, file, kind, rule, tally)
    print(f"{tally.compared} dibandingkan, {tally.late} melewati waktu, {len(left)} tidak dijalankan")
    yield "hasil sama dengan mesin pembanding, bagian", tally.equal / tally.compared, 1, ">="
    yield from spread("MES cost, aturan saja, >= 1e6 sel: kali lebih cepat", tally.rule, 400, 150)
    yield from spread("MES cost, dari berkas ke hasil, >= 1e6 sel: kali lebih cepat", tally.whole, 50, 20)
    yield from spread("Add1 langkah 1 terhadap pembanding berkelompok: kali lebih cepat", tally.raised, 8, 1)


def spread(name: str, ratios: list[float], middle: float, least: float) -> Iterator[Row]:
    if ratios:
        yield f"{name}, median", statistics.median(ratios), middle, ">="
        yield f"{name}, terburuk", min(ratios), least, ">="


def compare(python: Path, file: Path, kind: str, rule: str, tally: Tally, *, large: bool = False) -> None:
    """Let both engines decide one election by one rule and print the line of it."""
    raised = rule == "mes_add1u"
    patience = LONG_PATIENCE if large else PATIENCE
    answer = ask(python, file, rule, grouped=raised, seconds=patience)
    content = file.read_bytes()
    settings = settings_of(rule, kind)
    problem = read_election(content, file.name).problem
    profile = profile_of(problem, settings.utility)
    repeats = 2 if raised else 20 if large else 5
    seconds, outcome = timed(lambda: decide(problem, settings, profile), repeats)
    name = f"{file.name.removesuffix('.pb.gz')[:52]:<52} {rule:<11}"
    if answer is None:
        tally.late += 1
        print(f"{name} {seconds:>9.4f} s   pembanding > {patience:g} s", flush=True)
        return
    same = answer.selected == sorted(outcome.selected)
    tally.compared += 1
    tally.equal += same
    line = f"{name} {seconds:>9.4f} s  {answer.rule:>9.4f} s {answer.rule / seconds:>8.1f} x"
    if raised:
        tally.raised.append(answer.rule / seconds)
    if large:
        whole = timed(lambda: allocate(read_pabulib(content, file.name), settings), 7)[0]
        tally.rule.append(answer.rule / seconds)
        tally.whole.append((answer.parse + answer.rule) / whole)
        line += f"  berkas {whole:.4f} s {tally.whole[-1]:.1f} x"
    print(f"{line}  {'sama' if same else 'BEDA'}  pembanding {answer.memory:.0f} MiB", flush=True)


def plain_village(seed: int, proposals: int, ballots: int) -> Problem:
    """Return a village problem as far as the Pabulib format can say it: one source, no rows."""
    problem = village_problem(seed, proposals, ballots)
    items = tuple(Proposal(item.id, item.cost, 1) for item in problem.proposals)
    money = sum(source.ceiling for source in problem.sources)
    votes = tuple(replace(ballot, hamlet="", groups=frozenset()) for ballot in problem.ballots)
    return Problem(items, (Source("ANGGARAN", money),), order=("ANGGARAN",), ballots=votes, not_by_default=frozenset())


def village_ratio(python: Path) -> Row:
    ratios = []
    settings = settings_of("mes_cost", "approval")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "desa.pb"
        for seed in range(5):
            problem = plain_village(seed, 300, 400)
            file.write_bytes(write_pabulib(problem))
            answer = ask(python, file, "mes_cost", grouped=False, seconds=PATIENCE)
            assert isinstance(answer, Answer)
            profile = profile_of(problem, settings.utility)
            seconds, outcome = timed(lambda: decide(problem, settings, profile), 20)  # noqa: B023  # runs at once
            assert answer.selected == sorted(outcome.selected)
            ratios.append(answer.rule / seconds)
    return "MES, desa 300 usulan x 400 suara, aturan saja: kali lebih cepat", statistics.median(ratios), 15, ">="


def villages(*, short: bool) -> Iterator[Row]:
    """Yield the rows about villages, which need nothing but Rembuk."""
    for completion, name in COMPLETIONS:
        yield f"desa 120 x 200: MES, {name} dan semua penjelasan, median (ms)", explained(completion) * 1000, 60
    spans = [solved(seed) for seed in range(5 if short else 20)]
    print(f"optimum per desa (detik): {' '.join(f'{span:.3f}' for span in spans)}", flush=True)
    yield "optimum, 300 usulan, 8 sumber, 20 aturan, terbukti, p95 (detik)", statistics.quantiles(spans, n=20)[-1], 1
    count = 24 if short else 237
    yield f"{count} desa: semua aturan, optimum dan penjelasan, 2 proses (detik)", all_villages(count), 90 * count / 237


def explained(completion: Completion) -> float:
    """Return the seconds the middle one of nine villages takes to be decided by equal shares and explained."""
    settings = Settings("mes", completion=completion, ties=Ties("lot", "bench"))
    spans = []
    for seed in range(9):
        problem = village_problem(seed, 120, 200)
        spans.append(timed(lambda: explanations(problem, allocate(problem, settings)), 5)[0])  # noqa: B023
    return statistics.median(spans)


def all_villages(count: int) -> float:
    """Return the seconds two processes take for all villages; projected, and said so, where they take too long."""
    started = time.monotonic()
    with ProcessPoolExecutor(2) as pool:
        waiting = [pool.submit(everything, seed) for seed in range(count)]
        for done, _ in enumerate(as_completed(waiting), 1):
            seconds = time.monotonic() - started
            if seconds > LONGEST and done < count:
                pool.shutdown(cancel_futures=True)
                print(f"{done} dari {count} desa selesai dalam {seconds:.0f} detik; sisanya ditaksir.")
                return seconds * count / done
    return time.monotonic() - started


def solved(seed: int) -> float:
    """Return the seconds one large village takes to proven optimality, or to the proof that its rows cannot be kept."""
    problem = village_problem(seed, 300, 400, sources=8, rows=20)
    seconds, outcome = timed(lambda: allocate(problem, Settings("optimum")))
    assert outcome.solver is not None
    if outcome.solver.status == "feasible":
        raise AssertionError(f"village {seed} was not solved to the end")
    return seconds


def everything(seed: int) -> int:
    """Decide one village by every rule and explain every choice."""
    problem = village_problem(seed, 40 + seed * 53 % 261, 200, hamlets=3 + seed % 7)
    return sum(
        len(explanations(problem, allocate(problem, Settings(rule, ties=Ties("lot", "bench"))))) for rule in RULES
    )
