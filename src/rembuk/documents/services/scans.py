"""Papers that come back: pages handed in, attached by their code, or by a person at the desk."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from uuid import UUID, uuid5

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.models import Cycle
from rembuk.documents.models import ScanUpload, SignedPage
from rembuk.documents.queries import cycle_of_paper
from rembuk.documents.renderers.attachments import UnreadableError
from rembuk.documents.scans import ScannedPage, scanned_pages
from rembuk.shared import files, jobs, papers
from rembuk.shared.models import Job, Paper
from rembuk.shared.trail import acting

SCAN_JOB = "documents.read_scans"
TAKEN = (*files.PICTURES, files.PDF)
MOST_FILES = 60
AGAIN = "Lembar yang sama sudah terlampir."
State = SignedPage.State


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One file as it was handed in."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a page belongs. problem: why its code does not settle it; then there is no paper."""

    paper: Paper | None = None
    problem: str = ""
    code: str = ""


def hand_in_scans(*, key: UUID, cycle_id: UUID, handed: Sequence[HandedIn], actor: Hat, at: datetime) -> Job:
    """Keep the files and ask for their pages to be read. key: made by the form; the same again changes nothing.

    All files are looked at before the first is kept. Raises: NotAllowedError, BadInputError (none, too many, another
    kind, too large, broken).
    """
    cycle = Cycle.every.select_related("village").get(pk=cycle_id)
    require(actor, "documents.scan", cycle)
    if not handed:
        raise BadInputError("scan-none")
    if len(handed) > MOST_FILES:
        raise BadInputError("scan-too-many", count=len(handed), most=MOST_FILES)
    for one in handed:
        if files.kind_of(files.take(one.data)) not in TAKEN:
            raise BadInputError("scan-kind", name=one.name[:80])
    stored = [files.store(one.data, name=one.name, village_id=cycle.village_id, hat=actor, scan=True) for one in handed]
    with transaction.atomic(), acting(actor, "documents.scan"):
        for number, (one, file) in enumerate(zip(handed, stored, strict=True)):
            ScanUpload.objects.get_or_create(
                id=uuid5(key, f"{number} {hashlib.sha256(one.data).hexdigest()}"),
                defaults={
                    "cycle": cycle, "file": file, "name": one.name[:255], "uploaded_by": actor.person_id,
                    "uploaded_at": at,
                },
            )  # fmt: skip
        uploads = [str(uuid5(key, f"{n} {hashlib.sha256(one.data).hexdigest()}")) for n, one in enumerate(handed)]
        return jobs.enqueue(
            name=SCAN_JOB,
            payload={"uploads": uploads, "cycle": str(cycle_id)},
            key=f"{SCAN_JOB}:{key}",
            title=f"Membaca lembar bertanda tangan {cycle.village.name}",
            hat=actor,
            total=len(uploads),
        )


def read_upload(*, upload_id: UUID, actor: Hat, at: datetime) -> Mapping[str, int]:
    """Cut one upload into pages and attach each to the paper that its code names. Reading happens outside of any
    transaction; a page that is there already is left as it is. Returns state -> number of its pages.

    Raises: NotAllowedError.
    """
    upload = ScanUpload.objects.select_related("file", "cycle__village").get(pk=upload_id)
    require(actor, "documents.scan", upload.cycle)
    if upload.read_at is None:
        try:
            for page in scanned_pages(files.read(upload.file), upload.file.content_type):
                keep_page(upload, page, actor=actor, at=at)
            problem = ""
        except UnreadableError:
            problem = "unreadable"
        with acting(actor, "documents.scan"):
            ScanUpload.objects.filter(pk=upload.pk).update(read_at=at, problem=problem)
    counts = dict.fromkeys(State.values, 0)
    for state in upload.pages.values_list("state", flat=True):
        counts[state] += 1
    return counts


def keep_page(upload: ScanUpload, page: ScannedPage, *, actor: Hat, at: datetime) -> None:
    """Keep one page with where it belongs."""
    if upload.pages.filter(page_no=page.number).exists():
        return
    verdict = verdict_of(page, upload.cycle)
    file = upload.file
    if page.kind == files.PDF:
        name = f"{PurePath(upload.name).stem[:150]} halaman {page.number}.pdf"
        file = files.store(page.data, name=name, village_id=upload.cycle.village_id, hat=actor)
    twin = verdict.paper is not None and is_attached(verdict.paper, file.sha256)
    state = State.SET_ASIDE if twin else State.ATTACHED if verdict.paper else State.WAITING
    with transaction.atomic(), acting(actor, "documents.scan"):
        SignedPage.objects.get_or_create(
            upload=upload,
            page_no=page.number,
            defaults={
                "file": file,
                "paper": verdict.paper,
                "state": state,
                "code_read": verdict.code,
                "problem": verdict.problem,
                "by_code": verdict.paper is not None,
                "reason": AGAIN if twin else "",
                "decided_at": None if state == State.WAITING else at,
            },
        )


def is_attached(paper: Paper, sha256: str) -> bool:
    return SignedPage.objects.filter(paper=paper, state=State.ATTACHED, file__sha256=sha256).exists()


def verdict_of(page: ScannedPage, cycle: Cycle) -> Verdict:
    """Return the paper that the page's code names, or why it names none of this cycle.

    What lies in another village is not told, only that it lies elsewhere.
    """
    if len(page.codes) > 1:
        return Verdict(problem="two-codes", code=" ".join(page.codes)[:200])
    if not page.codes:
        return Verdict(problem="foreign-code" if page.other else "no-code", code="".join(page.other[:1])[:200])
    (code,) = page.codes
    paper = papers.by_code(code)
    if paper is None:
        return Verdict(problem="unknown-code", code=code)
    if paper.village_key != cycle.village_id:
        return Verdict(problem="other-village", code=code)
    if cycle_of_paper(paper) not in (None, cycle.pk):
        return Verdict(problem="other-cycle", code=code)
    return Verdict(paper, code=code)


def place_page(*, page_id: UUID, paper_id: UUID, version: int, actor: Hat, at: datetime) -> SignedPage:
    """Attach a page by hand to a paper of the same cycle. A code that was read and names another paper is not
    overruled. Raises: NotAllowedError, StaleError, RefusedError.
    """
    page = page_at(page_id, version, actor)
    paper = Paper.objects.defer("data").get(pk=paper_id)
    cycle = page.upload.cycle
    if paper.village_key != cycle.village_id or cycle_of_paper(paper) not in (None, cycle.pk):
        raise RefusedError("scan-paper-elsewhere")
    if page.problem in ("other-village", "other-cycle"):
        raise RefusedError(f"scan-{page.problem}")
    if is_attached(paper, page.file.sha256):
        raise RefusedError("scan-again")
    return settled(page, State.ATTACHED, actor=actor, at=at, paper=paper, reason="")


def set_page_aside(*, page_id: UUID, reason: str, version: int, actor: Hat, at: datetime) -> SignedPage:
    """Take a page off the desk, or off the paper it was attached to, with a reason; the file itself stays.

    Raises: NotAllowedError, StaleError, BadInputError without a reason.
    """
    page = page_at(page_id, version, actor)
    if not reason.strip():
        raise BadInputError("scan-reason")
    return settled(page, State.SET_ASIDE, actor=actor, at=at, paper=page.paper, reason=reason.strip()[:500])


def page_at(page_id: UUID, version: int, actor: Hat) -> SignedPage:
    page = SignedPage.objects.select_related("upload__cycle__village", "file").get(pk=page_id)
    require(actor, "documents.scan", page.upload.cycle)
    if page.version != version:
        raise StaleError("scan-stale", changes={})
    return page


def settled(page: SignedPage, state: str, *, actor: Hat, at: datetime, paper: Paper | None, reason: str) -> SignedPage:
    """Write the decision of a person. Raises: StaleError when somebody else decided meanwhile."""
    with transaction.atomic(), acting(actor, "documents.scan"):
        changed = SignedPage.objects.filter(pk=page.pk, version=page.version).update(
            state=state,
            paper=paper,
            by_code=False,
            reason=reason,
            decided_by=actor.person_id,
            decided_at=at,
            version=page.version + 1,
        )
        if not changed:
            raise StaleError("scan-stale", changes={})
    page.refresh_from_db()
    return page
