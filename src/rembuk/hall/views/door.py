"""In the hall: signing in with the six digits that were chosen when the package was made."""

from axes.utils import reset as forget_failures
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.accounts.middleware import SESSION_KEY
from rembuk.accounts.models import Person
from rembuk.accounts.views.signing import BACKEND, allowed_to_try, count_failure, take_lock
from rembuk.hall.venue import here, officer_of
from rembuk.hall.views.doors import only_here
from rembuk.shared.roles import role_name
from rembuk.shared.web import page


@page("hall.sign_in", methods=("GET", "POST"))
@only_here
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let the officer of the package in, or the chair, by PIN; failures are counted and delay."""
    venue = here()
    assert venue is not None  # the door has made sure
    words = ""
    if request.method == "POST":
        key = request.POST.get("siapa", "")
        if not allowed_to_try(request, f"balai-{key[:40]}"):
            take_lock(request)
            words = _("Terlalu banyak percobaan yang salah. Tunggu 15 menit, lalu coba lagi. Data aman.")
        else:
            found = officer_of(venue, request.POST.get("pin", "").strip(), key)
            person = Person.objects.filter(pk=found.person).first() if found else None
            if found is not None and person is not None:
                forget_failures(username=f"balai-{key[:40]}")
                login(request, person, backend=BACKEND)
                request.session[SESSION_KEY] = str(found.assignment)
                return redirect("hall:desk", meeting_id=venue.meeting)
            count_failure(request, f"balai-{key[:40]}")
            take_lock(request)
            words = _("PIN tidak cocok. Periksa siapa yang masuk, lalu coba lagi. Data aman.")
    officers = [(each, role_name(each.role)) for each in venue.officers]
    context = {"venue": venue, "officers": officers, "sentence": words, "who": request.POST.get("siapa", "")}
    return render(request, "hall/sign_in.html", context, status=400 if words else 200)
