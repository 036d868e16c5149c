"""The canonical content of an RPJM Desa and its SHA-256: what was enacted, whoever asks and wherever."""

import hashlib
import json
from typing import Any

from rembuk.plans.content import plain
from rembuk.plans.models import Rpjmdes
from rembuk.plans.rpjm_income import income_of
from rembuk.plans.rpjm_queries import rpjm_items
from rembuk.plans.rpjm_values import values_of


def content_of_rpjm(rpjmdes: Rpjmdes) -> dict[str, Any]:
    """Return everything that the Perdes sets, as plain JSON values in a fixed order. Two queries."""
    return {
        **written_content(rpjmdes),
        "form": "RPJMDES",
        "village": rpjmdes.village_id,
        "years": [rpjmdes.start_year, rpjmdes.end_year],
        "perdes": {
            "number": rpjmdes.perdes_number,
            "date": rpjmdes.perdes_date.isoformat() if rpjmdes.perdes_date else "",
            "promulgated": rpjmdes.promulgated_date.isoformat() if rpjmdes.promulgated_date else "",
            "gazette": rpjmdes.gazette_number,
            "bpd": rpjmdes.bpd_agreement_number,
        },
        "vision": rpjmdes.vision,
        "mission": rpjmdes.mission,
        "items": [
            {"id": str(row.id), "order": row.order, **{name: plain_value(value) for name, value in columns.items()}}
            for row in rpjm_items(rpjmdes.id)
            for columns in (values_of(row).columns,)
        ],
    }


def written_content(rpjmdes: Rpjmdes) -> dict[str, Any]:
    """Return the texts and the income; what is empty has no key, so that plans enacted without them keep their hash."""
    income = income_of(rpjmdes)
    found = {
        "texts": rpjmdes.text_data,
        "perdes_texts": rpjmdes.perdes_data,
        "income": [[year, code, amount] for year, row in income.items() for code, amount in row.items()],
    }
    return {name: value for name, value in found.items() if value}


def plain_value(value: Any) -> Any:
    return value if isinstance(value, dict) else plain(value)


def content_hash_of(rpjmdes: Rpjmdes) -> str:
    """Return the SHA-256 of the canonical content, in hexadecimal."""
    text = json.dumps(content_of_rpjm(rpjmdes), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
