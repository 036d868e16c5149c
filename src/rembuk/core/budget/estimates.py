"""Which estimate (RAB) of a workbook is of which budget line, and plan and budget compared estimate by estimate."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rembuk.core.budget.matching import MOST_OFFERED, Candidate, Matched, match_lines
from rembuk.core.lists import normal_kegiatan_code
from rembuk.core.money import Rupiah
from rembuk.core.text.normalise import words

RabKind = Literal["same", "changed", "missing", "added", "none"]
_CODE = re.compile(r"\s*([0-9]{1,2}(?:[. ][0-9]{1,2}){2})\.?\s+(.*)")


@dataclass(frozen=True, slots=True)
class RabDifference:
    """One activity: the estimate of the plan, those of the budget, and what the budget gives to it.

    planned, estimated: None where there is no estimate. kind: ``same`` to the rupiah; ``changed``; ``missing`` no
    estimate came with the budget; ``added`` only the budget has one; ``none`` neither has.
    """

    key: str
    code: str
    name: str
    planned: Rupiah | None
    estimated: Rupiah | None
    budgeted: Rupiah

    @property
    def kind(self) -> RabKind:
        if self.planned is None:
            return "none" if self.estimated is None else "added"
        if self.estimated is None:
            return "missing"
        return "same" if self.planned == self.estimated else "changed"

    @property
    def change(self) -> Rupiah | None:
        """The estimates of the budget less that of the plan, None unless both are there."""
        if self.planned is None or self.estimated is None:
            return None
        return Rupiah(self.estimated - self.planned)

    @property
    def unestimated(self) -> Rupiah | None:
        """What the budget gives and its estimates do not explain; below zero where they ask for more."""
        return None if self.estimated is None else Rupiah(self.budgeted - self.estimated)


def match_estimates(sheets: Sequence[Candidate], lines: Sequence[Candidate]) -> list[Matched]:
    """Match each estimate with the budget line of its activity, in order; several may be of one line.

    sheets: key is the sheet's name, name the activity that it tells, with or without a code before it. An equal name
    is taken without a person where only one line bears it, beside the code or the place where several do; likeness of
    letters is only offered.
    """
    return [_matched(_with_code(sheet), lines) for sheet in sheets]


def _with_code(sheet: Candidate) -> Candidate:
    found = _CODE.fullmatch(sheet.name)
    code = normal_kegiatan_code(found.group(1)) if found else None
    if found is None or code is None:
        return sheet
    return Candidate(sheet.key, code, found.group(2), sheet.location)


def _matched(sheet: Candidate, lines: Sequence[Candidate]) -> Matched:
    name = _plain(sheet.name)
    same = [line for line in lines if name and name in (_plain(line.name), _plain(line.text))]
    if sheet.code:
        same = [line for line in same if line.code == sheet.code] or same
    if len(same) > 1:
        same = [line for line in same if _plain(line.text) == name] or same
    if len(same) == 1:
        return Matched(sheet.key, same[0].key, "name")
    (offered,) = match_lines([sheet], lines)
    offers = tuple(dict.fromkeys((*(line.key for line in same), *offered.offers)))[:MOST_OFFERED]
    return Matched(sheet.key, "", "offered" if offers else "", offers)


def _plain(text: str) -> str:
    return " ".join(words(text))
