"""Ceilings come from letters, hold once issued, supersede without overwriting, and refuse what cannot be."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cycles.given import stored_file
from factories import people, places
from factories.samples_cycles import cycle_in
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.hat import Place, Role
from rembuk.core.money import Rupiah
from rembuk.cycles import duties, gates
from rembuk.cycles.models import Evidence, StageRecord
from rembuk.funding import services
from rembuk.funding.models import Ceiling
from rembuk.funding.queries import ceilings_in_force, ceilings_of_many, village_ceilings
from rembuk.funding.services import Letter, Line

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
LETTER = Letter("900/2214/DPMD", date(2026, 8, 19))
LINES = (
    Line("DDS", Rupiah(390_800_000)),
    Line("DDS", Rupiah(540_300_000), earmark="KDMP"),
    Line("ADD", Rupiah(1_246_800_000)),
    Line("PBK", Rupiah(1_350_000_000), programme="RTKU"),
    Line("PBP", Rupiah(0)),
)


def enter(village, actor, lines=LINES, letter=LETTER, year=2027, **more):
    return services.enter_ceilings(
        village=village, budget_year=year, lines=lines, letter=letter, actor=actor.hat(), at=NOW, **more
    )


def issue(actor, place, year=2027):
    return services.issue_ceilings(place=place, budget_year=year, actor=actor.hat(), at=NOW)


def test_a_letter_holds_only_once_it_is_issued(village, staff, division):
    enter(village, staff)
    assert ceilings_in_force(village.id, 2027) == {}
    assert issue(division, village.place) == 5
    assert ceilings_in_force(village.id, 2027) == {
        "DDS": 390_800_000,
        "PBK": 1_350_000_000,
        "ADD": 1_246_800_000,
        "PBP": 0,
    }


def test_earmarked_money_is_shown_and_never_plannable(village, staff, division):
    enter(village, staff)
    issue(division, village.place)
    found = village_ceilings(village.id, 2027)
    assert found.earmarked == {"DDS": {"KDMP": 540_300_000}}
    assert found.total == 390_800_000 + 1_246_800_000 + 1_350_000_000
    assert (found.stage, found.real) == ("indicative", True)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([Line("XYZ", Rupiah(1))], "source-unknown"),
        ([Line("DDS", Rupiah(1)), Line("ADD", Rupiah(-1))], "ceiling-negative"),
        ([Line("DDS", Rupiah(1)), Line("DD", Rupiah(2))], "ceiling-twice"),
        ([], "nothing-entered"),
    ],
)
def test_what_cannot_be_a_ceiling_refuses_the_whole_letter(village, staff, lines, code):
    with pytest.raises(BadInputError) as refused:
        enter(village, staff, lines)
    assert refused.value.code == code
    assert Ceiling.objects.count() == 0


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        (Letter("", date(2026, 8, 19)), "letter-missing"),
        (Letter("900/1", None), "letter-missing"),
        (Letter("900/1", date(2026, 9, 21) + timedelta(1)), "letter-in-future"),
    ],
)
def test_a_letter_needs_its_number_and_a_day_that_has_come(village, staff, letter, code):
    with pytest.raises(BadInputError) as refused:
        enter(village, staff, letter=letter)
    assert refused.value.code == code


def test_entering_again_before_issue_replaces_what_waits(village, staff, division):
    enter(village, staff)
    enter(village, staff, [Line("ADD", Rupiah(5))])
    assert Ceiling.objects.filter(source="ADD").count() == 1
    issue(division, village.place)
    assert ceilings_in_force(village.id, 2027)["ADD"] == 5


def test_a_revision_supersedes_and_what_was_stays_readable(village, staff, division):
    enter(village, staff)
    issue(division, village.place)
    services.revise_ceilings(
        village=village,
        budget_year=2027,
        lines=[Line("ADD", Rupiah(1_300_000_000))],
        letter=Letter("900/3000/DPMD", date(2026, 9, 20)),
        actor=staff.hat(),
        at=NOW,
    )
    assert ceilings_in_force(village.id, 2027)["ADD"] == 1_246_800_000
    issue(division, village.place)
    assert ceilings_in_force(village.id, 2027)["ADD"] == 1_300_000_000
    newer = Ceiling.objects.get(source="ADD", in_force=True)
    assert (newer.stage, newer.supersedes.amount, newer.supersedes.in_force) == ("revised", 1_246_800_000, False)


def test_the_database_allows_one_ceiling_in_force_and_none_below_zero(village):
    common = {"village": village, "budget_year": 2027, "source": "ADD", "issued_at": NOW, "in_force": True}
    Ceiling.objects.create(amount=0, **common)
    for amount in (1, -1):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ceiling.objects.create(amount=amount, **common)


@pytest.mark.parametrize(
    ("role", "act", "allowed"),
    [
        (Role.STF, "letter", True),
        (Role.BPK, "letter", True),
        (Role.KBD, "letter", False),
        (Role.SDK, "letter", False),
        (Role.SDK, "own", True),
        (Role.STF, "own", False),
        (Role.KBD, "issue", True),
        (Role.STF, "issue", False),
    ],
)
def test_letters_by_staff_estimates_by_the_village_issue_by_the_head_of_division(village, staff, role, act, allowed):
    enter(village, staff)
    actor = people.holder(role, village, username=f"lain.{role.value}".lower())

    def do():
        if act == "letter":
            enter(village, actor)
        elif act == "issue":
            issue(actor, village.place)
        else:
            services.enter_own(
                village=village,
                budget_year=2027,
                lines=[Line("PAD", Rupiah(1))],
                basis="",
                actor=actor.hat(),
                at=NOW,
            )

    if allowed:
        do()
    else:
        with pytest.raises(NotAllowedError):
            do()


def test_nobody_issues_for_another_regency(village, staff):
    enter(village, staff)
    other = people.division_head(places.merancang())
    with pytest.raises(NotAllowedError):
        issue(other, village.place)
    with pytest.raises(NotAllowedError):
        issue(other, Place(regency="64.02"))


def test_a_village_estimates_only_its_own_sources_and_they_hold_at_once(village, secretary):
    def own(*lines):
        return services.enter_own(
            village=village, budget_year=2027, lines=lines, basis="", actor=secretary.hat(), at=NOW
        )

    own(Line("PAD", Rupiah(48_000_000)), Line("SWD", Rupiah(0)))
    assert ceilings_in_force(village.id, 2027) == {"PAD": 48_000_000, "SWD": 0}
    assert village_ceilings(village.id, 2027).real is False
    with pytest.raises(BadInputError) as refused:
        own(Line("ADD", Rupiah(1)))
    assert refused.value.code == "ceiling-not-yours"
    own(Line("PAD", Rupiah(50_000_000)))
    assert ceilings_in_force(village.id, 2027)["PAD"] == 50_000_000


def provisional(village, actor, **more):
    return services.enter_provisional(village=village, budget_year=2027, actor=actor.hat(), at=NOW, **more)


def test_the_last_figures_stand_in_flagged_and_with_their_basis(village, staff, division, secretary):
    enter(village, staff, year=2026, stage="final")
    issue(division, village.place, year=2026)
    provisional(village, secretary)
    found = village_ceilings(village.id, 2027)
    assert (found.stage, found.real, found.plannable["ADD"]) == ("provisional", False, 1_246_800_000)
    assert found.rows[0].basis == "Angka pagu tahun anggaran 2026, surat 900/2214/DPMD"


def test_there_are_no_provisional_figures_without_a_basis_or_beside_a_real_letter(village, staff, division, secretary):
    with pytest.raises(RefusedError) as refused:
        provisional(village, secretary)
    assert refused.value.code == "no-figures-before"
    with pytest.raises(BadInputError):
        provisional(village, secretary, lines=[Line("ADD", Rupiah(1))], basis=" ")
    enter(village, staff)
    issue(division, village.place)
    with pytest.raises(RefusedError) as refused:
        provisional(village, secretary, lines=[Line("ADD", Rupiah(1))], basis="APB Desa 2026")
    assert refused.value.code == "real-ceiling-there"


def test_the_letter_ends_every_provisional_figure(village, staff, division, secretary):
    lines = [Line("ADD", Rupiah(1)), Line("PBH", Rupiah(2))]
    provisional(village, secretary, lines=lines, basis="Perdes APB Desa 2026")
    enter(village, staff, [Line("ADD", Rupiah(10))])
    issue(division, village.place)
    assert ceilings_in_force(village.id, 2027) == {"ADD": 10}
    assert village_ceilings(village.id, 2027).real is True


def test_new_ceilings_let_the_gates_be_checked_again(village, staff, division):
    cycle = cycle_in(village)
    StageRecord.objects.filter(cycle=cycle, stage="K3").update(
        state="done", done_date=date(2026, 8, 20), completed_at=NOW
    )
    enter(village, staff)
    issue(division, village.place)
    assert StageRecord.objects.get(cycle=cycle, stage="K3").needs_recheck is True


def test_the_gates_know_whether_the_ceiling_is_real_and_balanced(village, staff, division, secretary):
    cycle = cycle_in(village)

    def facts():
        return gates.facts_for("K4", [cycle.pk])[cycle.pk]["ceilings"]

    assert (facts().sources, facts().real, facts().balanced) == (0, False, False)
    provisional(village, secretary, lines=[Line("ADD", Rupiah(0))], basis="Perdes APB Desa 2026")
    assert (facts().sources, facts().provisional, facts().basis) == (1, True, "Perdes APB Desa 2026")
    enter(village, staff)
    issue(division, village.place)
    assert (facts().sources, facts().real, facts().balanced) == (4, True, True)
    enter(village, staff, [Line("ADD", Rupiah(7))])
    assert facts().balanced is False


def test_a_scanned_letter_becomes_evidence_of_the_stage_in_every_village(village, staff, division):
    scan = stored_file("")
    cycles = [cycle_in(village), cycle_in(places.enggelam())]
    services.enter_many(
        figures=dict.fromkeys((village, places.enggelam()), LINES),
        budget_year=2027,
        letter=Letter("900/2214/DPMD", date(2026, 8, 19), file=scan),
        actor=staff.hat(),
        at=NOW,
    )
    assert Evidence.objects.count() == 0
    issue(division, Place(regency="64.02"))
    laid = list(Evidence.objects.order_by("cycle_id"))
    assert sorted(row.cycle_id for row in laid) == sorted(cycle.pk for cycle in cycles)
    assert {(row.stage, row.paper_code, row.number, row.signed, row.file_id) for row in laid} == {
        ("K3", "F36", "900/2214/DPMD", True, scan.pk)
    }


def many(count):
    return [places.village(f"64.02.18.{n}", f"Desa {n}", f"D{n}") for n in range(2100, 2100 + count)]


def test_issuing_for_many_villages_takes_the_same_queries_as_for_one(village, staff, division):
    counts = []
    for villages in (many(1), many(12)[1:]):
        for other in villages:
            other.regency  # noqa: B018 - the letter's day is asked of the regency
        services.enter_many(
            figures=dict.fromkeys(villages, LINES),
            budget_year=2027,
            letter=LETTER,
            actor=staff.hat(),
            at=NOW,
        )
        with CaptureQueriesContext(connection) as captured:
            issue(division, Place(regency="64.02"))
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert len(ceilings_of_many([(other.id, 2027) for other in many(12)])) == 12


def test_figures_that_wait_are_a_duty_of_the_head_of_division_only(village, staff, division):
    enter(village, staff)
    assert [duty.key for duty in duties.of(division.hat(), NOW.date())] == ["funding:issue:2027"]
    assert [duty.key for duty in duties.of(staff.hat(), NOW.date())] == []
