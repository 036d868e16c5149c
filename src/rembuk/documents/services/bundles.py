"""Bundles: one cycle's papers as one file, made once per content, and those of all villages as one order."""

import hashlib
import json
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from rembuk.core.documents import frozen
from rembuk.core.documents.bundle import Bundle
from rembuk.core.errors import BadInputError, RefusedError, RembukError
from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE, require
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import cycle_by_id
from rembuk.documents.bundling import bundle_of, wishes_of
from rembuk.documents.gather.completeness import holdings_of
from rembuk.documents.models import BundlePart, BundleRun, CycleBundle
from rembuk.documents.queries import closed_forms
from rembuk.documents.renderers.bundle import render_bundle, render_parts
from rembuk.documents.renderers.errors import RenderError
from rembuk.documents.rendering import one_at_a_time
from rembuk.documents.services.kept import freeze_paper
from rembuk.regions.models import Regency, Village
from rembuk.shared import blobs, jobs
from rembuk.shared.models import Job, Origin, StoredFile
from rembuk.shared.trail import acting
from rembuk.shared.wording import sentence

CYCLE_JOB, RUN_JOB = "documents.cycle_bundle", "documents.bundle_run"
FORMATS = ("pdf", "docx", "xlsx")
LAYOUT = 1
"""Raised when the look of bundles changes, so that files made before are made anew."""
log = logging.getLogger("rembuk.documents")
PDF, ZIP = "application/pdf", "application/zip"


def ask_bundle(*, cycle_id: UUID, fmt: str, keep: bool, actor: Hat, at: datetime) -> Job:
    """Ask for the bundle of one cycle. keep: freeze every paper into the archive first, where the hat may.

    Raises: NotAllowedError, BadInputError (no such format), Cycle.DoesNotExist.
    """
    if fmt not in FORMATS:
        raise BadInputError("paper-format", format=fmt)
    cycle = cycle_by_id(cycle_id)
    require(actor, "documents.bundle", cycle)
    return jobs.enqueue(
        name=CYCLE_JOB,
        payload={"cycle": str(cycle_id), "fmt": fmt, "keep": keep, "at": at.isoformat()},
        key=f"{CYCLE_JOB}:{cycle_id}:{fmt}:{actor.person_id}:{at:%Y%m%d%H%M%S}",
        title=f"Bundel {cycle.title} {cycle.village.name}",
        hat=actor,
    )


def make_bundle(*, cycle_id: UUID, fmt: str, actor: Hat, at: datetime) -> tuple[CycleBundle, bool]:
    """Return the bundle of a cycle as it stands now, and whether one with the same content was there already.

    Gathering and rendering happen outside of any transaction. Raises: NotAllowedError, RembukError.
    """
    cycle = cycle_by_id(cycle_id)
    require(actor, "documents.bundle", cycle)
    bundle = bundle_of(cycle, actor)
    if not bundle.documents:
        raise RefusedError("bundle-empty")
    digest, closed = content_hash(bundle, fmt), closed_forms(actor)
    known = CycleBundle.objects.filter(cycle=cycle, fmt=fmt, content_hash=digest).select_related("file").first()
    if known is not None and blobs.path_of(known.file.sha256).exists():
        return without(known, closed), True
    data, pages, listed = rendered(bundle, fmt)
    sha256 = blobs.put(data)
    with transaction.atomic(), acting(actor, "documents.bundle"):
        ending = "pdf" if fmt == "pdf" else f"{fmt}.zip"
        file = StoredFile.objects.create(
            village_id_text=cycle.village_id,
            sha256=sha256,
            name=f"{bundle.title}.{ending}",
            content_type=PDF if fmt == "pdf" else ZIP,
            size=len(data),
            uploaded_by=actor.person_id,
            origin=Origin.ONLINE,
        )
        made, _created = CycleBundle.objects.update_or_create(
            cycle=cycle,
            fmt=fmt,
            content_hash=digest,
            defaults={"file": file, "page_count": pages, "listed": listed, "closed": sorted(closed), "made_at": at},
        )
    return made, False


def without(known: CycleBundle, closed: list[str]) -> CycleBundle:
    """Return a bundle that turned out to hold nothing of *closed* either, and remember it."""
    both = sorted({*known.closed, *closed})
    if both != known.closed:
        CycleBundle.objects.filter(pk=known.pk).update(closed=both)
        known.closed = both
    return known


def rendered(bundle: Bundle, fmt: str) -> tuple[bytes, int, list[list[str]]]:
    """Return the file, its pages (0 for a zip) and what lies outside of it, as label and reason.

    Raises: RembukError("paper-not-rendered" and its kin).
    """
    with one_at_a_time():
        if fmt != "pdf":
            return render_parts(bundle, fmt), 0, [[one.label, one.reason] for one in bundle.listed]
        try:
            made = render_bundle(bundle)
        except RenderError as error:
            raise RembukError(error.code.replace("documents.", "paper-").replace("_", "-"), **error.values) from error
    return made.data, made.pages, [[one.label, one.reason] for one in made.listed]


def content_hash(bundle: Bundle, fmt: str) -> str:
    """Return the SHA-256 of everything that the file shows."""
    said: dict[str, Any] = {
        "layout": LAYOUT,
        "fmt": fmt,
        "title": bundle.title,
        "facts": bundle.facts,
        "sections": [
            [one.label, one.deep, [frozen.fingerprint(paper) for paper in one.documents]]
            for one in bundle.sections
        ],
        "attached": [[one.label, [hashlib.sha256(piece.data).hexdigest() for piece in one.pieces]]
                     for one in bundle.attached],
        "listed": [[one.label, one.reason] for one in bundle.listed],
        "sample": bundle.sample,
    }  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def keep_papers(*, cycle_id: UUID, actor: Hat, at: datetime) -> int:
    """Freeze every paper that the cycle can print now and the hat may keep; unchanged ones stay. Returns how many."""
    held = holdings_of(cycle_by_id(cycle_id))
    count = 0
    for wish in wishes_of(held):
        if not TABLE.allows(actor, "documents.freeze", wish):
            continue
        try:
            freeze_paper(wish=wish, actor=actor, at=at)
        except RembukError:
            continue  # what cannot be printed yet is named in the bundle's contents
        count += 1
    return count


@transaction.atomic
def ask_bundle_run(
    *, run_id: UUID, regency_id: str, kind: str, budget_year: int, fmt: str, actor: Hat, at: datetime
) -> BundleRun:
    """Order the bundles of all villages of a regency. run_id: made by the caller; asking twice gives the same order.

    kind: "rkp" for the RKP Desa of *budget_year*, "rpjm" for each RPJM Desa whose period covers it.
    Raises: NotAllowedError, BadInputError (format, kind), RefusedError (no village has a cycle for that year).
    """
    if fmt not in FORMATS:
        raise BadInputError("paper-format", format=fmt)
    if kind not in Cycle.Kind.values:
        raise BadInputError("bundle-plan", typed=kind[:20])
    regency = Regency.objects.get(pk=regency_id)
    require(actor, "documents.bundle_run", regency)
    known = BundleRun.objects.filter(pk=run_id, regency=regency).first()
    if known is not None:
        return known
    cycles = cycles_for(regency, kind, budget_year)
    if not cycles:
        raise RefusedError("bundle-no-cycles", plan=kind.upper(), year=budget_year)
    with acting(actor, "documents.bundle_run"):
        run = BundleRun.objects.create(
            id=run_id, kind=kind, regency=regency, budget_year=budget_year, fmt=fmt, asked_by_label=actor.label,
            asked_at=at,
        )  # fmt: skip
        BundlePart.objects.bulk_create(BundlePart(run=run, village_id=one.village_id, cycle=one) for one in cycles)
        run.job = enqueue_run(run, len(cycles), actor)
        run.save(update_fields=["job"])
    return run


def cycles_for(regency: Regency, kind: str, year: int) -> list[Cycle]:
    """Return the cycles that an order is about, in the order of their villages."""
    found = Cycle.every.filter(village__regency=regency, kind=kind)
    wanted = Q(start_year__lte=year, end_year__gte=year) if kind == Cycle.Kind.RPJM else Q(budget_year=year)
    return list(found.filter(wanted).order_by("village_id", "plan_year", "id"))


def ask_run_again(*, run_id: UUID, actor: Hat, at: datetime) -> BundleRun:
    """Go on with an order that stopped, and try again what failed. What is done is not made anew.

    Raises: NotAllowedError, RefusedError while it still runs.
    """
    run = BundleRun.objects.select_related("regency", "job").get(pk=run_id)
    require(actor, "documents.bundle_run", run)
    if run.job is not None and not run.job.over:
        raise RefusedError("bundle-runs")
    with transaction.atomic(), acting(actor, "documents.bundle_run"):
        run.parts.filter(state=BundlePart.State.FAILED).update(state=BundlePart.State.WAITING, reason="")
        run.job = enqueue_run(run, run.parts.count(), actor, again=f":{at:%Y%m%d%H%M%S}")
        run.save(update_fields=["job"])
    return run


def enqueue_run(run: BundleRun, total: int, actor: Hat, again: str = "") -> Job:
    return jobs.enqueue(
        name=RUN_JOB,
        payload={"run": str(run.pk)},
        key=f"{RUN_JOB}:{run.pk}{again}",
        title=f"Bundel semua desa {run.regency.name} {run.title}",
        hat=actor,
        total=total,
    )


def make_part(part: BundlePart, *, actor: Hat, at: datetime) -> BundlePart:
    """Make the bundle of one village of an order; a refusal is written beside the village and stops nobody else."""
    values: Mapping[str, Any]
    try:
        made, reused = make_bundle(cycle_id=part.cycle_id, fmt=part.run.fmt, actor=actor, at=at)
        values = {"state": BundlePart.State.DONE, "bundle": made, "reused": reused, "reason": ""}
    except RembukError as error:
        values = {"state": BundlePart.State.FAILED, "reason": sentence(error)}
    except OperationalError:
        raise  # the database is gone for all of them: the job tries again later
    except Exception:
        log.exception("bundle of %s", part.village_id)
        values = {"state": BundlePart.State.FAILED, "reason": _("Ada kesalahan program; data tidak berubah.")}
    BundlePart.objects.filter(pk=part.pk).update(**values, finished_at=at)
    part.refresh_from_db()
    return part


def villages_without_cycle(run: BundleRun) -> list[Village]:
    """Return the villages of the regency that have no cycle for the year, in the order of their codes."""
    with_one = run.parts.values("village_id")
    return list(Village.objects.filter(regency=run.regency).exclude(pk__in=with_one).order_by("pk"))
