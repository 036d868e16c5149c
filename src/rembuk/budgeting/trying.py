"""Trying a choice out for the eye: counted and verified, stored nowhere; and how fair it is."""

from dataclasses import dataclass, replace

from rembuk.budgeting.asking import Overrides, gathered
from rembuk.budgeting.choice import Choice, choice_from
from rembuk.budgeting.count import count
from rembuk.budgeting.gathering import Facts
from rembuk.budgeting.models import AllocationRun
from rembuk.budgeting.stored import Stored, unpacked
from rembuk.core.allocation.fairness import Facts as FairFacts
from rembuk.core.allocation.fairness import FairnessReport, HamletFacts, fairness
from rembuk.core.errors import RefusedError

MOST_KEPT = 48


@dataclass(frozen=True, slots=True)
class Tried:
    """A choice and what came of it: a counted list, or why there is none. run: where it lies stored, if it does."""

    choice: Choice
    stored: Stored | None = None
    refusal: RefusedError | None = None
    run: AllocationRun | None = None

    @property
    def digest(self) -> str:
        return self.stored.outcome.digest if self.stored is not None else ""


def overrides_of(run: AllocationRun | None) -> Overrides:
    """Return what the hall had decided against the count of a run."""
    if run is None:
        return Overrides()
    rows = run.problem["values"]["proposals"]
    put_in = {row["id"]: row["mandatory"] for row in rows if row["mandatory"]}
    return Overrides(put_in, dict(run.problem["context"].get("left_out", {})))


def choice_of(run: AllocationRun | None) -> Choice:
    """Return how the proposals of a run were chosen; the default choice before the first run."""
    return choice_from(run.problem["context"].get("choice", {})) if run is not None else Choice()


def tried(facts: Facts, choice: Choice) -> Tried:
    """Count the list of *facts* for a choice, with what the hall decided so far. No query; the same again is kept."""
    known = facts.kept.get(choice)
    if known is None:
        known = counted(facts, choice)
        if len(facts.kept) >= MOST_KEPT:
            facts.kept.clear()
        facts.kept[choice] = known
    return known  # type: ignore[return-value]  # gathering cannot name what is made from it


def counted(facts: Facts, choice: Choice) -> Tried:
    try:
        stored = count(gathered(facts, overrides_of(facts.run), choice))
    except RefusedError as error:
        return Tried(choice, refusal=error)
    known = [run for run in (facts.run, facts.adopted) if run is not None and run.digest == stored.outcome.digest]
    same = next((run for run in known if choice_of(run) == choice), None)
    return Tried(choice, stored, run=same)


def laid_down(facts: Facts, run: AllocationRun) -> Tried:
    """Return a stored run as it was counted then. No query; the same again is kept."""
    known = facts.kept.get(run.pk)
    if known is None:
        known = Tried(choice_of(run), unpacked(run.problem, run.outcome, run.digest), run=run)
        facts.kept[run.pk] = known
    return known  # type: ignore[return-value]  # gathering cannot name what is made from it


def fairness_of(facts: Facts, stored: Stored, *, voters: bool = True) -> FairnessReport:
    """Return how fair a list is, against the people of the hamlets, the ballots and the years before; kept.

    voters: look at the ballots too, which takes longer than the rest together.
    """
    key = ("fair", stored.outcome.digest, voters)
    known = facts.kept.get(key)
    if known is None:
        counted_voters = stored.context.get("voters", {})
        hamlets = tuple(
            HamletFacts(hamlet.name, hamlet.population, hamlet.poor_households, counted_voters.get(hamlet.name))
            for hamlet in facts.hamlets
        )
        problem = stored.problem if voters else replace(stored.problem, ballots=())
        known = fairness(problem, stored.outcome, FairFacts(hamlets, facts.years))
        facts.kept[key] = known
    return known  # type: ignore[return-value]  # gathering cannot name what is made from it
