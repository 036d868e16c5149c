"""What helps while typing: the code picker, similar proposals, what the money field read, the question of authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.core.lists import Kegiatan, kegiatan_codes
from rembuk.core.money import MoneyError, parse_rupiah
from rembuk.core.text.authority import authority_question
from rembuk.core.text.suggestion import suggest
from rembuk.proposals.labels import AUTHORITIES, problem_sentence
from rembuk.proposals.queries import similar_proposals
from rembuk.proposals.templatetags.proposals import understood
from rembuk.proposals.views.finding import own_village
from rembuk.shared.web import page, worn

MOST_FOUND = 12
LONGEST_TEXT = 10_000


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the picker. suggested: it comes from the text of the proposal."""

    code: str
    name: str
    path: str
    suggested: bool = False


def picker_context(title: str, problem: str, search: str, chosen: str) -> dict[str, Any]:
    """Return suggestions with their reason first, then what the search finds. Nothing is chosen but by a person."""
    choices: list[Choice] = []
    reason = state = ""
    if title.strip():
        found = suggest(title[:LONGEST_TEXT], limit=3)
        reason, state = found.reason, found.state
        choices = [choice_of(code, suggested=True) for code in found.codes]
    known = {choice.code for choice in choices}
    choices += [choice_of(line.code) for line in searched(search) if line.code not in known]
    if chosen and chosen in kegiatan_codes() and chosen not in {choice.code for choice in choices}:
        choices.insert(0, choice_of(chosen))
    return {"choices": choices, "chosen": chosen, "suggest_reason": reason, "suggest_state": state, "cari_kode": search}


def choice_of(code: str, *, suggested: bool = False) -> Choice:
    codes = kegiatan_codes()
    parts = code.split(".")
    path = " › ".join(codes[key].name for size in (1, 2) if (key := ".".join(parts[:size])) in codes)
    return Choice(code, codes[code].name if code in codes else code, path, suggested)


def searched(search: str) -> Sequence[Kegiatan]:
    """Return the lines whose code or name holds every word of *search*, by code."""
    words = search.lower().split()
    if not words:
        return ()
    lines = [line for line in kegiatan_codes().values() if line.level == "kegiatan"]
    found = [line for line in lines if all(word in f"{line.code} {line.name}".lower() for word in words)]
    return found[:MOST_FOUND]


def understood_of(text: str) -> dict[str, str]:
    """Return what a money field read, or why it could not; empty for an empty field."""
    text = text.strip()
    if not text:
        return {}
    try:
        amount = parse_rupiah(text)
    except MoneyError as error:
        if error.code == "uang-kosong":
            return {}
        if error.code == "uang-rentang":
            return {"ok": _("Terbaca sebagai kisaran. Disimpan apa adanya dan belum bisa dipilih.")}
        values = {"read": text[:60], "other": error.values.get("other", "")}
        return {"refused": problem_sentence(error.code, "cost", values)}
    if amount < 0:
        return {"refused": problem_sentence("uang-negatif", "cost", {"read": text[:60]})}
    return {"ok": _("Terbaca: %(amount)s") % {"amount": understood(amount)}}


@page("proposals.create")
def codes(request: HttpRequest) -> HttpResponse:
    """The picker alone, for htmx."""
    get = request.GET
    context = picker_context(
        get.get("usulan", ""), get.get("masalah", ""), get.get("cari_kode", ""), get.get("kode", "")
    )
    return render(request, "proposals/_picker.html", context)


@page("proposals.create")
def similar(request: HttpRequest) -> HttpResponse:
    """Similar proposals and the question of authority, for htmx."""
    hat = worn(request)
    village = own_village(hat)
    title, place = request.GET.get("usulan", "")[:LONGEST_TEXT], request.GET.get("lokasi", "")[:300]
    found = []
    if village is not None and len(title.strip()) >= 6:
        own = request.GET.get("kunci", "")
        rows = similar_proposals(village_id=village.id, text=f"{title} {place}", hat=hat)
        found = [row for row in rows if str(row.proposal.id) != own]
    return render(request, "proposals/_similar.html", {"similar": found})


@page("proposals.create")
def authority(request: HttpRequest) -> HttpResponse:
    """The question of authority that the text raises, for htmx."""
    text = f"{request.GET.get('usulan', '')} {request.GET.get('masalah', '')}"[:LONGEST_TEXT]
    context = {
        "question": authority_question(text),
        "authorities": AUTHORITIES.items(),
        "typed": {"wewenang": request.GET.get("wewenang", ""), "kata_wewenang": request.GET.get("kata_wewenang", "")},
        "problems": {},
    }
    return render(request, "proposals/_authority.html", context)


@page("proposals.create")
def money(request: HttpRequest) -> HttpResponse:
    """What the money field read, for htmx."""
    return render(
        request, "proposals/_understood.html", {"understood": understood_of(request.GET.get("biaya", "")[:200])}
    )
