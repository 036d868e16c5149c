"""The plan goes to the budget: only when enacted, whole, once, and as evidence of K14."""

import csv
import io

import pytest
from django.urls import reverse

from budgeting.apb_given import NOW, ROWS, enacted_plan
from factories import people
from rembuk.budgeting import services
from rembuk.budgeting.gate_facts import handoff_facts
from rembuk.budgeting.models import Handoff
from rembuk.core.errors import NotAllowedError, RefusedError
from rembuk.core.hat import Role
from rembuk.core.intake.apb import read_budget
from rembuk.cycles.models import Evidence, StageRecord
from rembuk.shared import files
from rembuk.shared.sheets import open_sheets
from rembuk.shared.trail.testing import setting_up


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def hand_over(cycle, hat, role="SDK"):
    return services.hand_over(cycle_id=cycle.pk, actor=hat(role), at=NOW)


def test_a_plan_that_is_not_enacted_cannot_be_handed_over(cycle, hat):
    with pytest.raises(RefusedError) as refused:
        hand_over(cycle, hat)
    assert (refused.value.code, Handoff.objects.count()) == ("handoff-no-plan", 0)


def test_the_file_carries_every_item_by_source_with_its_key_and_reads_back_to_the_rupiah(cycle, hat):
    plan = enacted_plan(cycle)
    made = hand_over(cycle, hat)
    assert (made.item_count, made.total) == (4, 284_000_000)
    book = open_sheets(files.read(made.file), made.file.name)
    assert book.names == ("Kegiatan", "RAB", "Petunjuk")
    read = read_budget(book.table("Kegiatan"))
    assert read.total == made.total and read.problems == ()
    keys = {item.name: str(item.pk) for item in plan.items.all()}
    assert [(line.code, line.name, line.item_key, dict(line.funding)) for line in read.lines] == [
        (code, name, keys[name], money) for code, name, _place, money in sorted(ROWS, key=lambda row: row[0])
    ]
    estimates = book.table("RAB").rows
    assert len(estimates) == 1 + len(ROWS)
    assert {row[-1] for row in estimates[1:]} == set(keys.values())


def test_handing_over_twice_gives_the_same_file(cycle, hat):
    enacted_plan(cycle)
    first, again = hand_over(cycle, hat), hand_over(cycle, hat, "KAU")
    assert first == again and Handoff.objects.count() == 1


def test_the_file_lies_under_k14_and_opens_its_gate(cycle, hat):
    with setting_up():
        StageRecord.objects.create(cycle=cycle, stage="K14")
    assert handoff_facts([cycle.pk]) == {cycle.pk: {"exported": False}}
    enacted_plan(cycle)
    made = hand_over(cycle, hat)
    evidence = Evidence.objects.get(cycle=cycle, stage="K14")
    assert (evidence.file_id, evidence.title) == (made.file_id, "Berkas serah terima RKP Desa ke APB Desa")
    assert handoff_facts([cycle.pk]) == {cycle.pk: {"exported": True}}


@pytest.mark.parametrize("role", ["KAD", "BPD", "TIM", "RTK"])
def test_others_may_not_hand_over(cycle, hat, role):
    enacted_plan(cycle)
    with pytest.raises(NotAllowedError):
        hand_over(cycle, hat, role)


def test_the_page_hands_over_by_its_button_and_gives_the_rows_as_csv(cycle, village):
    plan = enacted_plan(cycle)
    with setting_up():
        office = people.signed_in(people.holder(Role.SDK, village))
    shown = office.post(reverse("budgeting:hand_over", args=(cycle.pk,)), follow=True).content.decode()
    assert "Berkas serah terima siap: 4 kegiatan." in shown and "sudah diserahkan" in shown
    answer = office.get(reverse("budgeting:handed_rows", args=(cycle.pk,)))
    head, *rows = csv.reader(io.StringIO(answer.content.decode()))
    assert (head[0], head[-1], len(rows)) == ("activity_code", "rkp_item_id", 5)
    assert {row[-1] for row in rows} == {str(key) for key in plan.items.values_list("pk", flat=True)}
    estimates = office.get(reverse("budgeting:handed_rows", args=(cycle.pk,)) + "?isi=rab").content.decode()
    assert estimates.startswith("activity_code,account_code,description")


def test_without_a_plan_the_page_says_what_comes_first_and_offers_no_button(cycle, village):
    with setting_up():
        office = people.signed_in(people.holder(Role.SDK, village))
    shown = office.get(reverse("budgeting:apbdes", args=(cycle.pk,))).content.decode()
    assert "RKP Desa 2027 belum ditetapkan" in shown
    assert reverse("budgeting:hand_over", args=(cycle.pk,)) not in shown
