"""``./rembuk schedule``: a season of forums in, a plan with its cost and its reasons out. No server, no database.

Exit codes: 0 a plan was made (villages left out are named), 1 the files could not be read or the plan did not pass the
check, 2 wrong usage.
"""

import argparse
import gc
import json
import math
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rembuk.core import schedule
from rembuk.core.errors import BadInputError
from rembuk.core.schedule.wording import Words

HELP = "Menyusun jadwal musyawarah desa satu musim: tim mana, desa mana, hari apa, lewat mana"

FORMAT = """\
FILE memuat satu musim (JSON, boleh dimampatkan gzip): weeks atau window {start, end}, villages, teams, speakers,
holidays, dan bila perlu policy, weights, kecamatan, seat. Hari ditulis sebagai nomor (5 x minggu + hari, Senin = 0)
atau tanggal bila window diisi. --perjalanan memuat places, minutes, uses_river. Lihat docs/schedule.md.

Benih dan jumlah putaran yang sama memberi jadwal yang sama; --detik hanya batas waktu.
"""

PARTS = {
    "travel": "perjalanan",
    "nights": "menginap",
    "travel_days": "hari_perjalanan",
    "saturdays": "pulang_sabtu",
    "preference": "hari_pilihan",
    "split": "pecah_kecamatan",
    "load": "beban",
    "late": "akhir_musim",
    "unserved": "tak_terlayani",
}


@dataclass(frozen=True, slots=True)
class Run:
    """A season as read and planned. first_seconds: from the instance in memory to the first complete plan."""

    instance: schedule.Instance
    planner: schedule.Planner
    made: schedule.Made
    broken: tuple[schedule.Violation, ...]
    first_seconds: float


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = FORMAT
    parser.add_argument("berkas", type=Path, metavar="FILE", help="musim: desa, tim, narasumber, hari (JSON)")
    parser.add_argument("--perjalanan", required=True, type=Path, metavar="FILE", help="waktu tempuh (JSON)")
    parser.add_argument("--benih", type=int, default=1, metavar="N", help="benih pencarian (bawaan: 1)")
    ends = parser.add_mutually_exclusive_group()
    ends.add_argument("--detik", type=_seconds, default=10.0, metavar="S", help="lama pencarian (bawaan: 10)")
    ends.add_argument("--putaran", type=_count, metavar="N", help="jumlah putaran pencarian, pengganti --detik")
    parser.add_argument("--json", action="store_true", help="satu objek JSON")


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < math.inf:
        raise ValueError
    return seconds


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


def run(options: argparse.Namespace) -> int:
    """Plan one season and print it."""
    try:
        travel = schedule.read_travel(_content(options.perjalanan), options.perjalanan.name)
        instance = schedule.read_instance(_content(options.berkas), travel, options.berkas.name)
    except BadInputError as error:
        return _refused(error, options)
    done = planned(instance, seed=options.benih, seconds=options.detik, count=options.putaran)
    for issue in schedule.warnings(instance):
        print(f"Peringatan: {issue.message}", file=sys.stderr)
    if done.broken:
        words = Words(instance)
        print("Jadwal tidak lolos pemeriksaan:", file=sys.stderr)
        for found in done.broken[:20]:
            print(f"  {found.code} {found.subject} {words.day(found.day)} {found.detail}", file=sys.stderr)
    if options.json:
        print(json.dumps(values_of(done), ensure_ascii=False))
    else:
        print("\n".join(page(done)))
    return 1 if done.broken else 0


def planned(instance: schedule.Instance, *, seed: int, seconds: float, count: int | None = None) -> Run:
    """Plan a season within some seconds, the first plan and the greedy one included, or with so many rounds."""
    # Millions of small kept weeks refer to each other for as long as the search runs: looking for garbage among them
    # finds nothing and takes a third of the time.
    gc.disable()
    try:
        began = time.monotonic()
        planner = schedule.Planner(instance)
        first = planner.first()
        first_seconds = time.monotonic() - began
        left = seconds - first_seconds
        progress = schedule.until(time.monotonic, left) if count is None else schedule.rounds(count)
        made = planner.made(seed=seed, progress=progress, first=first)
    finally:
        gc.enable()
    broken = schedule.violations(instance, made.plan)
    return Run(instance, planner, made, broken, first_seconds)


def values_of(done: Run) -> dict[str, Any]:
    """Return the figures of a run, by the names people know."""
    made = done.made
    return {
        "biaya": round(made.score.total, 3),
        "biaya_rakus": round(made.greedy_score.total, 3),
        "tak_terlayani": list(made.plan.unserved),
        "pelanggaran": [f"{found.code} {found.subject}".strip() for found in done.broken],
        "detik_rencana_pertama": round(done.first_seconds, 3),
        "sebaran_beban": made.score.spread,
        "sebaran_beban_rakus": made.greedy_score.spread,
        "bagian_biaya": {name: round(made.score.parts[part], 3) for part, name in PARTS.items()},
    }


def page(done: Run) -> Iterator[str]:
    """Yield the plan for people: figures, the calendar of each team, why villages are left out."""
    made, words = done.made, Words(done.instance)
    score, greedy = made.score, made.greedy_score
    yield f"{len(made.plan.visits)} forum dijadwalkan, {len(made.plan.unserved)} desa belum, {made.rounds} putaran."
    yield f"Rencana pertama setelah {done.first_seconds:.2f} detik; {len(done.broken)} pelanggaran."
    yield ""
    yield f"{'bagian biaya':<18}{'rencana':>10}{'rakus':>10}"
    for part, name in PARTS.items():
        yield f"{name.replace('_', ' '):<18}{score.parts[part]:>10.1f}{greedy.parts[part]:>10.1f}"
    yield f"{'jumlah':<18}{score.total:>10.1f}{greedy.total:>10.1f}"
    yield f"{'jam perjalanan':<18}{score.travel_hours:>10.1f}{greedy.travel_hours:>10.1f}"
    yield f"{'sebaran beban':<18}{score.spread:>10.2f}{greedy.spread:>10.2f}"
    for team in done.instance.teams:
        yield ""
        yield f"{team.title}: {score.assigned[team.id]} dari {score.available[team.id]} hari"
        yield from _calendar(done, words, team.id)
    if made.plan.unserved:
        yield ""
        yield "Belum dijadwalkan"
        explainer = schedule.Explainer(done.planner.tables, made.plan)
        for code in made.plan.unserved:
            yield ""
            yield from words.unmet(explainer.unmet(code))


def _calendar(done: Run, words: Words, team: str) -> Iterator[str]:
    for out in schedule.team_calendar(done.instance, done.made.plan, team):
        if out.weekday < schedule.DAYS_A_WEEK:
            day = words.day(out.week * schedule.DAYS_A_WEEK + out.weekday)
        else:
            day = f"Sabtu sesudah {words.day(out.week * schedule.DAYS_A_WEEK + schedule.DAYS_A_WEEK - 1)}"
        parts = [_leg(words, leg) for leg in out.before]
        if out.visit is not None:
            visit = out.visit
            parts.append(f"{_clock(visit.start)}-{_clock(visit.end)} {words.village(visit.village)}")
        parts += [_leg(words, leg) for leg in out.after]
        if out.sleep and not out.sleep.startswith("base:"):
            parts.append(f"bermalam di {words.place(out.sleep)}")
        yield f"  {day}: {'; '.join(parts)}"


def _leg(words: Words, leg: schedule.Leg) -> str:
    way = "lewat sungai" if leg.river else "lewat darat"
    return f"{_clock(leg.leave)} ke {words.place(leg.end)} {way}, tiba {_clock(leg.arrive)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}.{minutes % 60:02d}"


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > schedule.LARGEST_BYTES:
            raise BadInputError("jadwal-besar", file=path.name, accepted=schedule.LARGEST_BYTES // 1024 // 1024)
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInputError("jadwal-tak-ada", file=str(path)) from None
    except OSError as error:
        raise BadInputError("jadwal-tak-terbaca", file=str(path), read=error.strerror) from None


def _refused(error: BadInputError, options: argparse.Namespace) -> int:
    """Say why nothing was planned: on stderr for people, on stdout for machines."""
    if isinstance(error, schedule.InvalidSeasonError):
        rows = [{"code": issue.code, "where": issue.where, "message": issue.message} for issue in error.issues]
        lines = [issue.message for issue in error.issues]
    else:
        lines = [schedule.sentence_of(error)]
        rows = [{"code": error.code, "where": "berkas", "message": lines[0]}]
    for line in lines:
        print(line, file=sys.stderr)
    if options.json:
        print(json.dumps({"error": error.code, "issues": rows}, ensure_ascii=False))
    return 1
