"""``./rembuk allocate``: problems or elections in, the choice and its reasons out. No server, no database.

Exit codes: 0 every file was decided, 1 a file could not be read or decided, or its outcome failed the check (the
other files are still decided), 2 wrong usage.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from rembuk.cli import allocate_table
from rembuk.core.allocation import RULES, InvalidProblemError, Outcome, Problem, Settings, Ties, allocate, verify
from rembuk.core.allocation.digest import problem_values, settings_values
from rembuk.core.allocation.io import read_election, read_problem, sentence_of
from rembuk.core.allocation.reading import problem_from
from rembuk.core.errors import BadInputError, RembukError

HELP = "Memilih usulan dari berkas masalah (JSON) atau pemilihan (Pabulib), dengan alasan tiap usulan"

FORMAT = """\
Berkas yang dibaca: Pabulib (.pb, boleh dimampatkan gzip) atau JSON. Contoh JSON: contoh/pilihan-desa.json.

JSON memuat satu objek. Yang wajib hanya proposals dan sources; kunci lain boleh ditinggalkan:
  proposals    [{id, cost (rupiah utuh atau null)}], dan bila perlu title, rank, hamlet, tags, sources (kode yang boleh
               membiayai), single_source, requires (id prasyarat), mandatory (dasar wajibnya), groups, score, number.
               Tanpa rank, urutan dalam daftar menjadi peringkatnya.
  sources      [{id, ceiling, earmarked}]
  shares       [{name, of (kode sumber atau "*"), tags, match (any|none), min, max (0.2, "1/5" atau "20%"), min_amount,
               max_amount, base, hard, legal_basis, title}]. tags juga mengenal "hamlet:NAMA" dan "group:NAMA".
  exclusions   [{ids, at_most, reason}]
  ballots      [{approvals: [id]} atau {points: {id: poin}} atau {ranking: [id]}, dan bila perlu weight, hamlet, groups]
  year, village, order (urutan pengisian sumber), not_by_default, unit
  settings     {rule, utility, completion, ties, seed, step, stops, vote_weight, score_weight, gap, time_limit};
               pilihan di baris perintah lebih kuat.

Bawaan: utilitas menurut jenis suara (centang: cost, poin: points, peringkat: borda). Untuk Pabulib ikatan
lexicographic, kecuali --benih diberikan, dan langkah 1 satuan mata uang; untuk JSON ikatan lot dan langkah seperseratus
jatah pertama. Pada ikatan lexicographic aturan phragmen berhenti pada pembelian pertama yang tidak muat.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = FORMAT
    parser.add_argument(
        "berkas", nargs="+", type=Path, metavar="FILE", help="masalah (.json) atau pemilihan (.pb, .gz)"
    )
    parser.add_argument("--aturan", choices=sorted(RULES), help="aturan pemilihan (bawaan: greedy)")
    parser.add_argument("--utilitas", choices=("cost", "cardinality", "points", "borda"), help="nilai bagi pemilih")
    parser.add_argument("--pelengkap", choices=("none", "utilitarian", "add1u"), help="sisa uang (bawaan: add1u)")
    parser.add_argument("--langkah", type=_count, metavar="N", help="kenaikan jatah pada add1u, dalam satuan mata uang")
    parser.add_argument("--ikatan", choices=("lot", "lexicographic"), help="pembeda usulan yang sama kuat")
    parser.add_argument("--benih", metavar="TEKS", help="benih undian yang dibacakan di musyawarah")
    ends = parser.add_mutually_exclusive_group()
    ends.add_argument("--berhenti", action="store_true", help="phragmen berhenti saat pembelian pertama tidak muat")
    ends.add_argument("--lewati", action="store_true", help="phragmen melewati yang tidak muat")
    parser.add_argument("--batas-waktu", type=_count, metavar="DETIK", help="batas waktu aturan optimum")
    parser.add_argument("--json", action="store_true", help="satu baris JSON per berkas")
    parser.add_argument("--periksa", action="store_true", help="hitung ulang dari salinan dan bandingkan sidik jarinya")
    parser.add_argument("--tanpa-penjelasan", action="store_true", help="tanpa alasan tiap usulan; lebih cepat")


def run(options: argparse.Namespace) -> int:
    """Decide every file in turn. Returns the exit code; what went wrong is said on stderr and, as JSON, on stdout."""
    failed = False
    for path in options.berkas:
        try:
            print(_decided(path, options), flush=True)
        except _FailedError as error:
            failed = True
            for line in error.lines:
                print(line, file=sys.stderr)
            if options.json:
                print(json.dumps({"file": str(path), **error.values}, ensure_ascii=False), flush=True)
    return 1 if failed else 0


class _FailedError(Exception):
    """A file that gets no outcome: *lines* for people, *values* for machines."""

    def __init__(self, lines: list[str], **values: object) -> None:
        super().__init__(lines)
        self.lines = lines
        self.values = values


@dataclass(frozen=True, slots=True)
class Question:
    """A file as read. asked: the settings it names itself; election: it came as Pabulib."""

    problem: Problem
    titles: Mapping[str, str]
    asked: Mapping[str, Any]
    election: bool


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


def _decided(path: Path, options: argparse.Namespace) -> str:
    """Return what is printed about one file. Raises: _FailedError."""
    try:
        question = read(path)
        settings = settings_for(question, options)
        outcome = allocate(question.problem, settings)
    except InvalidProblemError as error:
        issues: Any = error.values["issues"]
        rows = [{"code": issue.code, "subject": issue.subject, "message": issue.message} for issue in issues]
        lines = [f"{path.name}: {issue.message}" for issue in issues]
        raise _FailedError(lines, error=error.code, issues=rows) from error
    except RembukError as error:
        raise _FailedError([sentence_of(error)], error=error.code, message=sentence_of(error)) from error
    _check(path, question.problem, outcome, replay=options.periksa)
    if not outcome.settled:
        print(f"{path.name}: {allocate_table.unsettled(question.problem, outcome)}", file=sys.stderr)
    problem, titles = question.problem, question.titles
    reasons = {} if options.tanpa_penjelasan else allocate_table.reasons(problem, outcome, titles)
    if not options.json:
        return allocate_table.page(path.name, problem, outcome, titles, reasons)
    named = {"file": str(path)} if len(options.berkas) > 1 else {}
    values = named | outcome_row(problem, outcome, reasons) | ({"replayed": True} if options.periksa else {})
    return json.dumps(values, ensure_ascii=False)


def read(path: Path) -> Question:
    """Read a file as what it holds, whatever its name says. Raises: BadInputError."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise BadInputError("berkas-tak-ada", file=str(path)) from None
    except OSError as error:
        raise BadInputError("berkas-tak-terbaca", file=str(path), read=error.strerror) from None
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")) or (path.suffix == ".json" and not content.startswith(b"\x1f\x8b")):
        stated = read_problem(content, path.name)
        return Question(stated.problem, stated.titles, stated.settings, election=False)
    election = read_election(content, path.name)
    return Question(election.problem, election.titles, {}, election=True)


def settings_for(question: Question, options: argparse.Namespace) -> Settings:
    """Return the settings: the command line first, then the file, then what suits the kind of file and its votes."""
    asked = question.asked
    problem = question.problem
    seed = _first(options.benih, asked.get("seed"), "")
    exact = question.election and options.benih is None
    ties = _first(options.ikatan, asked.get("ties"), "lexicographic" if exact else "lot")
    lexicographic = ties == "lexicographic"
    step = None if options.langkah is None else options.langkah * problem.unit
    stops = True if options.berhenti else False if options.lewati else None
    plain = Settings()
    return Settings(
        rule=_first(options.aturan, asked.get("rule"), plain.rule),
        utility=_first(options.utilitas, asked.get("utility"), natural_utility(problem)),
        completion=_first(options.pelengkap, asked.get("completion"), plain.completion),
        ties=Ties(ties, seed),
        step=_first(step, asked.get("step"), problem.unit if question.election and lexicographic else plain.step),
        stops=_first(stops, asked.get("stops"), lexicographic),
        vote_weight=asked.get("vote_weight", plain.vote_weight),
        score_weight=asked.get("score_weight", plain.score_weight),
        gap=Fraction(asked.get("gap", plain.gap)),
        time_limit=_first(options.batas_waktu, asked.get("time_limit"), plain.time_limit),
    )


def _first(*values: Any) -> Any:
    return next(value for value in values if value is not None)


def natural_utility(problem: Problem) -> str:
    """Return the utility the ballots were made for."""
    if any(ballot.points for ballot in problem.ballots):
        return "points"
    return "borda" if any(ballot.ranking for ballot in problem.ballots) else "cost"


def _check(path: Path, problem: Problem, outcome: Outcome, *, replay: bool) -> None:
    """Have the outcome checked by code that is not the engine's. Raises: _FailedError, before anything is printed."""
    violations = verify(problem, outcome)
    if violations:
        lines = [f"{path.name}: hasil tidak lolos pemeriksaan, jadi tidak dicetak."]
        lines += [f"  {found.code} {found.subject} {found.detail}".rstrip() for found in violations]
        rows = [{"code": found.code, "subject": found.subject, "detail": found.detail} for found in violations]
        raise _FailedError(lines, error="violations", violations=rows)
    if replay:
        copy = problem_from(json.loads(json.dumps(problem_values(problem))))
        again = allocate(copy, outcome.settings)
        if again.digest != outcome.digest:
            line = f"{path.name}: hitung ulang memberi sidik jari {again.digest}, bukan {outcome.digest}."
            raise _FailedError([line], error="replay", digest=outcome.digest, again=again.digest)


def outcome_row(problem: Problem, outcome: Outcome, reasons: Mapping[str, Any]) -> dict[str, Any]:
    """Return the outcome as one JSON object; money is in 1/unit of the currency."""
    solver = outcome.solver
    row: dict[str, Any] = {
        "selected": sorted(outcome.selected),
        "order": list(outcome.order),
        "settings": settings_values(outcome.settings),
        "digest": outcome.digest,
        "unit": problem.unit,
        "settled": outcome.settled,
        "sources": [{"id": item.id, "ceiling": item.ceiling, "used": item.used} for item in outcome.sources],
        "rows": [{"name": item.name, "used": item.used, "shortfall": item.shortfall} for item in outcome.rows],
        "funding": {name: dict(amounts) for name, amounts in sorted(outcome.funding().items())},
        "explanations": reasons,
    }
    if solver is not None:
        row["solver"] = {
            "name": solver.name,
            "version": solver.version,
            "status": solver.status,
            "gap": str(solver.gap),
            "objective": solver.objective,
            "bound": solver.bound,
            "conflict": list(solver.conflict),
        }
    return row
