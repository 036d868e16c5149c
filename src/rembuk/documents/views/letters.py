"""Letters and decisions of a cycle: which there are, which can be written, and the form of one."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.documents.letter_kinds import LETTERS, kinds_of
from rembuk.core.documents.letter_model import LetterKind
from rembuk.core.errors import RembukError
from rembuk.core.hat import Place
from rembuk.core.permissions import TABLE
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import cycle_by_id
from rembuk.documents.forms import LetterForm
from rembuk.documents.gather.letters import appointment_of, letter_by_id
from rembuk.documents.labels import ISSUERS
from rembuk.documents.models import Letter
from rembuk.documents.permissions import WRITE_ACTS
from rembuk.documents.services.writing import LetterInput, save_letter
from rembuk.documents.views.bundles import key_of
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence


@page("documents.read_letter", of=cycle_by_id)
def letters(request: HttpRequest, target: Cycle) -> HttpResponse:
    """The letters and decisions of a cycle, and the kinds that can be written."""
    hat = worn(request)
    written = [(row, LETTERS[row.kind]) for row in Letter.objects.filter(cycle=target) if row.kind in LETTERS]
    kinds = [
        (kind, ISSUERS[kind.issuer], TABLE.allows(hat, WRITE_ACTS[kind.issuer], target))
        for kind in kinds_of(kind_name(target))
    ]
    context = {
        "cycle": target,
        "village": target.village,
        "written": [(row, kind, TABLE.allows(hat, WRITE_ACTS[kind.issuer], target)) for row, kind in written],
        "kinds": kinds,
    }
    return render(request, "documents/letters.html", context)


def kind_name(cycle: Cycle) -> Literal["rkp", "rpjm"]:
    return "rpjm" if cycle.is_medium_term else "rkp"


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter that is not kept yet."""

    cycle: Cycle
    kind: LetterKind

    @property
    def place(self) -> Place:
        return self.cycle.village.place


def new_letter_of(cycle_id: UUID, letter_kind: str) -> NewLetter:
    cycle = cycle_by_id(cycle_id)
    kind = next((one for one in kinds_of(kind_name(cycle)) if one.kind == letter_kind), None)
    if kind is None:
        raise ValueError(letter_kind)
    return NewLetter(cycle, kind)


@page("documents.read_letter", of=new_letter_of, methods=("GET", "POST"))
def write(request: HttpRequest, target: NewLetter) -> HttpResponse:
    """Write a letter of a kind; who may not is told which office does."""
    return form_page(request, target.cycle, target.kind, None)


def letter_of(letter_id: UUID) -> Letter:
    return letter_by_id(str(letter_id))


@page("documents.read_letter", of=letter_of, methods=("GET", "POST"))
def edit(request: HttpRequest, target: Letter) -> HttpResponse:
    """Change a letter that is kept."""
    return form_page(request, target.cycle, LETTERS[target.kind], target)


def form_page(request: HttpRequest, cycle: Cycle, kind: LetterKind, row: Letter | None) -> HttpResponse:
    hat = worn(request)
    refused = ""
    key = request.POST.get("kunci", "") or str(row.pk if row is not None else uuid4())
    form = LetterForm(request.POST or None, kind=kind, initial=initial_of(row, kind, cycle))
    if request.method == "POST" and form.is_valid():
        try:
            made = save_letter(
                letter_id=row.pk if row is not None else key_of(key),
                cycle_id=cycle.pk,
                kind=kind.kind,
                values=input_of(form),
                version=int(request.POST.get("versi", "0") or 0) if row is not None else 0,
                actor=hat,
                at=clock.now(),
            )
        except RembukError as error:
            if error.status == 403:
                return refusal(request, error)
            refused = sentence(error)
        else:
            messages.success(request, _("Tersimpan. Lihat suratnya, lalu simpan ke arsip bila sudah benar."))
            return redirect("documents:paper", code=kind.form, subject=f"letter:{made.pk}")
    context = {
        "cycle": cycle,
        "village": cycle.village,
        "kind": kind,
        "issuer": ISSUERS[kind.issuer],
        "row": row,
        "form": form,
        "key": key,
        "refused": refused,
        "may": TABLE.allows(hat, WRITE_ACTS[kind.issuer], cycle),
    }
    return render(request, "documents/letter.html", context, status=400 if refused or form.errors else 200)


def input_of(form: LetterForm) -> LetterInput:
    """Return what was typed, clean."""
    values = form.cleaned_data
    return LetterInput(
        letter_date=values["letter_date"],
        number=values["number"],
        addressee=values.get("addressee", ""),
        signer_name=values["signer_name"],
        signer_number=values.get("signer_number", ""),
        fields=form.own_values,
        members=values.get("members", []),
    )


def initial_of(row: Letter | None, kind: LetterKind, cycle: Cycle) -> dict[str, object]:
    """Return what the form begins with: the letter as kept; a new invitation with day and place of its meeting."""
    if row is None:
        return {"letter_date": clock.today(), **appointment_of(cycle, kind.invites)}
    return {
        "number": row.number,
        "letter_date": row.letter_date,
        "addressee": row.addressee,
        "signer_name": row.signer_name,
        "signer_number": row.signer_number,
        "members": "\n".join("; ".join(member) for member in row.members),
        **{one.name: row.fields.get(one.name, "") for one in kind.fields},
    }
