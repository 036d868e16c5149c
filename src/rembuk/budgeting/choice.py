"""How the hall wants to choose, as one value: written into the address, stored with the run, printed in the minutes.

`?aturan=mes&lantai=80&c2=5&pagu_DDS=110` is a choice; what is left out stays as it is by default. A page that knows
its choice from the address can be kept, sent on and opened without a script.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal
from urllib.parse import urlencode

from rembuk.core.allocation import RULES
from rembuk.core.scoring import CRITERIA

Basis = Literal["", "scores", "ballots"]
Voters = Literal["head", "hamlet"]
Weights = tuple[int, int, int, int, int]

RULE_ORDER: Final = ("greedy", "greedy-per-rupiah", "mes", "phragmen", "optimum", "mes-repair")
"""As the switch shows them; a rule the engine does not have is not offered."""
SLOW_RULES: Final = frozenset({"optimum", "mes-repair"})
"""Rules that ask the solver: their figures come by a second request."""
SPEAKING_RULES: Final = frozenset({"mes", "phragmen", "optimum", "mes-repair"})
"""Rules that ask who supports what, so that points must speak where nobody cast a ballot."""
UTILITIES: Final = ("", "cost", "cardinality", "points", "borda")
COMPLETIONS: Final = ("utilitarian", "add1u", "none")
HIGHEST_WEIGHT: Final = 5
EQUAL: Final[Weights] = (3, 3, 3, 3, 3)
WHOLE_CEILING: Final = 100
HIGHEST_CEILING: Final = 200
SOURCE_FIELD: Final = "pagu_"
BASES: Final[Mapping[str, Basis]] = {"nilai": "scores", "suara": "ballots"}
VOTERS: Final[Mapping[str, Voters]] = {"orang": "head", "dusun": "hamlet"}


@dataclass(frozen=True, slots=True)
class Choice:
    """How to choose. rule: a key of `RULES`. utility: as in core settings, empty for the one that suits the marks.

    weights: of C1 to C5, 0 to 5; all equal weigh alike. floor: percent of its share by population that each hamlet
    should get at least, 0 for none. voters: one voice a person, or hamlets by their people. basis: what the rule
    counts, points of scheme A or the ballots of the hall; empty for ballots where there are any. ceilings: (source,
    percent of the letter), only what differs: such a choice is a question, nobody can adopt it.
    """

    rule: str = "greedy"
    utility: str = ""
    completion: str = "utilitarian"
    weights: Weights = EQUAL
    floor: int = 0
    voters: Voters = "head"
    basis: Basis = ""
    ceilings: tuple[tuple[str, int], ...] = ()

    @property
    def is_slow(self) -> bool:
        """Whether counting may take longer than an eye waits: the solver, and raising every share step by step."""
        return self.rule in SLOW_RULES or (self.rule == "mes" and self.completion == "add1u")

    @property
    def weighed(self) -> bool:
        """Whether the criteria weigh differently, so that an adopted ranking no longer says the order."""
        return len(set(self.weights)) > 1

    @property
    def is_question(self) -> bool:
        """Whether it asks about other ceilings than those of the letter."""
        return bool(self.ceilings)

    def percent_of(self, source: str) -> int:
        """Return the percent of the letter's ceiling that a source counts with."""
        return dict(self.ceilings).get(source, WHOLE_CEILING)

    def real(self) -> "Choice":
        """Return the same choice over the ceilings of the letter."""
        return replace(self, ceilings=())


DEFAULT: Final = Choice()


def offered_rules() -> tuple[str, ...]:
    """Return the rules that the engine has, in the order of the switch."""
    return tuple(rule for rule in RULE_ORDER if rule in RULES)


def parse(query: Mapping[str, str]) -> Choice:
    """Read a choice from an address; what cannot be read stays as it is by default."""
    weights = [bounded(query.get(code.lower(), ""), 0, HIGHEST_WEIGHT, 3) for code in CRITERIA]
    sources = sorted(key for key in query if key.startswith(SOURCE_FIELD) and key[len(SOURCE_FIELD) :].isalnum())
    return Choice(
        rule=one_of(query.get("aturan", ""), offered_rules(), DEFAULT.rule),
        utility=one_of(query.get("guna", ""), UTILITIES, ""),
        completion=one_of(query.get("pelengkap", ""), COMPLETIONS, DEFAULT.completion),
        weights=evened(weights),
        floor=bounded(query.get("lantai", ""), 0, 100, 0),
        voters=VOTERS.get(query.get("pemilih", ""), DEFAULT.voters),
        basis=BASES.get(query.get("dasar", ""), ""),
        ceilings=asked_ceilings((key[len(SOURCE_FIELD) :], query[key]) for key in sources),
    )


def evened(weights: Sequence[int]) -> Weights:
    """Return five weights; all equal ones (all zero too) are the same choice."""
    c1, c2, c3, c4, c5 = weights
    return (c1, c2, c3, c4, c5) if len(set(weights)) > 1 else EQUAL


def asked_ceilings(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, int], ...]:
    found = ((code[:5], bounded(text, 0, HIGHEST_CEILING, WHOLE_CEILING)) for code, text in pairs)
    return tuple((code, percent) for code, percent in found if percent != WHOLE_CEILING)


def bounded(text: str, low: int, high: int, otherwise: int) -> int:
    """Read a whole number and keep it inside its bounds."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 4):
        return otherwise
    return max(low, min(high, int(digits)))


def one_of(text: str, known: Sequence[str], otherwise: str) -> str:
    return text if text in known else otherwise


def query_values(choice: Choice) -> dict[str, str]:
    """Return the fields of the address that differ from the default, in a stable order."""
    values: dict[str, str] = {}
    if choice.rule != DEFAULT.rule:
        values["aturan"] = choice.rule
    if choice.utility:
        values["guna"] = choice.utility
    if choice.completion != DEFAULT.completion:
        values["pelengkap"] = choice.completion
    if choice.weights != EQUAL:
        values |= {code.lower(): str(weight) for code, weight in zip(CRITERIA, choice.weights, strict=True)}
    if choice.floor:
        values["lantai"] = str(choice.floor)
    if choice.voters != DEFAULT.voters:
        values["pemilih"] = next(word for word, voters in VOTERS.items() if voters == choice.voters)
    if choice.basis:
        values["dasar"] = next(word for word, basis in BASES.items() if basis == choice.basis)
    return values | {SOURCE_FIELD + code: str(percent) for code, percent in choice.ceilings}


def query_text(choice: Choice, **more: str) -> str:
    """Return the choice as a query without its question mark, with further fields that are not empty."""
    return urlencode(query_values(choice) | {key: value for key, value in more.items() if value})


def choice_values(choice: Choice) -> dict[str, Any]:
    """Return a choice as it is stored beside a run."""
    return {
        "rule": choice.rule,
        "utility": choice.utility,
        "completion": choice.completion,
        "weights": list(choice.weights),
        "floor": choice.floor,
        "voters": choice.voters,
        "basis": choice.basis,
        "ceilings": [list(pair) for pair in choice.ceilings],
    }


def choice_from(values: Mapping[str, Any]) -> Choice:
    """Return the choice that `choice_values` wrote; a run from before choices were stored has the default one."""
    return Choice(
        rule=values.get("rule", DEFAULT.rule),
        utility=values.get("utility", ""),
        completion=values.get("completion", DEFAULT.completion),
        weights=evened(values.get("weights", EQUAL)),
        floor=values.get("floor", 0),
        voters=values.get("voters", DEFAULT.voters),
        basis=values.get("basis", ""),
        ceilings=tuple((code, percent) for code, percent in values.get("ceilings", ())),
    )
