"""Seasons of forums: cost, load, time, repairs, explanations: ``./rembuk bench schedule [--musim FOLDER] [--cepat]``.

FOLDER (or the environment's REMBUK_MUSIM) holds seasons ``T10_1.json.gz`` ... and ``perjalanan_normal.json.gz``;
without one the product's own generator makes seasons of the same three sizes. Ratios are taken in the same run on the
same season. Seconds are of the clock: the search is promised by the clock, so run this on a quiet machine.
"""

import argparse
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "oracle")]

from fewest_changes import fewest_changes  # noqa: E402  # beside this file, no package

from rembuk.cli.schedule import PARTS, Run, planned  # noqa: E402
from rembuk.core import schedule  # noqa: E402
from rembuk.core.schedule.generate import MIDDLE, ROOMY, TIGHT, generate  # noqa: E402

FOLDER = HERE.parents[1] / "shared" / "data" / "jadwal"
SIZES = {"T10": (TIGHT, 0.64), "M14": (MIDDLE, 0.60), "L25": (ROOMY, 0.47)}
SECONDS = 10.0
REPAIR_SECONDS = 2.0
ORACLE_SECONDS = 40.0
Row = tuple[str, float, float] | tuple[str, float, float, str]


@dataclass(frozen=True, slots=True)
class Named:
    """A season with the name it is printed under."""

    size: str
    name: str
    instance: schedule.Instance


def main(options: argparse.Namespace | None = None) -> Iterator[Row]:
    """Yield (name, figure, target) or, where more is better, (name, figure, target, ">=")."""
    short = bool(options and options.cepat)
    folder = Path((options and options.musim) or os.environ.get("REMBUK_MUSIM") or FOLDER)
    named = list(seasons(folder, 1 if short else 5))
    runs: dict[str, list[Run]] = defaultdict(list)
    for one in named:
        done = planned(one.instance, seed=1, seconds=SECONDS)
        runs[one.size].append(done)
        print(line(one.name, done), flush=True)
    yield from figures(runs)
    yield from moves(runs["M14"][0])
    yield from repairs(runs["M14"][-1], runs["T10"][-1], short=short)
    yield from scarce(named, short=short)


def seasons(folder: Path, count: int) -> Iterator[Named]:
    travel_file = folder / "perjalanan_normal.json.gz"
    if not travel_file.exists():
        print(f"Tidak ada musim di {folder}; memakai musim buatan (pilih folder dengan --musim).")
        for size, (wish, _) in SIZES.items():
            for seed in range(1, count + 1):
                yield Named(size, f"{size}_{seed} (buatan)", generate(seed, wish))
        return
    travel = schedule.read_travel(travel_file.read_bytes(), travel_file.name)
    for size in SIZES:
        for path in sorted(folder.glob(f"{size}_*.json.gz"))[:count]:
            yield Named(
                size, path.name.removesuffix(".json.gz"), schedule.read_instance(path.read_bytes(), travel, path.name)
            )


def line(name: str, done: Run) -> str:
    made = done.made
    score, greedy = made.score, made.greedy_score
    parts = " ".join(f"{PARTS[part]} {value:.0f}/{greedy.parts[part]:.0f}" for part, value in score.parts.items())
    return (
        f"{name:<14} biaya {score.total / greedy.total:.3f} dari rakus;"
        f" jam {score.travel_hours / greedy.travel_hours:.2f};"
        f" sebaran {score.spread:.2f}/{greedy.spread:.2f}; belum {len(made.plan.unserved)}/{len(made.greedy.unserved)};"
        f" pertama {done.first_seconds:.2f} s; putaran {made.rounds}; pelanggaran {len(done.broken)}\n{'':<15}{parts}"
    )


def figures(runs: dict[str, list[Run]]) -> Iterator[Row]:
    every = [done for many in runs.values() for done in many]
    for size, (_, target) in SIZES.items():
        ratios = [done.made.score.total / done.made.greedy_score.total for done in runs[size]]
        yield f"{size}: biaya terhadap rencana rakus, rata-rata", statistics.fmean(ratios), target
        hours = [done.made.score.travel_hours / done.made.greedy_score.travel_hours for done in runs[size]]
        yield (
            f"{size}: jam perjalanan terhadap rakus, rata-rata",
            statistics.fmean(hours),
            {"T10": 0.9, "M14": 0.81}.get(size, 0.7),
        )
    yield "rencana pertama yang lengkap, terlama (detik)", max(done.first_seconds for done in every), 2
    yield "pelanggaran, semua rencana", sum(len(done.broken) for done in every), 0
    above = [done.made.score.spread - done.made.greedy_score.spread for done in every]
    yield "sebaran beban di atas rencana rakus, terburuk (hari)", max(above), 0
    gaps = [len(done.made.plan.unserved) - schedule.capacity(done.planner.tables).unserved for done in every]
    yield "desa belum terjadwal di atas batas pencocokan, terburuk", max(gaps), 0


def moves(done: Run) -> Iterator[Row]:
    """Yield how long one conflict message takes: every village to a place of another one."""
    plan, spans = done.made.plan, []
    slots = plan.slots()
    codes = sorted(slots)
    for code, other in zip(codes, codes[97:] + codes[:97], strict=True):
        team, day = slots[other]
        began = time.perf_counter()
        schedule.conflicts_of_move(done.instance, plan, code, team, day)
        spans.append((time.perf_counter() - began) * 1000)
    yield "bentrok saat memindah satu forum, median (ms)", statistics.median(spans), 20
    yield "bentrok saat memindah satu forum, p95 (ms)", statistics.quantiles(spans, n=20)[-1], 20


def repairs(middle: Run, tight: Run, *, short: bool) -> Iterator[Row]:
    """Yield the dates a repair changes above the proven minimum, and how long its two answers take."""
    quick, over, slow = [], [], []
    for name, done in (("M14", middle), ("T10", tight)):
        for case, instance, today in cases(done)[: 2 if short else None]:
            plan = done.made.plan
            began = time.perf_counter()
            repair = schedule.Repair(instance, plan, today)
            at_once = repair.quick()
            quick.append((time.perf_counter() - began) * 1000)
            began = time.perf_counter()
            found = repair.searched(seed=1, progress=schedule.until(time.monotonic, REPAIR_SECONDS - 0.15))
            slow.append(time.perf_counter() - began)
            broken = schedule.violations(instance, found.plan, before=plan, today=today)
            least = fewest_changes(instance, plan, today, ORACLE_SECONDS)
            print(
                f"perbaikan {name} {case:<22} kena {len(repair.hit)}; langsung {told(at_once)};"
                f" dua detik {told(found)};"
                f" terbukti {'-' if least is None else f'{least[1]} tanggal, {least[0]} belum'};"
                f" pelanggaran {len(broken)}",
                flush=True,
            )
            if least is not None and len(found.plan.unserved) <= least[0]:
                over.append(found.changes.count("date") - least[1])
            elif least is not None:
                over.append(len(found.plan.unserved) - least[0])
    yield "jawaban langsung setelah perubahan, terlama (ms)", max(quick), 50
    yield "jawaban dua detik, terlama (detik)", max(slow), REPAIR_SECONDS
    if over:
        yield f"tanggal di atas minimum yang terbukti ({len(over)} kasus), terburuk", max(over), 1


def told(answer: schedule.Repaired) -> str:
    changes, left = answer.changes, len(answer.plan.unserved)
    return f"{changes.count('date')} tanggal, {changes.count('team')} tim, {left} belum"


def cases(done: Run) -> list[tuple[str, schedule.Instance, int]]:
    """Return what may go wrong: the busiest three days of flood, a team ill, a team gone, a speaker gone."""
    instance, plan = done.instance, done.made.plan
    busy = max({v.team for v in plan.visits}, key=lambda team: (sum(v.team == team for v in plan.visits), team))
    far = [v.code for v in instance.villages if done.planner.tables.priority[done.planner.tables.number[v.code]] >= 45]
    speaker = next((v.speaker for v in instance.villages if v.speaker), None)
    found = [
        ("banjir satu hari", schedule.with_closed_days(instance, far, [17], "banjir"), 12),
        ("banjir tiga hari", schedule.with_closed_days(instance, far, [20, 21, 22], "banjir"), 13),
        ("tim sakit dua minggu", schedule.with_team_off(instance, busy, range(15, 25), "sakit"), 12),
        ("tim mundur", schedule.with_team_off(instance, busy, range(10, instance.days), "mundur"), 10),
    ]
    if speaker is not None:
        away = schedule.with_speaker_off(instance, speaker, range(20, 25), "dinas luar")
        found.append(("narasumber pergi", away, 13))
    return found


def scarce(named: list[Named], *, short: bool) -> Iterator[Row]:
    """Yield what stays unserved above the matching bound where team-days are too few, and what is said about it."""
    gaps, spans = [], []
    tight = [one for one in named if one.size == "T10"]
    for one in tight[: 2 if short else None]:
        teams = one.instance.teams[:-2] if len(tight) % 2 else one.instance.teams[:-1]
        instance = replace(one.instance, teams=teams)
        done = planned(instance, seed=1, seconds=SECONDS)
        bound = schedule.capacity(done.planner.tables)
        unserved = done.made.plan.unserved
        gaps.append(len(unserved) - bound.unserved)
        tables = done.planner.tables
        left = statistics.fmean(tables.priority[tables.number[code]] for code in unserved) if unserved else 0.0
        print(
            f"langka {one.name}: {bound.team_days} hari-tim, belum {len(unserved)}, terbukti {bound.unserved};"
            f" keterpencilan rata-rata yang belum {left:.0f}, semua {statistics.fmean(tables.priority):.0f}",
            flush=True,
        )
        explainer = schedule.Explainer(tables, done.made.plan)
        for code in unserved:
            began = time.perf_counter()
            explainer.unmet(code)
            spans.append((time.perf_counter() - began) * 1000)
    yield "musim langka: belum terjadwal di atas batas, terburuk", max(gaps), 1
    if spans:
        yield "penjelasan satu desa, terlama (ms)", max(spans), 20
