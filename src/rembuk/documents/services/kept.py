"""Papers as people ask for them: the current state, frozen into the archive, a light copy, all files of a stage."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.documents.model import Document
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.cycles.models import Cycle
from rembuk.documents.blanks import blank_documents
from rembuk.documents.recipes import Form, unpacked
from rembuk.documents.rendering import documents_of, render
from rembuk.documents.wishes import Wish
from rembuk.shared import blobs, jobs, papers
from rembuk.shared.models import Job, Paper

LIGHT = "pdf-ringan"
BUNDLE_JOB = "documents.stage_bundle"


def current(wish: Wish) -> papers.Data:
    """Return the data of the paper as its thing stands now. Raises: BadInputError when it cannot be printed."""
    form: Form = wish.form
    try:
        return form.data(form.gather(wish.key))
    except ValueError as error:
        raise BadInputError("paper-values", reason=str(error)) from error


def preview(wish: Wish, fmt: str) -> tuple[Document, bytes]:
    """Return the first paper and the file of the current state; nothing is kept. Raises: RembukError."""
    documents = unpacked(current(wish))
    return (documents[0], render(documents, fmt)) if documents else refuse_empty()


def preview_blank(wish: Wish, fmt: str) -> tuple[Document, bytes]:
    """Return the first paper and the file of the form to be filled by hand; nothing is kept. Raises: RembukError."""
    documents = blank_documents(wish.form, wish.key)
    return (documents[0], render(documents, fmt)) if documents else refuse_empty()


def refuse_empty() -> tuple[Document, bytes]:
    raise BadInputError("paper-empty")


def freeze_paper(*, wish: Wish, actor: Hat, at: datetime) -> Paper:
    """Freeze the paper as its thing stands now; unchanged since the newest version, that one is returned.

    Raises: NotAllowedError, BadInputError when there is nothing to print.
    """
    require(actor, "documents.freeze", wish)
    data = current(wish)
    documents = unpacked(data)
    if not documents:
        raise BadInputError("paper-empty")
    first = documents[0]
    return papers.keep(
        wish.form.code,
        first.title if len(documents) == 1 else f"{wish.form.title} ({len(documents)})",
        wish.subject,
        data=data,
        village_key=wish.place.village,
        hat=actor,
        sample=first.sample,
        number=first.number,
        paper_date=first.dated,
    )


def open_light(paper: Paper) -> bytes:
    """Return the small PDF for slow phones, kept beside the archive copy on first wish. Raises: RembukError."""
    known = paper.files.get(LIGHT)
    if known:
        return blobs.read(known["sha256"])
    data = render(documents_of(paper), "pdf", light=True, title=paper.title)
    entry = {"sha256": blobs.put(data), "size": len(data)}
    with transaction.atomic():
        locked = Paper.objects.select_for_update().get(pk=paper.pk)
        locked.files.setdefault(LIGHT, entry)
        locked.save(update_fields=["files"])
    return data


def ask_stage_bundle(*, cycle_id: UUID, stage: str, actor: Hat, at: datetime) -> Job:
    """Ask for all files of a stage in one archive; the job's result names the file.

    Raises: NotAllowedError, BadInputError (no such stage), Cycle.DoesNotExist.
    """
    if stage not in ALL_STAGES:
        raise BadInputError("stage-unknown", stage=stage)
    cycle = Cycle.every.select_related("village").get(pk=cycle_id)
    require(actor, "documents.stage", cycle)
    return jobs.enqueue(
        name=BUNDLE_JOB,
        payload={"cycle": str(cycle_id), "stage": stage},
        key=f"{BUNDLE_JOB}:{cycle_id}:{stage}:{actor.person_id}:{at:%Y%m%d%H%M%S}",
        title=f"Berkas tahap {stage} {cycle.village.name} {cycle.title}",
        hat=actor,
    )


def refuse_without_files(stage: str, count: int) -> None:
    """Refuse a bundle of nothing. Raises: RefusedError."""
    if not count:
        raise RefusedError("stage-empty", stage=stage)
