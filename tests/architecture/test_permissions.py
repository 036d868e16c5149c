"""The walk: every address x every role x own and other place, against the one table of permissions.

A room adds its sample objects in ``tests/factories/samples_<room>.py``; a route whose address needs an object that has
no sample, or a view without an act, fails here by name.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings

from factories import people, places, samples
from rembuk.accounts import permission_docs
from rembuk.accounts.levels import least_level
from rembuk.accounts.models import Assignment
from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import TABLE, Placed
from rembuk.regions.models import Village
from rembuk.shared.trail.context import set_request_id


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the program."""

    name: str
    view: Any
    needs: tuple[str, ...]
    defaults: dict[str, Any]
    path: str

    @property
    def label(self) -> str:
        return self.name or self.path


def routes(resolver: URLResolver, namespace: str = "", path: str = "", needs: tuple[str, ...] = ()) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        here, wants = path + str(entry.pattern), needs + tuple(entry.pattern.converters)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, inner, here, wants)
        elif isinstance(entry, URLPattern):
            yield Route(f"{namespace}{entry.name or ''}", entry.callback, wants, dict(entry.default_args or {}), here)


ROUTES = sorted(routes(get_resolver()), key=lambda route: (route.label, route.path))
samples.load_rooms()


def test_there_are_routes_to_walk() -> None:
    assert len(ROUTES) > 20


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.label)
def test_every_route_is_the_door_of_an_act_in_the_table(route: Route) -> None:
    act = getattr(route.view, "act", None)
    assert act is not None, f"{route.label}: the view has no act; mark it with @page"
    assert act in TABLE.rows, f"{route.label}: no permission row for {act}"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.label)
def test_every_object_in_an_address_has_a_sample(route: Route) -> None:
    missing = [name for name in route.needs if samples.maker_of(name, route.name) is None]
    assert missing == [], f"{route.label}: add a sample to tests/factories/samples_<room>.py"


def test_the_page_of_permissions_is_up_to_date() -> None:
    with translation.override("id"):
        assert permission_docs.PATH.read_text(encoding="utf-8") == permission_docs.render(), (
            "run ./rembuk manage permissions"
        )


@dataclass(frozen=True, slots=True)
class World:
    """The people, and the two places where the sample objects lie."""

    hats: dict[Role, Assignment]
    own: Village
    other: Village
    stranger: Assignment


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Make the people once for the whole walk; everything is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        own, other = places.melintang(), places.merancang()
        hats = {role: people.holder(role, own, level=level_for(role)) for role in Role}
        yield World(hats, own, other, people.stranger())
        transaction.set_rollback(True)


def level_for(role: Role) -> str:
    """Every role is tried at its own level; those that may see the country are tried in their regency."""
    return "regency" if least_level(role) == "country" else least_level(role)


def request_of(route: Route, hat: Hat | None, assignment: Assignment | None) -> HttpRequest:
    methods = getattr(route.view, "methods", ("GET",))
    request = RequestFactory().generic(methods[0], "/jalan/", secure=True)
    request.user = assignment.person if assignment else AnonymousUser()  # type: ignore[assignment]
    request.session = SessionStore()  # type: ignore[assignment]
    request.hat, request.other_hats = hat, False  # type: ignore[attr-defined]
    request.assignments = [assignment] if assignment else []  # type: ignore[attr-defined]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    request.htmx = False  # type: ignore[attr-defined]
    return request


def answer(route: Route, kwargs: dict[str, Any], hat: Hat | None, assignment: Assignment | None) -> int | str:
    """Return the status that the view answers, undoing what it wrote; a fault of the view fails the walk."""
    request = request_of(route, hat, assignment)
    sid = transaction.savepoint()
    set_request_id(secrets.token_hex(4))
    try:
        response: HttpResponse = route.view(request, **kwargs, **route.defaults)
        if hasattr(response, "render") and not getattr(response, "is_rendered", True):
            response.render()
        sent_away = response.status_code == 302 and response.headers["Location"].startswith("/masuk/")
        # A call of an API sends nobody away: 401 says the same.
        return "masuk" if sent_away or response.status_code == 401 else response.status_code
    except Http404:
        return 404
    finally:
        transaction.savepoint_rollback(sid)


def targeted(route: Route) -> bool:
    return getattr(route.view, "finder", None) is not None


def wanted(route: Route, hat: Hat | None, target: Placed | None) -> str:
    """Return what the table says: ``allowed``, ``forbidden``, ``hidden`` (404) or ``sign in``."""
    act = route.view.act
    row = TABLE.rows[act]
    if row.public:
        return "allowed"
    if hat is None:
        return "sign in"
    if target is None:
        return "allowed" if row.signed_in or hat.role in row.roles else "forbidden"
    if TABLE.allows(hat, act, target):
        return "allowed"
    seen = hat.place.covers(target.place) or (row.upward and target.place.covers(hat.place))
    return "forbidden" if seen else "hidden"


def fits(said: str, got: int | str, public: bool) -> bool:
    if said == "allowed":
        # A page of one's own account is public in the table and sends a visitor to sign in.
        return got not in (403, 404, 405, 500) and (public or got != "masuk")
    return got == {"forbidden": 403, "hidden": 404, "sign in": "masuk"}[said]


WALKED = [route for route in ROUTES if getattr(route.view, "act", None) in TABLE.rows]


@pytest.mark.django_db
@pytest.mark.parametrize("route", WALKED, ids=lambda route: route.label)
def test_the_route_answers_each_role_as_the_table_says(route: Route, world: World, settings: Settings) -> None:
    settings.DEMO = True  # the example's sign-in page exists only there
    wrong: list[str] = []
    for village in (world.own, world.other) if route.needs else (world.own,):
        shared = None if personal(route) else sampled(route, village, world.stranger)
        for role in (None, *Role):
            assignment = world.hats[role] if role else None
            hat = assignment.hat() if assignment else None
            owner = assignment if assignment and village == world.own else world.stranger
            kwargs = shared if shared is not None else sampled(route, village, owner)
            target = route.view.finder(**kwargs) if targeted(route) else None
            said = wanted(route, hat, target)
            if hat is not None and target is None and personal(route) and owner is world.stranger:
                said = "hidden"
            got = answer(route, kwargs, hat, assignment)
            if not fits(said, got, TABLE.rows[route.view.act].public):
                wrong.append(f"{role or 'visitor'} at {village.name}: table says {said}, answer is {got}")
    assert wrong == []


def personal(route: Route) -> bool:
    makers = (samples.maker_of(name, route.name) for name in route.needs)
    return any(maker is not None and samples.is_personal(maker) for maker in makers)


def sampled(route: Route, village: Village, owner: Assignment) -> dict[str, Any]:
    made = {}
    for name in route.needs:
        maker = samples.maker_of(name, route.name)
        assert maker is not None, f"{route.label}: no sample for {name}"
        made[name] = maker(village, owner) if samples.is_personal(maker) else maker(village)
    return made


def test_the_walk_would_notice_a_door_that_is_too_wide_or_too_narrow() -> None:
    assert not fits("hidden", 200, public=False)
    assert not fits("hidden", 403, public=False)
    assert not fits("forbidden", 200, public=False)
    assert not fits("forbidden", 404, public=False)
    assert not fits("allowed", 403, public=False)
    assert not fits("allowed", "masuk", public=False)
    assert not fits("sign in", 200, public=False)
