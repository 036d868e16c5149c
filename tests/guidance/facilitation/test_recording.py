"""What is recorded at the forum: turns, tools, focus groups, reactions, the note; replays and refusals."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from deliberation import given as meetings
from guidance.facilitation.given import EARLY, HELD, NOW, asked, later, photo, proven, ready, scheduled
from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.guidance.monthly import month_of
from rembuk.guidance.facilitation import queries, services
from rembuk.guidance.facilitation.models import FocusGroup, Reaction, ToolUse, Turn
from rembuk.guidance.facilitation.services import GroupValues, GuideValues, Moment, ReactionValues, ToolValues, Uploaded
from rembuk.guidance.mentoring.month_sources import forums_of
from rembuk.proposals.models import Proposal
from rembuk.proposals.services import create_proposal, submit_proposal
from rembuk.proposals.values import ProposalValues

GROUP = GroupValues("Kelompok nelayan", HELD, men=3, women=5, minutes=75, ideas="Tempat jemur ikan; 9\nPerahu; 12")


@pytest.fixture
def forum(cycle, staff):
    return scheduled(cycle, staff)


def tap(forum, actor, sex="P", key=None, **more):
    return services.count_turn(forum_id=forum.pk, turn_id=key or uuid.uuid4(), sex=sex, actor=actor, at=NOW, **more)


def test_a_tap_counts_once_however_often_it_is_sent(forum, staff):
    key = uuid.uuid4()
    for _time in range(3):
        tap(forum, staff, key=key)
    tap(forum, staff, sex="L", count=12)
    assert queries.turns_of(forum.pk) == {"L": 12, "P": 1}
    with pytest.raises(RefusedError, match="forum-key-taken"):
        tap(forum, staff, sex="L", key=key)


def test_a_tap_by_mistake_is_struck_and_stays_readable(forum, staff):
    turn = tap(forum, staff)
    for _time in range(2):
        services.strike_last_turn(forum_id=forum.pk, turn_id=turn.pk, actor=staff, at=NOW)
    assert (queries.turns_of(forum.pk)["P"], Turn.objects.count()) == (0, 1)


def test_a_tap_made_without_signal_keeps_its_own_time(forum, staff):
    when = NOW - timedelta(days=2)
    turn = tap(forum, staff, moment=Moment(when, "offline"))
    assert (turn.captured_at, turn.received_at, turn.origin, turn.clock_odd) == (when, NOW, "offline", False)


@pytest.mark.parametrize(
    ("sex", "count", "code"), [("X", 1, "turn-sex"), ("P", 0, "turn-count"), ("P", 501, "turn-count")]
)
def test_a_count_that_cannot_be_is_refused(forum, staff, sex, count, code):
    with pytest.raises(BadInputError, match=code):
        tap(forum, staff, sex=sex, count=count)


def test_nothing_is_recorded_before_the_day_is_fixed(cycle, staff):
    with pytest.raises(RefusedError, match="forum-no-day"):
        tap(asked(cycle, staff), staff)


def test_a_tool_keeps_purpose_photo_table_and_its_proposal(forum, staff, secretary, village):
    key = uuid.uuid4()
    create_proposal(
        proposal_id=key, village_id=village.id, values=ProposalValues(title="Sumur bor"), actor=secretary, at=NOW
    )
    submit_proposal(proposal_id=key, actor=secretary, at=NOW)
    number = str(Proposal.objects.get(pk=key).number)
    values = ToolValues(
        "calendar", "Melihat bulan sulit", "Air sulit Agustus", "Bulan;Air\nAgustus;sulit", number.lower(),
        Uploaded(photo(), "a.jpg"),
    )  # fmt: skip
    tool_id = uuid.uuid4()
    for _time in range(2):
        services.record_tool(forum_id=forum.pk, tool_id=tool_id, values=values, actor=staff, at=NOW)
    row = ToolUse.objects.get()
    assert (row.table, row.proposal_id) == ([["Bulan", "Air"], ["Agustus", "sulit"]], key)
    assert row.photo.content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tool": "dukun"}, "tool-unknown"),
        ({"purpose": "  "}, "tool-purpose"),
        ({"proposal": "MLT-27-9999"}, "tool-proposal"),
        ({"table": "a;b\n" * 41}, "tool-table"),
        ({"photo": Uploaded(b"%PDF-1.4\n%%EOF", "a.pdf")}, "forum-photo"),
    ],
)
def test_a_tool_that_cannot_be_read_is_refused_and_nothing_is_kept(forum, staff, changes, code):
    values = replace(ToolValues("venn", "Melihat lembaga"), **changes)
    with pytest.raises(BadInputError, match=code):
        services.record_tool(forum_id=forum.pk, tool_id=uuid.uuid4(), values=values, actor=staff, at=NOW)
    assert ToolUse.objects.count() == 0


def group(forum, actor, **changes):
    values = replace(GROUP, **changes)
    return services.record_group(forum_id=forum.pk, group_id=uuid.uuid4(), values=values, actor=actor, at=NOW)


def test_ideas_of_a_group_are_kept_with_their_dots_the_most_first(forum, staff):
    assert group(forum, staff).ideas == [
        {"text": "Perahu", "dots": 12},
        {"text": "Tempat jemur ikan", "dots": 9},
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"group": ""}, "group-name"),
        ({"men": 0, "women": 0}, "group-people"),
        ({"men": None, "women": 900}, "group-people"),
        ({"minutes": 0}, "group-minutes"),
        ({"day": None}, "group-day"),
        ({"day": later(60)}, "group-day"),
        ({"kind": "SETAN"}, "group-kind"),
        ({"ideas": "Sumur; banyak"}, "group-dots"),
    ],
)
def test_a_group_that_cannot_be_read_is_refused(forum, staff, changes, code):
    with pytest.raises(BadInputError, match=code):
        group(forum, staff, **changes)
    assert FocusGroup.objects.count() == 0


def test_a_group_of_four_is_kept(forum, staff):
    assert group(forum, staff, men=1, women=3).size == 4


def test_a_quote_that_names_somebody_present_is_refused(cycle, forum, staff, secretary):
    meeting = meetings.running(cycle, secretary, "MUSREN")
    meetings.come(meeting, secretary)
    with pytest.raises(RefusedError) as refused:
        group(forum, staff, quotes="Kata Siti Rahma: air kami asin.")
    assert refused.value.values["names"] == "Siti Rahma"
    assert group(forum, staff, quotes="Air kami asin.").quotes == "Air kami asin."


def test_reactions_have_no_name_and_replays_count_once(forum, staff):
    key = uuid.uuid4()
    for _time in range(2):
        values = ReactionValues((5, 4, 4, 3, 5), "Waktunya cukup")
        services.record_reaction(forum_id=forum.pk, reaction_id=key, values=values, actor=staff, at=NOW)
    assert Reaction.objects.get().points == [5, 4, 4, 3, 5]
    for points in ((5, 4), (0, 4, 4, 3, 5), (6, 4, 4, 3, 5)):
        with pytest.raises(BadInputError, match="reaction-points"):
            services.record_reaction(
                forum_id=forum.pk, reaction_id=uuid.uuid4(), values=ReactionValues(points), actor=staff, at=NOW
            )


def test_a_note_on_an_older_version_is_refused(forum, staff):
    first = services.write_note(forum_id=forum.pk, text="Ramai.", version=forum.version, actor=staff, at=NOW)
    again = services.write_note(forum_id=forum.pk, text="Ramai.", version=forum.version, actor=staff, at=NOW)
    assert first.version == again.version
    with pytest.raises(StaleError):
        services.write_note(forum_id=forum.pk, text="Sepi.", version=forum.version, actor=staff, at=NOW)


def test_five_of_those_present_are_drawn_the_same_each_time(cycle, staff, secretary, forum):
    meeting = meetings.running(cycle, secretary, "MUSREN")
    meetings.come(meeting, secretary)
    names = queries.drawn_attendees(meeting)
    assert len(set(names)) == 5 and names == queries.drawn_attendees(meeting)


def test_a_held_forum_stands_in_the_month_of_who_guided_it_with_the_hours_of_its_sitting(
    cycle, staff, district, secretary, head
):
    forum = ready(cycle, staff)
    values = GuideValues(sex="L", person_id=district.person_id)
    services.add_guide(forum_id=forum.pk, values=values, actor=staff, at=EARLY)
    days = month_of(HELD).days
    assert queries.forums_of_person(district.person_id, days) == ()
    meeting = proven(cycle, secretary, head)
    (line,) = queries.forums_of_person(district.person_id, days)
    assert (line.day, line.village, line.position, line.counted) == (HELD, "Melintang", "guide", False)
    assert meeting.started_at is not None and meeting.ended_at is not None
    assert line.minutes == (meeting.ended_at - meeting.started_at).total_seconds() // 60
    assert forums_of(district.person_id, days) == (line,)
    assert queries.forums_of_person(staff.person_id, days) == ()
