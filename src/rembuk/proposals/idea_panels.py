"""What proposals say of an assessment and of its actions, for the pages of that earlier room."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.proposals.idea_queries import idea_counts
from rembuk.proposals.labels import STATES
from rembuk.proposals.models import IdeaSource, Proposal
from rembuk.shared.panels import Panel


def panels_of_assessments(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return for each assessment how many ideas were collected. One query."""
    counts = idea_counts(ids)
    return {
        key: Panel(
            title=_("Daftar gagasan"),
            rows=((_("Terkumpul"), ngettext("%(count)d gagasan", "%(count)d gagasan", n) % {"count": n}),),
            link=reverse("proposals:ideas", args=[key]),
            state="ok" if n else "next",
        )
        for key in ids
        for n in (counts.get(key, 0),)
    }


def link_of(proposal: Proposal, hat: Hat | None) -> str:
    """Return the page of a proposal for those who may open it."""
    readable = bool(proposal.number) and TABLE.allows(hat, "proposals.view", proposal)
    return reverse("proposals:detail", args=[proposal.number]) if readable else ""


def panels_of_actions(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return for each action the idea that it became. One query."""
    rows = IdeaSource.objects.filter(action_id__in=ids).select_related("proposal__village")
    return {
        row.action_id: Panel(
            title=_("Sudah menjadi usulan %(number)s") % {"number": row.proposal.number or ""},
            rows=((_("Keadaan"), str(STATES[row.proposal.state])),),
            link=link_of(row.proposal, hat),
            state="ok",
        )
        for row in rows
        if row.action_id is not None
    }
