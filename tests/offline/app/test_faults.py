"""What goes wrong between a phone and the office, made to happen: every record is stored exactly once all the same."""

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from offline.app.serving import MEETING, RECORD, ROOT, SECOND, Server, office_and_phone_agree, until

pytestmark = pytest.mark.journey
MANY = 60


def test_an_answer_lost_after_the_commit_stores_nothing_twice(phone: Any, server: Server) -> None:
    hp = phone()
    hp.begin()
    server.kill()
    key = hp.meeting()
    hp.record(key, 5)
    until(lambda: hp.waiting() == 6)
    server.wire.swallow("/amplop", then=server.kill)
    server.start()
    hp.send()
    until(lambda: server.wire.lost == 1)
    assert hp.waiting() == 6, "a record left the queue without a receipt"
    assert server.count("offline_envelope") == 6
    server.start()
    hp.send()
    until(lambda: hp.waiting() == 0)
    office_and_phone_agree(hp, server, 6)
    assert server.count("deliberation_spokennote") == 5


def test_two_tabs_send_each_record_once(phone: Any, server: Server) -> None:
    hp = phone()
    hp.begin()
    server.kill()
    key = hp.meeting()
    hp.record(key, MANY)
    other = hp.open(page=hp.tab())
    server.start()
    hp.send()
    hp.send(page=other)
    until(lambda: hp.waiting() == 0)
    office_and_phone_agree(hp, server, MANY + 1)
    assert server.count("deliberation_spokennote") == MANY


def test_a_browser_killed_while_it_writes_leaves_whole_records(phone: Any, server: Server) -> None:
    hp = phone()
    hp.begin()
    key = hp.meeting()
    until(lambda: hp.waiting() == 0)
    server.kill()
    hp.page.evaluate(f"(key) => {{ ({RECORD})([key, 4_000, 'photo']); return true; }}", key)
    hp.page.wait_for_timeout(300)
    hp.die()
    hp = phone()
    hp.open()
    count = hp.waiting()
    assert 0 < count < 4_000, "it was not killed in the middle"
    assert (hp.stored("parts"), hp.stored("copies")) == (count, count + 1)
    assert hp.page.evaluate(ORPHANS) == 0


ORPHANS = """async () => {
  const { all } = await import(document.querySelector("script[type=module]").src.replace("main.js", "db.js"));
  const [outbox, copies, parts] = await Promise.all(["outbox", "copies", "parts"].map((name) => all(name)));
  const read = new Set(copies.map((copy) => copy.id));
  const pictures = new Set(parts.map((part) => part.envelope));
  return outbox.filter((row) => !read.has(row.id) || !pictures.has(row.id)).length;
}"""
UNSENT = """async () => {
  const { all } = await import(document.querySelector("script[type=module]").src.replace("main.js", "db.js"));
  return (await all("parts")).filter((part) => !part.sent).length;
}"""


def test_a_clock_three_hours_wrong_is_flagged_and_put_right(phone: Any, server: Server) -> None:
    hp = phone()
    hp.context.add_init_script(
        "const Real = Date; const off = 3 * 3600 * 1000;"
        "globalThis.Date = class extends Real {"
        " constructor(...given) { given.length ? super(...given) : super(Real.now() + off); }"
        " static now() { return Real.now() + off; } };"
    )
    hp.begin()
    key = hp.meeting()
    hp.record(key, 1)
    hp.send()
    until(lambda: hp.waiting() == 0)
    flags = [json.loads(row[0]) for row in server.rows("SELECT flags FROM offline_envelope")]
    assert len(flags) == 2 and all("clock" in each for each in flags)
    assert set(server.states()) == {"applied"}
    hp.page.get_by_text("Jam HP meleset 180 menit").wait_for()


def test_a_server_started_anew_in_the_middle_goes_on_where_it_was(phone: Any, server: Server) -> None:
    hp = phone()
    hp.begin()
    server.kill()
    key = hp.meeting()
    hp.record(key, 120)

    def anew() -> None:
        server.kill()
        server.start()

    server.start()
    server.wire.swallow("/amplop", times=2, then=anew)
    hp.send_all()
    assert server.wire.lost == 2
    office_and_phone_agree(hp, server, 121)
    assert server.count("deliberation_spokennote") == 120


def test_photos_go_on_where_the_wire_was_cut(phone: Any, server: Server) -> None:
    hp = phone()
    hp.begin()
    server.kill()
    key = hp.meeting()
    hp.record(key, 6, "photo")
    server.start()
    server.wire.swallow("/potongan/", times=3)
    until(lambda: (hp.send_all(), not hp.page.evaluate(UNSENT))[1])
    assert server.wire.lost == 3
    office_and_phone_agree(hp, server, 7)
    assert server.count("offline_envelope", "state = 'waiting'") == 0


REVOKE = """
from uuid import UUID
from rembuk.offline.models import Device
from rembuk.shared import clock
with setting_up():
    for row in Device.objects.all():
        row.revoked_at, row.revoked_by, row.revoked_reason = clock.now(), UUID(int=1), "hilang"
        row.save()
"""


def test_a_revoked_phone_still_hands_in_and_is_told(phone: Any, server: Server) -> None:
    hp = phone()
    hp.begin()
    key = hp.meeting()
    until(lambda: hp.waiting() == 0)
    server.run(REVOKE)
    hp.record(key, 2)
    hp.send()
    until(lambda: hp.waiting() == 0)
    assert server.states() == {"applied": 1, "quarantine": 2}
    hp.page.locator("li[data-state=quarantine]").get_by_text("ditolak").wait_for()


def test_two_people_on_one_phone_read_only_their_own(phone: Any, server: Server) -> None:
    hp = phone()
    hp.begin()
    key = hp.meeting()
    hp.record(key, 2)
    until(lambda: hp.waiting() == 0)
    server.kill()
    hp.record(key, 1)
    server.start()
    hp.context.clear_cookies()
    hp.begin(SECOND, "775533")
    hp.go("#rapat")
    hp.page.get_by_role("link", name=MEETING).click()
    hp.page.get_by_role("heading", name=MEETING).wait_for()
    assert hp.page.get_by_text("catatan bicara").count() == 0, "one person reads what the other recorded"
    hp.send()
    until(lambda: hp.waiting() == 0)
    authors = server.rows("SELECT count(DISTINCT person_id), count(*) FROM offline_envelope")
    assert authors == [(1, 4)], "the first person's record was sent under another name"


def test_a_wrong_pin_opens_nothing_and_makes_one_wait(phone: Any, server: Server) -> None:
    hp = phone()
    hp.begin()
    hp.page.reload()
    pin = hp.page.get_by_label("PIN", exact=True).first
    for guess in ("000000", "111111", "222222"):
        pin.fill(guess)
        hp.page.get_by_role("button", name="Buka", exact=True).click()
        hp.page.get_by_text("tidak cocok").wait_for()
        hp.page.wait_for_timeout(200)
    until(lambda: "Tunggu" in hp.page.locator("#isi").inner_text())


FULL = """() => {
  const real = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => { throw new DOMException("no room", "QuotaExceededError"); };
  globalThis.roomAgain = () => { IDBObjectStore.prototype.add = real; };
}"""
"""The refusal of a full phone, put into the browser's mouth: what a test may set as a quota, it does not enforce."""


def test_a_full_phone_says_so_and_keeps_what_was_typed(phone: Any, server: Server) -> None:
    hp = phone()
    hp.begin()
    key = hp.meeting()
    until(lambda: hp.waiting() == 0)
    hp.go(f"#rapat/{key}/bicara")
    form = hp.page.locator("form[data-draft^=bicara]")
    form.locator("[name=point]").fill("Air sumur asin")
    hp.page.evaluate(FULL)
    form.get_by_role("button", name="Simpan").click()
    hp.page.get_by_text("Ruang HP penuh").wait_for()
    assert form.locator("[name=point]").input_value() == "Air sumur asin"
    assert (hp.waiting(), hp.stored("copies")) == (0, 1), "half of a record was kept"
    hp.page.evaluate("roomAgain()")
    form.get_by_role("button", name="Simpan").click()
    hp.page.locator("ol.queue", has_text="Air sumur asin").wait_for()
    assert form.locator("[name=point]").input_value() == "", "it could be saved twice"
    until(lambda: hp.waiting() == 0)
    assert server.count("deliberation_spokennote") == 1


def test_a_new_program_waits_for_a_tap_and_loses_nothing(phone: Any, server: Server, tmp_path: Path) -> None:
    hp = phone()
    hp.begin()
    server.kill()
    key = hp.meeting()
    hp.record(key, 3)
    newer = tmp_path / "src"
    shutil.copytree(ROOT / "src", newer, ignore=shutil.ignore_patterns("__pycache__"))
    style = newer / "rembuk" / "offline" / "static" / "offline" / "app.css"
    style.write_text(style.read_text(encoding="utf-8") + "\n.newer { color: inherit; }\n", encoding="utf-8")
    server.wire.swallow("/amplop", times=1_000)
    server.start(newer)
    before = hp.page.evaluate("document.documentElement.dataset.version")
    hp.open()
    assert hp.page.evaluate("document.documentElement.dataset.version") == before, "it was changed without a tap"
    hp.page.get_by_role("button", name="Pasang sekarang").click()
    hp.page.get_by_label("PIN", exact=True).first.wait_for()
    until(lambda: hp.page.evaluate("document.documentElement.dataset.version") != before)
    assert hp.waiting() == 4
    server.wire.swallow("", times=0)
    hp.open()
    hp.send()
    until(lambda: hp.waiting() == 0)
    office_and_phone_agree(hp, server, 4)


def test_the_file_for_a_cable_holds_the_same_envelopes(phone: Any, server: Server) -> None:
    hp = phone()
    hp.begin()
    server.kill()
    key = hp.meeting()
    hp.record(key, 3)
    hp.record(key, 2, "photo")
    hp.go("#antrean")
    with hp.page.expect_download() as coming:
        hp.page.get_by_role("button", name="Simpan ke berkas").click()
    with zipfile.ZipFile(io.BytesIO(Path(coming.value.path()).read_bytes())) as archive:
        assert archive.testzip() is None
        sent = json.loads(archive.read("amplop.json"))["envelopes"]
        parts = [name.removeprefix("potongan/") for name in archive.namelist() if name.startswith("potongan/")]
    assert [each["kind"] for each in sent] == ["meeting-start", "note", "note", "note", "photo", "photo"]
    assert sorted(parts) == sorted(part for each in sent for part in each["parts"])
    assert hp.waiting() == 6, "only a receipt takes a record from the queue"
