"""One step of a request: locked, allowed, walked through the table, written into its history; who waits is told."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from rembuk.accounts.models import Assignment
from rembuk.accounts.standing_in import covering
from rembuk.core.hat import Hat, Role
from rembuk.core.support_requests import Event, State, next_state
from rembuk.cycles.calendar import local_day
from rembuk.sectors.models import SupportRequest
from rembuk.shared import steps
from rembuk.shared.notices.services import notify


def locked(request_id: UUID, actor: Hat, act: str) -> SupportRequest:
    """Return the request locked, if *actor* may do *act* to it. Raises: NotAllowedError, DoesNotExist."""
    rows = SupportRequest.objects.select_related("village__regency", "village__district")
    return steps.locked(rows, request_id, actor, act)


def step(request: SupportRequest, event: Event, *, words: str = "", actor: Hat, at: datetime) -> None:
    """Move *request* by *event* and note it; the caller saves the request. Raises: IllegalTransitionError."""
    steps.take(request, event, next_state(State(request.state), event), words=words, actor=actor, at=at)


def tell(request: SupportRequest, roles: Iterable[Role], title: str, at: datetime) -> None:
    """Tell the people of *roles* over the village, of the asked agency alone, what happened to a request."""
    on = local_day(request.village.regency, at)
    held = Assignment.objects.valid_on(on).filter(covering(request.place), role__in=[role.value for role in roles])
    people = [row.person_id for row in held if row.role != Role.OPD.value or row.agency in ("", request.agency)]
    notify(
        person_ids=people,
        key=f"support:{request.pk}:{request.version}",
        title=title,
        body=request.title,
        link=reverse("sectors:request", args=[request.pk]),
    )
