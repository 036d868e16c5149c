"""What a regency sets: the numbers of its trainings with their source, and the units of its curriculum."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.guidance.competences import TOPICS
from rembuk.core.guidance.training_rules import DEFAULT_RULES, RULE_BOUNDS, RULE_NOTES
from rembuk.core.law.dated import CERTAINTY_LABELS
from rembuk.guidance.training import queries, services
from rembuk.guidance.training.permissions import allows
from rembuk.guidance.training.views.finding import key_of, told
from rembuk.regions.models import Regency
from rembuk.shared import clock
from rembuk.shared.web import page, worn


@page("training.rules")
def rules(request: HttpRequest) -> HttpResponse:
    """The numbers with their default, source and certainty."""
    return rules_page(request)


def rules_page(request: HttpRequest, error: RembukError | None = None) -> HttpResponse:
    hat = worn(request)
    now = queries.rules_of(Regency.objects.get(pk=hat.place.regency))
    rows = []
    for name, note in RULE_NOTES.items():
        value = request.POST.get(name, "") if error is not None else str(getattr(now, name))
        least, most = RULE_BOUNDS[name]
        rows.append((name, note, value, getattr(DEFAULT_RULES, name), least, most, CERTAINTY_LABELS[note.certainty]))
    context = {"rows": rows, "may_edit": allows(hat, "edit_rules", hat), **told(error)}
    return render(request, "training/rules.html", context, status=error.status if error else 200)


@page("training.edit_rules", methods=("POST",))
def edit_rules(request: HttpRequest) -> HttpResponse:
    """Set the numbers, all at once."""
    numbers = {name: request.POST.get(name, "") for name in RULE_NOTES}
    try:
        services.set_rules(numbers=numbers, actor=worn(request), at=clock.now())
    except RembukError as error:
        return rules_page(request, error)
    messages.success(request, _("Angka pelatihan tersimpan."))
    return redirect("training:rules")


@page("training.curriculum", methods=("GET", "POST"))
def curriculum(request: HttpRequest) -> HttpResponse:
    """The units that can be taught; a new one below, an old one by its own form."""
    hat = worn(request)
    error: RembukError | None = None
    if request.method == "POST":
        post = request.POST
        try:
            services.keep_unit(
                unit_id=key_of(request),
                code=post.get("kode", ""),
                topic=post.get("topik", ""),
                title=post.get("judul", ""),
                jp=post.get("jp", ""),
                outcomes=post.get("hasil", ""),
                link=post.get("tautan", ""),
                active=post.get("dipakai") != "tidak",
                actor=hat,
                at=clock.now(),
            )
        except RembukError as caught:
            error = caught
        else:
            messages.success(request, _("Satuan tersimpan."))
            return redirect("training:curriculum")
    context = {
        "units": queries.units_of(hat.place.regency, active=False),
        "topics": TOPICS.items(),
        "typed": request.POST.dict() if error is not None else {},
        "key": request.POST.get("kunci") if error is not None else str(uuid4()),
        **told(error),
    }
    return render(request, "training/curriculum.html", context, status=error.status if error else 200)
