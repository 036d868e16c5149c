"""The end of a work: hand-over minutes, the asset's keeper, and its upkeep offered to the next plan."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from rembuk.core.errors import Finding, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.money import Rupiah
from rembuk.core.permissions import require
from rembuk.core.works import CloseFacts, check_closing
from rembuk.cycles.calendar import local_day
from rembuk.cycles.queries import current_cycle
from rembuk.cycles.services import evidence_changed
from rembuk.proposals.services import create_proposal
from rembuk.proposals.values import ProposalValues
from rembuk.shared import trail
from rembuk.works.gate_facts import STAGE
from rembuk.works.models import Progress, Work
from rembuk.works.queries import spent_of
from rembuk.works.services.running import Uploaded, kept, locked_work, open_work
from rembuk.works.typed import optional_money, optional_volume, read_day, read_words


@dataclass(frozen=True, slots=True)
class ClosingValues:
    """The hand-over as typed. stopped_reason: only for a work that ends unfinished."""

    minutes_number: str = ""
    minutes_date: str = ""
    keeper: str = ""
    asset_note: str = ""
    done_volume: str = ""
    stopped_reason: str = ""
    file: Uploaded | None = None


def close_work(*, work_id: UUID, values: ClosingValues, actor: Hat, at: datetime) -> Work:
    """Close a work with its hand-over minutes and the asset's keeper; afterwards nothing of it changes.

    Raises: NotAllowedError, BadInputError, RefusedError ``work-not-closable`` with every finding at once.
    """
    work = open_work(work_id, actor, "works.close")
    today = local_day(work.village.regency, at)
    day = read_day(values.minutes_date, today) if values.minutes_date.strip() else None
    number = read_words("nomor berita acara", values.minutes_number, 100)
    keeper = read_words("pengelola", values.keeper, 150)
    note, stopped = read_words("aset", values.asset_note, 300), read_words("alasan", values.stopped_reason, 300)
    volume = optional_volume(values.done_volume)
    facts = facts_of(work, number=number, day=day, keeper=keeper, stopped=stopped, has_file=values.file is not None)
    found = check_closing(facts)
    if any(finding.severity == "block" for finding in found):
        raise RefusedError("work-not-closable", found)
    file = kept(values.file, work, actor, scan=True)
    with transaction.atomic():
        work = locked_work(work_id, actor, "works.close")
        work.minutes_number, work.minutes_date, work.minutes_file = number, day, file
        work.keeper, work.asset_note, work.stopped_reason = keeper, note, stopped
        if volume is not None:
            work.done_volume = volume
        work.state, work.closed_at, work.closed_by = Work.State.CLOSED, at, actor.person_id
        work.version += 1
        with trail.acting(actor, "works.close"):
            work.save()
            evidence_changed(work.cycle_id, STAGE)
    return work


def facts_of(
    work: Work,
    *,
    number: str = "",
    day: date | None = None,
    keeper: str = "",
    stopped: str = "",
    has_file: bool = False,
) -> CloseFacts:
    photographed = Progress.objects.filter(work=work, photo__isnull=False).values_list("percent", flat=True)
    return CloseFacts(
        physical=work.physical,
        percent=work.percent,
        photographed=frozenset(photographed),
        stopped_reason=stopped,
        minutes_number=number,
        minutes_date=day,
        minutes_file=has_file,
        keeper=keeper,
        spent=spent_of([work.pk]).get(work.pk, 0) > 0,
    )


def missing_of(work: Work) -> list[Finding]:
    """Return what an open work lacks before it may be closed; what is typed when closing is left out."""
    return [finding for finding in check_closing(facts_of(work)) if finding.code in ("W01", "W02", "W05")]


def offer_maintenance(*, work_id: UUID, cost: str, text: str, actor: Hat, at: datetime) -> Work:
    """Offer the upkeep of a handed-over asset to the next plan, as a draft proposal. Repeating gives the same one.

    Raises: NotAllowedError, BadInputError, RefusedError (not closed, no open cycle).
    """
    work = Work.objects.select_related("village__regency", "cycle", "item").get(pk=work_id)
    require(actor, "works.maintain", work)
    if not work.closed:
        raise RefusedError("work-not-closed")
    if work.maintenance_proposal_id is not None:
        return work
    cycle = current_cycle(work.village)
    if cycle is None or cycle.budget_year <= work.cycle.budget_year:
        raise RefusedError("work-no-next-cycle", year=work.cycle.budget_year + 1)
    values = upkeep_of(work, optional_money(cost), read_words("usulan", text, 300))
    with transaction.atomic():
        proposal = create_proposal(
            proposal_id=uuid5(work.pk, "maintenance"),
            village_id=work.village_id,
            values=values,
            actor=actor,
            at=at,
            cycle_id=cycle.pk,
        )
        with trail.acting(actor, "works.maintain"):
            work.maintenance_proposal = proposal
            work.version += 1
            work.save(update_fields=["maintenance_proposal", "version", "changed_at"])
    return work


def upkeep_of(work: Work, cost: Rupiah | None, title: str) -> ProposalValues:
    """Return the proposal that keeps an asset in repair. title: empty for the usual one."""
    return ProposalValues(
        title=title or f"Pemeliharaan {work.name}"[:300],
        problem=f"Aset dari {work.name} (diserahkan {work.minutes_date or work.closed_at:%d-%m-%Y}) perlu dirawat.",
        location_text=work.location[:300],
        cost=cost,
        activity_code=work.activity_code,
        is_physical=work.physical,
        authority="village",
        authority_note="Aset desa",
        proposer_kind="village",
    )
