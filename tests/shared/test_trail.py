"""The trail covers every way of writing, keeps personal values apart, and only grows."""

import hashlib
from collections.abc import Iterator

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from rembuk.shared.models import TrailEntry, TrailPersonal
from rembuk.shared.trail import acting, install
from rembuk.shared.trail.triggers import NOBODY
from shared.samples import Letter, sample_tables, secretary


@pytest.fixture
def letters(db: None) -> Iterator[None]:
    with sample_tables():
        yield


@pytest.fixture
def kept_letters(transactional_db: None) -> Iterator[None]:
    with sample_tables():
        yield


def entries() -> list[TrailEntry]:
    return list(TrailEntry.objects.filter(table_name="samples_letter").order_by("id"))


def test_a_saved_row_leaves_who_when_and_what(letters: None) -> None:
    hat = secretary()
    before = timezone.now()
    with acting(hat, "letters.write"):
        letter = Letter.objects.create(title='Undangan "rapat" & <acara>', pages=2, score=0.5, extra={"a": [1, None]})
    (entry,) = entries()
    assert (entry.act, entry.person, entry.hat, entry.regency) == (
        "letters.write",
        str(hat.person_id),
        "SDK Loa Duri Ilir",
        "64.02",
    )
    assert (entry.object_id, entry.operation, entry.before) == (str(letter.pk), "INSERT", None)
    assert before <= entry.at <= timezone.now()
    assert entry.after is not None
    assert entry.after["title"] == 'Undangan "rapat" & <acara>'
    assert (entry.after["pages"], entry.after["score"]) == (2, 0.5)
    assert "sender" not in entry.after and "views" not in entry.after


def test_an_update_leaves_only_what_changed(letters: None) -> None:
    with acting(secretary(), "letters.write"):
        letter = Letter.objects.create(title="Lama")
        letter.title, letter.score = "Baru", 1.25
        letter.save()
    assert (entries()[1].before, entries()[1].after) == (
        {"title": "Lama", "score": None},
        {"title": "Baru", "score": 1.25},
    )


def test_saving_the_same_again_or_an_ignored_column_leaves_nothing(letters: None) -> None:
    with acting(secretary(), "letters.write"):
        letter = Letter.objects.create(title="Tetap")
        letter.save()
        Letter.objects.update(views=7)
    assert len(entries()) == 1


def test_bulk_and_raw_writes_are_caught_with_their_actor(letters: None) -> None:
    hat = secretary()
    with acting(hat, "letters.bulk"):
        Letter.objects.bulk_create([Letter(title=f"Surat {n}") for n in range(3)])
        Letter.objects.update(pages=9)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM samples_letter WHERE title = 'Surat 1'")
    assert [entry.operation for entry in entries()] == ["INSERT"] * 3 + ["UPDATE"] * 3 + ["DELETE"]
    assert {(entry.act, entry.person) for entry in entries()} == {("letters.bulk", str(hat.person_id))}
    assert entries()[-1].before is not None and entries()[-1].before["title"] == "Surat 1"


@pytest.mark.parametrize("atomic_first", [True, False])
def test_the_order_of_acting_and_atomic_does_not_matter(kept_letters: None, atomic_first: bool) -> None:
    if atomic_first:
        with transaction.atomic(), acting(secretary(), "letters.inner"):
            Letter.objects.create(title="A")
    else:
        with acting(secretary(), "letters.inner"), transaction.atomic():
            Letter.objects.count()
            Letter.objects.create(title="A")
    with acting(secretary(), "letters.alone"):
        Letter.objects.create(title="B")
    Letter.objects.create(title="C")
    assert [entry.act for entry in entries()] == ["letters.inner", "letters.alone", NOBODY]


def test_acts_within_one_transaction_keep_their_own_names(kept_letters: None) -> None:
    with transaction.atomic():
        with acting(secretary(), "letters.one"):
            Letter.objects.create(title="A")
            with acting(secretary(), "letters.two"):
                Letter.objects.create(title="B")
            Letter.objects.create(title="C")
        Letter.objects.create(title="D")
    assert [entry.act for entry in entries()] == ["letters.one", "letters.two", "letters.one", NOBODY]


def test_an_undone_savepoint_does_not_lose_or_lend_the_actor(kept_letters: None) -> None:
    with transaction.atomic():
        with acting(secretary(), "letters.first"):
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                Letter.objects.create(title="A")
                raise ZeroDivisionError
            Letter.objects.create(title="B")
        with pytest.raises(ZeroDivisionError), transaction.atomic(), acting(secretary(), "letters.second"):
            Letter.objects.create(title="C")
            raise ZeroDivisionError
        Letter.objects.create(title="D")
    assert [entry.act for entry in entries()] == ["letters.first", NOBODY]


def test_personal_values_stand_in_the_trail_only_as_a_salted_digest(letters: None) -> None:
    with acting(secretary(), "letters.write"):
        letter = Letter.objects.create(title="A", sender="Aminah")
        Letter.objects.filter(pk=letter.pk).update(sender="Rahmat")
        Letter.objects.filter(pk=letter.pk).update(sender=None)
    for entry in entries():
        assert "Aminah" not in str([entry.before, entry.after])
    values = [(row.value, row.digest) for row in TrailPersonal.objects.order_by("id")]
    assert [value for value, _ in values] == ["Aminah", "Aminah", "Rahmat", "Rahmat"]
    for row in TrailPersonal.objects.all():
        assert row.digest == hashlib.sha256(f"{row.salt}:{row.value}".encode()).hexdigest()
        assert (row.table_name, row.object_id, row.column_name) == ("samples_letter", str(letter.pk), "sender")
    digests = {digest for _, digest in values}
    assert len(digests) == 4, "each value has its own salt"
    _, renamed, emptied = entries()
    assert renamed.before is not None and renamed.before["sender"]["digest"] in digests
    assert emptied.after == {"sender": None}


def test_bytes_are_written_as_text(letters: None) -> None:
    with acting(secretary(), "letters.write"):
        Letter.objects.create(title="A", seal=b"\x00\xff")
    assert entries()[0].after is not None
    assert entries()[0].after["seal"].lower().removeprefix("\\x") == "00ff"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_entry SET act = 'x'",
        "DELETE FROM trail_entry",
        "UPDATE trail_seal SET hash = 'x'",
        "DELETE FROM trail_seal",
        "UPDATE trail_personal SET value = 'x'",
        "INSERT INTO trail_entry (table_name, object_id, operation, act, person, hat, request_id, regency, at) "
        "VALUES ('a', '1', 'INSERT', 'a', '', '', '', '', '2026-01-01 00:00:00')",
    ],
)
def test_the_trail_only_grows_and_only_by_its_triggers(letters: None, statement: str) -> None:
    from rembuk.shared.trail.seal import seal_new

    with acting(secretary(), "letters.write"):
        Letter.objects.create(title="A", sender="Aminah")
    seal_new()
    with pytest.raises(IntegrityError, match="jejak hanya boleh bertambah"), transaction.atomic():
        run(statement)
    assert len(entries()) == 1


def test_replacing_a_trail_row_is_refused(letters: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's own")
    with acting(secretary(), "letters.write"):
        Letter.objects.create(title="A")
    with pytest.raises(IntegrityError), transaction.atomic():
        run("REPLACE INTO trail_entry SELECT * FROM trail_entry")


def test_truncate_is_refused(letters: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    for table in ("trail_entry CASCADE", "trail_seal", "samples_letter"):
        with pytest.raises(IntegrityError, match="jejak"), transaction.atomic():
            run(f"TRUNCATE {table}")


def test_a_program_without_the_functions_cannot_write(kept_letters: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("functions of the connection are SQLite's way")
    import sqlite3

    other = sqlite3.connect(connection.settings_dict["NAME"])
    try:
        with pytest.raises(sqlite3.OperationalError, match="no such function"):
            other.execute("INSERT INTO samples_letter (title, pages, views, extra) VALUES ('x', 1, 0, '{}')")
    finally:
        other.close()


def test_the_test_runner_may_empty_everything(kept_letters: None) -> None:
    with acting(secretary(), "letters.write"):
        Letter.objects.create(title="A", sender="Aminah")
    call_command("flush", interactive=False, verbosity=0)
    assert (TrailEntry.objects.count(), TrailPersonal.objects.count()) == (0, 0)


def test_without_the_test_setting_not_even_flush_empties_the_trail(kept_letters: None) -> None:
    with acting(secretary(), "letters.write"):
        Letter.objects.create(title="A")
    plain = type(connection.ops).execute_sql_flush.__get__(connection.ops)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(CommandError, match="couldn't be flushed"):
        patch.setattr(connection.ops, "execute_sql_flush", plain)
        call_command("flush", interactive=False, verbosity=0)
    assert len(entries()) == 1


def test_the_flush_is_let_pass_only_by_its_setting(settings: object) -> None:
    from rembuk.shared.trail import flush

    class Ops:
        def execute_sql_flush(self, sql_list: list[str]) -> None: ...

    class Bare:
        ops = Ops()

    settings.TRAIL_FLUSH_ALLOWED = False  # type: ignore[attr-defined]
    flush.allow(Bare())  # type: ignore[arg-type]
    assert not hasattr(Bare.ops, "rembuk_flush")


def test_production_settings_never_allow_the_flush() -> None:
    from rembuk.config.settings import base

    assert not hasattr(base, "TRAIL_FLUSH_ALLOWED")


def test_a_lost_trigger_is_a_failed_check_and_migrate_puts_it_back(kept_letters: None) -> None:
    assert run_checks(tags=["database"], databases=["default"]) == []
    lost = [trigger for trigger in install.wanted(connection) if trigger.table == "samples_letter"]
    install.dialect(connection).drop(connection, [trigger.name for trigger in lost])
    (error,) = run_checks(tags=["database"], databases=["default"])
    assert error.id == "rembuk.E001" and "samples_letter" in error.msg
    call_command("migrate", verbosity=0)
    assert run_checks(tags=["database"], databases=["default"]) == []


def test_installing_twice_makes_nothing_new(letters: None) -> None:
    assert install.install(connection) == 0


def test_a_column_of_an_audited_table_can_be_dropped_and_added(kept_letters: None) -> None:
    install.uninstall(connection)
    run("ALTER TABLE samples_letter DROP COLUMN score")
    run("ALTER TABLE samples_letter ADD COLUMN stamp text")
    install.install(connection)
    with acting(secretary(), "letters.write"):
        run("INSERT INTO samples_letter (title, pages, views, extra, stamp) VALUES ('x', 1, 0, '{}', 'cap')")
    assert entries()[-1].after is not None and entries()[-1].after["stamp"] == "cap"


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
