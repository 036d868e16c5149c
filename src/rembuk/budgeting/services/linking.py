"""Ties between proposals: a stage that needs another first, or a whole and its stages of which one may come in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from rembuk.budgeting.models import ProposalLink
from rembuk.budgeting.services.counting import locked_cycle
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.models import Cycle
from rembuk.proposals.models import Proposal
from rembuk.shared import trail

LONGEST: Final = 300


@transaction.atomic
def link_proposals(
    *, cycle_id: UUID, kind: str, one_id: UUID, other_id: UUID, reason: str, actor: Hat, at: datetime
) -> ProposalLink:
    """Tie two proposals of a cycle: *one* requires *other*, or the two exclude one another. The same tie again is one.

    Raises: NotAllowedError, BadInputError (kind, reason, one proposal twice), RefusedError (closed, a proposal of
    elsewhere, a circle of prerequisites, a tie that contradicts another).
    """
    cycle = locked_cycle(cycle_id)
    require(actor, "budgeting.link", cycle)
    words = " ".join(reason.split())
    if kind not in ProposalLink.Kind.values:
        raise BadInputError("link-kind", read=kind[:40])
    if not words:
        raise BadInputError("link-reason-missing")
    if len(words) > LONGEST:
        raise BadInputError("link-reason-long", count=len(words), limit=LONGEST)
    if one_id == other_id:
        raise BadInputError("link-itself")
    if kind == ProposalLink.Kind.EXCLUDES and str(other_id) < str(one_id):
        one_id, other_id = other_id, one_id
    rows = {row.pk: row for row in Proposal.objects.filter(cycle=cycle, pk__in=(one_id, other_id))}
    if len(rows) < 2:
        raise RefusedError("link-elsewhere")
    known = list(ProposalLink.objects.filter(cycle=cycle))
    same = [link for link in known if (link.kind, link.one_id, link.other_id) == (kind, one_id, other_id)]
    if same:
        return same[0]
    refuse_contradiction(known, kind, one_id, other_id)
    if kind == ProposalLink.Kind.REQUIRES:
        refuse_circle(cycle, known, one_id, other_id)
    with trail.acting(actor, "budgeting.link"):
        return ProposalLink.objects.create(
            cycle=cycle, kind=kind, one=rows[one_id], other=rows[other_id], reason=words, made_by=actor.person_id
        )


def refuse_contradiction(known: Sequence[ProposalLink], kind: str, one: UUID, other: UUID) -> None:
    """Refuse what could never come true: to require what one replaces. Raises: RefusedError."""
    if any({link.one_id, link.other_id} == {one, other} and link.kind != kind for link in known):
        raise RefusedError("link-contradicts")


def refuse_circle(cycle: Cycle, known: Sequence[ProposalLink], one: UUID, other: UUID) -> None:
    """Refuse a prerequisite that leads back to where it began. Raises: RefusedError with the way round."""
    needs: dict[UUID, list[UUID]] = {}
    for link in known:
        if link.kind == ProposalLink.Kind.REQUIRES:
            needs.setdefault(link.one_id, []).append(link.other_id)
    way = path_between(needs, other, one)
    if way:
        numbers = dict(Proposal.objects.filter(cycle=cycle, pk__in=way).values_list("pk", "number"))
        raise RefusedError("link-circle", path=" → ".join(str(numbers[key]) for key in (one, *way)))


def path_between(needs: Mapping[UUID, Sequence[UUID]], start: UUID, goal: UUID) -> list[UUID]:
    """Return the way from *start* to *goal* along the prerequisites, empty if there is none."""
    ways = [[start]]
    seen = {start}
    for way in ways:  # grows while it is walked
        if way[-1] == goal:
            return way
        for following in needs.get(way[-1], ()):
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


@transaction.atomic
def unlink_proposals(*, link_id: UUID, actor: Hat, at: datetime) -> None:
    """Untie two proposals; the trail keeps the tie. Raises: NotAllowedError, RefusedError (closed)."""
    link = ProposalLink.objects.get(pk=link_id)
    cycle = locked_cycle(link.cycle_id)
    require(actor, "budgeting.link", cycle)
    with trail.acting(actor, "budgeting.link"):
        link.delete()
