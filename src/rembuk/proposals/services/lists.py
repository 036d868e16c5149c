"""Many proposals at once: a paper list typed into the grid, or an imported file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.models import Cycle
from rembuk.proposals.models import ImportBatch, Proposal, ProposalStep
from rembuk.proposals.receipts import code_from, digest_of
from rembuk.proposals.services.drafts import allow_creation, fill, new_draft
from rembuk.proposals.services.steps import step_of, touched
from rembuk.proposals.services.submission import Submitted, next_numbers, open_cycle_of
from rembuk.proposals.values import ProposalValues
from rembuk.regions.models import Village
from rembuk.shared import trail

CHUNK = 500
CHILDREN = "Kelompok anak"


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal of a list: the key that makes a double send harmless, its values, its row in the file."""

    id: UUID
    values: ProposalValues
    row: int | None = None


@transaction.atomic
def create_many(
    *,
    village_id: str,
    lines: Sequence[Line],
    origin: str,
    act: str,
    actor: Hat,
    at: datetime,
    cycle: Cycle | None = None,
    batch: ImportBatch | None = None,
    progress: Callable[[int], None] | None = None,
    receipts: bool = False,
) -> list[Proposal]:
    """Store a whole list as sent proposals with running numbers: every line or none.

    Lines whose key is known already with the same body are left as they are, so a double send doubles nothing.
    *act* is ``proposals.grid`` or ``proposals.import``. receipts: each line gets the receipt code of its key, see
    `slips_of`. Raises: NotAllowedError, RefusedError.
    """
    village = Village.objects.get(pk=village_id)
    require(actor, act, village)
    cycle = cycle or open_cycle_of(village_id)
    fresh = not_known(lines, actor)
    made: list[Proposal] = []
    numbers = next_numbers(village, cycle.budget_year, len(fresh)) if fresh else []
    seen: set[tuple[UUID | None, UUID | None]] = set()
    for line, number in zip(fresh, numbers, strict=True):
        place = (line.values.hamlet_id, line.values.rt_id)
        if place not in seen:
            allow_creation(actor, village, line.values)
            seen.add(place)
        row = sent_row(line, number, village, cycle, origin, batch, actor, at)
        row.receipt_digest = digest_of(code_from(line.id)) if receipts else ""
        made.append(row)
    with trail.acting(actor, act):
        for start in range(0, len(made), CHUNK):
            part = made[start : start + CHUNK]
            Proposal.objects.bulk_create(part)
            ProposalStep.objects.bulk_create([step_of(p, "send", "draft", actor, at) for p in part])
            if progress is not None:
                progress(start + len(part))
        touched(made[:1])
    return made


def slips_of(lines: Sequence[Line], actor: Hat) -> list[Submitted]:
    """Return the proposals that *actor* has just stored with receipts, in order, each with its code. Two queries.

    The code follows from the key, so that a list sent twice shows the same slips again.
    """
    rows = Proposal.objects.filter(created_by=actor.person_id).select_related("village", "hamlet", "rt")
    found = rows.in_bulk([line.id for line in lines])
    pairs = [(found[line.id], code_from(line.id)) for line in lines if line.id in found]
    return [Submitted(row, code) for row, code in pairs if row.receipt_digest == digest_of(code)]


def childrens_idea(values: ProposalValues) -> ProposalValues:
    """Return the values as an idea of children: a group's, told by a facilitator, without anybody's name."""
    return replace(
        values,
        proposer_kind="group",
        proposer_group=CHILDREN,
        proposer_name="",
        proposer_contact="",
        groups=tuple(sorted({*values.groups, "ANAK"})),
    )


def not_known(lines: Sequence[Line], actor: Hat) -> list[Line]:
    """Return the lines whose key is new. Raises: RefusedError when a known key carries another body."""
    known: dict[UUID, tuple[str, UUID | None]] = {}
    keys = [line.id for line in lines]
    for start in range(0, len(keys), CHUNK):
        rows = Proposal.objects.filter(pk__in=keys[start : start + CHUNK])
        known.update({key: (digest, by) for key, digest, by in rows.values_list("id", "created_digest", "created_by")})
    for line in lines:
        if line.id in known and known[line.id] != (line.values.digest(), actor.person_id):
            raise RefusedError("proposal-key-taken")
    return [line for line in lines if line.id not in known]


def sent_row(
    line: Line,
    number: str,
    village: Village,
    cycle: Cycle | None,
    origin: str,
    batch: ImportBatch | None,
    actor: Hat,
    at: datetime,
) -> Proposal:
    proposal = new_draft(line.id, village, actor, at)
    fill(proposal, line.values, actor)
    proposal.cycle, proposal.number, proposal.submitted_at, proposal.state = cycle, number, at, "sent"
    proposal.origin, proposal.created_digest = origin, line.values.digest()
    proposal.import_batch, proposal.import_row = batch, line.row
    return proposal
