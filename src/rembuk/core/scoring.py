"""Scores given by meetings: scheme A (five criteria), pre-filter B, and the order that holds while nobody has scored.

Scores are averaged exactly, as fractions. Source: practice of the RPJM appendices; scale, weights and order of ties are
settings of the regency.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from rembuk.core.errors import BadInputError
from rembuk.core.law.categories import DEFAULT_ORDER_NOTE, category_place

CRITERIA: Final[dict[str, str]] = {
    "C1": "Dirasakan oleh banyak orang",
    "C2": "Sangat parah atau mendesak",
    "C3": "Menghambat peningkatan pendapatan",
    "C4": "Sering terjadi atau berulang",
    "C5": "Tersedia potensi untuk memecahkan masalah",
}
FIT_CRITERIA: Final[dict[str, str]] = {
    "sdgs": "Kesesuaian dengan SDGs Desa",
    "regency": "Kesesuaian dengan rencana kabupaten",
    "resources": "Ketersediaan sumber daya",
}
TIE_ORDER: Final[tuple[str, ...]] = ("C2", "C1")


class ScoreError(BadInputError):
    """A score is outside the scale, a criterion is missing or nobody scored."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """How proposals are scored: scale, weights (positive whole numbers), and the criteria that settle ties."""

    lowest: int = 1
    highest: int = 5
    weights: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(CRITERIA, 1))
    ties: tuple[str, ...] = TIE_ORDER


SCHEME_A: Final = Scheme()


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """What one group of scorers (a hamlet, a women's group) gave one proposal. scores: criterion -> points."""

    proposal_id: str
    group: str
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Scored:
    """A proposal with what settles ties. position: place in the list, the earlier proposal first."""

    id: str
    poor_beneficiaries: int = 0
    beneficiaries: int = 0
    category: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in the ranking. total: weighted sum of the averages, exact; nothing where no meeting scored."""

    id: str
    rank: int
    total: Fraction | None
    averages: Mapping[str, Fraction] = field(default_factory=dict)
    groups: tuple[str, ...] = ()


def check_sheet(sheet: ScoreSheet, scheme: Scheme = SCHEME_A) -> None:
    """Refuse a sheet with a missing or unknown criterion or points outside the scale. Raises: ScoreError."""
    if set(sheet.scores) != set(scheme.weights):
        wrong = sorted(set(sheet.scores) ^ set(scheme.weights))
        raise ScoreError("score-criteria", proposal=sheet.proposal_id, criteria=wrong)
    for criterion, points in sheet.scores.items():
        if not scheme.lowest <= points <= scheme.highest:
            raise ScoreError("score-scale", proposal=sheet.proposal_id, criterion=criterion, read=points)


def averages(sheets: Sequence[ScoreSheet], scheme: Scheme = SCHEME_A) -> dict[str, Fraction]:
    """Return criterion -> average over the groups; every group counts once, its own sheets averaged first.

    Raises: ScoreError if there is no sheet or one is not valid.
    """
    if not sheets:
        raise ScoreError("score-nobody")
    groups: dict[str, list[ScoreSheet]] = {}
    for sheet in sheets:
        check_sheet(sheet, scheme)
        groups.setdefault(sheet.group, []).append(sheet)
    return {
        criterion: sum(
            (Fraction(sum(sheet.scores[criterion] for sheet in own), len(own)) for own in groups.values()), Fraction(0)
        )
        / len(groups)
        for criterion in scheme.weights
    }


def total(means: Mapping[str, Fraction], scheme: Scheme = SCHEME_A) -> Fraction:
    """Return the weighted sum; 5 to 25 with the five criteria, scale 1-5 and equal weights."""
    return sum((means[criterion] * weight for criterion, weight in scheme.weights.items()), Fraction(0))


def rank(proposals: Iterable[Scored], sheets: Iterable[ScoreSheet], scheme: Scheme = SCHEME_A) -> list[Ranked]:
    """Return the ranking, best first, ranks 1, 2, 3 ... without ties; unscored proposals follow in the default order.

    Ties: the criteria of the scheme (C2, then C1), more poor beneficiaries, the earlier proposal, the smaller id.
    """
    by_proposal = sheets_of(sheets)
    items = list(proposals)
    means = {item.id: averages(by_proposal[item.id], scheme) for item in items if item.id in by_proposal}
    groups = {key: tuple(sorted({sheet.group for sheet in own})) for key, own in by_proposal.items()}
    return rank_by_averages(items, means, scheme, groups)


def sheets_of(sheets: Iterable[ScoreSheet]) -> dict[str, list[ScoreSheet]]:
    """Return proposal id -> its sheets."""
    by_proposal: dict[str, list[ScoreSheet]] = {}
    for sheet in sheets:
        by_proposal.setdefault(sheet.proposal_id, []).append(sheet)
    return by_proposal


def rank_by_averages(
    proposals: Iterable[Scored],
    means: Mapping[str, Mapping[str, Fraction]],
    scheme: Scheme = SCHEME_A,
    groups: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Ranked]:
    """Return what `rank` returns, from averages that are known: other weights need no sheet to be read again.

    means: proposal id -> criterion -> average, of the scored ones. groups: proposal id -> who scored it.
    """
    items = list(proposals)
    scored = sorted((item for item in items if item.id in means), key=lambda item: _key(item, means[item.id], scheme))
    rest = [item for item in items if item.id not in means]
    places = [
        Ranked(item.id, place, total(means[item.id], scheme), means[item.id], (groups or {}).get(item.id, ()))
        for place, item in enumerate(scored, start=1)
    ]
    return places + [Ranked(row.id, row.rank + len(places), None) for row in default_rank(rest)]


def _key(item: Scored, means: Mapping[str, Fraction], scheme: Scheme) -> tuple[object, ...]:
    ties = tuple(-means[criterion] for criterion in scheme.ties)
    return (-total(means, scheme), *ties, -item.poor_beneficiaries, item.position, item.id)


def default_rank(proposals: Iterable[Scored]) -> list[Ranked]:
    """Return the order that holds while no meeting has scored: need category, more beneficiaries, place in the list.

    It is printed with DEFAULT_NOTE, since the statute ranks no category above another.
    """
    order = sorted(
        proposals, key=lambda item: (category_place(item.category), -item.beneficiaries, item.position, item.id)
    )
    return [Ranked(item.id, place, None) for place, item in enumerate(order, start=1)]


DEFAULT_NOTE: Final = f"Belum ada musyawarah yang memberi skor; dipakai {DEFAULT_ORDER_NOTE}."


@dataclass(frozen=True, slots=True)
class Fit:
    """Pre-filter B for one proposal. authority: whether the village may do it, said by a person, never guessed."""

    proposal_id: str
    authority: bool
    scores: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FitResult:
    """goes_to: "rkp" or "du_rkp". total: sum of the three scores, nothing for what goes to the DU-RKP."""

    proposal_id: str
    goes_to: str
    total: int | None


def prefilter(fit: Fit, scheme: Scheme = SCHEME_A) -> FitResult:
    """Return where a proposal goes: beyond village authority to the DU-RKP, the rest on with the sum of three scores.

    Raises: ScoreError when one of the three is missing or outside the scale.
    """
    if not fit.authority:
        return FitResult(fit.proposal_id, "du_rkp", None)
    check_sheet(
        ScoreSheet(fit.proposal_id, "", fit.scores),
        Scheme(scheme.lowest, scheme.highest, dict.fromkeys(FIT_CRITERIA, 1), ()),
    )
    return FitResult(fit.proposal_id, "rkp", sum(fit.scores.values()))
