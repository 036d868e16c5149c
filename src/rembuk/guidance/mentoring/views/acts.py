"""The acts on the page of one thing, all of one shape: read what was typed, call one service, say what happened.

    acts = Acts(of=item_of, show=show, key="item_id", route="mentoring:item")
    reject = acts.post("mentoring.verify", services.reject_item, form="reject", said=_("..."), read=judgement_of)

A refusal shows the page again with what was typed: *show* gets (request, thing, error, form). The service is called
with *key* (the thing's key), what *read* returned, ``actor`` and ``at``; permission and transaction are its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from rembuk.core.errors import RembukError
from rembuk.shared import clock
from rembuk.shared.web import View, page, worn

Read = Callable[[HttpRequest], Mapping[str, Any]]
Said = str | Promise | Callable[[HttpRequest], str]
"""What the person is told afterwards; an empty text tells nothing."""


def nothing(_request: HttpRequest) -> Mapping[str, Any]:
    """An act that needs nothing but its button."""
    return {}


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts on one kind of thing. of: finds it by *key*, as the page does; route: its page."""

    of: Callable[..., Any]
    show: Callable[..., HttpResponse]
    key: str
    route: str

    def post(
        self,
        act: str,
        service: Callable[..., Any],
        *,
        form: str,
        said: Said = "",
        read: Read = nothing,
        route: str = "",
        follow: bool = False,
    ) -> View:
        """Return the view of one act.

        form: its name for the page, when it is refused. route: where it leads, if not back to the thing. follow: it
        leads to the thing that the service made.
        """

        @page(act, of=self.of, methods=("POST",))
        def view(request: HttpRequest, found: Any) -> HttpResponse:
            typed = {self.key: found.pk, **read(request)}
            try:
                made = service(**typed, actor=worn(request), at=clock.now())
            except RembukError as error:
                again: HttpResponse = self.show(request, self.of(**{self.key: found.pk}), error, form)
                return again
            if words := said(request) if callable(said) else said:
                messages.success(request, str(words))
            onward: HttpResponse = redirect(route or self.route, **{self.key: made.pk if follow else found.pk})
            return onward

        return view
