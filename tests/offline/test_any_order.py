"""Any order of captures, sendings, lost answers, stops, rotations, revocations, forgeries and restores.

A model says what must be on the server: every text that was sent lies there once, as it was sent; every applied record
is one row of its room; and whatever the phone holds a receipt for is there again after it was offered again.
"""

import json
from copy import copy
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from deliberation import given as meetings
from factories import people, places
from offline.given import NOW, Field, guest
from offline.phone import b64, receipt_of
from rembuk.accounts.models import Assignment
from rembuk.core.hat import Role
from rembuk.cycles.services import open_cycle
from rembuk.deliberation.models import Attendance, SpokenNote
from rembuk.offline.models import Device, Envelope, Package, Part, ServerKey
from rembuk.offline.services import apply_waiting, keys, receiving, revoke_device, rotate_key
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

Sent = dict[str, Any]


class Way(RuleBasedStateMachine):
    """Two people, one meeting, one server that is stopped, rotated and restored at any moment."""

    records = Bundle("records")
    pool: ClassVar[list[ServerKey]] = []
    """Two real keys, made once: making one takes as long as a whole run of the others."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.time = SimpleNamespace(now=NOW)
        self.clock = clock.now
        clock.now = lambda: self.time.now
        self.sent: dict[tuple[str, str], Sent] = {}
        self.receipts: dict[str, Sent] = {}
        self.ended: set[int] = set()
        self.left = [copy(row) for row in self.pool]

    @initialize()
    def begin(self) -> None:
        with setting_up():
            village = places.melintang()
        cycle = open_cycle(village=village, plan_year=2026, actor=people.planner(village).hat(), at=NOW)
        with setting_up():
            self.left.pop().save(force_insert=True)
        self.office = people.secretary(village).hat()
        self.administrator = people.administrator(village).hat()
        self.meeting = meetings.running(cycle, self.office)
        self.people = [
            Field(people.holder(role, village, username=f"lapangan.{role.value.lower()}"), self.time)
            for role in (Role.FAS, Role.TIM)
        ]

    def teardown(self) -> None:
        try:
            if hasattr(self, "people"):
                self.offered_again()
        finally:
            clock.now = self.clock
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    @rule(target=records, who=st.integers(0, 1), note=st.booleans(), behind=st.sampled_from([0, 0, 3, -3]))
    def capture(self, who: int, note: bool, behind: int) -> Sent:
        person = self.people[who]
        person.phone.behind = timedelta(hours=behind)
        self.time.now += timedelta(minutes=1)
        if note:
            return person.seal("note", {"meeting": str(self.meeting.pk), "point": f"Pokok {self.time.now}"})
        return person.seal("attendance", guest(str(self.meeting.pk), f"Tamu {self.time.now:%d %H.%M}"))

    @rule(target=records, parent=records)
    def capture_behind(self, parent: Sent) -> Sent:
        self.time.now += timedelta(minutes=1)
        body = {"meeting": str(self.meeting.pk), "point": f"Lanjutan {self.time.now}"}
        return self.author(parent).seal("note", body, after=[parent["id"]])

    @rule(target=records, record=records, field=st.sampled_from(["signature", "body", "kind"]))
    def forge(self, record: Sent, field: str) -> Sent:
        altered = {"signature": b64(bytes(64)), "body": b64(b"ubah" * 9), "kind": "decision"}
        return {**record, field: altered[field]}

    @rule(batch=st.lists(records, min_size=1, max_size=6), lost=st.booleans(), stopped=st.booleans())
    def send(self, batch: list[Sent], lost: bool, stopped: bool) -> None:
        self.time.now += timedelta(minutes=1)
        told = {"sent_at": self.people[0].phone.clock(self.time.now), "envelopes": batch}
        plain = receiving.settle
        if stopped:
            receiving.settle = lambda **_: 0
        try:
            answer = self.people[0].post("amplop", told)
        finally:
            receiving.settle = plain
        assert answer.status_code == 200, answer.content
        for record, result in zip(batch, answer.json()["results"], strict=True):
            self.sent[record["id"], receipt_of(record)] = record
            assert result["receipt"] == receipt_of(record)
            if not lost:
                self.receipts[receipt_of(record)] = record

    @rule()
    def go_on_after_a_stop(self) -> None:
        apply_waiting(at=self.time.now)
        assert not Envelope.objects.filter(state="received").exists()

    @precondition(lambda self: self.left)
    @rule(who=st.integers(0, 1))
    def new_package_after_a_rotation(self, who: int) -> None:
        plain = keys.made_key
        keys.made_key = lambda at: self.left.pop()
        try:
            rotate_key(actor=self.administrator, at=self.time.now)
        finally:
            keys.made_key = plain
        known = Device.objects.filter(pk=self.people[who].phone.id, revoked_at__isnull=True).exists()
        if known and who not in self.ended:
            self.people[who].take()

    @rule(who=st.integers(0, 1), ended=st.booleans())
    def right_ends_or_begins_again(self, who: int, ended: bool) -> None:
        (self.ended.add if ended else self.ended.discard)(who)
        day = NOW.date() - timedelta(days=1) if ended else people.END
        with setting_up():
            Assignment.objects.filter(pk=self.people[who].assignment.pk).update(end_date=day)

    @rule()
    def the_second_phone_is_lost(self) -> None:
        key = self.people[1].phone.id
        if Device.objects.filter(pk=key).exists():
            revoke_device(device_id=key, reason="Hilang", actor=self.office, at=self.time.now)

    @rule()
    def restored_from_an_older_backup(self) -> None:
        with setting_up():
            for model in (Attendance, SpokenNote, Part, Envelope, Package, Device):
                model.objects.all().delete()
        self.sent.clear()

    def offered_again(self) -> None:
        """What every phone does in the end: it signs in if it is not known, and offers what it holds a receipt for."""
        for person in self.people:
            assert person.register().status_code == 200
        held = list(self.receipts.values())
        for start in range(0, len(held), 50):
            self.people[0].post("amplop", {"envelopes": held[start : start + 50]})
        stored = {(str(row.envelope_id), row.digest) for row in Envelope.objects.all()}
        receipts = {digest[:12].upper() for _id, digest in stored}
        assert {receipt.replace("-", "") for receipt in self.receipts} - receipts == set()

    def author(self, record: Sent) -> Field:
        return next(person for person in self.people if person.phone.id == record["device"])

    @invariant()
    def every_text_that_was_sent_lies_there_once_as_it_was_sent(self) -> None:
        rows = list(Envelope.objects.all())
        assert len(rows) == len(self.sent)
        for row in rows:
            receipt = "-".join([row.digest[:4].upper(), row.digest[4:8].upper(), row.digest[8:12].upper()])
            assert json.loads(row.raw) == self.sent[str(row.envelope_id), receipt]

    @invariant()
    def every_applied_record_is_one_row_and_nothing_else_is(self) -> None:
        applied = Envelope.objects.filter(state="applied")
        for kind, model in (("note", SpokenNote), ("attendance", Attendance)):
            keys = list(applied.filter(kind=kind).values_list("object_key", flat=True))
            assert len(keys) == len(set(keys)) and set(keys) == set(model.objects.values_list("pk", flat=True))

    @invariant()
    def no_altered_record_and_no_second_of_an_id_is_applied(self) -> None:
        for row in Envelope.objects.filter(state="applied"):
            assert row.verified
            assert Envelope.objects.filter(envelope_id=row.envelope_id, state="applied").count() == 1


@pytest.mark.django_db
def test_whatever_happens_on_the_way_what_was_acknowledged_is_stored_once() -> None:
    Way.pool = [keys.made_key(NOW), keys.made_key(NOW)]
    quick = settings(
        max_examples=8,
        stateful_step_count=12,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Way, settings=quick)
