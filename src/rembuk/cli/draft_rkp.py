"""``./rembuk draft-rkp``: a list of proposals and the ceilings in, a drafted RKP Desa out. No server, no database.

Exit codes: 0 written (refused rows are named on stderr), 1 nothing could be read and no file is written, 2 wrong usage.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rembuk.core.allocation import NEEDS_BALLOTS, RULES, InvalidProblemError
from rembuk.core.documents.frame import Frame, VillageHeading
from rembuk.core.documents.model import Document
from rembuk.core.draft import DraftPlan, Ranked, draft_plan, papers, reason_rows
from rembuk.core.draft.findings import plan_findings
from rembuk.core.draft.papers import REASON_COLUMNS
from rembuk.core.errors import BadInputError, Finding
from rembuk.core.intake.ceilings import Ceilings, CeilingsRefusedError, read_ceilings
from rembuk.core.intake.last_year import LastYearPlan, plan_sheet, read_last_year
from rembuk.core.intake.lists import read_list
from rembuk.core.intake.messages import ROLE_NAMES, sentence, sentence_of
from rembuk.core.intake.proposals import ProposalReading
from rembuk.core.intake.scores import ScoreReading, read_scores
from rembuk.core.money import format_rupiah
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.renderers.pdf import render_pdf
from rembuk.documents.renderers.xlsx import render_xlsx
from rembuk.regions.official import VillagePlace, village_place
from rembuk.shared.sheets import csv_bytes, read_file

HELP = "Susun rancangan RKP Desa dari daftar usulan dan pagu"

# The regency's own time: the paper's date is the day there, wherever the computer thinks it is.
_ZONE = ZoneInfo("Asia/Makassar")
_FIRST_YEAR, _LAST_YEAR = 2015, 2100
_FILES = ("RKP.docx", "RKP.pdf", "RKP.xlsx", "alasan.csv", "periksa.json")


class _UsageError(Exception):
    """An option names something that cannot be used; exit code 2."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("--usulan", required=True, type=Path, metavar="FILE", help="daftar usulan, .xlsx atau .csv")
    parser.add_argument("--pagu", required=True, type=Path, metavar="FILE", help="pagu: sumber,jumlah[,untuk]")
    parser.add_argument("--desa", required=True, metavar="KODE", help="kode desa, misalnya 64.02.02.2006")
    parser.add_argument("--tahun", required=True, type=int, metavar="N", help="tahun anggaran")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder hasil; dibuat bila belum ada")
    parser.add_argument(
        "--skor",
        type=Path,
        metavar="FILE",
        help="skor musyawarah: baris,C1,C2,C3,C4,C5; baris seperti di lembar, judul ikut dihitung",
    )
    parser.add_argument("--rkp-lalu", type=Path, metavar="FILE", help="RKP tahun lalu, untuk evaluasi F25")
    parser.add_argument(
        "--aturan", default="greedy", choices=sorted(set(RULES) - NEEDS_BALLOTS), help="aturan pemilihan"
    )
    parser.add_argument(
        "--lembar", default="", metavar="NAMA", help="lembar daftar usulan, bila bukan yang terbaca sendiri"
    )


def run(options: argparse.Namespace) -> int:
    """Read, rank, allocate, write. Returns the exit code; says on stderr what it understood or refused."""
    try:
        _check_usage(options)
        place = village_place(options.desa)
        ceilings = read_ceilings(read_file(options.pagu).table())
        reading = read_list(read_file(options.usulan), options.lembar)
        scores = _scores(options.skor, reading)
        last_year = _last_year(options.rkp_lalu)
    except _UsageError as error:
        return _fail(2, str(error))
    except CeilingsRefusedError as error:
        for reason in error.reasons:
            _say(f"Pagu ditolak. {reason.message}")
        if error.reasons:
            return _fail(
                1, f"{len(error.reasons)} hal pada {error.values['file']} perlu diperbaiki; tidak ada berkas ditulis."
            )
        return _fail(1, sentence_of(error))
    except BadInputError as error:
        return _fail(1, sentence_of(error))
    for line in ceilings.lines:
        if line.amount == 0:
            _say(sentence("pagu-nol", {"source": line.source}))
    _tell_sheet(reading)
    if not reading.accepted:
        _tell_rows(reading, ())
        _tell_count(reading)
        return _fail(1, "Tidak satu pun baris terbaca sebagai usulan; tidak ada berkas ditulis.")
    return _draft(options, place, ceilings, reading, scores, last_year)


def _draft(
    options: argparse.Namespace,
    place: VillagePlace,
    ceilings: Ceilings,
    reading: ProposalReading,
    scores: ScoreReading | None,
    last_year: LastYearPlan | None,
) -> int:
    try:
        plan = draft_plan(
            reading.accepted, ceilings, options.tahun, scores=scores.scores if scores else None, rule=options.aturan
        )
    except InvalidProblemError as error:
        for issue in error.values.get("issues", ()):  # type: ignore[attr-defined]
            _say(issue.message)
        return _fail(1, "Pagu tidak dapat dibagi menurut aturan tahun ini; tidak ada berkas ditulis.")
    _tell_rows(reading, plan.ranked)
    _tell_choice(plan)
    documents = papers(plan, _frame(place, plan), last_year)
    findings = plan_findings(plan, place.code)
    files = _render(plan, documents, findings)
    try:
        _write(options.out, files)
    except OSError as error:
        return _fail(2, f"Folder {options.out} tidak dapat ditulis ({error.strerror}).")
    _tell_count(reading)
    for name in files:
        print(options.out / name)
    return 0


def _check_usage(options: argparse.Namespace) -> None:
    if not _FIRST_YEAR <= options.tahun <= _LAST_YEAR:
        raise _UsageError(
            f"Tahun anggaran {options.tahun} tidak dapat dipakai. Yang diterima: {_FIRST_YEAR}-{_LAST_YEAR}."
        )
    if options.out.exists() and not options.out.is_dir():
        raise _UsageError(f"{options.out} sudah ada dan bukan folder.")
    for name in _FILES:
        if (options.out / name).is_dir():
            raise _UsageError(f"{options.out / name} adalah folder; pindahkan atau pilih folder hasil lain.")


def _scores(path: Path | None, reading: ProposalReading) -> ScoreReading | None:
    """Read the scores. Raises: _UsageError; a run must not fall back to the default order when scores were given."""
    if path is None:
        return None
    try:
        scores = read_scores(read_file(path).table(), {row.row for row in reading.accepted})
    except BadInputError as error:
        raise _UsageError(sentence_of(error)) from error
    for refused in scores.refused:
        _say(f"Skor ditolak. {refused.message}")
    if not scores.scores:
        raise _UsageError(f"Tidak satu pun skor di {path.name} dapat dipakai.")
    return scores


def _last_year(path: Path | None) -> LastYearPlan | None:
    if path is None:
        return None
    try:
        workbook = read_file(path)
        plan = read_last_year(workbook.table(plan_sheet(workbook.names)))
    except BadInputError as error:
        raise _UsageError(sentence_of(error)) from error
    for refused in plan.refused:
        _say(f"RKP lalu ditolak. {refused.message}")
    for note in plan.notes:
        _say(f"RKP lalu. {note.message}")
    _say(f"RKP lalu: {len(plan.items)} kegiatan terbaca dari lembar {plan.sheet}, jumlah {format_rupiah(plan.total)}.")
    for total in plan.totals[-1:]:
        if total.amount is not None and total.amount != plan.total:
            _say(f"RKP lalu. Baris {total.row}: jumlah tertulis {format_rupiah(total.amount)}, berbeda dari isinya.")
    return plan


def _frame(place: VillagePlace, plan: DraftPlan) -> Frame:
    heading = VillageHeading(place.village, place.district, place.regency, place.province)
    return Frame(village=heading, dated=_today(), provenance=f"Rancangan awal, sidik {plan.outcome.digest[:12]}")


def _today() -> date:
    return datetime.now(_ZONE).date()


def _render(plan: DraftPlan, documents: Sequence[Document], findings: Sequence[Finding]) -> dict[str, bytes]:
    checked = {
        "pagu": {state.id: state.ceiling for state in plan.outcome.sources},
        "terpakai": dict(plan.used),
        "temuan": [
            {"kode": one.code, "tingkat": one.severity, "pesan": one.message, "sumber": one.source} for one in findings
        ],
    }
    contents = (
        render_docx(documents),
        render_pdf(documents),
        render_xlsx(documents),
        csv_bytes(REASON_COLUMNS, reason_rows(plan)),
        (json.dumps(checked, ensure_ascii=False, indent=2) + "\n").encode(),
    )
    return dict(zip(_FILES, contents, strict=True))


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put all files in place, or none: they are written beside the folder first, then moved in."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    waiting = Path(tempfile.mkdtemp(prefix=".rembuk-", dir=folder.parent))
    try:
        for name, content in files.items():
            (waiting / name).write_bytes(content)
        folder.mkdir(exist_ok=True)
        _swap_in(folder, waiting, list(files))
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _swap_in(folder: Path, waiting: Path, names: Sequence[str]) -> None:
    """Move the new files in; when one cannot be moved, put every older file back."""
    begun: list[str] = []
    try:
        for name in names:
            begun.append(name)
            if (folder / name).exists():
                (folder / name).replace(waiting / f"lama-{name}")
            (waiting / name).replace(folder / name)
    except OSError:
        for name in begun:
            if (waiting / f"lama-{name}").exists():
                (waiting / f"lama-{name}").replace(folder / name)
            elif not (waiting / name).exists():
                (folder / name).unlink(missing_ok=True)
        raise


def _tell_sheet(reading: ProposalReading) -> None:
    """Say which columns were understood as what."""
    mapping, table = reading.mapping, reading.table
    columns = ", ".join(
        f"{ROLE_NAMES[role]}={mapping.letter(role)} “{mapping.label(role)}”" for role in mapping.columns
    )
    _say(f"Lembar {table.name}: {columns}")
    if mapping.why.get("cost") == "isi":
        _say(f"Kolom {mapping.letter('cost')} dibaca sebagai biaya dari isinya; judulnya “{mapping.label('cost')}”.")
    if "cost" not in mapping.columns or all(row.cost is None for row in reading.accepted):
        _say("Tidak satu pun usulan berbiaya, jadi tidak ada yang dapat dipilih; semua berkas tetap ditulis.")


def _tell_rows(reading: ProposalReading, ranked: Sequence[Ranked]) -> None:
    """Say for every row of the list, in its order, what was understood or why it was refused."""
    lines: list[tuple[int, str]] = [(note.row, note.message) for note in (*reading.refused, *reading.notes)]
    for item in ranked:
        cost = "tanpa biaya" if item.row.cost is None else format_rupiah(item.row.cost)
        code = f"{item.kegiatan or 'tanpa kode'} ({item.code_state})"
        lines.append((item.row.row, f"Baris {item.row.row}: {_short(item.row.text)}; {cost}; {code}"))
    lines += [(row, f"Baris {row}: judul bagian atau catatan, bukan usulan.") for row in reading.headings]
    for total in reading.totals:
        written = total.written or "kosong"
        lines.append((total.row, f"Baris {total.row}: baris jumlah ({written}), tidak dihitung sebagai usulan."))
    for _, line in sorted(lines, key=lambda line: line[0]):
        _say(line)


def _tell_choice(plan: DraftPlan) -> None:
    for state in plan.outcome.sources:
        _say(f"{state.id}: pagu {format_rupiah(state.ceiling)}, terpakai {format_rupiah(state.used)}.")
    for line in plan.ceilings.earmarked:
        _say(f"{line.source} {format_rupiah(line.amount)} ditentukan untuk {line.purpose}, tidak dibagi.")
    _say(f"terpilih {len(plan.chosen)} dari {len(plan.ranked)}")


def _tell_count(reading: ProposalReading) -> None:
    _say(f"diterima {len(reading.accepted)}, ditolak {len(reading.refused)}")


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _fail(code: int, line: str) -> int:
    _say(line)
    return code
