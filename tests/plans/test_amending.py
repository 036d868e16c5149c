"""A plan in force is changed by a new version only: on a ground, with reasons, after a special Musrenbang."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from plans.amended import LATER, LETTER_DAY, amend, cut, drop, item_of, meeting
from plans.given import NOW, put_item, values
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.money import Rupiah
from rembuk.core.workflow.versions import ChangeKind
from rembuk.cycles.models import StageRecord
from rembuk.plans import amending, gate_facts, services
from rembuk.plans.content import content_hash
from rembuk.plans.models import AgreedChange, ChangeReason, RkpdesItem, RkpdesVersion
from rembuk.plans.queries import current_plan, plan_by_id, values_of, version_in_force
from rembuk.plans.services import GroundValues
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import every_write_has_an_actor, setting_up


def test_a_ceiling_that_fell_by_more_than_five_percent_asks_for_a_replan_with_its_letter(force, village):
    assert not amending.shift_of(force).replan
    cut(village)
    shift = amending.shift_of(force)
    assert (shift.replan, shift.letter_number, shift.letter_date) == (True, "900/77/BPKAD", LETTER_DAY)
    assert [(change.source, change.before, change.after) for change in shift.changes] == [
        ("DDS", 200_000_000, 120_000_000)
    ]


def test_the_cut_line_leaves_the_routine_first_and_drops_the_last_that_was_agreed(force, village):
    cut(village)
    cuts = {one.source: one for one in amending.cuts_of(amending.items_of(force.id), amending.shift_of(force))}
    names = {str(item.id): item.name for item in RkpdesItem.objects.filter(plan=force)}
    assert cuts["DDS"].over == 80_000_000
    assert [(names[row.id], row.inside) for row in cuts["DDS"].line] == [
        ("Titian ulin RT 02", True),
        ("Sumur bor", False),
    ]
    assert (cuts["ADD"].over, [row.inside for row in cuts["ADD"].line]) == (0, [True])


def test_version_two_begins_with_everything_and_knows_where_each_row_came_from(force, hat):
    with every_write_has_an_actor():
        made = amend(force, hat)
    assert (made.version_no, made.kind, made.supersedes_id, made.ground, made.state) == (
        2,
        "AMENDMENT",
        force.id,
        "CEILING_CHANGE",
        "draft",
    )
    before = {item.id: item for item in amending.items_of(force.id)}
    after = amending.items_of(made.id)
    assert {item.previous_id for item in after} == set(before)
    for item in after:
        old = before[item.previous_id]
        assert values_of(item) == values_of(old)
        assert [line.amount for line in item.rab_lines.all()] == [line.amount for line in old.rab_lines.all()]
        assert item.technical_checks.count() == old.technical_checks.count()
        assert [link.proposal_id for link in item.proposal_links.all()] == [
            link.proposal_id for link in old.proposal_links.all()
        ]
    assert {change.kind for change in amending.compared(made).changes} == {ChangeKind.KEPT}


@pytest.mark.parametrize(
    ("ground", "code"),
    [
        (GroundValues("", "1", LETTER_DAY), "amendment-ground"),
        (GroundValues("TERM_EXTENSION", "1", LETTER_DAY), "amendment-ground"),
        (GroundValues("CEILING_CHANGE", " ", LETTER_DAY), "amendment-letter-missing"),
        (GroundValues("CEILING_CHANGE", "1", None), "amendment-letter-missing"),
        (GroundValues("CEILING_CHANGE", "1", date(2027, 1, 1)), "date-in-future"),
    ],
)
def test_an_amendment_without_ground_or_letter_is_refused_and_nothing_is_stored(force, hat, ground, code):
    with pytest.raises(BadInputError) as refused:
        amend(force, hat, ground)
    assert refused.value.code == code
    assert RkpdesVersion.objects.count() == 1


def test_the_database_too_knows_no_amendment_without_its_ground(force):
    with setting_up(), pytest.raises(IntegrityError), transaction.atomic():
        RkpdesVersion.objects.create(village=force.village, cycle=force.cycle, version_no=2, kind="AMENDMENT")


def test_only_one_amendment_is_open_per_cycle_and_only_of_the_version_in_force(force, plan, hat):
    made = amend(force, hat)
    with pytest.raises(RefusedError, match="amendment-open"):
        amend(force, hat)
    with pytest.raises(RefusedError, match="amendment-open"):
        amend(made, hat)


@pytest.mark.parametrize("role", ["BPD", "TIM", "KAU", "FAS", "PTP", "KBD"])
def test_only_head_and_secretary_open_an_amendment(force, hat, role):
    with pytest.raises(NotAllowedError):
        amend(force, hat, role=role)


def test_what_leaves_or_changes_needs_its_sentence(force, hat):
    made = amend(force, hat)
    well = item_of(made, "Sumur bor")
    with pytest.raises(BadInputError) as refused:
        services.save_changes(plan_id=made.id, reasons={}, drops={well.id}, actor=hat("TIM"), at=LATER)
    assert (refused.value.code, refused.value.values["name"]) == ("amendment-reason-missing", "Sumur bor")
    assert RkpdesItem.objects.filter(plan=made).count() == 3
    put_item(made, hat("TIM"), name="Drainase", activity_code="2.3.11")
    services.remove_item(item_id=well.id, version=well.version, actor=hat("TIM"), at=LATER)
    bridge = item_of(made, "Titian ulin RT 02")
    cheaper = values(name=bridge.name, funding=(("DDS", Rupiah(90_000_000)),))
    services.save_item(
        plan_id=made.id, item_id=bridge.id, values=cheaper, version=bridge.version, actor=hat("TIM"), at=LATER
    )
    messages = [finding.message for finding in amending.amendment_findings(made, "approve")]
    assert sorted(messages) == [
        "Drainase: baru tanpa alasan.",
        "Sumur bor: dikeluarkan tanpa alasan.",
        "Titian ulin RT 02: berubah tanpa alasan.",
    ]
    with pytest.raises(RefusedError, match="plan-blocked"):
        services.approve_plan(plan_id=made.id, note="", actor=hat("KAD"), at=LATER)


def test_a_draft_that_changes_nothing_is_no_amendment(force, hat):
    made = amend(force, hat)
    (finding,) = amending.amendment_findings(made, "approve")
    assert finding.message == "Belum ada kegiatan yang berubah terhadap versi yang berlaku."


def test_a_dropped_activity_comes_back_as_it_was(force, hat):
    made = amend(force, hat)
    well = item_of(made, "Sumur bor")
    drop(made, hat, well)
    for _again in range(2):
        services.restore_item(plan_id=made.id, previous_id=well.previous_id, actor=hat("TIM"), at=LATER)
    assert {change.kind for change in amending.compared(made).changes} == {ChangeKind.KEPT}
    assert (ChangeReason.objects.count(), RkpdesItem.objects.filter(plan=made).count()) == (0, 3)


def test_a_row_of_elsewhere_is_refused(force, hat):
    made = amend(force, hat)
    stranger = str(RkpdesVersion.objects.first().id)
    with pytest.raises(RefusedError, match="plan-item-key-taken"):
        services.save_changes(plan_id=made.id, reasons={stranger: "x"}, drops=set(), actor=hat("TIM"), at=LATER)
    with pytest.raises(RefusedError, match="plan-enacted"):
        services.save_changes(plan_id=force.id, reasons={}, drops=set(), actor=hat("TIM"), at=LATER)


def test_the_special_musrenbang_comes_before_the_final_draft(force, village, hat):
    made = amend(force, hat)
    drop(made, hat, item_of(made, "Sumur bor"))
    services.approve_plan(plan_id=made.id, note="", actor=hat("KAD"), at=LATER)
    services.hold_musrenbang(plan_id=made.id, on=LETTER_DAY, actor=hat("TIM"), at=LATER)
    meeting(made, state="running")
    with pytest.raises(RefusedError) as refused:
        services.finalise_plan(plan_id=made.id, actor=hat("TIM"), at=LATER)
    assert [finding.message for finding in refused.value.findings] == [
        "Musrenbang Desa khusus perubahan belum selesai dicatat."
    ]
    meeting(made)
    assert services.finalise_plan(plan_id=made.id, actor=hat("TIM"), at=LATER).state == "final"


def test_the_amendment_comes_into_force_and_version_one_stays_as_it_was(force, second):
    assert version_in_force(force.cycle_id) == second
    first = plan_by_id(force.id)
    assert (first.content_hash, first.perdes_number) == (content_hash(first), "5 Tahun 2026")
    assert (second.content_hash, second.perdes_number) == (content_hash(second), "9 Tahun 2026")
    assert RkpdesItem.objects.filter(plan=first).count() == 3


def test_the_proposal_that_left_the_plan_hears_why(second):
    told = dict(Proposal.objects.values_list("title", "state"))
    assert told == {"Titian ulin RT 02": "planned", "Sumur bor": "shelved"}
    assert Proposal.objects.get(title="Sumur bor").reason_text == "Pagu Dana Desa turun."


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plans_changereason SET text = 'lain'",
        "DELETE FROM plans_changereason",
        "UPDATE plans_rkpdesversion SET ground_number = 'lain'",
        "UPDATE plans_rkpdesitem SET previous_id = NULL",
    ],
)
def test_the_database_holds_ground_and_reasons_fast(second, statement):
    held = pytest.raises(IntegrityError, match="sudah ditetapkan")
    with setting_up(), held, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_open_amendment_undoes_no_stage_of_the_plan_in_force(force, hat, cycle):
    def rechecks():
        return sorted(StageRecord.objects.filter(cycle=cycle, needs_recheck=True).values_list("stage", flat=True))

    before, marked = gate_facts.progress_of([cycle.id], "K12")[cycle.id], rechecks()
    made = amend(force, hat)
    drop(made, hat, item_of(made, "Sumur bor"))
    after = gate_facts.progress_of([cycle.id], "K12")[cycle.id]
    assert (before.items, after.items, after.perdes_number) == (3, 3, "5 Tahun 2026")
    assert rechecks() == marked
    assert (current_plan(cycle.id), version_in_force(cycle.id)) == (made, force)


def test_when_every_version_is_annulled_the_next_draft_begins_with_the_last(force, cycle, hat):
    with setting_up():
        RkpdesVersion.objects.filter(pk=force.id).update(perdes_state="annulled")
    assert version_in_force(cycle.id) is None
    made = services.ensure_draft(cycle_id=cycle.id, actor=hat("SDK"), at=LATER)
    assert (made.version_no, made.kind, made.supersedes_id, made.items.count()) == (2, "ORIGINAL", force.id, 3)
    assert AgreedChange.objects.filter(plan=made).count() == 0


OWN = "bahwa desa terletak di tepi Sungai Mahakam;"


@pytest.fixture
def worded(plan, hat):
    """The draft with sentences of the village's own, before it is set."""
    closing = "bahwa berdasarkan pertimbangan dalam huruf a perlu menetapkan Peraturan Desa;"
    return services.save_perdes(
        plan_id=plan.id,
        lists={"considerations": [OWN, closing], "legal_basis": ["Perda Kabupaten tentang Desa;"]},
        narrative={"finance": "Pendapatan naik."},
        number="",
        version=plan.version,
        actor=hat("SDK"),
        at=NOW,
    )


def test_the_amendment_begins_with_the_texts_of_the_village_and_weighs_its_own_ground(worded, force, hat):
    made = amend(force, hat)
    own = made.perdes_data["considerations"]
    assert {name: value for name, value in made.perdes_data.items() if name != "considerations"} == {
        "legal_basis": ["Perda Kabupaten tentang Desa;"],
        "finance": ["Pendapatan naik."],
    }
    assert (own[0], own[3], len(own)) == (
        "bahwa RKP Desa Tahun 2027 telah ditetapkan dengan Peraturan Desa Nomor 5 Tahun 2026;",
        OWN,
        5,
    )
    assert "huruf a, huruf b, huruf c, dan huruf d perlu menetapkan Peraturan Desa tentang Perubahan atas" in own[4]


def test_an_amendment_of_a_plan_without_own_texts_has_none(force, hat):
    assert amend(force, hat).perdes_data == {}
