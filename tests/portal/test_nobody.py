"""Nobody stands on a public page: every public address is opened and searched for people and for small groups."""

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from architecture.test_permissions import ROUTES, Route
from factories import people, places, samples
from portal import given
from rembuk.core.permissions import TABLE
from rembuk.portal import cached
from rembuk.regions.models import Village
from rembuk.shared.models import Paper
from rembuk.shared.trail.audited import audited_tables
from rembuk.shared.trail.testing import setting_up
from rembuk.works.models import Progress

pytestmark = pytest.mark.django_db
samples.load_rooms()
OWN_PAGES = ("accounts:", "shared:", "season:", "training:")
"""Signing in, the program's health, a calendar behind a secret address, certificates, which name whom they are for."""
SHOWN = [
    route
    for route in ROUTES
    if getattr(route.view, "act", "") in TABLE.rows
    and TABLE.rows[route.view.act].public
    and "GET" in getattr(route.view, "methods", ())
    and not route.label.startswith(OWN_PAGES)
]
HIDDEN_WORDS = (
    "miskin",
    "difabel",
    "disabilitas",
    "berkebutuhan khusus",
    "a-rtm",
    "kursi roda",
    "wheelchair",
    "poor households",
)
SAID_OF_THE_RULE = (
    "data kemiskinan tidak pernah tampil",
    "data kemiskinan dan disabilitas di dalamnya",
    "dan data kemiskinan tidak pernah tampil",
)
COUNTED = re.compile(r"(?<![\d.,])(\d{1,3}) (?:orang|laki-laki|perempuan|kehadiran|penerima)\b")
NAMES_IN_PLAIN_COLUMNS = (given.PROPOSER, given.PHONE, given.KEEPER, given.BUILDER, given.NAMED)


def text_of(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers["Content-Type"]
    if kind.startswith("image/"):
        return ""
    if kind.startswith("application/vnd"):
        sheets = CalamineWorkbook.from_filelike(io.BytesIO(body))
        return "\n".join(str(sheets.get_sheet_by_name(name).to_python()) for name in sheets.sheet_names)
    # A calendar folds its lines.
    return html.unescape(body.decode().replace("\r\n ", ""))


def people_known() -> set[str]:
    """Return every personal value that any table holds: the trail knows which columns are personal."""
    found: set[str] = set(NAMES_IN_PLAIN_COLUMNS)
    for rule in audited_tables():
        for column in set(rule.personal) - {"position"}:  # an office ("Sekretaris Desa") is nobody
            field = next(one for one in rule.model._meta.concrete_fields if one.column == column)
            for value in rule.model._base_manager.order_by().values_list(field.attname, flat=True):
                found |= set(values_in(value))
    return {value for value in found if len(value) > 4}


def values_in(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in values_in(one)]
    if isinstance(value, list):
        return [text for one in value for text in values_in(one)]
    return [value] if isinstance(value, str) else []


def address_of(route: Route, village: Village) -> str:
    """Return an address of the village with everything in it; what it lacks is made in the village beside it."""
    photo = Progress.objects.filter(work__village=village).values_list("pk", flat=True)[0]
    own = {"code": village.code, "regency": village.regency_id, "year": 2027, "progress_id": photo}
    own = own if route.name.startswith(("portal:", "proposals:public-")) else {}
    beside = places.enggelam()
    kwargs = {name: own.get(name) or samples.maker_of(name, route.name)(beside) for name in route.needs}
    return reverse(route.name, kwargs=kwargs)


def test_there_are_public_pages_to_open():
    assert {"portal:village", "portal:works", "portal:table", "proposals:public", "plans:public"} <= {
        route.name for route in SHOWN
    }


@dataclass(frozen=True, slots=True)
class Opened:
    """Every public page as it was answered, and every person that the database knows of."""

    pages: list[tuple[str, str]]
    people: set[str]


@pytest.fixture(scope="module")
def public(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[Opened]:
    """Tell a whole village and open every page once; everything is rolled back at the end."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("berkas")),
    ):
        cached.shelf.clear()
        with setting_up():
            place = places.melintang()
        people.person("Hasan Basri Mahulu", "hasan.basri", phone="628111222333", email="hasan@contoh.id")
        given.careless_office(place, given.whole_village(place))
        with translation.override("id"):  # the English pages leave their language behind
            pages = opened(place)
        yield Opened(pages, people_known())
        transaction.set_rollback(True)
    cached.shelf.clear()


def opened(village: Village) -> list[tuple[str, str]]:
    """Open every public address of the village; the sub-pages of every table and format too."""
    client = Client()
    addresses = [address_of(route, village) for route in SHOWN if not unreachable(route)]
    number = village.proposals.order_by("number").first().number
    addresses += [reverse("proposals:public", args=(number,))]
    for table in ("desa", "usulan", "kegiatan", "apb", "pekerjaan", "musyawarah"):
        for kind in ("csv", "json"):
            addresses.append(reverse("portal:table", args=(village.regency_id, 2027, table, kind)))
    addresses += [f"{reverse('portal:search')}?cari=titian", f"{reverse('portal:search')}?cari={given.KEEPER}"]
    addresses += [reverse("portal:proposals_file", args=(village.code, kind)) for kind in ("csv", "xlsx")]
    papers = Paper.objects.filter(village_key=village.pk).values_list("verify_code", flat=True)
    addresses += [reverse("documents:verify", args=(code,)) for code in papers]
    addresses += [reverse("proposals:public", args=(row.number,)) for row in village.proposals.exclude(number=None)]
    addresses += [f"{address}{'&' if '?' in address else '?'}lang=en" for address in addresses]
    found = []
    for address in dict.fromkeys(addresses):
        response = client.get(address)
        # 409: a page of the hall, which only the laptop in a hall shows.
        told = (200, 302, 404, 409) if address.startswith("/balai/") else (200, 302, 404)
        assert response.status_code in told, f"{address}: {response.status_code}"
        if response.status_code == 200:
            found.append((address, text_of(response)))
    return found


def unreachable(route: Route) -> bool:
    """Return whether the sample of an address needs a person who signs in."""
    makers = (samples.maker_of(name, route.name) for name in route.needs)
    return any(maker is None or samples.is_personal(maker) for maker in makers)


def test_no_person_stands_on_a_public_page(public):
    assert {given.PROPOSER, given.PHONE, given.KEEPER, "Anggota Ke1man", "Hasan Basri Mahulu"} <= public.people
    wanted = re.compile(r"(?<!\w)(" + "|".join(re.escape(name) for name in sorted(public.people)) + r")(?!\w)")
    told = [
        f"{address}: {match[0]}"
        for address, text in public.pages
        for match in wanted.finditer(text)
        if f"cari={given.KEEPER}" not in address
    ]
    assert told == []


def test_no_element_of_poverty_or_disability_stands_on_a_public_page(public):
    told = []
    for address, text in public.pages:
        plain = text.lower()
        for sentence in SAID_OF_THE_RULE:
            plain = plain.replace(sentence, "")
        told += [f"{address}: {word}" for word in HIDDEN_WORDS if word in plain]
    assert told == []


def test_no_group_under_five_stands_on_a_public_page(public):
    told = [
        f"{address}: {match[0]}"
        for address, text in public.pages
        for match in COUNTED.finditer(re.sub(r"<[^>]+>", " ", text))
        if 0 < int(match[1]) < 5
    ]
    assert told == []


def test_the_search_for_small_groups_would_notice_one():
    assert COUNTED.search("hadir 4 perempuan dan 40 laki-laki")[1] == "4"
    assert not COUNTED.search("Rp1.004 perempuan")
