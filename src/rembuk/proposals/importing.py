"""A read row of an uploaded list as the inputs of a proposal."""

import re
from collections.abc import Mapping
from typing import Any

from rembuk.core.intake.columns import ColumnMapping, guess_columns
from rembuk.core.intake.proposals import ProposalReading, ReadRow, read_proposals
from rembuk.core.intake.table import Table, as_text, column_letter
from rembuk.core.intake.words import Role
from rembuk.core.text.fields import fields_of
from rembuk.proposals.values import LIMITS, Problem, ProposalValues, VillagePlaces, read_values

ROLE_OF_INPUT: Mapping[str, Role] = {
    "title": "text",
    "location_text": "location",
    "hamlet": "hamlet",
    "volume": "volume",
    "unit": "unit",
    "cost": "cost",
    "beneficiaries_male": "men",
    "beneficiaries_female": "women",
    "beneficiaries_poor": "poor",
    "sources_allowed": "source",
    "activity_code": "code",
    "proposer_name": "proposer",
}
MOST_ROWS = 20_000
_SIZE = re.compile(r"\s*([0-9][0-9.]*(?:,[0-9]+)?)\s*([^\s0-9].{0,39})?")


def columns_of(table: Table, mapping: ColumnMapping) -> list[dict[str, Any]]:
    """Return each column for the page that confirms them: index, letter, header, up to three samples."""
    found = []
    for index in range(table.width):
        label = mapping.labels[index] if index < len(mapping.labels) else ""
        samples = [as_text(value) for value in table.column(index, mapping.first_row) if value is not None]
        if label or samples:
            shown = [text[:60] for text in dict.fromkeys(samples[:200])][:3]
            found.append({"index": index, "letter": column_letter(index), "header": label[:80], "samples": shown})
    return found


def read_table(table: Table, chosen: Mapping[str, int | None]) -> ProposalReading:
    """Read the rows of *table* by the columns that a person confirmed."""
    mapping = guess_columns(table)
    roles: dict[Role, int | None] = {role: chosen.get(role) for role in set(ROLE_OF_INPUT.values())}
    return read_proposals(table, mapping.changed(roles))


def values_of(row: ReadRow, places: VillagePlaces) -> tuple[ProposalValues, list[Problem]]:
    """Turn a read row into values. A place that no hamlet is called stays in the location when the village has none."""
    hamlet, rt, place_text = place_in(row, places)
    volume, unit, size_text = size_in(row)
    title, problem = title_of(row.text)
    location = "; ".join(part for part in (row.location, place_text, size_text) if part)
    typed: dict[str, object] = {
        "title": title,
        "problem": problem,
        "hamlet": hamlet,
        "rt": rt,
        "location_text": location[: LIMITS["location_text"]],
        "volume": volume,
        "unit": unit,
        "beneficiaries_male": "" if row.men is None else row.men,
        "beneficiaries_female": "" if row.women is None else row.women,
        "beneficiaries_poor": "" if row.poor is None else row.poor,
        "cost": row.cost if row.cost is not None else row.cost_text if row.cost_text != "0" else 0,
        "sources_allowed": list(row.sources),
        "activity_code": row.kegiatan,
        "proposer_name": row.proposer[: LIMITS["proposer_name"]],
        "proposer_kind": "hamlet",
        "hide_proposer": "1",
    }
    return read_values(typed, places)


def title_of(text: str) -> tuple[str, str]:
    """Return a title of at most 300 characters, and the whole text as the problem when it is longer."""
    limit = LIMITS["title"]
    if len(text) <= limit:
        return text, ""
    cut = text[: limit - 1].rsplit(" ", 1)[0] or text[: limit - 1]
    return f"{cut}…", text


def place_in(row: ReadRow, places: VillagePlaces) -> tuple[str, str, str]:
    """Return hamlet key, RT key and what of the place stays text.

    ``RT 03 Dusun Hulu`` names both. A name that the village does not know is left as it stands, to be refused by name
    where the village has hamlets.
    """
    if not row.hamlet:
        return "", "", ""
    exact = places.hamlet(row.hamlet)
    said = fields_of(row.hamlet)
    named = exact or next((h for name in said.hamlets for h in [places.hamlet(name)] if h is not None), None)
    rt = places.rt(str(said.rt[0]), named) if len(said.rt) == 1 else None
    if rt is not None and named is not None and rt.hamlet_id not in (None, named.id):
        rt = None
    if named is None and rt is None:
        if places.hamlets and not said.rt:
            return row.hamlet, "", ""
        return "", "", row.hamlet
    kept = "" if exact is not None else row.hamlet
    return str(named.id) if named else "", str(rt.id) if rt else "", kept


def size_in(row: ReadRow) -> tuple[str, str, str]:
    """Return volume and unit; ``86 m`` in one cell is both. What is no number stays text beside the location."""
    written = row.volume.strip()
    if not written:
        return "", row.unit[: LIMITS["unit"]], ""
    match = _SIZE.fullmatch(written)
    if match is None:
        return "", row.unit[: LIMITS["unit"]], written[:100]
    unit = row.unit or (match[2] or "").strip()
    return match[1], unit[: LIMITS["unit"]], ""
