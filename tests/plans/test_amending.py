"""A plan in force is changed by a new version only: on a ground, with reasons, after a special Musrenbang."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from docx import Document as Docx
from openpyxl import load_workbook

from factories import people
from plans.given import NOW, TODAY, all_stages, ceiling, put_item, rab, ranked_proposal, register_rpjmdes, values
from plans.test_enactment import complete
from rembuk.core.documents.amendment import build_amendment
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.money import Rupiah
from rembuk.core.workflow.versions import ChangeKind
from rembuk.cycles.models import StageRecord
from rembuk.deliberation.models import Meeting
from rembuk.documents.gather import plans as gather_plans
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.renderers.pdf import render_pdf
from rembuk.documents.renderers.xlsx import render_xlsx
from rembuk.plans import amending, amendment_duties, gate_facts, services
from rembuk.plans.content import content_hash
from rembuk.plans.models import AgreedChange, ChangeReason, ItemProposal, RkpdesItem, RkpdesVersion
from rembuk.plans.panels import panels_of_proposals
from rembuk.plans.queries import current_plan, plan_by_id, values_of, version_in_force
from rembuk.plans.services import GroundValues
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import every_write_has_an_actor, setting_up

LATER = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LETTER_DAY = date(2026, 11, 20)
GROUND = GroundValues("CEILING_CHANGE", "900/77/BPKAD", LETTER_DAY, "Pagu Dana Desa turun.")


@pytest.fixture
def force(plan, cycle, village, hat):
    """A plan in force: a bridge and a well, both from proposals, and the office's running costs."""
    with setting_up():
        ceiling(village, "DDS", 200_000_000)
        ceiling(village, "ADD", 50_000_000)
        register_rpjmdes(village, hat("SDK"))
        all_stages(cycle)
        StageRecord.objects.create(
            cycle=cycle, stage="K12", state="done", done_date=TODAY, completed_at=NOW, needs_recheck=False
        )
    office = put_item(
        plan, hat("TIM"), name="Operasional kantor", activity_code="1.1.02", funding=(("ADD", Rupiah(50_000_000)),)
    )
    bridge, well = put_item(plan, hat("TIM")), put_item(plan, hat("TIM"), name="Sumur bor", activity_code="2.4.10")
    for number, item in enumerate((bridge, well), 1):
        with setting_up():
            proposal = ranked_proposal(cycle, number, title=item.name)
            ItemProposal.objects.create(item=item, proposal=proposal)
        complete(item, village, hat)
    services.save_rab(item_id=office.id, lines=rab(50_000_000), version=office.version, actor=hat("TIM"), at=NOW)
    enact(plan, hat, NOW, TODAY, "5 Tahun 2026", musrenbang=TODAY)
    return plan_by_id(plan.id)


def enact(plan, hat, at, day, number, musrenbang):
    services.approve_plan(plan_id=plan.id, note="", actor=hat("KAD"), at=at)
    services.hold_musrenbang(plan_id=plan.id, on=musrenbang, actor=hat("TIM"), at=at)
    services.finalise_plan(plan_id=plan.id, actor=hat("TIM"), at=at)
    services.agree_plan(plan_id=plan.id, number="4/BPD/2026", on=day, actor=hat("BPD"), at=at)
    enactment = services.Enactment(number, day, day, "5")
    return services.enact_plan(plan_id=plan.id, enactment=enactment, actor=hat("KAD"), at=at)


def cut(village, source="DDS", amount=120_000_000):
    """The final letter of the regency, after the plan was set."""
    with setting_up():
        old = village.ceilings.get(source=source, in_force=True)
        type(old).objects.filter(pk=old.pk).update(in_force=False)
        ceiling(
            village,
            source,
            amount,
            stage="final",
            issued_at=LATER - timedelta(days=1),
            letter_number="900/77/BPKAD",
            letter_date=LETTER_DAY,
            supersedes=old,
        )


def amend(force, hat, ground=GROUND, role="SDK"):
    return services.open_amendment(plan_id=force.id, ground=ground, actor=hat(role), at=LATER)


def meeting(plan, state="closed"):
    with setting_up():
        return Meeting.objects.create(
            village=plan.village,
            cycle=plan.cycle,
            kind="MUSREN_X",
            title="Musrenbang khusus",
            state=state,
            scheduled_at=LATER,
            started_at=LATER,
            ended_at=LATER,
            location="Balai Desa",
        )


def item_of(plan, name):
    return RkpdesItem.objects.get(plan=plan, name=name)


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


def drop(plan, hat, item, text="Pagu Dana Desa turun."):
    return services.save_changes(
        plan_id=plan.id, reasons={str(item.previous_id): text}, drops={item.id}, actor=hat("TIM"), at=LATER
    )


def test_a_row_of_elsewhere_is_refused(force, hat):
    made = amend(force, hat)
    stranger = str(RkpdesVersion.objects.first().id)
    with pytest.raises(RefusedError, match="plan-item-key-taken"):
        services.save_changes(plan_id=made.id, reasons={stranger: "x"}, drops=set(), actor=hat("TIM"), at=LATER)
    with pytest.raises(RefusedError, match="plan-enacted"):
        services.save_changes(plan_id=force.id, reasons={}, drops=set(), actor=hat("TIM"), at=LATER)


@pytest.fixture
def second(force, village, hat):
    """Version two in force: the well left the plan when its money did."""
    cut(village)
    made = amend(force, hat)
    drop(made, hat, item_of(made, "Sumur bor"))
    meeting(made)
    enact(made, hat, LATER, LETTER_DAY, "9 Tahun 2026", musrenbang=LETTER_DAY)
    return plan_by_id(made.id)


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


# Pages


@pytest.fixture
def office(village):
    with setting_up():
        return people.signed_in(people.secretary(village))


def test_the_plan_page_offers_a_replan_with_the_letter_filled_in(office, force, village):
    url = reverse("plans:amendment", args=(force.id,))
    assert "Pagu tidak berubah" in office.get(url).content.decode()
    cut(village)
    page = office.get(url).content.decode()
    for words in ("900/77/BPKAD", "80.000.000", "Garis potong", "belum pasti"):
        assert words in page
    assert (
        reverse("plans:amendment", args=(force.id,))
        in office.get(reverse("plans:steps", args=(force.id,))).content.decode()
    )


def test_the_amendment_is_opened_worked_and_kept_from_the_page(office, force, village):
    cut(village)
    url = reverse("plans:open_amendment", args=(force.id,))
    bad = office.post(url, {"dasar": "CEILING_CHANGE", "nomor": "", "uraian": "Turun"})
    assert bad.status_code == 400 and "Turun" in bad.content.decode()
    opened = office.post(url, {"dasar": "CEILING_CHANGE", "nomor": "900/77", "tanggal": "2026-09-10"})
    assert opened.status_code == 302
    made = RkpdesVersion.objects.get(version_no=2)
    well = item_of(made, "Sumur bor")
    save = reverse("plans:save_changes", args=(made.id,))
    refused = office.post(save, {"keluar": str(well.id), f"alasan-{well.previous_id}": ""})
    assert refused.status_code == 400 and "Tulis alasan mengeluarkan" in refused.content.decode()
    done = office.post(save, {"keluar": str(well.id), f"alasan-{well.previous_id}": "Pagu turun."})
    assert done.status_code == 302
    page = office.get(reverse("plans:amendment", args=(made.id,))).content.decode()
    assert "Sumur bor" in page and "Pagu turun." in page and "dikeluarkan" in page
    back = office.post(reverse("plans:restore_item", args=(made.id,)), {"baris": str(well.previous_id)})
    assert back.status_code == 302 and RkpdesItem.objects.filter(plan=made).count() == 3


def test_whoever_may_not_amend_sees_no_form(force, village):
    cut(village)
    with setting_up():
        head_of_bpd = people.signed_in(people.holder("BPD", village))
    page = head_of_bpd.get(reverse("plans:amendment", args=(force.id,))).content.decode()
    assert "80.000.000" in page and "Buka perubahan" not in page
    answer = head_of_bpd.post(reverse("plans:open_amendment", args=(force.id,)), {})
    assert answer.status_code == 403


# F33


def texts_of_formats(document):
    """Return the text of each of the three formats as one line."""
    pdf = pypdfium2.PdfDocument(render_pdf([document]))
    docx = Docx(BytesIO(render_docx([document])))
    sheet = load_workbook(BytesIO(render_xlsx([document])), data_only=False).active
    return {
        "pdf": " ".join(page.get_textpage().get_text_range() for page in pdf),
        "docx": " ".join(cell.text for table in docx.tables for row in table.rows for cell in row.cells),
        "xlsx": " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None),
    }


def test_the_matrix_of_changes_is_made_from_both_versions_in_three_formats(force, second):
    document = build_amendment(gather_plans.amendment(str(second.id)))
    total = next(row for row in document.tables[0].rows if row.kind == "total")
    amounts = [total.cells[column] for column in (6, 14, 18)]
    assert amounts == [250_000_000, 150_000_000, -100_000_000]
    assert document.facts[-2] == ("Mengubah", "Perdes Nomor 5 Tahun 2026")
    for text in texts_of_formats(document).values():
        joined = " ".join(text.split())
        for words in ("Semula", "Menjadi", "Sumur bor", "Pagu Dana Desa turun.", "tidak direncanakan"):
            assert words in joined


def test_an_original_plan_has_no_matrix_of_changes(force):
    with pytest.raises(RefusedError, match="amendment-not"):
        gather_plans.amendment(str(force.id))


# What others see


def test_a_moved_ceiling_is_a_duty_of_head_and_secretary_until_the_amendment_is_open(force, village, hat):
    assert amendment_duties.of_hat(hat("SDK"), LETTER_DAY) == []
    cut(village)
    (duty,) = amendment_duties.of_hat(hat("SDK"), LETTER_DAY)
    assert (duty.title, duty.missing) == (
        "Pagu berubah lebih dari 5 %: periksa RKP Desa 2027",
        ("Sumber yang bergeser: DDS",),
    )
    assert amendment_duties.of_hat(hat("TIM"), LETTER_DAY) == []
    amend(force, hat)
    assert amendment_duties.of_hat(hat("SDK"), LETTER_DAY) == []


def test_who_asks_for_a_dropped_proposal_reads_by_which_perdes_and_why(second, hat):
    well = Proposal.objects.get(title="Sumur bor")
    panel = panels_of_proposals([well.id], hat("SDK"))[well.id]
    assert panel.rows[-2:] == (("Dikeluarkan", "Perdes Nomor 9 Tahun 2026"), ("Alasan", "Pagu Dana Desa turun."))


def test_everybody_sees_that_version_one_was_changed_and_where_the_plan_in_force_is(client, force, second):
    old = client.get(reverse("plans:public", args=(force.id,))).content.decode()
    new = client.get(reverse("plans:public", args=(second.id,))).content.decode()
    assert "sudah diubah dengan Perdes Nomor 9 Tahun 2026" in old and "Sumur bor" in old
    assert "sudah diubah" not in new and "Sumur bor" not in new


def test_the_paper_of_the_amendment_opens_from_its_page(office, second):
    assert office.get(reverse("documents:paper", args=("F33", f"plan:{second.id}"))).status_code == 200
