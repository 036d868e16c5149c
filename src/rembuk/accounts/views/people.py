"""Other people: the list, one assignment, inviting, approving, ending, codes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.accounts import services
from rembuk.accounts.codes import Slip
from rembuk.accounts.filters import STATES, PeopleFilter
from rembuk.accounts.forms import InviteForm, PostForm
from rembuk.accounts.models import Assignment
from rembuk.accounts.permissions import APPROVERS
from rembuk.accounts.queries import assignment_by_id, assignments_seen_by, has_second_factor
from rembuk.core.errors import RembukError
from rembuk.core.hat import Role
from rembuk.core.permissions import TABLE
from rembuk.regions.models import District
from rembuk.shared import clock
from rembuk.shared.roles import role_name
from rembuk.shared.sheets import csv_bytes
from rembuk.shared.web import page, refusal, worn

PAGE_SIZE = 50
DEEDS = ("approve_assignment", "end_assignment", "make_code", "suspend_person", "drop_second_factor")


def assignment_of_url(assignment_id: UUID) -> Assignment:
    return assignment_by_id(assignment_id)


@page("accounts.list_people")
def people(request: HttpRequest) -> HttpResponse:
    hat = worn(request)
    asked = PeopleFilter.of(request.GET)
    found = asked.apply(assignments_seen_by(hat), clock.today())
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("hal"))
    districts = (
        District.objects.filter(regency_id=hat.place.regency) if not hat.place.district else District.objects.none()
    )
    context = {
        "page": shown,
        "asked": asked,
        "roles": [(role.value, role_name(role)) for role in Role],
        "states": STATES,
        "districts": districts,
        "may_invite": TABLE.allows(hat, "accounts.invite_person", hat),
        "may_export": TABLE.allows(hat, "accounts.export_people", hat),
        "may_import": TABLE.allows(hat, "accounts.import_people", hat),
        "may_approve": hat.role in APPROVERS,
    }
    return render(request, "accounts/people.html", context)


@page("accounts.export_people")
def export(request: HttpRequest) -> HttpResponse:
    """Give exactly the filtered rows."""
    found = PeopleFilter.of(request.GET).apply(assignments_seen_by(worn(request)), clock.today())
    header = (
        "nama",
        "nama_masuk",
        "surel",
        "hp",
        "peran",
        "tempat",
        "kode_wilayah",
        "nomor_sk",
        "mulai",
        "sampai",
        "plt",
    )
    rows = [
        (
            *(row.person.name, row.person.username, row.person.email or "", row.person.phone or "", row.role),
            *(row.place_name, row.village_id or row.district_id or row.regency_id or "", row.decree_number),
            *(row.start_date.isoformat(), row.end_date.isoformat() if row.end_date else "", "ya" if row.acting else ""),
        )
        for row in found
    ]
    response = HttpResponse(csv_bytes(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="orang.csv"'
    return response


@page("accounts.see_assignment", of=assignment_of_url)
def assignment(request: HttpRequest, target: Assignment) -> HttpResponse:
    hat = worn(request)
    others = assignments_seen_by(hat).filter(person=target.person).exclude(pk=target.pk)
    context = {
        "row": target,
        "others": others,
        "valid": target.valid_on(clock.today()),
        "today": clock.today(),
        "second_factor": has_second_factor(target.person),
        "may": {deed: TABLE.allows(hat, f"accounts.{deed}", target) for deed in DEEDS},
        "may_invite": TABLE.allows(hat, "accounts.invite_person", target),
    }
    return render(request, "accounts/assignment.html", context)


@page("accounts.invite_person", methods=("GET", "POST"))
def invite(request: HttpRequest) -> HttpResponse:
    hat = worn(request)
    start = {"start_date": clock.today()}
    form = InviteForm(request.POST or None, initial=start, hat=hat, village=request.GET.get("desa", ""))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.invite_person(hat=hat, who=form.who(), post=form.post())
        except RembukError as error:
            form.refuse(error)
        else:
            return _made(request, made)
    return render(request, "accounts/invite.html", {"form": form}, status=400 if form.is_bound else 200)


@page("accounts.invite_person", of=assignment_of_url, methods=("GET", "POST"))
def add(request: HttpRequest, target: Assignment) -> HttpResponse:
    """Give the person of this assignment one more."""
    hat = worn(request)
    start = {"start_date": clock.today()}
    form = PostForm(request.POST or None, initial=start, hat=hat, village=target.village_id or "")
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_assignment(hat=hat, person_id=target.person_id, post=form.post())
        except RembukError as error:
            form.refuse(error)
        else:
            return _made(request, made)
    context = {"form": form, "person": target.person}
    return render(request, "accounts/invite.html", context, status=400 if form.is_bound else 200)


def _made(request: HttpRequest, made: Assignment) -> HttpResponse:
    if made.state == Assignment.State.PROPOSED:
        messages.success(request, _("Usulan tersimpan. Penugasan berlaku sesudah DPMD menyetujuinya."))
    else:
        messages.success(request, _("Penugasan tersimpan. Cetak kode sekali pakai supaya orangnya bisa masuk."))
    return redirect("accounts:assignment", assignment_id=made.id)


@page("accounts.approve_assignment", of=assignment_of_url, methods=("POST",))
def approve(request: HttpRequest, target: Assignment) -> HttpResponse:
    agree = request.POST.get("jawaban") != "tolak"
    try:
        services.approve_assignment(hat=worn(request), assignment_id=target.id, agree=agree)
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Penugasan disetujui.") if agree else _("Penugasan ditolak."))
    return redirect("accounts:assignment", assignment_id=target.id)


@page("accounts.approve_assignment", methods=("POST",))
def approve_many(request: HttpRequest) -> HttpResponse:
    """Agree to all the ticked proposals; each is judged by itself."""
    done, left = 0, 0
    for chosen in _ticked(request):
        try:
            services.approve_assignment(hat=worn(request), assignment_id=chosen, agree=True)
            done += 1
        except RembukError:
            left += 1
    text = ngettext("%(done)d penugasan disetujui.", "%(done)d penugasan disetujui.", done) % {"done": done}
    if left:
        text += " " + _("%(left)d tidak: usulan Anda sendiri, atau sudah dijawab.") % {"left": left}
    messages.success(request, text)
    return redirect("accounts:people")


def _ticked(request: HttpRequest) -> list[UUID]:
    """Return the ticked assignments that the hat sees, in the order of the list."""
    wanted = set()
    for text in request.POST.getlist("pilih")[:2000]:
        try:
            wanted.add(UUID(text))
        except ValueError:
            continue
    return list(assignments_seen_by(worn(request)).filter(pk__in=wanted).values_list("pk", flat=True))


@page("accounts.end_assignment", of=assignment_of_url, methods=("POST",))
def end(request: HttpRequest, target: Assignment) -> HttpResponse:
    try:
        services.end_assignment(hat=worn(request), assignment_id=target.id, on=clock.today())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Penugasan berakhir hari ini. Besok orangnya tidak lagi punya hak dari penugasan ini."))
    return redirect("accounts:assignment", assignment_id=target.id)


@page("accounts.make_code", of=assignment_of_url, methods=("POST",))
def code(request: HttpRequest, target: Assignment) -> HttpResponse:
    """Show the slip once; the code is stored nowhere, so opening the page again makes another."""
    try:
        made = services.make_code(hat=worn(request), assignment_id=target.id, at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    return _slips(request, [made], [])


@page("accounts.make_code", methods=("POST",))
def code_many(request: HttpRequest) -> HttpResponse:
    """Print a slip for each ticked person, one under the other with lines to cut."""
    made: list[tuple[Assignment, Slip]] = []
    refused: list[str] = []
    for chosen in _ticked(request):
        try:
            made.append(services.make_code(hat=worn(request), assignment_id=chosen, at=clock.now()))
        except RembukError:
            refused.append(assignment_of_url(chosen).person.name)
    return _slips(request, made, refused)


def _slips(request: HttpRequest, made: Sequence[tuple[Assignment, Slip]], refused: Sequence[str]) -> HttpResponse:
    context: dict[str, Any] = {"slips": made, "refused": refused, "address": request.build_absolute_uri("/masuk/kode/")}
    response = render(request, "accounts/slips.html", context)
    response["Cache-Control"] = "no-store"
    return response


@page("accounts.suspend_person", of=assignment_of_url, methods=("POST",))
def suspend(request: HttpRequest, target: Assignment) -> HttpResponse:
    freeze = request.POST.get("jawaban") != "aktifkan"
    try:
        services.suspend_person(hat=worn(request), assignment_id=target.id, suspend=freeze, at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Akun dibekukan; orangnya langsung keluar.") if freeze else _("Akun aktif lagi."))
    return redirect("accounts:assignment", assignment_id=target.id)


@page("accounts.drop_second_factor", of=assignment_of_url, methods=("POST",))
def drop_second_factor(request: HttpRequest, target: Assignment) -> HttpResponse:
    try:
        services.drop_second_factor(hat=worn(request), assignment_id=target.id, at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Kode kedua dilepas. Orangnya memasang yang baru saat masuk."))
    return redirect("accounts:assignment", assignment_id=target.id)
