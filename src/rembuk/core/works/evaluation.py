"""What a work says to next year's evaluation (F25): nothing is typed twice."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from rembuk.core.money import Rupiah

_VOLUME = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?)\s*(.*)")


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """A work as it stands. percent: newest physical progress; closed: handed over; obstacles, follow_ups: in order."""

    planned: Rupiah
    spent: Rupiah
    percent: int
    closed: bool
    target: Decimal | None = None
    done: Decimal | None = None
    unit: str = ""
    stopped_reason: str = ""
    obstacles: Sequence[str] = ()
    follow_ups: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One line of the evaluation. realised: whether it was carried out in full; percent: achieved."""

    realised: bool
    realised_amount: Rupiah
    target_volume: str
    realised_volume: str
    percent: int
    obstacle: str
    follow_up: str


def achieved_percent(facts: WorkFacts) -> int:
    """Return how much was achieved: done volume over target where both are known, else physical progress.

    Rounded down and at most 100, so that 100 is said only of what is complete.
    """
    if facts.target and facts.done is not None:
        return min(100, int((facts.done * 100 / facts.target).to_integral_value(ROUND_DOWN)))
    return facts.percent


def evaluated(facts: WorkFacts) -> Evaluated:
    """Return the line of the evaluation that the work gives."""
    percent = achieved_percent(facts)
    done = facts.done
    if done is None and facts.target is not None and facts.percent == 100:
        done = facts.target
    obstacles = [*facts.obstacles, *([facts.stopped_reason] if facts.stopped_reason else [])]
    follow_ups = list(facts.follow_ups)
    if percent < 100 and not follow_ups:
        follow_ups = ["Diselesaikan atau diusulkan lagi pada RKP berikutnya."]
    return Evaluated(
        realised=percent == 100 and not facts.stopped_reason,
        realised_amount=facts.spent,
        target_volume=_volume(facts.target, facts.unit),
        realised_volume=_volume(done, facts.unit),
        percent=percent,
        obstacle="; ".join(dict.fromkeys(obstacles)),
        follow_up="; ".join(dict.fromkeys(follow_ups)),
    )


def volume_percent(target: str, done: str) -> int | None:
    """Return how much of *target* (``120 m``) *done* (``118,5 m``) is, rounded down and at most 100.

    None unless both are a number above zero, or zero for *done*, of the same unit.
    """
    wanted, there = _VOLUME.fullmatch(target.strip()), _VOLUME.fullmatch(done.strip())
    if wanted is None or there is None or wanted[2].casefold() != there[2].casefold():
        return None
    whole, part = (Decimal(each[1].replace(".", "").replace(",", ".")) for each in (wanted, there))
    return None if whole == 0 else min(100, int((part * 100 / whole).to_integral_value(ROUND_DOWN)))


def _volume(value: Decimal | None, unit: str) -> str:
    if value is None:
        return ""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text.replace('.', ',')} {unit}".strip()
