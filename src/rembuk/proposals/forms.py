"""From the names on the page to the inputs of a proposal, and back."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from django.http import QueryDict

from rembuk.proposals.labels import FIT_CRITERIA
from rembuk.proposals.models import Proposal
from rembuk.proposals.values import Problem

NAMES: Mapping[str, str] = {
    "title": "usulan",
    "problem": "masalah",
    "hamlet": "dusun",
    "rt": "rt",
    "location_text": "lokasi",
    "volume": "volume",
    "unit": "satuan",
    "cost": "biaya",
    "beneficiaries_male": "lk",
    "beneficiaries_female": "pr",
    "beneficiaries_poor": "artm",
    "groups": "kelompok",
    "sdgs": "sdgs",
    "activity_code": "kode",
    "sources_allowed": "sumber",
    "single_source": "satu_sumber",
    "authority": "wewenang",
    "authority_note": "kata_wewenang",
    "is_physical": "fisik",
    "proposer_kind": "asal",
    "proposer_group": "nama_kelompok",
    "proposer_name": "pengusul",
    "proposer_contact": "hp",
    "hide_proposer": "sembunyikan",
    "latitude": "lintang",
    "longitude": "bujur",
}
"""Field of a proposal -> its name on the page."""

RESIDENT_NAMES: Mapping[str, str] = {
    **{field: NAMES[field] for field in ("problem", "hamlet", "rt", "location_text", "latitude", "longitude")},
    "proposer_name": "nama",
    "proposer_contact": "hp",
    "households": "rumah",
    "email": "surel",
}
"""Field of the public form -> its name on the page."""
SUPPORT_NAMES: Mapping[str, str] = {"name": "nama", "hamlet": "dusun", "birth_year": "lahir"}
TRAP = "situs"
"""A field that no person sees; whoever fills it is a program."""
LONGEST_TYPED = 10_000

SEVERAL = frozenset({"groups", "sdgs", "sources_allowed"})
FLAGS = frozenset({"single_source", "hide_proposer"})
PERSONAL = frozenset({"proposer_name", "proposer_contact"})

GRID = (
    "title",
    "hamlet",
    "rt",
    "location_text",
    "volume",
    "unit",
    "cost",
    "beneficiaries_male",
    "beneficiaries_female",
    "beneficiaries_poor",
    "proposer_group",
    "proposer_name",
    "proposer_contact",
)
"""Columns of the fast entry grid: those of F13 in their order, then who handed in a paper form."""
GRID_ROWS = 20


def typed_of(post: QueryDict) -> dict[str, object]:
    """Return what was typed, by field of the proposal. An unticked box is "0", so that it can be taken off."""
    typed: dict[str, object] = {}
    for field, name in NAMES.items():
        if field in SEVERAL:
            typed[field] = [text for text in post.getlist(name) if text]
        elif field in FLAGS:
            typed[field] = "1" if post.get(name) else "0"
        else:
            typed[field] = post.get(name, "")
    return typed


def typed_by_names(post: QueryDict, names: Mapping[str, str]) -> dict[str, object]:
    """Return what was typed into a small form, by field."""
    return {field: post.get(name, "")[:LONGEST_TYPED] for field, name in names.items()}


def shown_of(typed: Mapping[str, object]) -> dict[str, object]:
    """Return typed inputs by their names on the page."""
    return {name: typed[field] for field, name in NAMES.items() if field in typed}


def typed_from(proposal: Proposal) -> dict[str, object]:
    """Return the inputs of a form that would make this proposal; what an autosave kept goes before what was saved."""
    saved: dict[str, object] = {
        "title": proposal.title,
        "problem": proposal.problem,
        "hamlet": key_text(proposal.hamlet_id),
        "rt": key_text(proposal.rt_id),
        "location_text": proposal.location_text,
        "volume": decimal_text(proposal.volume),
        "unit": proposal.unit,
        "cost": proposal.cost_text if proposal.cost is None else f"{proposal.cost:,}".replace(",", "."),
        "beneficiaries_male": number_text(proposal.beneficiaries_male),
        "beneficiaries_female": number_text(proposal.beneficiaries_female),
        "beneficiaries_poor": number_text(proposal.beneficiaries_poor),
        "groups": list(proposal.groups),
        "sdgs": [str(goal) for goal in proposal.sdgs],
        "activity_code": proposal.activity_code,
        "sources_allowed": list(proposal.sources_allowed),
        "single_source": "1" if proposal.single_source else "0",
        "authority": proposal.authority,
        "authority_note": proposal.authority_note,
        "is_physical": "" if proposal.is_physical is None else "1" if proposal.is_physical else "0",
        "proposer_kind": proposal.proposer_kind,
        "proposer_group": proposal.proposer_group,
        "proposer_name": proposal.proposer_name,
        "proposer_contact": proposal.proposer_contact,
        "hide_proposer": "1" if proposal.hide_proposer else "0",
        "latitude": number_text(proposal.latitude),
        "longitude": number_text(proposal.longitude),
    }
    if proposal.state == "draft" and proposal.typed:
        saved.update({field: value for field, value in proposal.typed.items() if field in NAMES})
    return saved


def key_text(key: UUID | None) -> str:
    return "" if key is None else str(key)


def number_text(value: float | None) -> str:
    return "" if value is None else str(value).replace(".", ",")


def decimal_text(value: Decimal | None) -> str:
    if value is None:
        return ""
    whole, _dot, rest = f"{value:f}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole},{rest}" if rest else whole


def fit_scores(post: QueryDict) -> dict[str, int]:
    """Return the ticked scores of pre-filter B; what is missing or no digit is left out, and the service refuses."""
    typed = {criterion: post.get(f"nilai_{criterion}", "") for criterion in FIT_CRITERIA}
    return {criterion: int(text) for criterion, text in typed.items() if len(text) == 1 and text in "0123456789"}


def by_name(problems: Sequence[Problem], names: Mapping[str, str] = NAMES) -> dict[str, list[str]]:
    """Return the sentences of problems by the name of the input on the page."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(names.get(problem.field, problem.field), []).append(problem.sentence)
    return found


def grid_rows(post: QueryDict) -> list[dict[str, str]]:
    """Return the typed rows of the grid by field; empty rows stay in their place so that numbers keep their meaning."""
    count = post.get("jumlah", "")
    rows = min(int(count), 200) if count.isascii() and count.isdigit() else GRID_ROWS
    return [{field: post.get(f"b{row}-{NAMES[field]}", "").strip() for field in GRID} for row in range(rows)]
