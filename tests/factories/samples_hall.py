"""Samples of the studio for the walk over all routes."""

from factories.samples import sample
from factories.samples_budgeting import run_in
from plans.given import NOW, hat_at
from rembuk.budgeting import services
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Village
from rembuk.shared.trail.testing import setting_up


@sample("run_id", "hall:")
def run(village: Village) -> object:
    return run_in(village).pk


@sample("cycle_id", "hall:")
def cycle(village: Village) -> object:
    return run_in(village).cycle_id


@sample("proposal_id", "hall:")
def proposal(village: Village) -> object:
    """A proposal of the run that the other samples make."""
    made = run_in(village)
    found = Proposal.objects.filter(cycle_id=made.cycle_id).order_by("number").first()
    assert found is not None
    return found.pk


@sample("link_id", "budgeting:")
def link(village: Village) -> object:
    """Two proposals of the village of which only one may come in."""
    made = run_in(village)
    one, other = Proposal.objects.filter(cycle_id=made.cycle_id).order_by("number")[:2]
    with setting_up():
        tie = services.link_proposals(
            cycle_id=made.cycle_id,
            kind="excludes",
            one_id=one.pk,
            other_id=other.pk,
            reason="Satu menggantikan yang lain",
            actor=hat_at(village.place, "SDK"),
            at=NOW,
        )
    return tie.pk
