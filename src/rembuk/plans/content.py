"""The canonical content of a plan version and its SHA-256: what was enacted, whoever asks and wherever."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from rembuk.plans.models import RkpdesItem, RkpdesVersion
from rembuk.plans.queries import items_of, values_of
from rembuk.plans.typed import number_text


def content_of(plan: RkpdesVersion, items: Sequence[RkpdesItem] | None = None) -> dict[str, Any]:
    """Return everything that the Perdes sets, as plain JSON values in a fixed order.

    items: as prefetched by `queries.items_of`, which is asked when they are not given. Evidence of work on the plan
    (technical checks, who drafted) is no part of it.
    """
    rows = items_of(plan.id) if items is None else items
    return {
        **amendment_content(plan),
        "form": "RKPDES",
        "village": plan.village_id,
        "budget_year": plan.cycle.budget_year,
        "version_no": plan.version_no,
        "kind": plan.kind,
        "perdes": {
            "number": plan.perdes_number,
            "date": plan.perdes_date.isoformat() if plan.perdes_date else "",
            "promulgated": plan.promulgated_date.isoformat() if plan.promulgated_date else "",
            "gazette": plan.gazette_number,
            "bpd": plan.bpd_agreement_number,
            "texts": plan.perdes_data,
        },
        "items": [item_content(row) for row in rows],
    }


def amendment_content(plan: RkpdesVersion) -> dict[str, Any]:
    """Return what only an amendment sets: its ground, what it supersedes, why each activity changed."""
    if not plan.is_amendment:
        return {}
    reasons = plan.change_reasons.values_list("previous_id", "item_id", "text")
    return {
        "amendment": {
            "ground": [plan.ground, plan.ground_number, str(plan.ground_date), plan.ground_note],
            "supersedes": str(plan.supersedes_id),
            "reasons": sorted([str(previous or item), text] for previous, item, text in reasons),
        }
    }


def item_content(item: RkpdesItem) -> dict[str, Any]:
    """Return one item with its money, estimate, proposals and implementers."""
    values = values_of(item)
    own = {name: plain(value) for name, value in values.columns.items()}
    implementer = getattr(item, "implementer", None)
    return {
        "id": str(item.id),
        "order": item.order,
        **own,
        "funding": [[source, amount] for source, amount in values.funding],
        "proposals": sorted(str(link.proposal_id) for link in item.proposal_links.all()),
        "estimate": [
            [
                line.section,
                line.category,
                line.account_code,
                line.description,
                number_text(line.volume),
                line.unit,
                line.unit_price,
                line.amount,
                line.is_contribution,
            ]
            for line in item.rab_lines.all()
        ],
        "implementers": implementer.members if implementer is not None else [],
        **({"continues": str(item.previous_id)} if item.previous_id is not None else {}),
    }


def plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str | list):
        return value
    return number_text(value) if hasattr(value, "as_tuple") else str(value)


def content_hash(plan: RkpdesVersion, items: Sequence[RkpdesItem] | None = None) -> str:
    """Return the SHA-256 of the canonical content, in hexadecimal."""
    text = json.dumps(content_of(plan, items), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
