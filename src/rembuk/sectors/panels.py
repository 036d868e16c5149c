"""What a plan's activity shows of the support asked for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.sectors.labels import STATES
from rembuk.sectors.models import SupportRequest
from rembuk.sectors.permissions import READERS, of_the_agency
from rembuk.shared.panels import Panel


def panels_of_items(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return the support asked for each activity. One query; nobody outside the readers sees it."""
    if hat is None or hat.role not in READERS:
        return {}
    found: dict[UUID, list[SupportRequest]] = defaultdict(list)
    rows = SupportRequest.objects.filter(item_id__in=ids).select_related("village").order_by("captured_at", "id")
    for request in rows:
        if request.item_id and hat.place.covers(request.place) and of_the_agency(hat, request):
            found[request.item_id].append(request)
    return {item: panel_of(requests) for item, requests in found.items()}


def panel_of(requests: Sequence[SupportRequest]) -> Panel:
    return Panel(
        title=_("Dukungan teknis"),
        rows=tuple((request.title, str(STATES[request.state])) for request in requests),
        link=reverse("sectors:request", args=[requests[-1].pk]),
    )
