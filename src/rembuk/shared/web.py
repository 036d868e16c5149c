"""The door of every page: which act it is, which thing it is about, who may open it.

    @page("proposals.submit", of=proposal_of_url, methods=("POST",))
    def submit(request, proposal): ...

The decorator finds the thing, answers 404 when it lies outside the hat's place (nobody learns that it exists), 403 with
the roles that may when the role lacks the right, and hands the thing to the view. The service checks again, since pages
are one door of several. The route walk reads ``view.act`` and fails for a view that has none.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve

from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE, Placed
from rembuk.shared.wording import sentence

View = Callable[..., HttpResponse]
Finder = Callable[..., Placed]


def page(act: str, *, of: Finder | None = None, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """Mark a view as the door of *act*.

    of: called with the URL's keyword arguments, returns the target (with ``.place``) or raises DoesNotExist/Http404;
    without it the act concerns the hat's own place. The view gets (request, target) or, without *of*, (request).
    """

    def mark(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                return HttpResponseNotAllowed(list(methods))
            row = TABLE.rows[act]
            hat = hat_of(request)
            if hat is None and not row.public:
                return redirect_to_login(request.get_full_path())
            if of is None:
                if not row.public and hat is not None and not row.signed_in and hat.role not in row.roles:
                    return forbidden(request, act)
                return view(request, **kwargs)
            target = found(of, kwargs)
            if not TABLE.allows(hat, act, target):
                if hat is not None and not seen_from(hat, target, upward=row.upward):
                    raise Http404
                return forbidden(request, act)
            return view(request, target)

        door.act = act  # type: ignore[attr-defined]
        door.finder = of  # type: ignore[attr-defined]
        door.methods = tuple(methods)  # type: ignore[attr-defined]
        return door

    return mark


def hat_of(request: HttpRequest) -> Hat | None:
    """Return the hat being worn, or None for a visitor and for a person without a valid assignment."""
    return cast(Hat | None, getattr(request, "hat", None))


def worn(request: HttpRequest) -> Hat:
    """Return the hat being worn where the door has made sure there is one."""
    hat = hat_of(request)
    if hat is None:
        raise Http404
    return hat


def opens(hat: Hat | None, address: str) -> bool:
    """Return whether the role of *hat* carries the act of the page at *address*, so that no link leads into a refusal.

    address: a path of this site, with or without query and fragment. Asks no database: place and guard are not tried;
    where they may refuse, ask the table about the thing itself.
    """
    try:
        view = resolve(urlsplit(address).path).func
    except Resolver404:
        return False
    row = TABLE.rows[cast(str, vars(view)["act"])]
    return row.public or (hat is not None and (row.signed_in or hat.role in row.roles))


def seen_from(hat: Hat, target: Placed, *, upward: bool) -> bool:
    return hat.place.covers(target.place) or (upward and target.place.covers(hat.place))


def found(of: Finder, kwargs: dict[str, Any]) -> Placed:
    try:
        return of(**kwargs)
    except (ObjectDoesNotExist, ValidationError, ValueError) as error:
        raise Http404 from error


def forbidden(request: HttpRequest, act: str) -> HttpResponse:
    """Say that the role being worn may not do *act*, and which roles may."""
    row = TABLE.rows[act]
    return render(request, "shared/forbidden.html", {"row": row, "roles": sorted(row.roles)}, status=403)


def refusal(request: HttpRequest, error: RembukError, *, template: str = "shared/refusal.html") -> HttpResponse:
    """Word a refusal: 400, 403 or 409, with every finding, as a page or as a partial for htmx."""
    htmx = bool(getattr(request, "htmx", False))
    context = {"error": error, "sentence": sentence(error), "findings": getattr(error, "findings", ())}
    return render(request, f"{template}#body" if htmx else template, context, status=error.status)


def attempted(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    told: str,
    then: str,
    again: Callable[[RembukError], HttpResponse],
) -> HttpResponse:
    """Do one act: say that it is done and go on to *then*, or show the page *again* with its refusal."""
    try:
        act()
    except RembukError as error:
        return again(error)
    messages.success(request, told)
    return redirect(then)
