"""From facts and a choice to the problem of the engine: values only, no query.

Who speaks. Where the hall cast ballots, the rule counts those. Else the points of scheme A speak, one ballot for each
group of scorers: by points it gives every proposal the sum of weight x (points - 1), so the lowest grade supports
nothing; where a rule knows only for and not for, a group is for what it graded 3 or better by the weights.
By hamlet, the ballots of a hamlet share the weight of its people: weight = people of the hamlet / all people x ballots
with a hamlet / ballots of the hamlet; a ballot without a hamlet, or of one whose people nobody counted, weighs 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Final, Literal

from rembuk.budgeting.choice import DEFAULT, SPEAKING_RULES, WHOLE_CEILING, Choice, choice_values
from rembuk.budgeting.gathering import SENT, Facts, Standing
from rembuk.budgeting.labels import AUTHORITY_UNKNOWN, UNCHECKED, floor_title
from rembuk.budgeting.models import ProposalLink
from rembuk.core.allocation import WHOLE, Ballot, Exclusion, Problem, Proposal, Settings, Share, Source, Ties, shares_of
from rembuk.core.law.categories import need_category
from rembuk.core.law.dana_desa import suggested_focus
from rembuk.core.law.reasons import BEYOND_AUTHORITY, NOT_FEASIBLE, PREREQUISITE_MISSING, SET_BY_MEETING
from rembuk.core.scoring import CRITERIA, SCHEME_A, Scored, rank_by_averages
from rembuk.proposals.models import Proposal as Row
from rembuk.proposals.queries import fit_of

DANA_DESA: Final = "DDS"
MIDDLE: Final = 3
SOLVER_SECONDS: Final = 10
FLOOR: Final = "lantai:"
Order = Literal["ranking", "scores", "default"]
"""Where the order comes from: the meeting's adopted ranking, points not adopted yet, or the default order."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the meeting set against the count, each with its reason: proposal key -> sentence."""

    put_in: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A problem with its settings and what the reader must know beside it. outside: key -> code of why it is not in."""

    problem: Problem
    settings: Settings
    choice: Choice
    order: Order
    basis: str
    facts: Facts
    outside: Mapping[str, str]
    overrides: Overrides

    @property
    def context(self) -> dict[str, Any]:
        """Return what is stored beside the problem."""
        return {
            "order": self.order,
            "basis": self.basis,
            "choice": choice_values(self.choice),
            "ceiling_stage": self.facts.ceilings.stage,
            "rules_loaded": self.facts.pack is not None,
            "row_titles": {share.name: share.title for share in self.problem.shares},
            "standing": standing_by_source(self.facts),
            "outside": dict(self.outside),
            "left_out": dict(self.overrides.left_out),
            "voters": voters_of(self.facts, self.choice, self.basis),
        }


def gathered(facts: Facts, overrides: Overrides, choice: Choice = DEFAULT) -> Gathered:
    """Return the problem of a cycle for a choice. No query.

    Only money that villagers may plan is shared out, less what the plan pays whatever they choose (salaries, routine);
    earmarked money is shown.
    """
    outside = outside_of(facts, overrides)
    inside = [row for row in facts.rows if str(row.pk) not in outside]
    order, places = ranked(inside, facts, choice)
    basis = basis_of(facts, choice)
    cycle = facts.cycle
    requires = required(facts.links, outside)
    proposals = tuple(
        asked(row, places[str(row.pk)], position, overrides.put_in.get(str(row.pk), ""), requires.get(str(row.pk), ()))
        for position, row in enumerate(inside, 1)
    )
    settings = settings_of(facts, choice, basis)
    problem = Problem(
        proposals=proposals,
        sources=sources_of(facts, choice),
        shares=(*legal_rows(facts, choice), *floors(facts, choice)),
        exclusions=exclusions(facts.links, outside),
        year=cycle.budget_year,
        ballots=ballots_for(facts, choice, settings, basis, {item.id for item in proposals}),
        village=cycle.village.code,
    )
    return Gathered(reachable(problem), settings, choice, order, basis, facts, outside, overrides)


def outside_of(facts: Facts, overrides: Overrides) -> dict[str, str]:
    """Return key -> code for the candidates that take no part; what requires one of them takes no part either."""
    outside = {str(row.pk): code for row in facts.rows if (code := outside_code(row))}
    outside |= {str(row.pk): SET_BY_MEETING for row in facts.rows if str(row.pk) in overrides.left_out}
    known = {str(row.pk) for row in facts.rows}
    moved = True
    while moved:
        moved = False
        for link in facts.links:
            one, other = str(link.one_id), str(link.other_id)
            gone = other not in known or other in outside
            if link.kind == ProposalLink.Kind.REQUIRES and gone and one in known and one not in outside:
                outside[one] = PREREQUISITE_MISSING
                moved = True
    return outside


def outside_code(row: Row) -> str:
    """Return why a candidate takes no part, or an empty text."""
    if row.state == SENT:
        return UNCHECKED
    if row.authority == Row.Authority.HIGHER:
        return BEYOND_AUTHORITY
    if row.authority != Row.Authority.VILLAGE:
        return AUTHORITY_UNKNOWN
    return NOT_FEASIBLE if getattr(row, "verdict", None) == NOT_FEASIBLE else ""


def asked(row: Row, place: int, position: int, reason: str, requires: tuple[str, ...]) -> Proposal:
    """Return a proposal as the count sees it. reason: the sentence with which the meeting put it in."""
    code = row.activity_code
    fit = fit_of(row)
    return Proposal(
        id=str(row.pk),
        cost=row.cost,
        rank=place,
        position=position,
        hamlet=row.hamlet.name if row.hamlet is not None else "",
        tags=frozenset({suggested_focus(code), row.need_category or need_category(code)}),
        sources=frozenset(row.sources_allowed) if row.sources_allowed else None,
        single_source=row.single_source,
        requires=requires,
        mandatory=reason,
        groups=frozenset(row.groups),
        score=(fit.total or 0) if fit is not None else 0,
        number=row.number or "",
    )


def required(links: Sequence[ProposalLink], outside: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return key -> what it requires, among the proposals that take part."""
    found: dict[str, tuple[str, ...]] = {}
    for link in links:
        one, other = str(link.one_id), str(link.other_id)
        if link.kind == ProposalLink.Kind.REQUIRES and one not in outside and other not in outside:
            found[one] = tuple(sorted({*found.get(one, ()), other}))
    return found


def exclusions(links: Sequence[ProposalLink], outside: Mapping[str, str]) -> tuple[Exclusion, ...]:
    """Return the pairs of which only one may come in."""
    pairs = {
        (frozenset({str(link.one_id), str(link.other_id)}), link.reason)
        for link in links
        if link.kind == ProposalLink.Kind.EXCLUDES
    }
    standing = [(ids, reason) for ids, reason in pairs if not ids & set(outside)]
    return tuple(Exclusion(ids, 1, reason) for ids, reason in sorted(standing, key=lambda pair: sorted(pair[0])))


def reachable(problem: Problem) -> Problem:
    """Return the problem without money that none of its proposals may use: it is no voter's to spend, and no remainder.

    Where no proposal may use any, all stay, so that each is told what it lacks.
    """
    used = {code for item in problem.proposals for code in problem.allowed(item)}
    kept = tuple(source for source in problem.sources if source.id in used)
    return replace(problem, sources=kept) if kept else problem


def standing_by_source(facts: Facts) -> dict[str, int]:
    """Return source -> rupiah that the plan pays without a proposal behind it."""
    sums: dict[str, int] = {}
    for part in facts.standing:
        sums[part.source] = sums.get(part.source, 0) + part.amount
    return sums


def sources_of(facts: Facts, choice: Choice) -> tuple[Source, ...]:
    ceilings, standing = facts.ceilings, standing_by_source(facts)
    codes = list(dict.fromkeys((*ceilings.plannable, *ceilings.earmarked)))
    return tuple(
        Source(
            code,
            max(0, asked_ceiling(facts, choice, code) - standing.get(code, 0)),
            sum(ceilings.earmarked.get(code, {}).values()),
        )
        for code in codes
    )


def asked_ceiling(facts: Facts, choice: Choice, code: str) -> int:
    """Return the rupiah of a source that villagers may plan, as large as the choice asks it to be."""
    return facts.ceilings.plannable.get(code, 0) * choice.percent_of(code) // WHOLE_CEILING


def legal_rows(facts: Facts, choice: Choice) -> tuple[Share, ...]:
    """Return the rows of the year's rule pack over Dana Desa, less what standing items already take of them."""
    ceilings = facts.ceilings
    if DANA_DESA not in ceilings.plannable:
        return ()
    earmarked = sum(ceilings.earmarked.get(DANA_DESA, {}).values())
    rows = shares_of(facts.pack, regular=asked_ceiling(facts, choice, DANA_DESA), earmarked=earmarked)
    return tuple(less_standing(row, facts.standing) for row in rows)


def less_standing(row: Share, standing: Sequence[Standing]) -> Share:
    """Return a row of law over what is left of it: a bound in rupiah once standing items count in it."""
    parts = (part for part in standing if part.source == row.of)
    taken = sum(part.amount for part in parts if part.tags.isdisjoint(row.tags) == (row.match == "none"))
    if not taken or row.base is None:
        return row
    low = None if row.min is None else max(0, -(-row.min.numerator * row.base // row.min.denominator) - taken)
    high = None if row.max is None else max(0, row.max.numerator * row.base // row.max.denominator - taken)
    return replace(row, min=None, max=None, base=None, min_amount=low, max_amount=high)


def people_of(facts: Facts) -> dict[str, int]:
    """Return hamlet -> people, only of hamlets whose people were counted."""
    return {hamlet.name: hamlet.population for hamlet in facts.hamlets if hamlet.population}


def floors(facts: Facts, choice: Choice) -> tuple[Share, ...]:
    """Return an elastic row for each hamlet: the asked percent of its share by population, of all money."""
    people = people_of(facts)
    whole = sum(people.values())
    if not choice.floor or not whole:
        return ()
    return tuple(
        Share(
            name=f"{FLOOR}{name}",
            of=WHOLE,
            tags=frozenset({f"hamlet:{name}"}),
            min=Fraction(choice.floor * count, 100 * whole),
            hard=False,
            legal_basis="",
            title=floor_title(name, choice.floor),
        )
        for name, count in sorted(people.items())
    )


def basis_of(facts: Facts, choice: Choice) -> str:
    """Return what the rule counts: the ballots of the hall, the points of scheme A, or the order alone.

    Where only points were given, a rule that goes down a list follows the ranking that they make.
    """
    if facts.ballots and choice.basis != "scores":
        return "ballots"
    return "scores" if facts.means and choice.rule in SPEAKING_RULES else "order"


def settings_of(facts: Facts, choice: Choice, basis: str) -> Settings:
    """Return the settings of the engine for a choice; the seed is the meeting's, never the chooser's."""
    pointed = basis == "scores" or any(ballot.points for ballot in facts.ballots)
    suited = "points" if pointed and basis != "order" and choice.rule != "phragmen" else "cost"
    return Settings(
        rule=choice.rule,
        utility=choice.utility or suited,  # type: ignore[arg-type]  # `parse` lets only known words in
        completion=choice.completion,  # type: ignore[arg-type]
        ties=Ties("lot", facts.seed),
        time_limit=SOLVER_SECONDS,
    )


def ballots_for(facts: Facts, choice: Choice, settings: Settings, basis: str, known: set[str]) -> tuple[Ballot, ...]:
    """Return who speaks in this choice, weighted; nobody where the order alone decides."""
    if basis == "order":
        return ()
    if basis == "ballots":
        ballots = [about(ballot, known) for ballot in facts.ballots]
    else:
        ballots = spoken(facts, choice, known, settings.utility in ("points", "borda"))
    return weighted(ballots, facts, choice)


def about(ballot: Ballot, known: set[str]) -> Ballot:
    """Return a ballot over the proposals that take part; what it said of others falls away, its voters stay."""
    if all(key in known for key, _mark in ballot.marked):
        return ballot
    return replace(
        ballot,
        approvals=tuple(key for key in ballot.approvals if key in known),
        points=tuple((key, mark) for key, mark in ballot.points if key in known),
        ranking=tuple(key for key in ballot.ranking if key in known),
    )


def voters_of(facts: Facts, choice: Choice, basis: str) -> dict[str, int]:
    """Return hamlet -> people behind its ballots, where weights are not people; else nothing.

    A group of scorers speaks for a hamlet's meeting, and its points lie open: its people are those of the hamlet.
    """
    if basis == "scores":
        return people_of(facts)
    if choice.voters == "head" or basis == "order":
        return {}
    counts: dict[str, Fraction] = {}
    for ballot in facts.ballots:
        counts[ballot.hamlet] = counts.get(ballot.hamlet, Fraction(0)) + ballot.weight
    return {name: int(count) for name, count in sorted(counts.items())}


def spoken(facts: Facts, choice: Choice, known: set[str], by_points: bool) -> list[Ballot]:
    """Return the points of scheme A as one ballot for each group of scorers, in the order of their names."""
    marks: dict[str, dict[str, int]] = {}
    hamlets: dict[str, str] = {}
    for row in facts.scores.rows:
        group, key = facts.scores.group_of[row.id], str(row.proposal_id)
        points = (row.c1, row.c2, row.c3, row.c4, row.c5)
        if key in known:
            marks.setdefault(group, {})[key] = sum(w * (p - 1) for w, p in zip(choice.weights, points, strict=True))
            hamlets[group] = facts.hamlet_of(row.meeting.hamlet_id)
    threshold = (MIDDLE - 1) * sum(choice.weights)
    ballots = []
    for group in sorted(marks):
        given = sorted(marks[group].items())
        if by_points:
            made = Ballot(points=tuple((key, mark) for key, mark in given if mark), hamlet=hamlets[group])
        else:
            made = Ballot(approvals=tuple(key for key, mark in given if mark >= threshold), hamlet=hamlets[group])
        ballots.append(made)
    return ballots


def weighted(ballots: Sequence[Ballot], facts: Facts, choice: Choice) -> tuple[Ballot, ...]:
    """Return the ballots as they are, or weighted so that each hamlet speaks by its people."""
    if choice.voters == "head":
        return tuple(ballots)
    people = people_of(facts)
    cast: dict[str, Fraction] = {}
    for ballot in ballots:
        if ballot.hamlet in people:
            cast[ballot.hamlet] = cast.get(ballot.hamlet, Fraction(0)) + ballot.weight
    all_people, all_cast = sum(people[name] for name in cast), sum(cast.values(), Fraction(0))
    return tuple(
        replace(ballot, weight=ballot.weight * people[ballot.hamlet] * all_cast / (all_people * cast[ballot.hamlet]))
        if ballot.hamlet in cast
        else ballot
        for ballot in ballots
    )


def ranked(rows: Sequence[Row], facts: Facts, choice: Choice) -> tuple[Order, dict[str, int]]:
    """Return where the order comes from, and key -> place.

    The ranking that the meeting adopted, unless the choice weighs the criteria differently; else the points that the
    cycle's allocation rests on (the hall's, else those of hamlets and groups); proposals without a place follow in the
    default order.
    """
    scored = [
        Scored(
            str(row.pk),
            row.beneficiaries_poor or 0,
            (row.beneficiaries_male or 0) + (row.beneficiaries_female or 0),
            row.need_category or need_category(row.activity_code),
            position,
        )
        for position, row in enumerate(rows, 1)
    ]
    meeting = facts.meeting
    adopted = {str(place["proposal"]): int(place["rank"]) for place in meeting.ranking} if meeting is not None else {}
    if adopted and not choice.weighed:
        rest = {place.id: place.rank for place in rank_by_averages(scored, {})}
        wanted = sorted(rest, key=lambda key: (adopted.get(key, len(adopted) + rest[key]), key))
        return "ranking", {key: number for number, key in enumerate(wanted, 1)}
    weights = dict(zip(CRITERIA, choice.weights, strict=True)) if choice.weighed else SCHEME_A.weights
    places = rank_by_averages(scored, facts.means, replace(SCHEME_A, weights=weights))
    return ("scores" if facts.means else "default"), {place.id: place.rank for place in places}
