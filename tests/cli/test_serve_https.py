"""An office's own https, for real: the server, the door that hands its certificate out, and who trusts whom."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class Office:
    """A running office: its data folder, where it listens by http and by https, what it said at the start."""

    folder: Path
    door: str
    secure: str
    said: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, migrated_once: Path | None
) -> Iterator[Office]:
    """Start ``serve --https`` on a folder with an empty database."""
    if migrated_once is None:
        pytest.skip("the server is tried on SQLite alone")
    folder = tmp_path_factory.mktemp("kantor")
    shutil.copyfile(migrated_once, folder / "rembuk.sqlite3")
    (folder / "kunci").write_text("kunci uji yang cukup panjang untuk dipakai di sini", encoding="ascii")
    door, secure = free_port(), free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("REMBUK_", "DJANGO_"))}
    environment["REMBUK_HOSTS"] = "127.0.0.1,localhost"
    command = ["serve", "--data", str(folder), "--port", str(door), "--https", str(secure), "--tanpa-pekerja"]
    process = subprocess.Popen(
        [sys.executable, "-m", "rembuk", *command, "--pekerja-web", "1"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if line.startswith("Siap"):
            break
    yield Office(folder, f"http://127.0.0.1:{door}", f"https://127.0.0.1:{secure}", said)
    process.terminate()
    process.wait(timeout=30)


class NotFollowed(urllib.request.HTTPRedirectHandler):
    """Shows where an answer leads instead of going there."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def test_who_trusts_the_offices_certificate_reads_the_page_and_gets_secure_cookies(office: Office) -> None:
    trusting = ssl.create_default_context(cafile=str(office.folder / "https" / "penerbit.pem"))
    with urllib.request.urlopen(f"{office.secure}/masuk/", context=trusting, timeout=20) as answer:
        cookies = answer.headers.get_all("Set-Cookie") or []
        assert answer.status == 200
        assert "Strict-Transport-Security" not in answer.headers
    assert any("csrf" in cookie.lower() and "secure" in cookie.lower() for cookie in cookies)


def test_who_does_not_trust_it_is_warned(office: Office) -> None:
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urllib.request.urlopen(f"{office.secure}/masuk/", context=ssl.create_default_context(), timeout=20)


def test_the_door_hands_out_the_certificate_and_nothing_else(office: Office) -> None:
    with urllib.request.urlopen(f"{office.door}/penerbit.crt", timeout=20) as answer:
        assert answer.read() == (office.folder / "https" / "penerbit.pem").read_bytes()
    with urllib.request.urlopen(f"{office.door}/percaya/", timeout=20) as answer:
        page = answer.read().decode()
    stated = next(line for line in office.said.splitlines() if line.startswith("Sidik")).rsplit(" ", 1)[1]
    assert stated in page
    with urllib.request.urlopen(f"{office.door}/percaya/?lang=en", timeout=20) as answer:
        assert '<html lang="en">' in answer.read().decode()


@pytest.mark.parametrize("path", ["/peladen.kunci", "/https/penerbit.kunci", "/../kunci", "/masuk/"])
def test_everything_else_leads_to_https(office: Office, path: str) -> None:
    opener = urllib.request.build_opener(NotFollowed)
    with pytest.raises(urllib.error.HTTPError) as sent:
        opener.open(f"{office.door}{path}", timeout=20)
    assert sent.value.code == 303
    assert sent.value.headers["Location"] == f"{office.secure}{path}"


def test_a_strange_host_is_not_repeated(office: Office) -> None:
    opener = urllib.request.build_opener(NotFollowed)
    asked = urllib.request.Request(f"{office.door}/masuk/", headers={"Host": "jahat.example"})
    with pytest.raises(urllib.error.HTTPError) as sent:
        opener.open(asked, timeout=20)
    assert sent.value.headers["Location"] == f"{office.secure}/masuk/"
