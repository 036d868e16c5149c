"""A village's own thresholds for meetings, as stored: read, checked, and frozen into each meeting at planning."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rembuk.core.errors import BadInputError
from rembuk.core.law.elements import PRODUCTION_GROUPS
from rembuk.core.law.meetings import DEFAULT_RULES, MeetingRules

SETTING = "meeting_rules"
"""Key in the settings of a village."""


@dataclass(frozen=True, slots=True)
class VillageRules:
    """Thresholds and what is known of the village. production_groups: TANI, NELAYAN, PERAJIN that exist there."""

    rules: MeetingRules = DEFAULT_RULES
    production_groups: frozenset[str] = frozenset()
    has_disabled: bool = True

    def as_json(self) -> dict[str, object]:
        """Return the rules as a meeting and the village's settings keep them; shares as exact fractions."""
        rules = self.rules
        return {
            "invitation_days": rules.invitation_days,
            "quorum": str(rules.quorum),
            "adjourn_hours": rules.adjourn_hours,
            "retry_days": rules.retry_days,
            "second_session_without_quorum": rules.second_session_without_quorum,
            "women_target": str(rules.women_target),
            "majority": str(rules.majority),
            "elements_block": rules.elements_block,
            "house_rules": rules.house_rules,
            "production_groups": sorted(self.production_groups),
            "has_disabled": self.has_disabled,
        }


def read_rules(data: Mapping[str, Any]) -> VillageRules:
    """Return the rules of stored JSON; what is not there keeps its default. Raises: BadInputError for odd values."""
    try:
        rules = MeetingRules(
            invitation_days=whole(data.get("invitation_days", DEFAULT_RULES.invitation_days), 0, 60),
            quorum=share(data.get("quorum", DEFAULT_RULES.quorum)),
            adjourn_hours=whole(data.get("adjourn_hours", DEFAULT_RULES.adjourn_hours), 0, 24),
            retry_days=whole(data.get("retry_days", DEFAULT_RULES.retry_days), 0, 60),
            second_session_without_quorum=bool(
                data.get("second_session_without_quorum", DEFAULT_RULES.second_session_without_quorum)
            ),
            women_target=share(data.get("women_target", DEFAULT_RULES.women_target)),
            majority=share(data.get("majority", DEFAULT_RULES.majority)),
            elements_block=bool(data.get("elements_block", DEFAULT_RULES.elements_block)),
            house_rules=" ".join(str(data.get("house_rules", "")).split())[:200],
        )
        groups = frozenset(str(code) for code in data.get("production_groups", ()))
    except (ValueError, TypeError, ZeroDivisionError) as error:
        raise BadInputError("meeting-rules-bad", detail=str(error)) from error
    if groups - set(PRODUCTION_GROUPS):
        raise BadInputError("meeting-rules-bad", detail=", ".join(sorted(groups - set(PRODUCTION_GROUPS))))
    return VillageRules(rules, groups, bool(data.get("has_disabled", True)))


def whole(value: Any, lowest: int, highest: int) -> int:
    number = int(value)
    if not lowest <= number <= highest:
        raise ValueError(f"{number}: {lowest}-{highest}")
    return number


def share(value: Any) -> Fraction:
    """Read a share between 0 and 1: ``2/3``, ``0.5``, a Fraction."""
    found = Fraction(str(value).strip().replace(",", "."))
    if not 0 <= found <= 1:
        raise ValueError(f"{value}")
    return found
