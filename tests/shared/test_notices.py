"""One message to one person, once; reminders at their steps; a digest that groups and stays quiet at night."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from rembuk.shared import clock, daily
from rembuk.shared.models import Notice
from rembuk.shared.notices.digest import digest_text, send_digests, whatsapp_link
from rembuk.shared.notices.queries import inbox, unread_count
from rembuk.shared.notices.reminders import Deadline, remind, step_for
from rembuk.shared.notices.services import mark_all_read, mark_read, notify, withdraw
from shared.samples import secretary

WITA = ZoneInfo("Asia/Makassar")
TODAY = date(2026, 9, 21)


@pytest.mark.django_db
def test_the_same_notice_reaches_each_person_once() -> None:
    first, second = uuid4(), uuid4()
    assert notify(person_ids=[first], key="k", title="Usulan dikembalikan") == 1
    assert notify(person_ids=[first, second, second], key="k", title="Usulan dikembalikan") == 1
    assert (unread_count(first), unread_count(second)) == (1, 1)


@pytest.mark.django_db
def test_a_person_reads_and_marks_only_their_own() -> None:
    hat, other = secretary(), uuid4()
    notify(person_ids=[hat.person_id, other], key="a", title="A")
    notify(person_ids=[hat.person_id], key="b", title="B")
    mark_read(notice_id=inbox(hat.person_id)[0].pk, hat=hat)
    assert [notice.title for notice in inbox(hat.person_id, unread=True)] == ["A"]
    with pytest.raises(Notice.DoesNotExist):
        mark_read(notice_id=inbox(other)[0].pk, hat=hat)
    assert mark_all_read(hat=hat) == 1
    assert (unread_count(hat.person_id), unread_count(other)) == (0, 1)


@pytest.mark.django_db
def test_a_notice_nobody_has_read_can_be_taken_back() -> None:
    hat, other = secretary(), uuid4()
    notify(person_ids=[hat.person_id, other], key="a", title="A")
    mark_all_read(hat=hat)
    assert withdraw(key="a") == 1
    assert (inbox(hat.person_id).count(), inbox(other).count()) == (1, 0)


@pytest.mark.parametrize(
    ("left", "step"),
    [
        (31, None),
        (30, "before-30"),
        (15, "before-30"),
        (14, "before-14"),
        (8, "before-14"),
        (7, "before-7"),
        (4, "before-7"),
        (3, "before-3"),
        (2, "before-3"),
        (1, "before-1"),
        (0, "before-0"),
        (-1, "late-1"),
        (-6, "late-1"),
        (-7, "late-7"),
        (-13, "late-7"),
        (-14, "late-14"),
        (-30, "late-28"),
    ],
)
def test_a_reminder_comes_at_its_step(left: int, step: str | None) -> None:
    assert step_for(TODAY + timedelta(days=left), TODAY) == step


def rkp(person: UUID, **changes: object) -> Deadline:
    values = {"code": "D06", "subject": "cycle:1", "title": "RKP Desa ditetapkan", "due_date": date(2026, 9, 30)}
    return Deadline(**{**values, "person_ids": (person,), "source": "PP 43/2014 Pasal 118", **changes})  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_deadline_reminds_once_per_step_and_anew_when_it_moves() -> None:
    person = uuid4()
    days = [TODAY + timedelta(days=n) for n in range(40)]
    assert sum(remind([rkp(person)], today=day) for day in days) == 10
    titles = list(inbox(person).values_list("title", flat=True))
    assert titles.count("RKP Desa ditetapkan") == 5 and titles.count("Terlambat: RKP Desa ditetapkan") == 5
    assert remind([rkp(person, due_date=date(2026, 10, 31))], today=date(2026, 10, 30)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"met": True}, {"paused": True}, {"due_date": date(2026, 12, 1)}])
def test_a_deadline_that_is_met_paused_or_far_reminds_nobody(changes: dict[str, object]) -> None:
    assert remind([rkp(uuid4(), **changes)], today=TODAY) == 0


@pytest.mark.django_db
def test_the_digest_groups_and_orders_by_date() -> None:
    person = uuid4()
    notify(person_ids=[person], key="1", title="Jawaban dinas PU atas usulan dermaga", kind="answer")
    notify(person_ids=[person], key="2", title="RKP Desa ditetapkan", kind="deadline", due_date=date(2026, 9, 30))
    notify(person_ids=[person], key="3", title="Pagu diterima", kind="deadline", due_date=date(2026, 9, 20))
    notify(person_ids=[person], key="4", title="Unggah berita acara", kind="task", due_date=TODAY)
    assert digest_text(list(inbox(person)), today=TODAY, address="http://contoh/kabar/") == (
        "*Kabar Rembuk, 21 September 2026*\n\n"
        "*Tenggat*\n- Pagu diterima (20 September 2026, terlambat 1 hari)\n"
        "- RKP Desa ditetapkan (30 September 2026, 9 hari lagi)\n\n"
        "*Tugas*\n- Unggah berita acara (hari ini)\n\n"
        "*Jawaban*\n- Jawaban dinas PU atas usulan dermaga\n\n"
        "http://contoh/kabar/"
    )


@pytest.mark.django_db
def test_a_digest_is_sent_once_a_day_with_what_is_new_and_unread() -> None:
    hat, other = secretary(), uuid4()
    notify(person_ids=[hat.person_id, other], key="1", title="A")
    mark_all_read(hat=hat)
    assert send_digests(TODAY) == 1
    assert send_digests(TODAY) == 0
    newest = Notice.objects.get(person_id_value=other, kind="digest")
    assert newest.title == "Ringkasan hari ini: 1 kabar" and "- A" in newest.body
    assert send_digests(TODAY + timedelta(days=1)) == 0
    assert not Notice.objects.filter(person_id_value=hat.person_id, kind="digest").exists()


def test_a_whatsapp_link_carries_the_text_whole() -> None:
    assert whatsapp_link("*A*\n& b") == "https://wa.me/?text=%2AA%2A%0A%26%20b"


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"), [(19, 59, False), (20, 0, True), (0, 0, True), (5, 59, True), (6, 0, False)]
)
def test_the_quiet_hours_are_those_of_the_regency(hour: int, minute: int, quiet: bool) -> None:
    assert daily.quiet(datetime(2026, 9, 21, hour, minute, tzinfo=WITA)) is quiet


@pytest.fixture
def chores(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[date]]:
    done: list[date] = []
    monkeypatch.setattr(daily, "_chores", {"x": done.append})
    monkeypatch.setattr(daily, "_done", {})
    yield done


def at(monkeypatch: pytest.MonkeyPatch, day: int, hour: int) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 9, day, hour, tzinfo=WITA))


def test_a_daily_chore_runs_once_a_day_and_never_at_night(chores: list[date], monkeypatch: pytest.MonkeyPatch) -> None:
    for day, hour in [(21, 5), (21, 7), (21, 19), (21, 22), (22, 3), (22, 6)]:
        at(monkeypatch, day, hour)
        daily.run_due()
    assert chores == [date(2026, 9, 21), date(2026, 9, 22)]


def test_a_chore_that_fails_is_tried_again(chores: list[date], monkeypatch: pytest.MonkeyPatch) -> None:
    daily.register("a", lambda today: 1 / 0)
    at(monkeypatch, 21, 8)
    with pytest.raises(ZeroDivisionError):
        daily.run_due()
    daily.register("a", chores.append)
    assert daily.run_due() == ["a", "x"]
