"""Ballots and the lot: when they may be entered, what is refused, what is stored, what the allocation is told."""

import hashlib
import itertools
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from deliberation import given
from deliberation.given import NOW
from deliberation.given_ballots import SEED, enter, hall, hamlets
from factories import people
from factories.places import enggelam
from rembuk.core.allocation.model import Ballot
from rembuk.core.allocation.settings import lot
from rembuk.core.documents.minutes import build_minutes
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError, StaleError
from rembuk.core.hat import Role
from rembuk.deliberation import queries, services
from rembuk.deliberation.models import BallotBundle, Meeting
from rembuk.shared.models import TrailEntry
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def places(village):
    return hamlets(village, "Hulu", "Tengah", "Hilir")


@pytest.fixture
def proposals(checked):
    return [checked("Jembatan"), checked("Posyandu"), checked("Jalan tani")]


@pytest.fixture
def meeting(cycle, sdk, proposals):
    return hall(cycle, sdk, proposals)


def fresh(meeting):
    return Meeting.objects.get(pk=meeting.id)


def draw(meeting, actor, seed=SEED, **fields):
    return services.draw_lot(meeting_id=meeting.id, seed=seed, actor=actor, at=NOW, **fields)


# The lot


def test_the_seed_is_drawn_once_while_the_meeting_runs(cycle, sdk, proposals):
    made = hall(cycle, sdk, proposals, seed="")
    drawn = draw(made, sdk, " 407193 ")
    assert (drawn.lot_seed, drawn.lot_drawn_at) == (SEED, NOW)
    assert draw(made, sdk) == drawn
    with pytest.raises(RefusedError, match="lot-drawn"):
        draw(made, sdk, "111111")


def test_a_wrong_digit_is_mended_before_the_first_ballot_and_both_stay_in_the_trail(meeting, sdk):
    with pytest.raises(RefusedError, match="lot-drawn"):
        draw(meeting, sdk, "407194", corrects="999999")
    assert draw(meeting, sdk, "407194", corrects=SEED).lot_seed == "407194"
    entries = TrailEntry.objects.filter(act="deliberation.draw_lot", table_name="deliberation_meeting")
    assert [row.after["lot_seed"] for row in entries.order_by("id") if "lot_seed" in row.after] == [SEED, "407194"]


def test_after_a_ballot_the_seed_stays_even_when_all_ballots_are_taken_back(meeting, sdk, places):
    enter(meeting, sdk, places[0], papers=[(1, [(1, 1)])])
    services.clear_ballots(meeting_id=meeting.id, hamlet_id=places[0].id, group="", actor=sdk, at=NOW)
    with pytest.raises(RefusedError, match="lot-after-ballots"):
        draw(meeting, sdk, "111111", corrects=SEED)


@pytest.mark.parametrize(
    ("seed", "code"), [("  ", "lot-seed-missing"), ("4|7", "lot-seed-bad"), ("4" * 41, "lot-seed-bad")]
)
def test_a_seed_that_cannot_be_recomputed_from_the_minutes_is_refused(meeting, sdk, seed, code):
    with pytest.raises(BadInputError, match=code):
        draw(meeting, sdk, seed, corrects=SEED)


def test_no_seed_before_the_meeting_is_opened_nor_after_it_is_closed(cycle, sdk):
    with pytest.raises(RefusedError, match="lot-not-running"):
        draw(given.invited(cycle, sdk, "MUSREN"), sdk)
    with pytest.raises(RefusedError, match="lot-not-running"):
        draw(given.complete(cycle, sdk, "MUSREN"), sdk)


def test_the_minutes_say_the_seed_so_that_anyone_recomputes_the_lot(meeting, village):
    text = build_minutes(queries.minutes_values(meeting.id))
    said = " ".join(part.text for part in text.parts if hasattr(part, "text"))
    source = f"{village.code}|2027|{SEED}"
    assert f"{source}|nomor usulan" in said
    told = hashlib.sha256(f"{source}|MLT-27-0001".encode()).hexdigest()
    assert told == lot("MLT-27-0001", village=village.code, year=2027, seed=SEED)


# Entering


def test_ballots_wait_for_the_seed(cycle, sdk, proposals, places):
    made = hall(cycle, sdk, proposals, seed="")
    with pytest.raises(RefusedError, match="lot-first"):
        enter(made, sdk, places[0], papers=[(1, [(1, 1)])])


def test_equal_papers_are_one_line_whatever_the_order_they_came_in(meeting, sdk, places):
    papers = [(1, [(1, 1), (2, 1)]), (2, [(3, 1)]), (1, [(2, 1), (1, 1)]), (1, [])]
    stored = set()
    for order in itertools.permutations(papers):
        row = enter(meeting, sdk, places[0], papers=list(order))
        stored.add((row.digest, row.version))
    assert len(stored) == 1
    assert sorted(count for count, _marks in BallotBundle.objects.get().marks) == [1, 2, 2]


def test_the_same_ballots_again_change_nothing_and_others_take_their_place(meeting, sdk, places):
    first = enter(meeting, sdk, places[0], papers=[(3, [(1, 1)])])
    assert enter(meeting, sdk, places[0], papers=[(3, [(1, 1)])], seen_version=0).version == first.version
    second = enter(meeting, sdk, places[0], papers=[(4, [(1, 1)])], seen_version=1)
    assert (second.pk, second.version, BallotBundle.objects.count()) == (first.pk, 2, 1)


def test_what_somebody_else_entered_meanwhile_is_not_overwritten(meeting, sdk, places):
    enter(meeting, sdk, places[0], papers=[(3, [(1, 1)])], seen_version=0)
    with pytest.raises(StaleError):
        enter(meeting, sdk, places[0], papers=[(5, [(2, 1)])], seen_version=0)
    with pytest.raises(StaleError):
        services.clear_ballots(
            meeting_id=meeting.id, hamlet_id=places[0].id, group="", actor=sdk, at=NOW, seen_version=0
        )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"voters": 3, "papers": [(4, [(1, 1)])]}, "ballot-more-papers"),
        ({"voters": 0}, "ballot-voters"),
        ({"voters": 61}, "ballot-more-than-present"),
        ({"papers": [(-1, [(1, 1)])]}, "ballot-negative"),
        ({"papers": [(1, [(1, -1)])]}, "ballot-negative"),
        ({"papers": [(1, [(1, 1), (1, 1)])]}, "ballot-twice"),
        ({"papers": [(1, [(1, 2)])]}, "ballot-tick"),
        ({"papers": [(1, [(1, 1), (2, 1)])], "per_voter": 1}, "ballot-more-marks"),
        ({"method": "points", "papers": [(1, [(1, 6)])], "per_voter": 5}, "ballot-more-marks"),
        ({"method": "dots", "papers": [(1, [(1, 61)])], "per_voter": 5}, "ballot-more-dots"),
        ({"method": "dots", "papers": [(1, [(1, 1)]), (1, [(2, 1)])]}, "ballot-dots-together"),
        ({"method": "shouts"}, "ballot-method"),
        ({"group": "PEREMPUAN"}, "ballot-group"),
    ],
)
def test_what_the_voters_cannot_have_handed_in_is_refused_and_nothing_is_stored(meeting, sdk, places, fields, code):
    with pytest.raises((BadInputError, RefusedError), match=code):
        enter(meeting, sdk, places[0], **fields)
    assert BallotBundle.objects.count() == 0


def test_sixty_dots_of_twelve_voters_with_five_each_fit(meeting, sdk, places):
    assert enter(meeting, sdk, places[0], "dots", papers=[(1, [(1, 60)])], per_voter=5).version == 1


def test_the_voters_of_all_hamlets_together_are_no_more_than_those_present(meeting, sdk, places):
    enter(meeting, sdk, places[0], voters=40)
    with pytest.raises(RefusedError) as refused:
        enter(meeting, sdk, places[1], voters=21)
    assert refused.value.values == {"total": 61, "present": 60}
    assert enter(meeting, sdk, places[1], voters=20).voters == 20


def test_a_proposal_that_is_not_on_the_table_gets_no_ballot(meeting, sdk, places, checked):
    marks = [(1, [(checked("Lain").id, 1)])]
    with pytest.raises(RefusedError, match="ballot-not-tabled"):
        enter(meeting, sdk, places[0], marks=marks)


def test_a_hamlet_of_another_village_has_no_ballots_here(meeting, sdk):
    elsewhere = hamlets(enggelam(), "Seberang")[0]
    with pytest.raises(BadInputError, match="ballot-hamlet"):
        enter(meeting, sdk, elsewhere, papers=[(1, [(1, 1)])])


def test_closed_counts_and_signed_minutes_keep_their_ballots(meeting, sdk, places):
    with pytest.raises(RefusedError, match="ballot-nobody-yet"):
        services.close_count(meeting_id=meeting.id, actor=sdk, at=NOW)
    enter(meeting, sdk, places[0], papers=[(3, [(1, 1)])])
    services.close_count(meeting_id=meeting.id, actor=sdk, at=NOW)
    with pytest.raises(RefusedError, match="ballot-count-closed"):
        enter(meeting, sdk, places[1], papers=[(3, [(1, 1)])])
    services.open_count(meeting_id=meeting.id, actor=sdk, at=NOW)
    enter(meeting, sdk, places[1], papers=[(3, [(1, 1)])])
    with setting_up():
        Meeting.objects.filter(pk=meeting.id).update(
            state="signed", signed_at=NOW, minutes_date=given.HELD_DATE, ended_at=NOW
        )
    with pytest.raises(RefusedError, match="minutes-signed"):
        enter(meeting, sdk, places[2], papers=[(3, [(1, 1)])])


def test_one_bundle_for_each_hamlet_and_group_also_without_a_hamlet(meeting, sdk):
    enter(meeting, sdk, None, papers=[(1, [(1, 1)])])
    with pytest.raises(IntegrityError), transaction.atomic(), setting_up():
        BallotBundle.objects.create(meeting=meeting, method="papers", voters=1, digest="", entered_by=sdk.person_id)


@pytest.mark.parametrize("role", sorted(Role))
def test_those_who_enter_scores_enter_ballots_and_draw_the_lot(village, meeting, places, role):
    allowed = role in {Role.TIM, Role.FAS, Role.SDK}
    hat = people.holder(role, village, username=f"peran.{role}").hat()
    acts = [
        lambda: draw(meeting, hat, "407194", corrects=SEED),
        lambda: enter(meeting, hat, places[0], papers=[(1, [(1, 1)])]),
        lambda: services.close_count(meeting_id=meeting.id, actor=hat, at=NOW),
        lambda: services.open_count(meeting_id=meeting.id, actor=hat, at=NOW),
        lambda: services.clear_ballots(meeting_id=meeting.id, hamlet_id=places[0].id, group="", actor=hat, at=NOW),
    ]
    for act in acts:
        if allowed:
            act()
        else:
            with pytest.raises(NotAllowedError):
                act()


# What is kept and told


def test_neither_the_rows_nor_the_trail_tell_a_single_ballot_or_a_voter(meeting, sdk, places, proposals):
    enter(meeting, sdk, places[0], papers=[(1, [(1, 1)]), (2, [(2, 1)])])
    entries = TrailEntry.objects.filter(table_name="deliberation_ballotbundle")
    told = " ".join(f"{row.before} {row.after}" for row in entries)
    assert entries.count() == 1
    assert all(str(key.id) not in told and key.id.hex not in told for key in proposals)
    columns = {field.name for field in BallotBundle._meta.concrete_fields}
    assert columns == {
        "id", "created_at", "version", "changed_at", "meeting", "hamlet", "group", "method", "voters", "per_voter",
        "marks", "digest", "entered_by",
    }  # fmt: skip


def test_ticks_are_approvals_merged_with_a_blank_ballot_for_the_rest(meeting, sdk, places, proposals):
    enter(meeting, sdk, places[0], papers=[(2, [(1, 1), (3, 1)]), (3, [(2, 1)])], voters=8, group="perempuan")
    first, second, third = (str(row.proposal.id) for row in queries.table_of(meeting))
    women = frozenset(["perempuan"])
    assert set(queries.ballots_of(meeting)) == {
        Ballot(approvals=tuple(sorted((first, third))), weight=Fraction(2), hamlet="Hulu", groups=women),
        Ballot(approvals=(second,), weight=Fraction(3), hamlet="Hulu", groups=women),
        Ballot(weight=Fraction(3), hamlet="Hulu", groups=women),
    }


def test_dots_of_a_hamlet_are_one_ballot_of_all_its_voters_that_keeps_the_sum(meeting, sdk, places):
    enter(meeting, sdk, places[0], "dots", papers=[(1, [(1, 7), (2, 5)])], voters=4)
    enter(meeting, sdk, places[1], "points", papers=[(3, [(1, 2)])], voters=3)
    enter(meeting, sdk, None, "papers", papers=[(2, [(2, 1)])], voters=2)
    first, second, _third = (str(row.proposal.id) for row in queries.table_of(meeting))
    found = queries.ballots_of(meeting)
    scale = queries.scale_of(meeting.ballots.all())
    assert scale == 4
    sums = {key: sum(b.weight * dict(b.marked).get(key, 0) for b in found) / scale for key in (first, second)}
    assert sums == {first: 7 + 6, second: 5 + 2}
    assert sum(ballot.weight for ballot in found) == 9
    assert {str(key): total for key, total in queries.totals_of(meeting).items()} == sums


def test_a_larger_hamlet_does_not_speak_louder_because_its_dots_were_added_up(meeting, sdk, places):
    for place, voters in ((places[0], 10), (places[1], 20)):
        enter(meeting, sdk, place, "dots", papers=[(1, [(1, voters * 3)])], voters=voters, per_voter=3)
    points = {ballot.hamlet: ballot.points[0][1] for ballot in queries.ballots_of(meeting)}
    assert points["Hulu"] == points["Tengah"] == 3 * queries.scale_of(meeting.ballots.all())


def test_ballots_are_the_same_whatever_order_the_hamlets_came_in(cycle, sdk, proposals, places, meeting):
    def told(order):
        for index in order:
            services.clear_ballots(meeting_id=meeting.id, hamlet_id=places[index].id, group="", actor=sdk, at=NOW)
        for index in order:
            enter(meeting, sdk, places[index], papers=[(index + 1, [(index + 1, 1)])])
        return queries.ballots_of(meeting)

    assert len({told(order) for order in itertools.permutations(range(3))}) == 1


# The table


def test_numbers_of_the_table_stay_when_others_come_and_go(cycle, sdk, proposals, checked):
    made = hall(cycle, sdk, proposals[:2], seed="")
    late = [checked("Sumur"), proposals[2]]
    services.table_proposals(meeting_id=made.id, proposal_ids=[row.id for row in late], actor=sdk, at=NOW)
    services.untable_proposal(meeting_id=made.id, proposal_id=proposals[0].id, actor=sdk, at=NOW)
    assert [(row.number, row.proposal.title) for row in queries.table_of(made)] == [
        (2, "Posyandu"),
        (3, "Jalan tani"),
        (4, "Sumur"),
    ]


def test_rows_laid_before_there_were_numbers_get_them_in_the_order_of_proposals(cycle, sdk, proposals):
    made = hall(cycle, sdk, proposals, seed="")
    with setting_up():
        made.tabled.update(table_number=None)
    shown = [(row.number, row.proposal.title) for row in queries.table_of(made)]
    draw(made, sdk)
    assert sorted(made.tabled.values_list("table_number", "proposal__title")) == shown
    assert shown == [(1, "Jembatan"), (2, "Posyandu"), (3, "Jalan tani")]


def test_nothing_is_lifted_off_the_table_once_people_have_voted(meeting, sdk, places, proposals):
    enter(meeting, sdk, places[0], papers=[(3, [(1, 1)])])
    with pytest.raises(RefusedError, match="proposal-voted"):
        services.untable_proposal(meeting_id=meeting.id, proposal_id=proposals[2].id, actor=sdk, at=NOW)


# What may be shown


def test_a_small_hamlet_is_merged_so_that_its_number_cannot_be_worked_out(meeting, sdk, places):
    for place, voters in zip(places, (3, 12, 20), strict=True):
        enter(meeting, sdk, place, voters=voters)
    counts = queries.ballot_counts(meeting)
    assert [(row.name, row.counted, row.voters) for row in counts.hamlets] == [
        ("Hulu", True, None),
        ("Tengah", True, None),
        ("Hilir", True, None),
    ]
    assert (counts.merged, counts.voters, counts.done, counts.expected) == (35, 35, 3, 3)


def test_a_hamlet_that_nobody_counted_hides_nobody_else(meeting, sdk, places):
    enter(meeting, sdk, places[0], voters=12)
    counts = queries.ballot_counts(meeting)
    assert [(row.name, row.counted, row.voters) for row in counts.hamlets] == [
        ("Hulu", True, 12),
        ("Tengah", False, None),
        ("Hilir", False, None),
    ]
    assert counts.left == ["Tengah", "Hilir"]


def test_of_the_poor_and_the_disabled_only_whether_they_spoke(meeting, sdk, places):
    enter(meeting, sdk, places[0], voters=20)
    enter(meeting, sdk, places[0], voters=9, group="miskin")
    enter(meeting, sdk, places[0], voters=8, group="perempuan")
    enter(meeting, sdk, places[0], voters=2, group="lansia")
    assert queries.ballot_counts(meeting).groups == (
        ("perempuan", "8"),
        ("keluarga kurang mampu", "terwakili"),
        ("warga difabel", "belum"),
    )


def test_hamlets_tell_their_people_where_somebody_counted_them(village, places):
    with setting_up():
        places[0].population, places[0].poor_households = 310, 22
        places[0].save()
    assert queries.hamlet_people(village.id) == {"Hulu": (310, 22), "Tengah": (None, None), "Hilir": (None, None)}
