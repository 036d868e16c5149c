"""What the addresses of mentoring are about, and what its pages share."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat, Role
from rembuk.core.lists import regional_agencies
from rembuk.guidance.mentoring import queries
from rembuk.guidance.mentoring.models import ActionItem, Visit
from rembuk.guidance.mentoring.services import Uploaded
from rembuk.guidance.mentoring.standards import Standards, standards_of
from rembuk.regions.models import District, Regency, Village
from rembuk.regions.queries import village_by_id
from rembuk.shared.wording import sentence


def visit_of(visit_id: UUID) -> Visit:
    return queries.visit_by_id(visit_id)


def item_of(item_id: UUID) -> ActionItem:
    return queries.item_by_id(item_id)


def village_of(village_id: str) -> Village:
    return village_by_id(village_id)


def standards_of_regency(regency: str) -> Standards:
    return standards_of(Regency.objects.get(pk=regency))


def refused(error: RembukError | None) -> dict[str, Any]:
    """Return what a page says of a refusal."""
    if error is None:
        return {"error": "", "findings": ()}
    return {"error": sentence(error), "findings": getattr(error, "findings", ())}


def key_of(request: HttpRequest, name: str = "kunci") -> UUID:
    """Return the key that the form was made with, so that a double press stores once."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return uuid4()


def uploaded(request: HttpRequest, name: str) -> Uploaded | None:
    given = request.FILES.get(name)
    return Uploaded(given, given.name or "berkas") if given is not None else None


def version_of(request: HttpRequest) -> int | None:
    text = request.POST.get("versi", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def note_of(request: HttpRequest) -> Mapping[str, Any]:
    """Read a note alone."""
    return {"note": request.POST.get("catatan", "")}


def judgement_of(request: HttpRequest) -> Mapping[str, Any]:
    """Read a note about the version that was on the screen."""
    return {"note": request.POST.get("catatan", ""), "version": version_of(request)}


def reason_of(request: HttpRequest) -> Mapping[str, Any]:
    """Read a reason for something about the version that was on the screen."""
    return {"reason": request.POST.get("alasan", ""), "version": version_of(request)}


def owner_of(text: str) -> tuple[str, str]:
    """Return role and agency of a choice such as ``SDK`` or ``OPD:dpu``."""
    role, _colon, agency = text.partition(":")
    return role, agency


def agency_choices() -> list[tuple[str, str]]:
    """Return the agencies as choices of `owner_of`."""
    return [(f"{Role.OPD}:{agency.code}", agency.name) for agency in regional_agencies().values()]


def place_choices(hat: Hat) -> dict[str, Any]:
    """Return districts for a hat of a regency, villages for one of a district. One query at most."""
    if hat.place.village:
        return {"districts": (), "villages": ()}
    if hat.place.district:
        rows = Village.objects.filter(district_id=hat.place.district, valid_to__isnull=True).order_by("name", "id")
        return {"districts": (), "villages": list(rows.values_list("id", "name"))}
    found = District.objects.filter(regency_id=hat.place.regency) if hat.place.regency else District.objects.all()
    return {"districts": list(found.order_by("name", "code").values_list("code", "name")), "villages": ()}


def yes(value: bool) -> str:
    return _("ya") if value else ""
