"""One's own account: profile, password, second factor, roles."""

import base64
import io
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.accounts import signing
from rembuk.accounts.forms import ChangePasswordForm, ProfileForm, SecondFactorForm
from rembuk.accounts.middleware import SESSION_KEY
from rembuk.accounts.models import Person
from rembuk.accounts.queries import (
    SECOND_FACTOR_ROLES,
    ended_hats_of,
    has_second_factor,
    hats_of,
    second_factor_missing,
)
from rembuk.accounts.views.signing import safe
from rembuk.shared import clock
from rembuk.shared.web import page

SECRET_KEY = "totp_secret"  # noqa: S105  (the name of a session field)
OwnView = Callable[[HttpRequest, Person], HttpResponse]


def own(view: OwnView) -> Callable[..., HttpResponse]:
    """Hand the signed-in person to the view; a visitor signs in first. A valid assignment is not needed."""

    @wraps(view)
    def door(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, Person):
            return redirect_to_login(request.get_full_path())
        return view(request, request.user)

    return door


@page("accounts.me", methods=("GET", "POST"))
@own
def me(request: HttpRequest, person: Person) -> HttpResponse:
    start = {"name": person.name, "email": person.email, "phone": person.phone, "language": person.language}
    form = ProfileForm(request.POST or None, initial=start, person=person)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        fields = {name: values[name] for name in ("name", "language", "email", "phone")}
        signing.set_profile(person=person, **fields)
        messages.success(request, _("Data akun tersimpan."))
        response = redirect("accounts:me")
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, values["language"], max_age=365 * 24 * 3600, samesite="Lax")
        return response
    hats = hats_of(person)
    context = {
        "form": form,
        "person": person,
        "assignments": hats,
        "ended": ended_hats_of(person, clock.now()),
        "second_factor": has_second_factor(person),
        "second_factor_required": any(a.role in SECOND_FACTOR_ROLES for a in hats),
        "second_factor_enforced": settings.REMBUK_MODE == "kerja",
    }
    return render(request, "accounts/me.html", context, status=400 if form.is_bound else 200)


@page("accounts.change_password", methods=("GET", "POST"))
@own
def change_password(request: HttpRequest, person: Person) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        signing.change_password(person=person, password=form.cleaned_data["password"], at=clock.now())
        update_session_auth_hash(request, person)
        messages.success(request, _("Kata sandi diganti. Gawai lain yang masih masuk sekarang harus masuk lagi."))
        return redirect("accounts:me")
    return render(request, "accounts/change_password.html", {"form": form}, status=400 if form.is_bound else 200)


@page("accounts.second_factor_setup", methods=("GET", "POST"))
@own
def second_factor_setup(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the QR of a fresh secret until a code of the device proves that it has taken it."""
    secret = request.session.get(SECRET_KEY)
    if not secret:
        secret = request.session[SECRET_KEY] = generate_totp_secret()
    form = SecondFactorForm(request.POST or None)
    refused = False
    if request.method == "POST" and form.is_valid():
        code = "".join(sign for sign in form.cleaned_data["code"] if sign in "0123456789")
        if signing.set_second_factor(person=person, secret=secret, code=code):
            del request.session[SECRET_KEY]
            messages.success(request, _("Kode kedua terpasang. Simpan kode cadangan di bawah ini."))
            return redirect("accounts:recovery_codes")
        refused = True
    context = {
        "form": form,
        "refused": refused,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "qr": qr_uri(get_adapter().build_totp_url(person, secret)),
        "required": second_factor_missing(person, hats_of(person)),
        "replaces": has_second_factor(person),
    }
    return render(request, "accounts/second_factor_setup.html", context, status=400 if form.is_bound else 200)


def qr_uri(text: str) -> str:
    """Return a QR code of *text* as an address that an image can show without a request."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=5, border=2, xmldecl=False)
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode("ascii")


@page("accounts.recovery_codes", methods=("GET", "POST"))
@own
def recovery_codes(request: HttpRequest, person: Person) -> HttpResponse:
    if not has_second_factor(person):
        return redirect("accounts:second_factor_setup")
    if request.method == "POST":
        signing.renew_recovery_codes(person=person)
        messages.success(request, _("Kode cadangan baru dibuat. Yang lama tidak berlaku lagi."))
        return redirect("accounts:recovery_codes")
    return render(request, "accounts/recovery_codes.html", {"codes": signing.recovery_codes(person), "person": person})


@page("accounts.switch_hat", methods=("GET", "POST"))
@own
def hats(request: HttpRequest, person: Person) -> HttpResponse:
    """Pick which of one's valid assignments to wear."""
    assignments = hats_of(person)
    if request.method == "GET":
        return render(request, "accounts/hats.html", {"assignments": assignments})
    try:
        wanted = UUID(request.POST.get("assignment", ""))
    except ValueError as error:
        raise Http404 from error
    if wanted not in {assignment.id for assignment in assignments}:
        raise Http404
    request.session[SESSION_KEY] = str(wanted)
    return redirect(safe(request, request.POST.get("next", "")))
