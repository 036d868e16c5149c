"""The front of a web process: who waits, who is sent away and how, and that no write is lost; on a real server."""

import io
import re
import sqlite3
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from factories import office, people, places
from factories.people import PASSWORD
from factories.samples_cycles import cycle_in
from rembuk.cli import server
from rembuk.config import env
from rembuk.config.environ import environ_of
from rembuk.config.front import LARGEST
from rembuk.regions.models import Village
from rembuk.shared.trail.testing import setting_up

PEOPLE, WRITERS, QUEUE = 300, 30, 12


@pytest.fixture
def village() -> Village:
    with setting_up():
        made = places.melintang()
        cycle_in(made)
        office.may_sign_in(people.secretary(made))
    return made


@pytest.fixture
def served(village: Village, tmp_path: Path) -> Iterator[office.Served]:
    with office.running(tmp_path / "kantor", workers=2, REMBUK_QUEUE=str(QUEUE)) as running:
        yield running


class Browser:
    """Keeps cookies, follows nothing, takes a refusal as an answer."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), Stay())

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, Any, str]:
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        asked = urllib.request.Request(self.base + path, data, {"Referer": self.base + path})
        try:
            with self.opener.open(asked, timeout=60) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read().decode()

    def sign_in(self, name: str) -> None:
        form = {"name": name, "password": PASSWORD, **hidden(self.ask("/masuk/")[2], "csrfmiddlewaretoken")}
        assert self.ask("/masuk/", form)[0] == 302


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def hidden(page: str, *names: str) -> dict[str, str]:
    found = {}
    for name in names:
        tag = next(tag for tag in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in tag)
        found[name] = re.search(r'value="([^"]*)"', tag)[1]  # type: ignore[index]
    return found


def below(pid: int) -> set[int]:
    children = {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    return children | {deep for child in children for deep in below(child)}


real_server = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the server's data are a copy of a SQLite file"),
]


def marked(test: Any) -> Any:
    for mark in real_server:
        test = mark(test)
    return test


@marked
@pytest.mark.skipif(sys.platform != "linux", reason="the processes are counted in /proc")
def test_when_too_many_come_at_once_some_are_sent_away_kindly_and_no_write_is_lost(
    served: office.Served, village: Village
) -> None:
    page, processes = reverse("portal:village", args=(village.code,)), below(served.process.pid)
    writer = Browser(served.address)
    writer.sign_in(people.secretary(village).person.username)
    forms = [hidden(writer.ask("/usulan/baru/")[2], "csrfmiddlewaretoken", "kunci") for _turn in range(WRITERS)]
    together = threading.Barrier(PEOPLE // 2)

    def come(number: int) -> tuple[int, int, Any, str]:
        if number < PEOPLE // 2:
            together.wait()  # as many at the same moment as there are threads
        if number % (PEOPLE // WRITERS) == 0:
            form = {**forms[number // (PEOPLE // WRITERS)], "usulan": f"Ramai {number}", "langkah": "simpan"}
            return number, *writer.ask("/usulan/baru/", form)
        return number, *Browser(served.address).ask(page)

    with ThreadPoolExecutor(PEOPLE // 2) as crowd:
        answers = list(crowd.map(come, range(PEOPLE)))
    assert Browser(served.address).ask("/sehat/")[0] == 200
    assert {status for _number, status, *_rest in answers} == {200, 302, 503}
    for _number, status, headers, body in answers:
        if status == 503:
            assert int(headers["Retry-After"]) > 0
            assert "Sedang ramai" in body and "tidak tercatat dua kali" in body
    taken = {f"Ramai {number}" for number, status, *_rest in answers if status == 302}
    assert kept(served, "Ramai %") == Counter(taken), "what was acknowledged is kept once, what was refused is not"
    assert below(served.process.pid) == processes


def kept(served: office.Served, title: str) -> "Counter[str]":
    with closing(sqlite3.connect(served.folder / "rembuk.sqlite3")) as database:
        rows = database.execute("SELECT title FROM proposals_proposal WHERE title LIKE ?", (title,))
        return Counter(title for (title,) in rows)


@marked
def test_what_is_too_large_or_to_be_poured_is_told_by_the_real_server(served: office.Served, village: Village) -> None:
    visitor = Browser(served.address)
    status, headers, body = visitor.ask(reverse("portal:table", args=(village.regency_id, 2027, "desa", "csv")))
    assert status == 200 and village.name in body and "Content-Length" not in headers
    english = Browser(served.address)
    english.ask("/?lang=en")
    titles = [each.ask(f"/kabupaten/{village.regency_id}/?cari=x")[2].split("<h1", 1)[1] for each in (visitor, english)]
    assert titles[0] != titles[1]
    status, _headers, body = visitor.ask("/masuk/", {"name": "x" * (LARGEST + 1)})
    assert status == 413 and "Terlalu besar" in body
    status, headers, _body = visitor.ask("/tidak-ada/")
    assert status == 404 and "kerja;dur=" in headers["Server-Timing"]


def scope(**more: Any) -> SimpleNamespace:
    told = {"method": "POST", "path": "/usulan/", "query_string": "a=%20", "http_version": "1.1", "scheme": "http"}
    ends = {"server": "127.0.0.1:8000", "client": "[fe80::1]:51000", "authority": None}
    return SimpleNamespace(**{**told, **ends, "headers": {}, **more})


def test_a_header_that_passes_for_another_is_left_out_and_cookies_are_joined() -> None:
    sent = [("cookie", "a=1"), ("cookie", "b=2"), ("x_forwarded_proto", "https"), ("content-length", "99")]
    body = io.BytesIO()
    body.write(b"nama=x")
    environ = environ_of(scope(path="/désa/", headers=SimpleNamespace(items=lambda: sent)), body)
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert "HTTP_X_FORWARDED_PROTO" not in environ
    assert environ["CONTENT_LENGTH"] == "6" and environ["wsgi.input"].read() == b"nama=x"
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/désa/"
    assert environ["REMOTE_ADDR"] == "fe80::1"


@pytest.mark.parametrize("value", ["-1", "banyak", "1000000", "²"])
def test_an_odd_length_of_the_queue_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("REMBUK_QUEUE", value)
    with pytest.raises(SystemExit, match="REMBUK_QUEUE"):
        env.queue()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_the_server_asks_for_as_many_open_files_as_it_holds_connections() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(256, before[0]), before[1]))
        holds = server.most_connections()
        assert holds + server.OWN_FILES <= resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        assert holds == min(server.MOST_CONNECTIONS, before[1] - server.OWN_FILES)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
