"""No page of the example shows a link or a button that is answered by 403, 404 or 500 for the role that sees it.

Each role walks from its first page along the links, one page for each shape of address. What a page shows is weighed
with the door behind it: the act of the address, the thing it is about, the one table of permissions. What is walked to
must answer as well.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.http import Http404
from django.test import Client
from django.urls import Resolver404, resolve
from pytest_django.plugin import DjangoDbBlocker

from factories import people
from rembuk.accounts.models import Person
from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import TABLE
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.plans.models import RkpdesVersion
from rembuk.regions.models import Village
from rembuk.seed import plant
from rembuk.seed.places import MELINTANG
from rembuk.seed.sign_ins import SIGN_INS, SIGN_INS_FULL

DISTRICT = "64.02.18"
"""Where the sign-ins of the example work."""
STARTS = ("/beranda/", "/akun/", "/peran/")
MOST_PAGES = 32
MOST_ALIKE = 4
"""How many addresses of one shape are weighed on one page; a list of 193 villages has the same link 193 times."""
SAMPLES = {"cycles:stage": 2, "deliberation:detail": 3, "plans:item": 2}
"""Addresses whose page depends on the state of the thing, and how many of them a role opens; of the others one."""
NOT_WALKED = frozenset({"lang", "bentuk", "hal", "ringan", "next"})
"""Queries of downloads, languages and further pages of a list: the same page again, or no page."""
WITHOUT_SIGN_IN = sorted(set(Role) - {role for _name, _words, role, _level in SIGN_INS_FULL})

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Plant one district once; all is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        plant(report=lambda _words: None, only=(DISTRICT,))
        yield
        transaction.set_rollback(True)


class Shown(HTMLParser):
    """The addresses that a page offers: (method, address) of links, pictures, and forms that have a button."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.offers: list[tuple[str, str]] = []
        self.form: tuple[str, str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.offers += [("GET", values[name]) for name in ("href", "src", "hx-get") if values.get(name)]
        if tag == "form":
            self.form = (values.get("method", "get").upper(), values.get("action", ""))
        elif tag == "button" and values.get("type", "submit") == "submit" and self.form:
            method, action = self.form
            self.offers.append((method, values.get("formaction") or action))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None


def refusal(hat: Hat | None, method: str, path: str) -> str:
    """Return why the door behind *path* would refuse *hat*, or an empty text. A visitor is asked to sign in instead."""
    try:
        match = resolve(path)
    except Resolver404:
        return "404, no such address"
    view, row = match.func, TABLE.rows[match.func.act]  # type: ignore[attr-defined]
    if method not in view.methods:
        return f"405, {match.view_name} takes {view.methods}"
    if hat is None and not row.public:
        return ""
    if view.finder is None:
        allowed = row.public or row.signed_in or (hat is not None and hat.role in row.roles)
        return "" if allowed else f"403, {row.act}"
    try:
        thing = view.finder(**match.kwargs)
    except (ObjectDoesNotExist, ValidationError, ValueError, Http404):
        return "404, nothing there"
    return "" if TABLE.allows(hat, row.act, thing) else f"403 or 404, {row.act}"


@cache
def name_of(path: str) -> str:
    """Return the name of the address, or the path itself where there is none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


@dataclass
class Walk:
    """One role's way through the pages."""

    client: Client
    hat: Hat | None
    waiting: deque[str]
    known: dict[tuple[str, str], str] = field(default_factory=dict)
    chosen: dict[str, set[str]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def go(self) -> None:
        seen = set(self.waiting)
        for _page in range(MOST_PAGES):
            if self.waiting:
                onward = [address for address in self.open(self.waiting.popleft()) if address not in seen]
                seen.update(onward)
                self.waiting.extend(onward)

    def open(self, here: str) -> list[str]:
        """Open a page, weigh what it offers, and return the addresses to walk on to."""
        answer = self.client.get(here)
        if answer.status_code in (301, 302):
            return [urljoin(here, answer.headers["Location"])]
        if answer.status_code != 200:
            self.refused.add(f"{here} answers {answer.status_code}")
        if not answer.headers["Content-Type"].startswith("text/html") or answer.streaming:
            return []
        onward, alike = [], Counter[tuple[str, str]]()
        for method, offer in dict.fromkeys(Shown(answer.content.decode()).offers):
            address = urljoin(here, offer.partition("#")[0])
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or parts.path.startswith("/static/"):
                continue
            name = name_of(parts.path)
            alike[method, name] += 1
            if alike[method, name] > MOST_ALIKE:
                continue
            if self.weigh(here, method, parts.path) and method == "GET" and self.worth(name, address):
                onward.append(address)
        return onward

    def weigh(self, here: str, method: str, path: str) -> bool:
        if (method, path) not in self.known:
            self.known[method, path] = refusal(self.hat, method, path)
        why = self.known[method, path]
        if why:
            self.refused.add(f"{name_of(urlsplit(here).path)} offers {method} {name_of(path)}: {why}")
        return not why

    def worth(self, name: str, address: str) -> bool:
        """Return whether this address is new and its shape has not been opened often enough."""
        asked = {key for key, _value in parse_qsl(urlsplit(address).query, keep_blank_values=True)}
        alike = self.chosen.setdefault(f"{name}?{','.join(sorted(asked))}", set())
        if asked & NOT_WALKED or address in alike or len(alike) >= SAMPLES.get(name, 1):
            return False
        alike.add(address)
        return True


def walked(client: Client, hat: Hat | None, *starts: str) -> Walk:
    walk = Walk(client, hat, deque(starts))
    walk.go()
    return walk


def hat_of_client(client: Client) -> Hat:
    hat: Hat = client.get("/akun/").wsgi_request.hat  # type: ignore[attr-defined]
    return hat


def addresses_of_the_village() -> tuple[str, ...]:
    """Pages that a role may come to by a message or a link from somebody else, whatever its menu offers."""
    cycle = Cycle.objects.filter(village_id=MELINTANG).order_by("-plan_year").first()
    meeting = Meeting.objects.filter(village_id=MELINTANG).order_by("scheduled_at", "id").first()
    plan = RkpdesVersion.objects.filter(cycle__village_id=MELINTANG).order_by("id").first()
    assert cycle is not None and meeting is not None and plan is not None
    return (
        f"/siklus/{cycle.pk}/",
        *(f"/siklus/{cycle.pk}/{stage}/" for stage in ("K3", "K7", "K11")),
        *(f"/dokumen/tahap/{cycle.pk}/{stage}/" for stage in ("K1", "K7")),
        f"/musyawarah/{meeting.pk}/",
        f"/musyawarah/peringkat/{cycle.pk}/",
        f"/prioritas/{cycle.pk}/",
        f"/rencana/{plan.pk}/",
    )


def open_to(hat: Hat, addresses: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(address for address in addresses if not refusal(hat, "GET", address))


@pytest.mark.parametrize("username", [username for username, _words in SIGN_INS])
def test_no_page_shows_a_sign_in_of_the_example_what_is_refused(told: None, username: str) -> None:
    client = Client()
    client.force_login(Person.objects.get(username=username))
    hat = hat_of_client(client)
    walk = walked(client, hat, *STARTS, *open_to(hat, addresses_of_the_village()))
    assert walk.refused == set()
    assert len(walk.known) > 20


@pytest.mark.parametrize("role", WITHOUT_SIGN_IN)
def test_no_page_shows_another_role_what_is_refused(told: None, role: Role) -> None:
    holder = people.holder(role, Village.objects.get(pk=MELINTANG))
    client = people.signed_in(holder)
    walk = walked(client, holder.hat(), *STARTS, *open_to(holder.hat(), addresses_of_the_village()))
    assert walk.refused == set()
    assert len(walk.known) > 5


def test_no_page_shows_a_visitor_what_is_refused(told: None) -> None:
    walk = walked(Client(), None, "/")
    assert walk.refused == set()
    assert len(walk.known) > 5


def test_the_walk_would_notice_a_button_into_a_refusal(told: None) -> None:
    camat, secretary = (client_hat(name) for name in ("camat", "sekdes"))
    cycle = Cycle.objects.filter(village_id=MELINTANG).order_by("-plan_year").first()
    assert cycle is not None
    evidence = f"/siklus/{cycle.pk}/K7/bukti/"
    assert refusal(camat, "GET", evidence) == "403 or 404, cycles.add_evidence"
    assert refusal(secretary, "GET", evidence) == ""
    assert refusal(secretary, "POST", f"/siklus/{cycle.pk}/").startswith("405")
    assert refusal(secretary, "GET", "/tidak/ada/").startswith("404")
    assert refusal(None, "GET", evidence) == ""
    page = Shown('<form method="post" action="/a/"><button>x</button></form><form method="post" action="/b/"></form>')
    assert page.offers == [("POST", "/a/")]


def client_hat(username: str) -> Hat:
    client = Client()
    client.force_login(Person.objects.get(username=username))
    return hat_of_client(client)
