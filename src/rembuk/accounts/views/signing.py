"""Getting in and out: sign-in, second factor, one-time code, demo sign-ins."""

from datetime import datetime
from uuid import UUID

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.signals import user_login_failed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from rembuk.accounts import signing
from rembuk.accounts.forms import CodeForm, FirstPasswordForm, NewPasswordForm, SecondFactorForm, SignInForm
from rembuk.accounts.middleware import SESSION_KEY
from rembuk.accounts.models import Person
from rembuk.accounts.queries import demo_sign_ins as demo_list
from rembuk.accounts.queries import has_second_factor
from rembuk.core.errors import RefusedError
from rembuk.shared import clock
from rembuk.shared.web import page
from rembuk.shared.wording import sentence

BACKEND = "rembuk.accounts.backends.AnyNameBackend"
PENDING = "second_factor"
PENDING_SECONDS = 600
ANY_CODE = "kode sekali pakai"
"""Tries of one-time codes count against the address they come from, since a wrong code names nobody."""


@page("accounts.sign_in", methods=("GET", "POST"))
def sign_in(request: HttpRequest) -> HttpResponse:
    onward = request.POST.get("next") or request.GET.get("next") or ""
    if request.method == "GET":
        if isinstance(request.user, Person):
            return redirect(safe(request, onward))
        return _sign_in_page(request, SignInForm(), onward)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form, onward, status=400)
    known = Person.objects.by_any_name(form.cleaned_data["name"])
    # One count of failures per person, whichever of their names was typed.
    username = known.username if known else form.cleaned_data["name"].strip().lower()
    person = authenticate(request, username=username, password=form.cleaned_data["password"])
    if not isinstance(person, Person):
        return _sign_in_page(request, form, onward, refused=True, locked=take_lock(request), status=400)
    return welcome(request, person, onward)


def _sign_in_page(
    request: HttpRequest,
    form: SignInForm,
    onward: str,
    *,
    refused: bool = False,
    locked: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "next": onward, "refused": refused, "locked": locked, "minutes": lock_minutes()}
    return render(request, "accounts/sign_in.html", context, status=429 if locked else status)


def take_lock(request: HttpRequest) -> bool:
    """Return whether sign-in is locked now, and keep the middleware from answering in our place."""
    locked = bool(getattr(request, "axes_locked_out", False))
    request.axes_locked_out = False  # type: ignore[attr-defined]
    return locked


def lock_minutes() -> int:
    return round(float(settings.AXES_COOLOFF_TIME) * 60)


def welcome(request: HttpRequest, person: Person, onward: str) -> HttpResponse:
    """Sign *person* in, or ask the second factor first if they have one."""
    if has_second_factor(person):
        request.session[PENDING] = {"person": str(person.id), "at": clock.now().timestamp(), "next": onward}
        return redirect("accounts:second_factor")
    login(request, person, backend=BACKEND)
    request.session.pop(SESSION_KEY, None)
    return redirect(safe(request, onward))


def safe(request: HttpRequest, onward: str) -> str:
    """Return *onward* if it is an address of ours, else the work home."""
    if onward and url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure()):
        return onward
    try:
        return reverse("dashboards:home")
    except NoReverseMatch:
        return reverse("accounts:me")


@page("accounts.second_factor", methods=("GET", "POST"))
def second_factor(request: HttpRequest) -> HttpResponse:
    person = _pending(request)
    if person is None:
        return redirect("accounts:sign_in")
    onward = str(request.session[PENDING]["next"])
    form = SecondFactorForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "accounts/second_factor.html", {"form": form}, status=400 if form.is_bound else 200)
    if not allowed_to_try(request, person.username):
        return _second_factor_refused(request, form, locked=True)
    if not signing.second_factor_fits(person, form.cleaned_data["code"]):
        count_failure(request, person.username)
        return _second_factor_refused(request, form, locked=take_lock(request))
    del request.session[PENDING]
    login(request, person, backend=BACKEND)
    request.session.pop(SESSION_KEY, None)
    return redirect(safe(request, onward))


def _second_factor_refused(request: HttpRequest, form: SecondFactorForm, *, locked: bool) -> HttpResponse:
    context = {"form": form, "refused": True, "locked": locked, "minutes": lock_minutes()}
    return render(request, "accounts/second_factor.html", context, status=429 if locked else 400)


def _pending(request: HttpRequest) -> Person | None:
    """Return who gave the right password within the last ten minutes and still owes the second factor."""
    waiting = request.session.get(PENDING)
    if not waiting or clock.now().timestamp() - float(waiting["at"]) > PENDING_SECONDS:
        return None
    person = Person.objects.filter(pk=waiting["person"]).first()
    return person if person is not None and person.is_active else None


def allowed_to_try(request: HttpRequest, username: str) -> bool:
    return bool(AxesProxyHandler.is_allowed(request, {"username": username}))


def count_failure(request: HttpRequest, username: str) -> None:
    user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)


@page("accounts.use_code", methods=("GET", "POST"))
def use_code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    context = {"form": form, "minutes": lock_minutes()}
    if request.method == "GET" or not form.is_valid():
        return render(request, "accounts/use_code.html", context, status=400 if form.is_bound else 200)
    if not allowed_to_try(request, ANY_CODE):
        return render(request, "accounts/use_code.html", {**context, "locked": True}, status=429)
    code, at = str(form.cleaned_data["code"]), clock.now()
    try:
        person = signing.person_of_code(code, at)
    except RefusedError as error:
        count_failure(request, ANY_CODE)
        context |= {"refusal": sentence(error), "locked": take_lock(request)}
        return render(request, "accounts/use_code.html", context, status=400)
    return _first_password(request, person, code, at)


def _first_password(request: HttpRequest, person: Person, code: str, at: datetime) -> HttpResponse:
    kind = NewPasswordForm if person.has_usable_password() else FirstPasswordForm
    typed = request.POST if "password" in request.POST else None
    form = kind(typed, person=person)
    if typed is None or not form.is_valid():
        context = {"form": form, "person": person, "code": code}
        return render(request, "accounts/first_password.html", context, status=400 if typed else 200)
    signing.use_code(text=code, password=form.cleaned_data["password"], at=at)
    person.refresh_from_db()
    return welcome(request, person, "")


@page("accounts.sign_out", methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@page("accounts.demo_sign_ins", methods=("GET", "POST"))
def demo_sign_ins(request: HttpRequest) -> HttpResponse:
    """Sign in by one press as anybody of the worked example. There is no such page in a real office."""
    if not (settings.DEMO or settings.TRAINING):
        raise Http404
    assignments = demo_list(clock.now())
    if request.method == "GET":
        return render(request, "accounts/demo_sign_ins.html", {"assignments": assignments})
    try:
        wanted = UUID(request.POST.get("assignment", ""))
    except ValueError as error:
        raise Http404 from error
    chosen = next((assignment for assignment in assignments if assignment.id == wanted), None)
    if chosen is None:
        raise Http404
    login(request, chosen.person, backend=BACKEND)
    request.session[SESSION_KEY] = str(chosen.id)
    return redirect(safe(request, request.POST.get("next", "")))
