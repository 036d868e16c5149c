"""What `./rembuk allocate` prints for people."""

import shutil
import sys
import textwrap
from collections.abc import Mapping
from typing import Any

from rembuk.core.allocation import Outcome, Problem, sentence
from rembuk.core.allocation.explain import as_values, explanations, tell
from rembuk.core.allocation.io.writing import money
from rembuk.core.money import format_amount

_RULES = {
    "greedy": "menurut skor",
    "greedy-per-rupiah": "menurut skor per rupiah",
    "mes": "jatah yang sama (equal shares)",
    "phragmen": "beban yang rata (Phragmén)",
    "optimum": "skor tertinggi (optimum)",
    "mes-repair": "jatah yang sama, lalu diperbaiki menurut aturan",
}
_TITLE_WIDTH = 44


def page(
    name: str, problem: Problem, outcome: Outcome, titles: Mapping[str, str], reasons: Mapping[str, Mapping[str, Any]]
) -> str:
    """Return the table of one file: the chosen in the order they were bought, then the others."""
    settings = outcome.settings
    seed = f", benih “{settings.ties.seed}”" if settings.ties.seed else ""
    lines = [
        f"{name}: {_RULES.get(outcome.rule, outcome.rule)}; utilitas {settings.utility}, "
        f"pelengkap {settings.completion}, ikatan {settings.ties.mode}{seed}"
    ]
    place = {name: index for index, name in enumerate(outcome.order, 1)}
    decisions = sorted(outcome.decisions, key=lambda item: place.get(item.id, len(place) + 1))
    rows = [("No", "Usulan", "Biaya", "Dipilih", "Alasan" if reasons else "")]
    for decision in decisions:
        title = titles.get(decision.id, "")
        shown = f"{decision.id} {title}".strip()
        cost = "-" if decision.cost is None else _amount(decision.cost, problem.unit)
        reason = str(reasons.get(decision.id, {}).get("sentence", ""))
        number = str(place[decision.id]) if decision.chosen else "-"
        rows.append((number, _short(shown), cost, "ya" if decision.chosen else "tidak", reason))
    return "\n".join([*lines, *_laid_out(rows), *_foot(problem, outcome)])


def _short(text: str) -> str:
    return text if len(text) <= _TITLE_WIDTH else f"{text[: _TITLE_WIDTH - 1]}…"


def _amount(amount: int, unit: int) -> str:
    """Print an amount with points between thousands, decimals behind a comma."""
    whole, _, decimals = money(amount, unit).partition(".")
    return format_amount(int(whole)) + (f",{decimals}" if decimals else "")


def _laid_out(rows: list[tuple[str, str, str, str, str]]) -> list[str]:
    """Return the rows in columns; on a terminal the last column is folded."""
    wide = [max(len(row[column]) for row in rows) for column in range(4)]
    indent = sum(wide) + 8
    room = max(30, shutil.get_terminal_size().columns - indent) if sys.stdout.isatty() else sys.maxsize
    lines = []
    for number, title, cost, chosen, reason in rows:
        first, *others = textwrap.wrap(reason, room) or [""]
        cells = (number.rjust(wide[0]), title.ljust(wide[1]), cost.rjust(wide[2]), chosen.ljust(wide[3]), first)
        lines += ["  ".join(cells).rstrip(), *(" " * indent + line for line in others)]
    return lines


def _foot(problem: Problem, outcome: Outcome) -> list[str]:
    lines = [
        f"{source.id}: terpakai {_amount(source.used, problem.unit)} dari {_amount(source.ceiling, problem.unit)}"
        for source in outcome.sources
    ]
    lines += [
        f"{row.name}: kurang {_amount(row.shortfall, problem.unit)} dari batas paling sedikit"
        for row in outcome.rows
        if row.shortfall
    ]
    solver = outcome.solver
    if solver is not None:
        lines.append(f"{solver.name} {solver.version}: {_promise(solver.status, solver.gap)}")
    if problem.unit != 1:
        lines.append(f"Uang di kolom Alasan ditulis dalam 1/{problem.unit} satuan mata uang.")
    return [*lines, f"sidik jari {outcome.digest}"]


def _promise(status: str, gap: Any) -> str:
    if status == "optimal":
        return "terbukti tidak ada yang lebih baik"
    if status == "feasible":
        return f"layak, selisih {format(float(gap * 100), '.2f').replace('.', ',')} %"
    return "tidak ada pilihan yang memenuhi semua aturan"


def unsettled(problem: Problem, outcome: Outcome) -> str:
    """Say which mandatory proposals did not come in, and why."""
    must = {item.id for item in problem.proposals if item.mandatory}
    left = [item for item in outcome.decisions if item.id in must and not item.chosen]
    return "usulan wajib tidak dapat masuk. " + " ".join(f"{item.id}: {sentence(item)}" for item in left)


def reasons(problem: Problem, outcome: Outcome, titles: Mapping[str, str]) -> dict[str, Any]:
    """Return id -> its explanation as plain values with its sentence; what would open a ballot is left out."""
    rows = {share.name: share.title for share in problem.shares if share.title}
    return {
        name: as_values(found) | {"sentence": tell(found, titles, rows)}
        for name, found in sorted(explanations(problem, outcome).items())
    }
