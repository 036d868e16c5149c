"""The pages of this room: each shows what is the person's own or lies in their place, and nothing else."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from rembuk.core.hat import Hat, Place, Role
from rembuk.core.permissions import TABLE, Permission
from rembuk.shared import files, jobs, views
from rembuk.shared.models import Job, Paper, StoredFile
from rembuk.shared.notices.queries import unread_count
from rembuk.shared.notices.services import notify
from rembuk.shared.trail import acting, install, kinds
from shared.samples import loa_duri_ilir, secretary

pytestmark = pytest.mark.django_db
VILLAGE = "64.02.04.2001"
Get = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def ask(path: str, hat: Hat | None, method: str = "get", **headers: str) -> HttpResponse:
    """Open an address as *hat*, past the middleware, through the door of the page."""
    request: HttpRequest = getattr(RequestFactory(headers=headers), method)(path)
    request.hat, request.user, request.htmx = hat, AnonymousUser(), "HX-Request" in headers  # type: ignore[attr-defined]
    match = resolve(path.partition("?")[0])
    return match.func(request, *match.args, **match.kwargs)


def hat(role: Role, place: Place | None = None) -> Hat:
    return Hat(uuid4(), "X", role, place or Place("64.02", "64.02.04", VILLAGE), "Loa Duri Ilir")


def test_the_inbox_shows_ones_own_notices_with_the_filter_for_unread() -> None:
    mine = secretary()
    notify(person_ids=[mine.person_id], key="a", title="Unggah berita acara <hari ini>", link="/usulan/")
    notify(person_ids=[uuid4()], key="b", title="Rahasia orang lain")
    page = ask("/kabar/", mine).content.decode()
    assert "Unggah berita acara &lt;hari ini&gt;" in page and "Rahasia orang lain" not in page
    assert ask("/kabar/baca/", mine, "post").status_code == 302
    assert "Semua sudah dibaca" in ask("/kabar/?saring=belum", mine).content.decode()


def test_opening_a_notice_marks_it_and_leads_to_its_thing_but_never_off_the_site() -> None:
    mine = secretary()
    for link, leads in [("/usulan/", "/usulan/"), ("https://jahat.example/", "/kabar/"), ("", "/kabar/")]:
        notify(person_ids=[mine.person_id], key=link, title="A", link=link)
        notice = views.queries.inbox(mine.person_id, unread=True)[0]
        answer = ask(f"/kabar/{notice.pk}/baca/", mine, "post")
        assert (answer.status_code, answer["Location"]) == (302, leads)
    assert unread_count(mine.person_id) == 0
    with pytest.raises(Http404):
        ask(f"/kabar/{notice.pk}/baca/", secretary(), "post")


def test_the_text_for_whatsapp_can_be_copied_without_a_script() -> None:
    mine = secretary()
    notify(person_ids=[mine.person_id], key="a", title="RKP & RAB", kind="deadline")
    page = ask("/kabar/teks/", mine).content.decode()
    assert "readonly>*Kabar Rembuk," in page and "- RKP &amp; RAB" in page
    assert 'href="https://wa.me/?text=' in page


def test_a_visitor_is_sent_to_sign_in() -> None:
    answer = ask("/kabar/", None)
    assert (answer.status_code, answer["Location"]) == (302, "/masuk/?next=/kabar/")


@pytest.mark.parametrize("path", ["/kabar/", "/kabar/teks/", "/sehat/"])
def test_a_page_asks_as_often_for_many_rows_as_for_one(
    path: str, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    mine = secretary()
    counts = []
    for amount in (1, 100):
        for n in range(amount):
            notify(person_ids=[mine.person_id], key=f"{amount}:{n}", title="A", due_date=None)
        with django_assert_max_num_queries(40) as captured:  # type: ignore[attr-defined]
            ask(path, mine)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def stored(name: str = "sk.pdf", data: bytes = b"%PDF-1.4") -> StoredFile:
    return files.store(data, name=name, village_id=loa_duri_ilir(), hat=secretary())


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (hat(Role.SDK), 200),
        (hat(Role.RTK, Place("64.02", "64.02.04", VILLAGE, "dusun", "rt")), 200),
        (hat(Role.CAM, Place("64.02", "64.02.04")), 200),
        (hat(Role.KBD, Place("64.02")), 200),
        (hat(Role.WGA), 403),
        (hat(Role.SDK, Place("64.02", "64.02.04", "64.02.04.2002")), 404),
        (hat(Role.CAM, Place("64.02", "64.02.05")), 404),
        (hat(Role.KBD, Place("64.03")), 404),
        (None, 302),
    ],
    ids=lambda value: value.label if isinstance(value, Hat) else str(value),
)
def test_a_file_opens_only_for_those_of_its_place(who: Hat | None, status: int) -> None:
    path = f"/berkas/{stored().pk}/"
    if status == 404:
        with pytest.raises(Http404):
            ask(path, who)
    else:
        assert ask(path, who).status_code == status


def test_a_file_is_handed_out_so_that_it_cannot_act_in_the_sites_name() -> None:
    row = stored('SK "Tim" é.pdf')
    answer = ask(f"/berkas/{row.pk}/", secretary())
    assert answer.content == b"%PDF-1.4"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''SK%20%22Tim%22")
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"].endswith("sandbox")) == (
        "nosniff",
        True,
    )
    assert ask(f"/berkas/{row.pk}/?unduh", secretary())["Content-Disposition"].startswith("attachment")
    assert ask(f"/berkas/{row.pk}/", secretary(), **{"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_lost_file_is_said_in_words() -> None:
    row = stored()
    files.blobs.path_of(row.sha256).unlink()
    answer = ask(f"/berkas/{row.pk}/", secretary())
    assert answer.status_code == 409 and "tidak ditemukan lagi" in answer.content.decode()


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setitem(TABLE.rows, "samples.read", Permission("samples.read", roles=frozenset({Role.SDK, Role.BPD})))
    monkeypatch.setitem(TABLE.rows, "samples.change", Permission("samples.change", title="Mengubah berkas"))
    kinds.register("berkas", StoredFile, finder=lambda key: StoredFile.objects.get(pk=key), act="samples.read")
    return


def test_the_trail_of_a_thing_opens_for_those_who_may_see_the_thing(kind: None) -> None:
    row = stored()
    with acting(secretary(), "samples.change"):
        StoredFile.objects.filter(pk=row.pk).update(name="sk-baru.pdf")
    page = ask(f"/jejak/berkas/{row.pk}/", hat(Role.SDK)).content.decode()
    assert "<b>Mengubah berkas</b>, Sekretaris desa, Loa Duri Ilir" in page
    assert "<del>sk.pdf</del> <ins>sk-baru.pdf</ins>" in page
    assert ask(f"/jejak/berkas/{row.pk}/", hat(Role.KAU)).status_code == 403
    with pytest.raises(Http404):
        ask(f"/jejak/berkas/{row.pk}/", hat(Role.SDK, Place("64.02", "64.02.05", "64.02.05.2001")))


@pytest.mark.parametrize("path", ["/jejak/tidak-ada/1/", f"/jejak/berkas/{uuid4()}/", "/jejak/berkas/bukan-uuid/"])
def test_the_trail_of_nothing_is_not_found(kind: None, path: str) -> None:
    with pytest.raises((Http404, ObjectDoesNotExist)):
        ask(path, hat(Role.SDK))


def test_progress_is_shown_to_the_one_who_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_works", {"x": lambda run: {"sentence": "2 dokumen jadi.", "link": "/dokumen/"}})
    mine = secretary()
    job = jobs.enqueue(name="x", payload={}, key="k", title="Menyusun 2 dokumen", hat=mine, total=2)
    page = ask(f"/pekerjaan/{job.pk}/", mine).content.decode()
    assert "2 dokumen jadi." in page and 'href="/dokumen/"' in page and "hx-get" not in page
    assert ask(f"/pekerjaan/{job.pk}/", secretary()).status_code in (403, 404)
    Job.objects.filter(pk=job.pk).update(state="running", done_count=1)
    part = ask(f"/pekerjaan/{job.pk}/", mine, **{"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="kemajuan"') and "1 dari 2" in part and "hx-get" in part
    assert ask(f"/pekerjaan/{job.pk}/batal/", mine, "post").status_code == 302
    assert Job.objects.get().state == "cancelled"


def test_the_health_page_is_public_and_names_what_is_wrong() -> None:
    assert ask("/sehat/", None).status_code == 200
    answer = json.loads(ask("/sehat/", None, accept="application/json").content)
    assert (answer["database"], answer["worker"], answer["waiting"]) == (True, False, 0)
    install.uninstall(connection)
    assert Paper._meta.db_table in ask("/sehat/", None).content.decode()
    install.install(connection)
