"""The list of programmes that enter the village (F06), typed line by line."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.plans.labels import FIELDS
from rembuk.plans.models import PolicyLine, Rpjmdes
from rembuk.plans.permissions import allows
from rembuk.plans.rpjm_labels import ORIGINS, worded
from rembuk.plans.services.rpjm_policy import read_policy_line, save_policy
from rembuk.plans.views.items import typed_rows
from rembuk.plans.views.rpjm_finding import rpjm_of
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, refusal, worn
from rembuk.shared.wording import sentence

COLUMNS = ("origin", "field", "name", "agency", "year", "location", "volume_text", "amount", "sdgs")
BLANK_ROWS = 4


def policy_page(request: HttpRequest, rpjmdes: Rpjmdes, **more: Any) -> HttpResponse:
    status, rows = more.pop("status", 200), more.pop("rows", None)
    editable = rpjmdes.in_work and allows(hat_of(request), "edit", rpjmdes)
    if rows is None:
        rows = [stored(line) for line in PolicyLine.objects.filter(rpjmdes=rpjmdes)]
    context = {
        "rpjmdes": rpjmdes,
        "cycle": rpjmdes.cycle,
        "village": rpjmdes.village,
        "rows": [*rows, *({} for _number in range(BLANK_ROWS if editable else 0))],
        "origins": ORIGINS.items(),
        "fields": [(str(number), words) for number, words in FIELDS.items() if number],
        "note": request.POST.get("keterangan", rpjmdes.policy_note),
        "editable": editable,
        "paper_subject": f"rpjm:{rpjmdes.id}",
        **more,
    }
    return render(request, "plans/rpjm_policy.html", context, status=status)


def stored(line: PolicyLine) -> dict[str, str]:
    found = {name: getattr(line, name) for name in COLUMNS}
    found["sdgs"] = ", ".join(str(goal) for goal in line.sdgs)
    return {name: "" if value is None else str(value) for name, value in found.items()}


@page("plans.read", of=rpjm_of)
def policy(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """The programmes of higher plans that enter the village."""
    return policy_page(request, rpjmdes)


@page("plans.edit", of=rpjm_of, methods=("POST",))
def save(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Keep the whole list, or name each line that cannot be read."""
    typed = [row for row in typed_rows(request.POST, COLUMNS) if row["name"].strip()]
    lines, told = [], []
    for number, row in enumerate(typed, 1):
        line, problems = read_policy_line(row, number, rpjmdes.period)
        told += [(number, worded(problem)) for problem in problems]
        if line is not None:
            lines.append(line)
    if told:
        return policy_page(request, rpjmdes, status=400, rows=typed, problems=told)
    version = request.POST.get("versi", "")
    try:
        save_policy(
            rpjmdes_id=rpjmdes.id,
            lines=lines,
            note=request.POST.get("keterangan", ""),
            version=int(version) if version.isdigit() else 0,
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        if error.status == 403:
            return refusal(request, error)
        return policy_page(request, rpjmdes, status=error.status, rows=typed, error=sentence(error))
    messages.success(request, _("Daftar program masuk desa tersimpan."))
    return redirect("plans:rpjm_policy", rpjmdes.cycle_id)
