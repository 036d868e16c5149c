"""A new version of a plan that begins as a copy of an earlier one: every activity keeps the row it continues."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import uuid4

from django.db import models

from rembuk.plans.models import (
    Implementer,
    ItemFunding,
    ItemProposal,
    RabLine,
    RkpdesItem,
    RkpdesVersion,
    TechnicalCheck,
)
from rembuk.plans.queries import items_of

M = TypeVar("M", bound=models.Model)
OWN = frozenset({"id", "created_at", "changed_at", "version", "plan", "item", "previous"})
BATCH = 200


def copy_items(source: RkpdesVersion, target: RkpdesVersion, only: Sequence[RkpdesItem] | None = None) -> None:
    """Copy items of *source* with money, estimate, proposals, newest check and implementers into *target*.

    only: as `items_of` gives them; all of them when not given. The caller says who acts.
    """
    items = items_of(source.id) if only is None else only
    made = {item.id: copied(item, plan=target, previous=item) for item in items}
    RkpdesItem.objects.bulk_create(made.values(), batch_size=BATCH)
    fundings = [copied(row, item=made[item.id]) for item in items for row in item.fundings.all()]
    proposals = [copied(row, item=made[item.id]) for item in items for row in item.proposal_links.all()]
    lines = [copied(row, item=made[item.id]) for item in items for row in item.rab_lines.all()]
    checks = [copied(row, item=made[item.id]) for item in items for row in item.technical_checks.all()[:1]]
    teams = [
        copied(item.implementer, item=made[item.id]) for item in items if getattr(item, "implementer", None) is not None
    ]
    ItemFunding.objects.bulk_create(fundings, batch_size=BATCH)
    ItemProposal.objects.bulk_create(proposals, batch_size=BATCH)
    RabLine.objects.bulk_create(lines, batch_size=BATCH)
    TechnicalCheck.objects.bulk_create(checks, batch_size=BATCH)
    Implementer.objects.bulk_create(teams, batch_size=BATCH)


def copied(row: M, **changed: object) -> M:
    """Return an unsaved copy of *row* under a new key, with what is said otherwise."""
    own = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in OWN and field.name not in changed
    }
    return type(row)(id=uuid4(), **own, **changed)
