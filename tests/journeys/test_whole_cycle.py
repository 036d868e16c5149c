"""One village, eight meetings, all its papers: from a new head to the evaluation of what was built, by services."""

import io
from datetime import date

import pikepdf
import pypdfium2
import pytest
from django.db import connection

from documents.reading import squeezed
from factories import places
from journeys import test_road_by_services as rkp
from journeys import test_rpjm_road as rpjm
from journeys.road import COST
from journeys.whole import BudgetLine, WholeRoad, at_first, first_wishes
from rembuk.budgeting.comparing import comparison_of
from rembuk.budgeting.services import hand_over
from rembuk.core.documents.completeness import states_of
from rembuk.core.documents.rkp_checklist import RKP_PAPERS
from rembuk.core.documents.rpjm_checklist import RPJM_PAPERS
from rembuk.core.errors import RefusedError
from rembuk.core.hat import Role
from rembuk.cycles import services as cycles
from rembuk.cycles.models import Evidence
from rembuk.deliberation.models import Meeting
from rembuk.documents import services as documents
from rembuk.documents.gather.completeness import holdings_of, things_of
from rembuk.documents.services.bundles import keep_papers
from rembuk.documents.wishes import wish_of
from rembuk.plans import amending
from rembuk.plans import services as plans
from rembuk.plans.content import content_hash
from rembuk.plans.models import RkpdesVersion, Rpjmdes
from rembuk.plans.paper_values import evaluation_values
from rembuk.plans.queries import active_rpjmdes, plan_by_id, rpjmdes_items
from rembuk.plans.rpjm_queries import rpjm_items
from rembuk.proposals.models import Proposal
from rembuk.shared import files
from rembuk.shared.trail.testing import every_write_has_an_actor, setting_up
from rembuk.works import services as works
from rembuk.works.models import Work

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the journeys are walked on SQLite alone"),
]
TITIAN, SUMUR, POSYANDU = first_wishes()
FINAL_CEILING = 240_000_000
LETTER = "900/77/BPKAD"


@pytest.fixture
def road(tmp_path, settings) -> WholeRoad:
    settings.MEDIA_ROOT = tmp_path
    with setting_up():
        village = places.melintang()
    return at_first(village)


def a_new_head_gets_an_rpjm(road: WholeRoad) -> None:
    for step in (
        rpjm.wishes,
        rpjm.team_and_policy,
        rpjm.assessment,
        rpjm.planning_meeting,
        rpjm.draft,
        rpjm.approved_after_a_return,
        rpjm.musrenbang,
        rpjm.final_draft,
        rpjm.agreed,
        rpjm.enacted,
        rpjm.clarified_and_published,
    ):
        step(road)
    road.rpjm_cycle = road.cycle
    plan = active_rpjmdes(road.village.id)
    assert plan is not None and (plan.perdes_number, plan.start_year, plan.end_year) == ("2 Tahun 2027", 2027, 2034)


def the_first_rkp_begins_from_it(road: WholeRoad) -> None:
    road.day = date(2027, 5, 18)
    road.begin_rkp(2027)
    promised = [row.name for row in rpjmdes_items(road.village.id, 2028) if 2028 in row.years]
    assert sorted(promised) == sorted([TITIAN, SUMUR, POSYANDU, "Operasional posyandu"])
    road.team("drafting", "188/4/2027")
    road.complete("K2")
    road.day = date(2027, 6, 9)
    road.team("verification", "188/5/2027")
    meeting = road.gather("MUSDES_P", Role.BPD)
    road.conclude(meeting, Role.BPD, "141/10/BA")
    road.complete("K1")  # the gate asks for an RPJM Desa in force, and there it is


def the_rkp_passes_every_gate(road: WholeRoad) -> None:
    for step in (
        rkp.ceilings,
        rkp.wishes_of_three_hamlets,
        rkp.draft,
        the_draft_is_kept,
        rkp.checked_and_approved,
        rkp.musrenbang,
        rkp.final_draft,
        rkp.agreed,
        rkp.enacted,
    ):
        step(road)
    first = road.in_force()
    assert (first.version_no, first.perdes_number, names_of(first)) == (1, "5 Tahun 2027", {TITIAN, SUMUR, POSYANDU})
    assert {item.rpjmdes_item.name for item in first.items.select_related("rpjmdes_item")} == names_of(first)


def the_draft_is_kept(road: WholeRoad) -> None:
    wish = wish_of("F26", f"plan:{road.plan().pk}")
    assert documents.freeze_paper(wish=wish, actor=road.hat(Role.SDK), at=road.at).code == "F26"


def names_of(plan: RkpdesVersion) -> set[str]:
    return set(plan.items.values_list("name", flat=True))


def the_final_ceiling_is_lower(road: WholeRoad) -> None:
    road.day = date(2027, 11, 22)
    assert not amending.shift_of(road.in_force()).replan
    road.final_ceiling(FINAL_CEILING, LETTER)
    first = road.in_force()
    shift = amending.shift_of(first)
    assert (shift.replan, shift.letter_number) == (True, LETTER)
    assert [(one.source, one.before, one.after) for one in shift.changes] == [("DDS", 340_000_000, FINAL_CEILING)]
    (cut,) = amending.cuts_of(amending.items_of(first.pk), shift)
    names = {str(item.pk): item.name for item in first.items.all()}
    assert [(names[row.id], row.inside) for row in cut.line] == [(TITIAN, True), (SUMUR, True), (POSYANDU, False)]


def the_plan_is_amended(road: WholeRoad) -> None:
    ground = plans.GroundValues("CEILING_CHANGE", LETTER, road.day, "Pagu Dana Desa turun.")
    first, at = road.in_force(), road.at
    second = plans.open_amendment(plan_id=first.pk, ground=ground, actor=road.hat(Role.SDK), at=at)
    gone = road.item(second, POSYANDU)
    why = "Pagu Dana Desa turun; Posyandu diusulkan lagi tahun depan."
    plans.save_changes(
        plan_id=second.pk, reasons={str(gone.previous_id): why}, drops={gone.pk}, actor=road.hat(Role.TIM), at=at
    )
    plans.approve_plan(plan_id=second.pk, note="", actor=road.hat(Role.KAD), at=at)
    road.day = date(2027, 12, 1)
    plans.hold_musrenbang(plan_id=second.pk, on=road.day, actor=road.hat(Role.TIM), at=road.at)
    with pytest.raises(RefusedError) as early:
        plans.finalise_plan(plan_id=second.pk, actor=road.hat(Role.TIM), at=road.at)
    assert [finding.message for finding in early.value.findings] == [
        "Musrenbang Desa khusus perubahan belum selesai dicatat."
    ]
    hall = road.gather("MUSREN_X", Role.KAD)
    road.conclude(hall, Role.KAD, "141/40/BA")
    plans.finalise_plan(plan_id=second.pk, actor=road.hat(Role.TIM), at=road.at)
    plans.agree_plan(plan_id=second.pk, number="9/BPD/2027", on=road.day, actor=road.hat(Role.BPD), at=road.at)
    paper = plans.Enactment("9 Tahun 2027", road.day, road.day, "9")
    plans.enact_plan(plan_id=second.pk, enactment=paper, actor=road.hat(Role.KAD), at=road.at)


def version_two_holds_and_version_one_stays_readable(road: WholeRoad) -> None:
    second = road.in_force()
    first = plan_by_id(second.supersedes_id)
    assert (second.version_no, second.perdes_number, names_of(second)) == (2, "9 Tahun 2027", {TITIAN, SUMUR})
    assert (first.content_hash, names_of(first)) == (content_hash(first), {TITIAN, SUMUR, POSYANDU})
    told = Proposal.objects.get(cycle=road.cycle, title=POSYANDU)
    assert (told.state, told.reason_text) == ("shelved", "Pagu Dana Desa turun; Posyandu diusulkan lagi tahun depan.")
    table = documents.freeze_paper(wish=wish_of("F33", f"plan:{second.pk}"), actor=road.hat(Role.SDK), at=road.at)
    assert (table.code, table.number) == ("F33", "9 Tahun 2027")


def the_plan_goes_over_to_the_budget(road: WholeRoad) -> list[BudgetLine]:
    road.day = date(2027, 12, 6)
    handed = hand_over(cycle_id=road.cycle.pk, actor=road.hat(Role.SDK), at=road.at)
    rows = road.exported(handed)
    assert (handed.item_count, handed.total) == (2, 2 * COST)
    assert {(row["package_name"], row["source_code"], row["amount"]) for row in rows} == {
        (TITIAN, "DDS", COST),
        (SUMUR, "DDS", COST),
    }
    keys = ("activity_code", "package_name", "location", "amount", "source_code")
    return [tuple(row[key] or "" for key in keys) for row in rows]  # type: ignore[misc]


def the_budget_comes_back_with_a_difference_that_is_named(road: WholeRoad, lines: list[BudgetLine]) -> None:
    road.day = date(2027, 12, 13)
    short = [(*line[:3], line[3] - 5_000_000, line[4]) if line[1] == TITIAN else line for line in lines]
    road.bring_budget(short, "apb-rancangan.xlsx")
    found = comparison_of(road.cycle)
    assert found is not None
    assert {row.name: (row.kind, row.change) for row in found.rows} == {
        TITIAN: ("changed", -5_000_000),
        SUMUR: ("same", 0),
    }
    assert [(row.source, row.planned, row.budgeted) for row in found.sources] == [
        ("DDS", 2 * COST, 2 * COST - 5_000_000)
    ]


def the_corrected_budget_follows_the_plan_to_the_rupiah(road: WholeRoad, lines: list[BudgetLine]) -> None:
    road.day = date(2027, 12, 20)
    version = road.bring_budget(lines, "apb.xlsx")
    found = comparison_of(road.cycle)
    assert found is not None
    assert (version.version_no, version.disagreements) == (2, [])
    assert {row.name: (row.kind, row.change) for row in found.rows} == {TITIAN: ("same", 0), SUMUR: ("same", 0)}
    assert (found.final, found.ceilings, found.over) == (True, {"DDS": FINAL_CEILING}, ())
    for chain in (found.from_rpjm, found.from_plan, found.into_budget):
        assert (chain.linked_count, chain.count, chain.permille_by_value) == (2, 2, 1000)


def what_was_budgeted_is_built(road: WholeRoad) -> None:
    road.day = date(2028, 2, 1)
    opened = works.open_works(cycle_id=road.cycle.pk, keys=None, actor=road.hat(Role.SDK), at=road.at)
    assert {work.name for work in opened} == {TITIAN, SUMUR}
    bridge, well = (Work.objects.get(cycle=road.cycle, name=name) for name in (TITIAN, SUMUR))
    for month, percent in ((3, 0), (4, 40), (5, 80), (6, 100)):
        road.day = date(2028, month, 15)
        road.see(bridge, percent)
        road.see(well, percent)
    road.pay(bridge, "98.500.000")
    road.pay(well, "100.000.000")
    with pytest.raises(RefusedError) as early:
        road.close(bridge)
    assert [row.code for row in early.value.findings if row.severity == "block"] == ["W03", "W04"]
    for number, work in enumerate((bridge, well), 1):
        closed = road.close(
            work,
            minutes_number=f"027/{number}/BAST/2028",
            minutes_date=road.day.isoformat(),
            keeper="Kelompok pemelihara",
            done_volume="1",
        )
        assert (closed.state, closed.percent, closed.minutes_number) == ("closed", 100, f"027/{number}/BAST/2028")


def the_year_is_looked_back_on(road: WholeRoad) -> None:
    road.day = date(2028, 8, 7)
    road.following = cycles.open_cycle(village=road.village, plan_year=2028, actor=road.hat(Role.STF), at=road.at)
    works.bring_evaluation(cycle_id=road.following.pk, actor=road.hat(Role.SDK), at=road.at)
    values = evaluation_values(road.following.pk, dated=road.day, detailed=True)
    assert values.evaluated_year == 2028
    assert {(row.activity, row.planned, row.spent, row.percent, row.done) for row in values.lines} == {
        (TITIAN, COST, 98_500_000, 100, True),
        (SUMUR, COST, 100_000_000, 100, True),
    }
    bridge = Work.objects.get(cycle=road.cycle, name=TITIAN)
    kept = works.offer_maintenance(work_id=bridge.pk, cost="7.500.000", text="", actor=road.hat(Role.SDK), at=road.at)
    offered = kept.maintenance_proposal
    assert offered is not None and (offered.title, offered.cycle) == (f"Pemeliharaan {TITIAN}", road.following)


def eight_meetings_were_held(road: WholeRoad) -> None:
    held = Meeting.objects.filter(village=road.village, state="signed").exclude(kind="MUSDUS").order_by("scheduled_at")
    assert list(held.values_list("kind", flat=True)) == [
        "MUSKEL",
        "MUSDES_P",
        "MUSREN",
        "MUSDES_E",
        "MUSDES_P",
        "MUSREN",
        "MUSDES_E",
        "MUSREN_X",
    ]
    assert Meeting.objects.filter(village=road.village, kind="MUSDUS", state="signed").count() == 5


def pages_of(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def outline_of(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        return [str(item.title) for item in outline.root]


def all_papers_are_in_the_bundle(road: WholeRoad) -> None:
    office = road.hat(Role.SDK)
    keep_papers(cycle_id=road.cycle.pk, actor=office, at=road.at)
    made, _reused = documents.make_bundle(cycle_id=road.cycle.pk, fmt="pdf", actor=office, at=road.at)
    data = files.read(made.file)
    pages, titles = pages_of(data), outline_of(data)
    assert len(pages) == made.page_count
    numbered = [f"Halaman {number} dari {len(pages)}" in page for number, page in enumerate(pages, 1)]
    assert numbered == [False] + [True] * (len(pages) - 1), "the cover alone carries no number"
    assert titles[:3] == ["Daftar Isi", "Peraturan Desa tentang RKP Desa", "RKP Desa"]
    the_list_and_the_bundle_agree(road, titles, [label for label, _reason in made.listed])
    the_bundle_says_what_was_decided(pages)


def the_rpjm_bundle_holds_all_its_papers(road: WholeRoad) -> None:
    """Every paper that R1 to R12 left behind is printed, bound as a signed copy, or named with where it stands."""
    office = road.hat(Role.SDK)
    keep_papers(cycle_id=road.rpjm_cycle.pk, actor=office, at=road.at)
    made, _reused = documents.make_bundle(cycle_id=road.rpjm_cycle.pk, fmt="pdf", actor=office, at=road.at)
    data = files.read(made.file)
    pages, titles = pages_of(data), outline_of(data)
    numbered = [f"Halaman {number} dari {len(pages)}" in page for number, page in enumerate(pages, 1)]
    assert len(pages) == made.page_count and numbered == [False] + [True] * (len(pages) - 1)
    front = ["Peraturan Desa tentang RPJM Desa", "Naskah RPJM Desa", "Matriks RPJM Desa"]
    assert titles[:4] == ["Daftar Isi", *front]
    states = states_of(RPJM_PAPERS, things_of(holdings_of(road.rpjm_cycle)))
    there = {state.item.mark for state in states if any(thing for _need, thing in state.found)}
    outside = [label for label, _reason in made.listed]
    marks = {title.split(":")[0] for title in [*titles, *outside] if title.startswith("Lampiran")}
    assert {f"Lampiran {mark}" for mark in there - {"26", "27"}} <= marks, "26 and 27 open the bundle"
    assert there >= {"1", "2", "4", "5", "11", "12", "13", "14", "18b", "18d", "18f", "18g", "23", "24", "25b", "26"}
    evidence = Evidence.objects.filter(cycle=road.rpjm_cycle, file__isnull=False, withdrawn_at__isnull=True)
    bound = [squeezed(page) for page in pages if squeezed(page).startswith("Salinan")]
    for row in evidence.select_related("file"):
        assert any(
            squeezed(f"Salinan {row.file.name.removesuffix('.pdf')} {row.document_date}") in page for page in bound
        ), row
    the_rpjm_bundle_says_what_was_decided(road, pages)


def the_rpjm_bundle_says_what_was_decided(road: WholeRoad, pages: list[str]) -> None:
    words = [squeezed(page) for page in pages]

    def whole(title: str) -> str:
        start = next(n for n, text in enumerate(words) if n > 1 and text.startswith(squeezed(title)))
        return "".join(words[start : start + 4])

    assert "NOMOR2TAHUN2027" in whole("Peraturan Desa tentang RPJM Desa").upper()
    matrix = whole("Matriks RPJM Desa")
    for item in rpjm_items(Rpjmdes.objects.get(cycle=road.rpjm_cycle).pk):
        assert squeezed(item.name) in matrix, item.name
    minutes = "".join(words)
    for number in ("140/1/BA", "140/2/BA", "140/8/BA", "140/10/BA", "140/20/BA", "140/30/BA"):
        assert number in minutes, number


def the_list_and_the_bundle_agree(road: WholeRoad, titles: list[str], outside: list[str]) -> None:
    """What F37 says is there is printed, attached, or named with the place where it lies; nothing else is claimed."""
    states = states_of(RKP_PAPERS, things_of(holdings_of(road.cycle)))
    there = {state.item.mark for state in states if any(thing for _need, thing in state.found)}
    assert there == {*"235679ab", "10", "11", "12", "13", "15", "20", "21", "22", "23", "24", "25"}
    marks = {title.split(":")[0] for title in [*titles, *outside] if title.startswith("Lampiran")}
    assert marks == {f"Lampiran {mark}" for mark in there - {"a", "b", "25"} | {"8"}}, "25 is the regulation in front"
    assert outside == [
        "Lampiran 20: Penyusunan prioritas dalam Musrenbang",
        "Tambahan 12: Berkas serah terima RKP Desa ke APB Desa (serah-terima-rkp-2028-v2.xlsx)",
    ]
    for title in (
        "Peraturan Desa tentang RKP Desa, salinan bertanda tangan",
        "Lampiran 24: Keputusan BPD tentang kesepakatan Perdes RKP Desa, salinan bertanda tangan",
        "Tambahan 2: Perubahan: Semula - Menjadi",
        "Tambahan 8: Berita acara, notulen, dan daftar hadir Musrenbang khusus perubahan",
        "Tambahan 9: SK Tim Verifikasi, salinan bertanda tangan",
        "Tambahan 11: Surat pagu final, salinan bertanda tangan",
    ):
        assert title in titles


def the_bundle_says_what_was_decided(pages: list[str]) -> None:
    """Titles, numbers and totals of the papers that carry the year."""
    words = [squeezed(page) for page in pages]

    def page(start: str) -> str:
        return next(text for text in words[2:] if text.startswith(squeezed(start)))

    assert squeezed("Perubahan atas Peraturan Desa Nomor 5 Tahun 2027").upper() in page(
        "Peraturan Desa tentang RKP Desa"
    )
    plan, draft, table = page("RKP Desa"), page("Lampiran 9:"), page("Tambahan 2: Perubahan: Semula")
    assert [squeezed(name) in plan for name in (TITIAN, SUMUR, POSYANDU)] == [True, True, False]
    assert [squeezed(name) in draft for name in (TITIAN, SUMUR, POSYANDU)] == [True, True, True]
    assert "200.000.000" in plan and "300.000.000" in draft
    assert squeezed("Posyandu diusulkan lagi tahun depan.") in table and squeezed(POSYANDU) in table
    assert squeezed("Musrenbang khusus perubahan").upper() in page("Tambahan 8:").upper() and "141/40/BA" in page(
        "Tambahan 8:"
    )
    copies = [text for text in words if text.startswith("Salinan")]
    assert sum(squeezed("Salinan SK Tim 2027-05-18") in text for text in copies) == 1, "one decree is bound once"
    assert any(squeezed("Salinan F19 2027-09-24") in text for text in copies)


def next_years_bundle_carries_the_evaluation(road: WholeRoad) -> None:
    office = road.hat(Role.SDK)
    made, _reused = documents.make_bundle(cycle_id=road.following.pk, fmt="pdf", actor=office, at=road.at)
    data = files.read(made.file)
    title = "Lampiran 10: Evaluasi pelaksanaan RKP Desa sebelumnya"
    assert title in outline_of(data)
    (page,) = [text for text in pages_of(data)[2:] if squeezed(text).startswith(squeezed(title))]
    for words in ("Tahun yang dievaluasi : 2028", TITIAN, "98.500.000", SUMUR, "100.000.000"):
        assert squeezed(words) in squeezed(page)


def test_a_village_goes_from_a_new_head_to_the_evaluation_and_has_every_paper(road: WholeRoad) -> None:
    with every_write_has_an_actor():
        a_new_head_gets_an_rpjm(road)
        the_first_rkp_begins_from_it(road)
        the_rkp_passes_every_gate(road)
        the_final_ceiling_is_lower(road)
        the_plan_is_amended(road)
        version_two_holds_and_version_one_stays_readable(road)
        lines = the_plan_goes_over_to_the_budget(road)
        the_budget_comes_back_with_a_difference_that_is_named(road, lines)
        the_corrected_budget_follows_the_plan_to_the_rupiah(road, lines)
        what_was_budgeted_is_built(road)
        the_year_is_looked_back_on(road)
    eight_meetings_were_held(road)
    the_rpjm_bundle_holds_all_its_papers(road)
    all_papers_are_in_the_bundle(road)
    next_years_bundle_carries_the_evaluation(road)
