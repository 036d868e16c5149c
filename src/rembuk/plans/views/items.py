"""One plan item: its row form, its estimate (F28), its technical check (F29), who carries it out (F31)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.documents.technical_check import CHECKED_PAPERS
from rembuk.core.errors import BadInputError, RembukError, StaleError
from rembuk.core.law.dana_desa import FOCUSES_2026, suggested_focus
from rembuk.core.law.elements import ATTENDEE_TYPES, ELEMENTS
from rembuk.core.lists import funding_sources, kegiatan_codes
from rembuk.plans import services
from rembuk.plans.findings import STAGES, by_item, findings_for
from rembuk.plans.labels import IMPLEMENTER_POSITIONS, MODES, NEEDS, PRESENCE, RAB_CATEGORIES, RAB_SECTIONS
from rembuk.plans.models import RkpdesItem, RkpdesVersion
from rembuk.plans.permissions import EDITABLE_STATES, allows, not_a_drafter
from rembuk.plans.queries import cost_of, newest_check, rab_total_of, rpjmdes_items, values_of
from rembuk.plans.suggesting import suggested_lines
from rembuk.plans.typed import InputError, Problem, number_text, read_day
from rembuk.plans.values import READERS, ItemValues, read_item, typed_of
from rembuk.plans.views.finding import item_of, plan_of
from rembuk.proposals.models import Proposal
from rembuk.shared import clock
from rembuk.shared.people import names
from rembuk.shared.web import hat_of, page, refusal, worn
from rembuk.shared.wording import sentence

BLANK_LINES = 5
BLANK_MEMBERS = 3
SIGNER_OFFICES = ("agency", "expert", "community")


def typed_from(post: QueryDict) -> dict[str, str]:
    """Return what the row form sent, by column."""
    keys = (*READERS, *(f"amount_{code}" for code in funding_sources()))
    return {key: post.get(key, "") for key in keys}


def by_field(problems: list[Problem]) -> dict[str, list[str]]:
    """Return field of the form -> sentences; money stands under ``amount_<code>``."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.field.replace("amount:", "amount_"), []).append(problem.sentence)
    return found


def form_page(
    request: HttpRequest,
    plan: RkpdesVersion,
    item: RkpdesItem | None,
    typed: Mapping[str, str],
    *,
    key: UUID,
    version: int,
    linked: set[UUID],
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Show the row form, to be written in or only read."""
    hat = hat_of(request)
    code = typed.get("activity_code", "")
    lines = rpjmdes_items(plan.village_id, plan.cycle.budget_year)
    proposals = Proposal.objects.filter(cycle_id=plan.cycle_id).exclude(state__in=("draft", "withdrawn", "declined"))
    found = by_item(findings_for(plan.id, STAGES[plan.state])).get(str(item.id), []) if item is not None else []
    context = {
        "plan": plan,
        "item": item,
        "typed": typed,
        "key": key,
        "version": version,
        "editable": plan.state in EDITABLE_STATES and allows(hat, "edit", plan),
        "sources": [(row.code, row.name, typed.get(f"amount_{row.code}", "")) for row in funding_sources().values()],
        "modes": MODES.items(),
        "needs": NEEDS.items(),
        "focuses": FOCUSES_2026.items(),
        "focus_suggestion": suggested_focus(code) if code else "",
        "code_name": kegiatan_codes()[code].name if code in kegiatan_codes() else "",
        "rpjm_lines": lines,
        "rpjm_suggestions": suggested_lines(typed.get("name", ""), code, lines, plan.cycle.budget_year),
        "proposals": proposals.order_by("number", "id"),
        "linked": linked,
        "findings": found,
        "drafters": sorted(names(UUID(person) for person in item.drafters).values()) if item is not None else [],
        **more,
    }
    return render(request, "plans/item.html", context, status=status)


def linked_of(post: QueryDict) -> set[UUID]:
    found = set()
    for text in post.getlist("usulan"):
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found


def save(request: HttpRequest, plan: RkpdesVersion, item: RkpdesItem | None, key: UUID) -> HttpResponse:
    """Save the row form, or show it again with what is wrong or what somebody else changed."""
    typed, linked = typed_from(request.POST), linked_of(request.POST)
    version = int(request.POST.get("versi", "0")) if request.POST.get("versi", "0").isdigit() else 0
    values, problems = read_item(typed)
    again: dict[str, Any] = {"key": key, "version": version, "linked": linked}
    if problems:
        return form_page(request, plan, item, typed, status=400, problems=by_field(problems), **again)
    try:
        saved = services.save_item(
            plan_id=plan.id,
            item_id=key,
            values=values,
            version=version,
            actor=worn(request),
            at=clock.now(),
            proposal_ids=sorted(linked, key=str),
        )
    except StaleError as error:
        again["version"] = error.values["version"]
        changes = error.values["changes"]
        return form_page(request, plan, item, typed, status=409, changes=changes, error=sentence(error), **again)
    except BadInputError as error:
        found = by_field(error.values.get("problems", []))  # type: ignore[arg-type]
        return form_page(request, plan, item, typed, status=400, problems=found, error=sentence(error), **again)
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Kegiatan “%(name)s” tersimpan.") % {"name": saved.name})
    return redirect("plans:item", saved.id)


@page("plans.edit", of=plan_of, methods=("GET", "POST"))
def new(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """A new row of the plan."""
    if request.method == "POST":
        try:
            key = UUID(request.POST.get("kunci", ""))
        except ValueError:
            key = uuid4()
        return save(request, plan, None, key)
    return form_page(request, plan, None, typed_of(ItemValues()), key=uuid4(), version=0, linked=set())


@page("plans.read", of=item_of)
def item(request: HttpRequest, found: RkpdesItem) -> HttpResponse:
    """One row with everything about it."""
    linked = {link.proposal_id for link in found.proposal_links.all()}
    typed = typed_of(values_of(found))
    return form_page(request, found.plan, found, typed, key=found.id, version=found.version, linked=linked)


@page("plans.edit", of=item_of, methods=("POST",))
def edit(request: HttpRequest, found: RkpdesItem) -> HttpResponse:
    """Save the row form of an item."""
    return save(request, found.plan, found, found.id)


@page("plans.edit", of=item_of, methods=("POST",))
def remove(request: HttpRequest, found: RkpdesItem) -> HttpResponse:
    """Take the item out of the draft."""
    version = request.POST.get("versi", "0")
    try:
        services.remove_item(
            item_id=found.id, version=int(version) if version.isdigit() else 0, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Kegiatan “%(name)s” dikeluarkan. Jejaknya tetap ada.") % {"name": found.name})
    return redirect("plans:grid", found.plan_id)


# Estimate (F28)

RAB_FIELDS = (
    "section",
    "category",
    "description",
    "volume",
    "unit",
    "unit_price",
    "account_code",
    "is_contribution",
)


def rab_rows(found: RkpdesItem) -> list[dict[str, str]]:
    """Return the stored lines as typed texts, with blank lines to go on."""
    rows = [
        {
            "section": str(line.section),
            "category": line.category,
            "description": line.description,
            "volume": number_text(line.volume),
            "unit": line.unit,
            "unit_price": str(line.unit_price),
            "account_code": line.account_code,
            "is_contribution": "1" if line.is_contribution else "",
            "amount": str(line.amount),
        }
        for line in found.rab_lines.all()
    ]
    return rows + [{"section": "1"} for _number in range(BLANK_LINES)]


def typed_rows(post: QueryDict, fields: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a table form: ``<number>-<field>`` up to the sent count."""
    count = int(post.get("jumlah", "0")) if post.get("jumlah", "0").isdigit() else 0
    return [{name: post.get(f"{row}-{name}", "") for name in fields} for row in range(min(count, 500))]


def rab_page(request: HttpRequest, found: RkpdesItem, rows: list[dict[str, str]], **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    hat = hat_of(request)
    total, cost = rab_total_of(found), cost_of(found)
    context = {
        "item": found,
        "plan": found.plan,
        "rows": rows,
        "version": more.pop("version", found.version),
        "sections": RAB_SECTIONS.items(),
        "categories": RAB_CATEGORIES.items(),
        "editable": found.plan.state in EDITABLE_STATES and allows(hat, "edit", found),
        "total": total,
        "cost": cost,
        "difference": total - cost,
        **more,
    }
    return render(request, "plans/rab.html", context, status=status)


@page("plans.read", of=item_of)
def rab(request: HttpRequest, found: RkpdesItem) -> HttpResponse:
    """The estimate of an item."""
    return rab_page(request, found, rab_rows(found))


@page("plans.edit", of=item_of, methods=("POST",))
def save_rab(request: HttpRequest, found: RkpdesItem) -> HttpResponse:
    """Save the whole estimate, or show it again with what cannot be read."""
    typed = typed_rows(request.POST, RAB_FIELDS)
    lines, problems = [], []
    for number, row in enumerate(typed, 1):
        line, wrong = services.read_rab_line(row, number)
        problems += wrong
        if line is not None:
            lines.append(line)
    if problems:
        said = [(problem.row, problem.sentence) for problem in problems]
        return rab_page(request, found, typed, status=400, problems=said)
    version = request.POST.get("versi", "0")
    try:
        services.save_rab(
            item_id=found.id,
            lines=lines,
            version=int(version) if version.isdigit() else 0,
            actor=worn(request),
            at=clock.now(),
        )
    except StaleError as error:
        return rab_page(request, found, typed, status=409, error=sentence(error), version=error.values["version"])
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("RAB tersimpan."))
    return redirect("plans:rab", found.id)


# Technical check (F29)


def technical_page(request: HttpRequest, found: RkpdesItem, typed: Mapping[str, str], **more: Any) -> HttpResponse:
    hat = hat_of(request)
    check = newest_check(found)
    status = more.pop("status", 200)
    rows = [
        (number, title, typed.get(f"p{number}", ""), typed.get(f"c{number}", ""))
        for number, title in enumerate(CHECKED_PAPERS, 1)
    ]
    own = hat is not None and hat.role == "VRF" and not not_a_drafter(hat, found)
    context = {
        "item": found,
        "plan": found.plan,
        "check": check,
        "checks": list(found.technical_checks.all()),
        "checkers": names(row.checked_by for row in found.technical_checks.all()),
        "rows": rows,
        "typed": typed,
        "presences": PRESENCE.items(),
        "may_check": allows(hat, "check_item", found) and not found.plan.enacted,
        "own": own,
        "today": clock.today(),
        **more,
    }
    return render(request, "plans/technical.html", context, status=status)


@page("plans.read", of=item_of)
def technical(request: HttpRequest, found: RkpdesItem) -> HttpResponse:
    """The verification team's sheet of an item: the newest counts."""
    check = newest_check(found)
    typed: dict[str, str] = {}
    if check is not None:
        for number, row in enumerate(check.rows, 1):
            typed[f"p{number}"], typed[f"c{number}"] = row["presence"], row.get("remark", "")
    return technical_page(request, found, typed)


@page("plans.check_item", of=item_of, methods=("POST",))
def save_technical(request: HttpRequest, found: RkpdesItem) -> HttpResponse:
    """Record a sheet of the verification team."""
    post = request.POST
    typed = {key: value for key, value in post.items() if isinstance(value, str)}
    try:
        day = read_day(post.get("tanggal", ""), "check_date")
        services.check_item(
            item_id=found.id,
            rows=[(post.get(f"p{n}", ""), post.get(f"c{n}", "")) for n in range(1, len(CHECKED_PAPERS) + 1)],
            is_feasible=post.get("hasil") == "layak",
            note=post.get("alasan", ""),
            check_date=day,
            actor=worn(request),
            at=clock.now(),
            signers=[
                {"office": office, "name": post.get(f"ttd_{office}", ""), "number": post.get(f"nip_{office}", "")}
                for office in SIGNER_OFFICES
                if post.get(f"ttd_{office}", "").strip()
            ],
        )
    except InputError as error:
        words = Problem("check_date", error.code, error.values).sentence
        return technical_page(request, found, typed, status=400, error=words)
    except BadInputError as error:
        return technical_page(request, found, typed, status=400, error=sentence(error))
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Lembar pemeriksaan tersimpan."))
    return redirect("plans:technical", found.id)


# Implementers (F31)

MEMBER_FIELDS = ("position", "name", "sex", "element")


def implementer_page(
    request: HttpRequest, found: RkpdesItem, rows: list[dict[str, str]], version: int, **more: Any
) -> HttpResponse:
    hat = hat_of(request)
    status = more.pop("status", 200)
    context = {
        "item": found,
        "plan": found.plan,
        "rows": rows,
        "version": version,
        "positions": IMPLEMENTER_POSITIONS.items(),
        "elements": [*ELEMENTS.items(), *ATTENDEE_TYPES.items()],
        "editable": not found.plan.enacted and allows(hat, "edit", found),
        **more,
    }
    return render(request, "plans/implementers.html", context, status=status)


@page("plans.read", of=item_of)
def implementers(request: HttpRequest, found: RkpdesItem) -> HttpResponse:
    """Who is proposed to carry the item out."""
    stored = getattr(found, "implementer", None)
    rows = [dict(member) for member in stored.members] if stored is not None else []
    for position in ("chair", "secretary", "treasurer"):
        if all(row["position"] != position for row in rows):
            rows.append({"position": position})
    rows += [{"position": "member"} for _number in range(BLANK_MEMBERS)]
    return implementer_page(request, found, rows, stored.version if stored is not None else 0)


@page("plans.edit", of=item_of, methods=("POST",))
def save_implementers(request: HttpRequest, found: RkpdesItem) -> HttpResponse:
    """Save who carries the item out."""
    rows = typed_rows(request.POST, MEMBER_FIELDS)
    version = int(request.POST.get("versi", "0")) if request.POST.get("versi", "0").isdigit() else 0
    try:
        services.save_implementer(item_id=found.id, members=rows, version=version, actor=worn(request), at=clock.now())
    except BadInputError as error:
        said = [(row.row, row.sentence) for row in error.values.get("problems", [])]  # type: ignore[attr-defined]
        return implementer_page(request, found, rows, version, status=400, problems=said, error=sentence(error))
    except StaleError as error:
        newer = int(str(error.values["version"]))
        return implementer_page(request, found, rows, newer, status=409, error=sentence(error))
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Pelaksana kegiatan tersimpan."))
    return redirect("plans:implementers", found.id)
