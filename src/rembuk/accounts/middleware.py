"""What every request knows before a page is asked: language, the person's valid assignments, the hat being worn."""

import uuid
from collections.abc import Callable
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation

from rembuk.accounts.models import Assignment, Person
from rembuk.accounts.queries import hats_of, second_factor_missing
from rembuk.shared.trail.context import set_request_id

SESSION_KEY = "assignment"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600


class HatMiddleware:
    """Sets ``request.hat`` (None without a valid assignment), ``request.assignments`` and ``request.other_hats``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        set_request_id(uuid.uuid4().hex)
        person = request.user if isinstance(request.user, Person) else None
        asked = speak(request, person)
        wear(request, person)
        try:
            response = gate(request, person) or self.get_response(request)
        finally:
            timezone.deactivate()
            set_request_id("")
        if asked:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                asked,
                max_age=LANGUAGE_COOKIE_AGE,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response


def speak(request: HttpRequest, person: Person | None) -> str:
    """Pick the language: ``?lang=``, then the cookie, then the person's own, then Indonesian. Returns what was asked.

    The browser's language does not count: an office machine set to English still belongs to a village office.
    """
    known = {code for code, _name in settings.LANGUAGES}
    asked = request.GET.get("lang", "")
    asked = asked if asked in known else ""
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    own = person.language if person else ""
    language = next((code for code in (asked, cookie, own) if code in known), settings.LANGUAGE_CODE)
    translation.activate(language)
    request.LANGUAGE_CODE = language
    return asked


def wear(request: HttpRequest, person: Person | None) -> None:
    """Put on the assignment chosen in the session if it is valid today, else the person's first valid one."""
    assignments = hats_of(person) if person else []
    chosen = request.session.get(SESSION_KEY) if assignments else None
    worn: Assignment | None = next(
        (a for a in assignments if str(a.id) == chosen), assignments[0] if assignments else None
    )
    request.assignments = assignments  # type: ignore[attr-defined]
    request.other_hats = len(assignments) > 1  # type: ignore[attr-defined]
    request.hat = worn.hat() if worn else None  # type: ignore[attr-defined]
    if worn is not None and worn.regency is not None:
        timezone.activate(ZoneInfo(worn.regency.time_zone))


def gate(request: HttpRequest, person: Person | None) -> HttpResponse | None:
    """Send a person who owes a new password or a second factor to the page where it is set; everything else waits."""
    if person is None or request.path in open_paths() or request.path.startswith(settings.STATIC_URL):
        return None
    if person.must_change_password:
        return redirect("accounts:change_password")
    if second_factor_missing(person, cast("list[Assignment]", request.assignments)):  # type: ignore[attr-defined]
        return redirect("accounts:second_factor_setup")
    return None


def open_paths() -> set[str]:
    names = ("sign_out", "me", "change_password", "second_factor_setup", "recovery_codes")
    return {reverse(f"accounts:{name}") for name in names}
