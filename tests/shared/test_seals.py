"""Seals make tampering visible, and a lawful erasure leaves them valid."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from rembuk.core.hat import Role, command_hat
from rembuk.shared.models import StoredFile, TrailEntry, TrailPersonal, TrailSeal
from rembuk.shared.trail import acting, install
from rembuk.shared.trail.reading import Line, trail_of
from rembuk.shared.trail.record import erase_personal, record
from rembuk.shared.trail.seal import seal_new
from rembuk.shared.trail.testing import every_write_has_an_actor, services_say_who_acts, setting_up
from rembuk.shared.trail.verify import verify
from shared.samples import Letter, sample_tables, secretary


@pytest.fixture
def sealed(db: None) -> Iterator[list[TrailEntry]]:
    with sample_tables():
        with acting(secretary(), "letters.write"):
            for n in range(5):
                Letter.objects.create(title=f"Surat {n}", sender=f"Warga {n}", score=0.1)
        seal_new()
        yield list(TrailEntry.objects.order_by("id"))


def tamper(*statements: str) -> None:
    """Change the tables as somebody would who owns the database: triggers off, references unchecked."""
    install.uninstall(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        for statement in statements:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")
    install.install(connection)


def problems() -> list[tuple[str, int | None, int | None]]:
    return [(problem.kind, problem.seal, problem.entry) for problem in verify().problems]


def test_every_entry_gets_one_seal_in_order(sealed: list[TrailEntry]) -> None:
    assert list(TrailSeal.objects.order_by("number").values_list("number", "entry_id", "regency")) == [
        (n + 1, entry.id, "64.02") for n, entry in enumerate(sealed)
    ]
    assert seal_new() == 0
    report = verify()
    assert (report.sound, report.sealed_count, report.unsealed) == (True, 5, [])


def test_each_regency_has_its_own_chain(sealed: list[TrailEntry]) -> None:
    with acting(command_hat("uji", "64.03"), "letters.write"):
        Letter.objects.create(title="Lain")
        Letter.objects.update(title="Semua")
    assert seal_new("64.03") == 7
    assert list(TrailSeal.objects.filter(regency="64.03").order_by("number").values_list("number", flat=True)) == [
        *range(1, 8)
    ]
    assert verify().sound


def test_an_altered_entry_is_found(sealed: list[TrailEntry]) -> None:
    victim = sealed[2].id
    tamper(f"UPDATE trail_entry SET hat = 'KAD Loa Duri Ilir' WHERE id = {victim}")
    assert problems() == [("altered", 3, victim)]


def test_an_altered_value_is_found(sealed: list[TrailEntry]) -> None:
    victim = sealed[4].id
    tamper(
        f"""UPDATE trail_entry SET "after" = '{{"title": "Palsu"}}' WHERE id = {victim}""",
    )
    assert problems() == [("altered", 5, victim)]


def test_a_removed_entry_is_found_with_and_without_its_seal(sealed: list[TrailEntry]) -> None:
    tamper(
        f"DELETE FROM trail_seal WHERE entry_id = {sealed[1].id}",
        f"DELETE FROM trail_entry WHERE id = {sealed[1].id}",
    )
    assert problems() == [("removed", 2, None)]


def test_an_inserted_entry_is_found(sealed: list[TrailEntry]) -> None:
    columns = 'table_name, object_id, operation, act, person, hat, request_id, regency, at, "before", "after"'
    tamper(
        f"INSERT INTO trail_entry ({columns}) SELECT {columns} FROM trail_entry WHERE id = {sealed[0].id}",
    )
    added = TrailEntry.objects.order_by("-id").first()
    assert added is not None
    tamper(f"UPDATE trail_entry SET at = '2026-01-05 08:00:00+00' WHERE id = {added.id}")
    assert problems() == [("inserted", None, added.id)]
    assert verify().unsealed == [added.id]


def test_a_forged_seal_breaks_the_chain(sealed: list[TrailEntry]) -> None:
    tamper(f"UPDATE trail_seal SET hash = '{'a' * 64}' WHERE number = 2")
    assert problems() == [("altered", 2, sealed[1].id), ("altered", 3, sealed[2].id)]


def test_a_published_seal_must_still_be_there(sealed: list[TrailEntry]) -> None:
    last = TrailSeal.objects.get(number=5)
    assert verify(known_hash=last.hash).sound
    tamper(f"DELETE FROM trail_seal WHERE id = {last.id}", f"DELETE FROM trail_entry WHERE id = {last.entry_id}")
    assert verify().sound, "a cut tail leaves a whole chain: that is why the last seal is published"
    assert [problem.kind for problem in verify(known_hash=last.hash).problems] == ["unknown-seal"]


def test_a_changed_personal_value_is_found(sealed: list[TrailEntry]) -> None:
    tamper("UPDATE trail_personal SET value = 'Orang lain' WHERE value = 'Warga 3'")
    assert problems() == [("personal", None, None)]


def test_a_lost_trigger_is_named(sealed: list[TrailEntry]) -> None:
    install.uninstall(connection)
    assert ("trigger", "samples_letter") in [(problem.kind, problem.detail) for problem in verify().problems]


def test_what_is_not_sealed_yet_is_named_and_no_fault(sealed: list[TrailEntry]) -> None:
    with acting(secretary(), "letters.write"):
        Letter.objects.create(title="Baru")
    report = verify()
    assert (report.sound, len(report.unsealed)) == (True, 1)


def test_an_entry_left_behind_for_days_is_sealed_by_a_full_search(sealed: list[TrailEntry]) -> None:
    old = timezone.now() - timedelta(days=3)
    tamper("DELETE FROM trail_seal WHERE number >= 4", f"UPDATE trail_seal SET at = '{old:%Y-%m-%d %H:%M:%S+00}'")
    tamper(
        "DELETE FROM trail_seal WHERE number = 3", f"UPDATE trail_seal SET entry_id = {sealed[4].id} WHERE number = 2"
    )
    assert seal_new() == 0
    assert seal_new(full=True) == 3


def test_erasing_a_person_takes_value_and_salt_and_leaves_the_chain_valid(sealed: list[TrailEntry]) -> None:
    letter = Letter.objects.get(title="Surat 2")
    hat = secretary()
    with acting(hat, "letters.forget"):
        Letter.objects.filter(pk=letter.pk).update(sender="")
    seal_new()
    assert erase_personal(objects=[letter], hat=hat, reason="permintaan pemilik data") == 3
    assert not TrailPersonal.objects.filter(object_id=str(letter.pk)).exists()
    assert not TrailPersonal.objects.filter(value="Warga 2").exists()
    seal_new()
    assert verify().sound
    note = TrailEntry.objects.order_by("-id").first()
    assert note is not None
    assert (note.operation, note.act, note.after) == (
        "NOTE",
        "trail.erase",
        {"erased": 3, "reason": "permintaan pemilik data"},
    )
    assert TrailPersonal.objects.filter(value="Warga 3").exists()


def test_an_erased_value_reads_as_personal_data(sealed: list[TrailEntry]) -> None:
    letter, hat = Letter.objects.get(title="Surat 2"), secretary()
    assert sender_in(trail_of({Letter: [letter.pk]}, hat=hat)) == "Warga 2"
    assert sender_in(trail_of({Letter: [letter.pk]}, hat=None)) == "(data pribadi)"
    erase_personal(objects=[letter], hat=hat, reason="x")
    newest, made = trail_of({Letter: [letter.pk]}, hat=hat)
    assert sender_in([made]) == "(data pribadi)"
    assert newest.operation == "dicatat"


def sender_in(found: list[Line]) -> str:
    return next(change.after for line in found for change in line.changes if change.label == "sender")


def test_a_note_may_be_recorded_and_nothing_after_it_slips_through(sealed: list[TrailEntry]) -> None:
    with every_write_has_an_actor(), acting(secretary(), "accounts.print_code"):
        record(table="accounts_onetimecode", object_id="1", note={"purpose": "reset"})
    with pytest.raises(IntegrityError, match="jejak"), transaction.atomic():
        TrailEntry.objects.create(
            table_name="a", object_id="1", operation="NOTE", act="a", at=timezone.now(), after={"x": 1}
        )


def test_the_helper_of_tests_names_writes_without_an_actor(sealed: list[TrailEntry]) -> None:
    with setting_up():
        Letter.objects.create(title="Latar")
    with pytest.raises(AssertionError, match="tanpa pelaku: INSERT samples_letter"), every_write_has_an_actor():
        Letter.objects.create(title="Lupa")


def test_the_trail_names_the_person_only_to_those_who_may_know(sealed: list[TrailEntry]) -> None:
    person = get_user_model().objects.create(username="aminah", name="Aminah binti Hasan")
    hat = replace(secretary(), person_id=person.pk)
    with acting(hat, "letters.write"):
        letter = Letter.objects.create(title="Baru")
    rows = {Letter: [letter.pk]}
    assert trail_of(rows, hat=hat)[0].name == "Aminah binti Hasan"
    assert trail_of(rows, hat=replace(hat, role=Role.BPD))[0].name == ""


def test_the_trail_reads_in_words_without_what_only_the_program_needs(sealed: list[TrailEntry]) -> None:
    with acting(secretary(), "files.store"):
        row = StoredFile.objects.create(
            sha256="a" * 64,
            name="sk.pdf",
            content_type="application/pdf",
            size=12_345,
            captured_at=datetime(2026, 9, 21, 0, 42, tzinfo=UTC),
            uploaded_by=uuid4(),
        )
    (line,) = trail_of({StoredFile: [row.pk]}, hat=secretary())
    assert (line.act, line.who, line.subject, line.operation) == (
        "Menyimpan berkas",
        "Sekretaris desa, Loa Duri Ilir",
        "berkas",
        "dibuat",
    )
    assert [(change.label, change.after) for change in line.changes] == [
        ("waktu pengambilan", "21 September 2026 08.42 WITA"),
        ("nama", "sk.pdf"),
    ]


@pytest.mark.forgets_actor
def test_a_service_that_forgets_its_actor_is_named_and_the_scene_is_not(sealed: list[TrailEntry]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL does not call back into Python")
    with services_say_who_acts():
        Letter.objects.create(title="Latar")
    service = compile("write()", "/x/rembuk/letters/services.py", "exec")
    with pytest.raises(AssertionError, match=r"tanpa pelaku: letters/services.py:1"), services_say_who_acts():
        exec(service, {"write": lambda: Letter.objects.create(title="Lupa")})
    with services_say_who_acts(), acting(secretary(), "letters.write"):
        exec(service, {"write": lambda: Letter.objects.create(title="Ingat")})
