"""The main pages of a village and of the regency: nothing against WCAG 2 A and AA, nothing that scrolls sideways."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from factories import people, places
from factories.samples_budgeting import run_in
from factories.samples_cycles import cycle_in
from factories.samples_deliberation import meeting_in
from factories.samples_plans import enacted, item, plan_of, team
from factories.samples_proposals import draft_in, public_number, sent_in
from rembuk.accounts.models import Assignment
from rembuk.shared.trail.testing import setting_up

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the server of a browser test is tried on SQLite alone"),
]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}


def scene() -> dict[str, str]:
    """Make one village with something on every page; return name of the page -> address."""
    village = places.melintang()
    with setting_up():
        cycle = cycle_in(village)
        run_in(village)
        sent, draft, meeting = sent_in(village), draft_in(village), meeting_in(village)
        item(village)
        plan = plan_of(village)
    return {
        "home": reverse("dashboards:home"),
        "board": reverse("dashboards:board"),
        "proposals": reverse("proposals:list"),
        "proposal": reverse("proposals:detail", args=(sent.number,)),
        "new proposal": reverse("proposals:draft", args=(draft.id,)),
        "typing sheet": reverse("proposals:grid"),
        "meetings": reverse("deliberation:list"),
        "meeting": reverse("deliberation:detail", args=(meeting.id,)),
        "attendance": reverse("deliberation:attendance", args=(meeting.id,)),
        "cycle": reverse("cycles:cycle", args=(cycle.pk,)),
        "stage": reverse("cycles:stage", args=(cycle.pk, "K2")),
        "plan": reverse("plans:grid", args=(plan.id,)),
        "steps": reverse("plans:steps", args=(plan.id,)),
        "priorities": reverse("budgeting:cycle", args=(cycle.pk,)),
        "people": reverse("accounts:people"),
    }


def rooms_behind() -> dict[str, str]:
    """Make something for the pages that lie behind the main ones; return name of the route -> address."""
    village = places.melintang()
    with setting_up():
        one_item, cycle, meeting = item(village), cycle_in(village).pk, meeting_in(village).id
        team(village)
        plan = plan_of(village).id
    of_cycle = ("plans:teams", "plans:du", "plans:evaluation", "deliberation:create", "deliberation:ranking")
    of_item = ("plans:item", "plans:rab", "plans:technical", "plans:implementers")
    of_meeting = ("invite", "minutes", "scores", "edit", "screen")
    of_village = ("plans:rpjmdes", "deliberation:rules", "regions:village", "dashboards:village_inclusion")
    alone = ("plans:list", "proposals:new", "proposals:imports", "proposals:shelf", "cycles:list", "budgeting:list")
    told = (
        "announcements:list",
        "works:photos",
        "offline:office",
        "offline:packages",
        "offline:devices",
        "offline:bring",
    )
    own = ("accounts:me", "accounts:change_password", "accounts:second_factor_setup", "accounts:hats", "shared:notices")
    asked: list[tuple[str, tuple[object, ...]]] = [
        *((name, (cycle,)) for name in of_cycle),
        *((name, (one_item,)) for name in of_item),
        *((f"deliberation:{name}", (meeting,)) for name in of_meeting),
        *((name, (village.id,)) for name in of_village),
        *((name, (plan,)) for name in ("plans:perdes", "plans:findings", "plans:new_item")),
        *((name, ()) for name in (*alone, *told, *own, "documents:list", "regions:villages", "cycles:own_holidays")),
        ("funding:village", (village.id, 2027)),
        ("funding:rules", (2027,)),
        ("cycles:excuse", (cycle, "K2")),
        ("shared:trail", ("siklus", cycle)),
    ]
    return {name: reverse(name, args=args) for name, args in asked}


def faults(page: Any, names: dict[str, str], width: int) -> list[str]:
    """Return what is wrong with each of the pages, with the first place where it is."""
    found: list[str] = []
    for name, address in names.items():
        answer = page.goto(address)
        if answer.status != 200:
            found.append(f"{name}: {answer.status}")
            continue
        found += faults_here(page, name, width)
    return found


def faults_here(page: Any, name: str, width: int) -> list[str]:
    """Return what is wrong with the page that is open on a screen of *width*."""
    found: list[str] = []
    page.evaluate("document.fonts.ready.then(() => true)")
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        found.append(f"{name}: {wide} px wide on a screen of {width}")
    for fault in axe.Axe().run(page, options=RULES).response["violations"]:
        first = fault["nodes"][0]
        found.append(f"{name}: {fault['id']} x{len(fault['nodes'])} at {first['target']}: {first['html'][:160]}")
    return found


def secretary() -> Assignment:
    with setting_up():
        return people.secretary(places.melintang())


def division_head() -> Assignment:
    with setting_up():
        return people.division_head(places.melintang())


def test_the_check_sees_what_is_wrong(sign_in: Any) -> None:
    page = sign_in()
    pale = '<p style="color:#ccc;background:#fff">pucat</p>'
    page.set_content(f"<!doctype html><html lang=id><title>x</title><main><img src='data:,'>{pale}<input></main>")
    seen = {fault["id"] for fault in axe.Axe().run(page, options=RULES).response["violations"]}
    assert seen == {"color-contrast", "image-alt", "label"}


@pytest.mark.parametrize("width", [1280, 360])
def test_everyone_can_read_the_public_pages(sign_in: Any, width: int) -> None:
    village = places.melintang()
    scene()
    with setting_up():
        plan, number = enacted(village), public_number(village)
    public = {
        "front": "/",
        "village": reverse("portal:village", args=(village.id,)),
        "enacted plan": reverse("plans:public", args=(plan,)),
        "proposal": reverse("proposals:public", args=(number,)),
        "sign-in": reverse("accounts:sign_in"),
        "code": reverse("accounts:use_code"),
        "track": reverse("proposals:track"),
        "verify": reverse("documents:verify_ask"),
    }
    assert faults(sign_in(width=width), public, width) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_a_secretary_can_use_the_rooms_behind(sign_in: Any, width: int) -> None:
    scene()
    assert faults(sign_in(secretary(), width), rooms_behind(), width) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_a_secretary_can_use_every_page_of_the_village(sign_in: Any, width: int) -> None:
    pages = scene()
    del pages["board"]  # stands in the regency
    assert faults(sign_in(secretary(), width), pages, width) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_a_head_of_division_can_use_every_page_of_the_regency(sign_in: Any, width: int) -> None:
    pages = scene()
    for own_to_the_village in ("new proposal", "typing sheet", "attendance"):
        del pages[own_to_the_village]
    regency = {
        "ceilings": reverse("funding:list"),
        "evidence": reverse("cycles:evidence_list"),
        "excuses": reverse("cycles:excuses"),
        "inclusion": reverse("dashboards:inclusion"),
    }
    assert faults(sign_in(division_head(), width), pages | regency, width) == []
