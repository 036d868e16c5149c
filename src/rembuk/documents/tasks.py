"""The long work of this room: files of a stage, bundles of a cycle and of all villages, with progress."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.errors import NotAllowedError, RembukError
from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.cycles.models import Cycle, Evidence
from rembuk.documents.models import BundlePart, BundleRun
from rembuk.documents.queries import evidence_of_stage, printables_of
from rembuk.documents.services import BUNDLE_JOB, preview, refuse_without_files
from rembuk.documents.services.bundles import CYCLE_JOB, RUN_JOB, keep_papers, make_bundle, make_part
from rembuk.documents.services.scans import SCAN_JOB, read_upload
from rembuk.documents.wishes import Wish, wish_of
from rembuk.shared import blobs, clock, files, jobs, papers
from rembuk.shared.models import Origin, Paper, StoredFile
from rembuk.shared.trail import acting
from rembuk.shared.wording import sentence

ZIP = "application/zip"
Piece = tuple[str, Callable[[], bytes]]


def register() -> None:
    """Name the jobs of this room; called once from ``ready()``."""
    jobs.register(BUNDLE_JOB, stage_bundle)
    jobs.register(CYCLE_JOB, cycle_bundle)
    jobs.register(RUN_JOB, bundle_run)
    jobs.register(SCAN_JOB, read_scans)


def read_scans(run: jobs.Run) -> Mapping[str, Any]:
    """Read the pages of a few uploads; an upload that was read before is only counted."""
    hat, uploads = whose(run), [UUID(key) for key in run.payload["uploads"]]
    sums = {"attached": 0, "waiting": 0, "set_aside": 0}
    for number, upload_id in enumerate(uploads):
        run.progress(number, len(uploads))
        for state, count in read_upload(upload_id=upload_id, actor=hat, at=clock.now()).items():
            sums[state] += count
    run.progress(len(uploads), len(uploads))
    words = _("%(attached)d lembar terlampir pada dokumennya, %(waiting)d menunggu dipilihkan.") % sums
    return {"sentence": words, "link": reverse("documents:scans", args=(UUID(run.payload["cycle"]),))}


def cycle_bundle(run: jobs.Run) -> Mapping[str, Any]:
    """Make the bundle of one cycle, after keeping its papers where that was asked for."""
    hat, cycle_id = whose(run), UUID(run.payload["cycle"])
    at = datetime.fromisoformat(run.payload["at"])
    run.progress(0, 2)
    if run.payload["keep"]:
        keep_papers(cycle_id=cycle_id, actor=hat, at=at)
    run.progress(1, 2)
    made, _reused = make_bundle(cycle_id=cycle_id, fmt=run.payload["fmt"], actor=hat, at=at)
    run.progress(2, 2)
    words = _("Bundel jadi: %(pages)s halaman.") % {"pages": made.page_count} if made.page_count else _("Bundel jadi.")
    return {"sentence": words, "link": reverse("documents:bundle", args=(cycle_id,))}


def bundle_run(run: jobs.Run) -> Mapping[str, Any]:
    """Make the bundles of an order, village by village. Run again after a kill, it begins where it stopped."""
    hat, order = whose(run), BundleRun.objects.get(pk=UUID(run.payload["run"]))
    total = order.parts.count()
    waiting = order.parts.filter(state=BundlePart.State.WAITING).select_related("run")
    for part in list(waiting):
        run.progress(order.parts.exclude(state=BundlePart.State.WAITING).count(), total)
        make_part(part, actor=hat, at=clock.now())
    run.progress(total, total)
    done = order.parts.filter(state=BundlePart.State.DONE).count()
    words = _("%(done)d dari %(total)d bundel jadi.") % {"done": done, "total": total}
    return {"sentence": words, "link": reverse("documents:bundle_run", args=(order.pk,))}


def whose(run: jobs.Run) -> Hat:
    """Return the hat that asked. Raises: NotAllowedError when nobody did."""
    if run.hat is None:
        raise NotAllowedError("not-allowed")
    return run.hat


def stage_bundle(run: jobs.Run) -> Mapping[str, Any]:
    """Put the evidence of a stage, and what can still be printed for it, into one archive.

    A file that cannot be read does not stop the others: the archive's list names it with the reason.
    """
    cycle = Cycle.every.select_related("village__district", "village__regency").get(pk=UUID(run.payload["cycle"]))
    stage = str(run.payload["stage"])
    pieces = list(pieces_of(cycle, stage, run))
    refuse_without_files(stage, len(pieces))
    out, notes = io.BytesIO(), []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, read) in enumerate(pieces, 1):
            run.progress(number - 1, len(pieces))
            label = f"{number:02d} {name}"
            try:
                archive.writestr(entry(label), read())
                notes.append(label)
            except RembukError as error:
                notes.append(f"{label}: {sentence(error)}")
        archive.writestr(entry("daftar.txt"), "\r\n".join([f"{stage} {ALL_STAGES[stage].title}", *notes, ""]))
    run.progress(len(pieces), len(pieces))
    row = keep(out.getvalue(), f"Berkas {stage} {cycle.village.name} {cycle.title}.zip", cycle, run)
    words = ngettext("%(count)d berkas disatukan.", "%(count)d berkas disatukan.", len(pieces))
    return {"sentence": words % {"count": len(pieces)}, "link": reverse("shared:file", args=(row.pk,))}


def entry(name: str) -> zipfile.ZipInfo:
    """Return an entry without the hour, so that the same files make the same archive."""
    made = zipfile.ZipInfo(name)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def pieces_of(cycle: Cycle, stage: str, run: jobs.Run) -> Iterator[Piece]:
    """Yield the name and the reader of each file: evidence first, then papers that nobody laid under it."""
    rows = evidence_of_stage(cycle.pk, stage)
    for row in rows:
        yield from pieces_of_evidence(row)
    there = {row.paper_code for row in rows}
    for printable in printables_of(cycle, stage):
        if printable.code in there:
            continue
        wish = wish_of(printable.code, printable.subject)
        if run.hat is not None and TABLE.allows(run.hat, "documents.preview", wish):
            yield f"{printable.code} {plain(printable.title)} (belum disimpan).pdf", partial(previewed, wish)


def previewed(wish: Wish) -> bytes:
    return preview(wish, "pdf")[1]


def pieces_of_evidence(row: Evidence) -> Iterator[Piece]:
    stored, paper = row.file, row.paper
    if stored is not None:
        yield f"{row.paper_code} {plain(stored.name)}", partial(files.read, stored)
    elif paper is not None:
        yield f"{row.paper_code} {plain(row.title)}.pdf", partial(opened, paper)


def opened(paper: Paper) -> bytes:
    return papers.open_paper(paper, "pdf")[0]


def plain(name: str) -> str:
    """Return a name that every file system takes."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", name).strip(" .")[:120] or "berkas"


def keep(data: bytes, name: str, cycle: Cycle, run: jobs.Run) -> StoredFile:
    """Keep the archive as a file of the village; the same job run again gives the same file."""
    digest = blobs.put(data)
    hat = run.hat
    known = StoredFile.objects.filter(sha256=digest, village_id_text=cycle.village_id).first()
    if known is not None:
        return known
    fields = {
        "village_id_text": cycle.village_id,
        "sha256": digest,
        "name": name,
        "content_type": ZIP,
        "size": len(data),
        "uploaded_by": hat.person_id if hat is not None else None,
        "origin": Origin.ONLINE,
    }
    if hat is None:
        return StoredFile.objects.create(**fields)
    with acting(hat, "documents.stage"):
        return StoredFile.objects.create(**fields)
