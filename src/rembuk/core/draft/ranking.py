"""The order of the proposals: by the meeting's scores, or by the default order when no meeting has scored yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rembuk.core.intake.proposals import ReadRow
from rembuk.core.law.categories import need_category
from rembuk.core.law.dana_desa import suggested_focus
from rembuk.core.lists import kegiatan_codes
from rembuk.core.scoring import CRITERIA, Scored, ScoreSheet
from rembuk.core.scoring import rank as rank_all
from rembuk.core.text import Suggestion, suggest_many

CodeState = Literal["daftar", "saran", "pilihan", "belum yakin"]
Scores = tuple[int, int, int, int, int]

# Where neither the list nor the text says which bidang a proposal belongs to, it is printed under development.
_FIELD_UNKNOWN = 2


@dataclass(frozen=True, slots=True)
class Ranked:
    """One proposal with its place. rank: 1 first. code_state: from the list itself, or how sure the suggestion is.

    score: sum of the five criteria (5 to 25), None when the meeting gave none. focus: the Dana Desa focus that the code
    most likely means; a person confirms it.
    """

    row: ReadRow
    rank: int
    kegiatan: str
    code_state: CodeState
    code_reason: str
    field: int
    category: str
    focus: str
    score: int | None = None


def rank(rows: Sequence[ReadRow], scores: Mapping[int, Scores] | None = None) -> tuple[Ranked, ...]:
    """Return *rows* in order, best first.

    scores: the list's row number -> C1 to C5. Scored: total descending, then C2, C1, members of poor households,
    earlier row; proposals without a score follow. Unscored: need category in the default order, then people who
    benefit, then the order of the list. The statute ranks no category; the default order is a setting.
    """
    pairs = zip(rows, suggest_many([row.text for row in rows]), strict=True)
    coded = {str(row.row): _coded(row, suggestion) for row, suggestion in pairs}
    sheets = [
        ScoreSheet(str(row), "musyawarah", dict(zip(CRITERIA, marks, strict=True)))
        for row, marks in (scores or {}).items()
    ]
    candidates = [
        Scored(key, item.row.poor or 0, item.row.people, item.category, item.row.row) for key, item in coded.items()
    ]
    return tuple(
        replace(coded[place.id], rank=place.rank, score=None if place.total is None else int(place.total))
        for place in rank_all(candidates, sheets)
    )


def _coded(row: ReadRow, suggestion: Suggestion) -> Ranked:
    code, state, reason = _code(row, suggestion)
    line = kegiatan_codes().get(code)
    field = line.field if line is not None else row.field or _FIELD_UNKNOWN
    return Ranked(row, 0, code, state, reason, field, need_category(code), suggested_focus(code))


def _code(row: ReadRow, suggestion: Suggestion) -> tuple[str, CodeState, str]:
    """Take the list's own code; else the best suggestion, one of the bidang the list names if there is one."""
    if row.kegiatan:
        return row.kegiatan, "daftar", "tertulis di daftar"
    lines = kegiatan_codes()
    known = [code for code in suggestion.codes if code in lines]
    fitting = [code for code in known if row.field in (None, lines[code].field)]
    if fitting:
        return fitting[0], suggestion.state, suggestion.reason
    return "", "belum yakin", suggestion.reason
