"""Inclusion: who sees which villages, what is told, where a group gets lost, and what an odd address does."""

import csv
import io
import re
import uuid
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cycles.given import NOW
from deliberation.given import CLOSED, OPENED, PLANNED
from factories import people, places
from factories.samples_proposals import sent_in
from rembuk.core.hat import Role
from rembuk.core.permissions import TABLE
from rembuk.cycles.models import Cycle
from rembuk.cycles.services import open_cycles
from rembuk.deliberation.models import AttendanceTally, Meeting, SpokenNote
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db
LIST = "dashboards:inclusion"
ROW = (("TANI", 12, 0), ("PEREMPUAN", 0, 8))


@pytest.fixture
def villages():
    found = [places.melintang(), places.enggelam(), places.perian()]
    for year in (2025, 2026):
        open_cycles(villages=found, plan_year=year, actor=people.planner(found[0]).hat(), at=NOW)
    return found


@pytest.fixture
def head(villages):
    return people.signed_in(people.division_head(villages[0]))


def meet(village, tallies=ROW, year=2027, kind="MUSDES_P", notes=(), state="closed"):
    """Write a meeting that was held. tallies: (element, men, women); notes: (sex, element) of who spoke."""
    with setting_up():
        number = Meeting.objects.filter(village=village).count()
        meeting = Meeting.objects.create(
            village=village,
            cycle=Cycle.objects.get(village=village, budget_year=year),
            kind=kind,
            title=f"Musdes {number}",
            location="Balai desa",
            state=state,
            scheduled_at=PLANNED,
            started_at=OPENED,
            ended_at=CLOSED + timedelta(minutes=number) if state == "closed" else None,
        )
        for element, men, women in tallies:
            AttendanceTally.objects.create(meeting=meeting, element=element, male=men, female=women)
        for order, (sex, element) in enumerate(notes, 1):
            SpokenNote.objects.create(meeting=meeting, order=order, sex=sex, element=element, point="Air bersih")
    return meeting


def propose(village, groups, state="submitted", year=2027):
    """Write a proposal that names *groups*."""
    proposal = sent_in(village)
    ends = {"planned": ("masuk-rencana", "Masuk RKP.")}.get(state, ("", ""))
    with setting_up():
        copy = Proposal.objects.get(pk=proposal.pk)
        copy.pk, copy.number, copy.receipt_digest = uuid.uuid4(), f"X-{uuid.uuid4().hex[:10]}", ""
        copy.groups, copy.state, copy.reason_code, copy.reason_text = list(groups), state, *ends
        copy.cycle = Cycle.objects.get(village=village, budget_year=year)
        copy.save(force_insert=True)
    return copy


def names(response):
    return [row.village.name for row in response.context["rows"]]


def row_of(response, village):
    return next(row for row in response.context["rows"] if row.village == village)


def page_of(client, village, **query):
    return client.get(reverse("dashboards:village_inclusion", args=[village.id]), query)


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("role", [Role.KBD, Role.BUP, Role.CAM, Role.PTP])
def test_each_sees_the_villages_of_the_own_place_by_name(villages, role):
    client = people.signed_in(people.holder(role, villages[0]))
    district = [village for village in villages if village.district_id == villages[0].district_id]
    own = villages if role in (Role.KBD, Role.BUP) else district
    assert names(client.get(reverse(LIST))) == sorted(village.name for village in own)


def test_a_hat_of_one_village_is_led_to_that_village_with_the_year_it_asked_for(villages):
    client = people.signed_in(people.secretary(villages[0]))
    response = client.get(reverse(LIST), {"tahun": "2026"})
    assert (
        response.headers["Location"] == reverse("dashboards:village_inclusion", args=[villages[0].id]) + "?tahun=2026"
    )


def test_a_secretary_opens_the_own_village_and_no_other(villages):
    client = people.signed_in(people.secretary(villages[0]))
    assert [page_of(client, village).status_code for village in villages[:2]] == [200, 404]


@pytest.mark.parametrize("role", [Role.WGA, Role.DPR, Role.PRV, Role.OPD])
def test_who_does_not_work_with_it_may_not_open_it(villages, role):
    assert role not in TABLE.rows["dashboards.inclusion"].roles


def test_the_share_of_women_is_told_with_its_numbers_and_leads_to_the_meeting(head, villages):
    meeting = meet(villages[0])
    response = page_of(head, villages[0])
    assert "40 % (8 dari 20)" in words_of(response)
    assert reverse("deliberation:detail", args=[meeting.id]) in response.content.decode()


def test_four_women_are_not_told_anywhere(head, villages):
    meet(villages[0], (("TANI", 20, 0), ("PEREMPUAN", 0, 4)))
    row = row_of(head.get(reverse(LIST)), villages[0])
    assert row.picture.women.now.state == "small"
    assert [(each.men, each.women) for each in row.seen.meetings] == [(None, None)]
    told = words_of(page_of(head, villages[0]))
    assert "terlalu kecil, digabung" in told and "dari 24" not in told


def test_two_small_meetings_are_counted_together(head, villages):
    for _turn in range(2):
        meet(villages[0], (("TANI", 20, 0), ("PEREMPUAN", 0, 4)))
    assert row_of(head.get(reverse(LIST)), villages[0]).picture.women.now.share.count == 8


def test_what_was_not_recorded_is_said_and_not_counted_as_zero(head, villages):
    meet(villages[0])
    row = row_of(head.get(reverse(LIST)), villages[0])
    assert row.picture.line("PEREMPUAN", "spoke").now.state == "none"
    assert row.picture.line("PEREMPUAN", "proposed").now.state == "none"
    assert "tidak dicatat" in words_of(page_of(head, villages[0]))


def test_turns_come_from_the_notulen_by_sex_and_by_element(head, villages):
    meet(villages[0], notes=[("L", "TANI"), ("L", "PEMUDA"), ("P", ""), ("", "ADAT")])
    picture = row_of(head.get(reverse(LIST)), villages[0]).picture
    shares = [picture.line(group, "spoke").now.share for group in ("PEREMPUAN", "PEMUDA", "ADAT")]
    assert [(share.count, share.whole) for share in shares] == [(1, 3), (1, 3), (1, 3)]


def test_of_the_proposals_that_name_a_group_each_group_is_counted_and_those_in_the_plan(head, villages):
    asked = ((["PEREMPUAN"], "planned"), (["PEREMPUAN", "PEMUDA"], "submitted"), (["TANI"], "planned"), ([], "planned"))
    for groups, state in asked:
        propose(villages[0], groups, state)
    with setting_up():
        Proposal.objects.filter(village=villages[0]).exclude(number__startswith="X-").delete()
    picture = row_of(head.get(reverse(LIST)), villages[0]).picture
    told = [picture.line("PEREMPUAN", step).now.share for step in ("proposed", "funded")]
    assert [(share.count, share.whole) for share in told] == [(2, 3), (1, 2)]


def test_this_year_stands_beside_last_year(head, villages):
    meet(villages[0])
    meet(villages[0], (("TANI", 15, 0), ("PEREMPUAN", 0, 5)), year=2026)
    line = row_of(head.get(reverse(LIST)), villages[0]).picture.women
    assert (line.now.share.percent, line.last.share.percent, line.points) == (40, 25, 15)
    assert "naik 15 poin" in words_of(page_of(head, villages[0]))


def test_without_last_year_the_page_stands_and_says_so(head, villages):
    meet(villages[0])
    told = words_of(page_of(head, villages[0]))
    assert "2026: tidak dicatat" in told and "poin" not in told.split("Apa arti angka ini")[0]


def test_where_women_get_lost_is_said_with_what_helps_and_where_to_go(head, villages):
    meet(villages[0], notes=[("L", "TANI")] * 4 + [("P", "PEREMPUAN")])
    response = page_of(head, villages[0])
    told = words_of(response)
    assert "Perempuan: 40 % hadir, tinggal 20 % bicara" in told and "Atur giliran bicara" in told
    cycle = Cycle.objects.get(village=villages[0], budget_year=2027)
    assert reverse("cycles:stage", args=[cycle.pk, "K9"]) in response.content.decode()


def test_the_poor_and_the_disabled_are_only_terwakili_per_meeting(head, villages):
    meet(villages[0], (*ROW, ("MISKIN", 6, 1), ("DIFABEL", 0, 1)))
    row = row_of(head.get(reverse(LIST)), villages[0])
    assert row.seen.meetings[0].represented == {"MISKIN", "DIFABEL"}
    assert [now.present for now, _last in row.picture.sheltered] == [None, None]


def test_over_a_whole_year_the_poor_are_told_in_whole_fives(head, villages):
    for _turn in range(2):
        meet(villages[0], (*ROW, ("MISKIN", 2, 2), ("RT", 4, 0), ("DIFABEL", 1, 0)))
    (poor, _), (disabled, _) = row_of(head.get(reverse(LIST)), villages[0]).picture.sheltered
    assert (poor.present.count, disabled.present) == (5, None)
    assert "(5 dari 58)" in words_of(page_of(head, villages[0]))


def test_what_villages_cannot_tell_their_kecamatan_tells_whatever_the_filter(head, villages):
    for village in villages:
        meet(village, (*ROW, ("ADAT", 3, 0), ("RT", 4, 0), ("MISKIN", 2, 2)))
    answers = [head.get(reverse(LIST), query) for query in ({}, {"cari": villages[0].name}, {"keadaan": "kosong"})]
    assert all(
        line.now.share is None
        for row in answers[0].context["rows"]
        for line in row.picture.lines
        if line.group == "ADAT"
    )
    told = [
        [
            (area.code, area.picture.line("ADAT", "present").now, area.picture.sheltered)
            for area in answer.context["areas"]
        ]
        for answer in answers
    ]
    assert told[0] == told[1] == told[2]
    counts = {code: figure.share and figure.share.count for code, figure, _sheltered in told[0]}
    together = [village for village in villages if village.district_id == villages[0].district_id]
    assert counts[villages[0].district_id] == (3 * len(together) if len(together) > 1 else None)


def test_the_picture_says_how_many_villages_reach_the_target_beside_last_year(head, villages):
    meet(villages[0])
    meet(villages[1], (("TANI", 30, 0), ("PEREMPUAN", 0, 6)))
    meet(villages[0], (("TANI", 30, 0), ("PEREMPUAN", 0, 6)), year=2026)
    response = head.get(reverse(LIST))
    assert response.context["finding"] == "1 dari 2 desa mencapai 30 % perempuan; tahun lalu 0 dari 1"
    assert [bar.now for bar in response.context["bars"]] == [0, 1, 0, 0, 1]
    assert response.context["untold_now"] == 1


@pytest.mark.parametrize(
    ("query", "places_shown"),
    [
        ({"keadaan": "capai"}, [0]),
        ({"keadaan": "kurang"}, [1]),
        ({"keadaan": "kosong"}, [2]),
        ({"keadaan": "hilang"}, [0]),
        ({"urut": "sedikit"}, [1, 0, 2]),
    ],
)
def test_filters_in_the_address_narrow_and_order_the_list(head, villages, query, places_shown):
    meet(villages[0], notes=[("L", "TANI")] * 4)
    meet(villages[1], (("TANI", 30, 0), ("PEREMPUAN", 0, 6)))
    assert names(head.get(reverse(LIST), query)) == [villages[place].name for place in places_shown]


def test_a_year_without_meetings_says_so_kindly(head, villages):
    assert "Bagian perempuan belum dapat dihitung di desa mana pun" in words_of(head.get(reverse(LIST)))
    assert "Belum ada musyawarah atau usulan untuk RKP 2027" in words_of(page_of(head, villages[0]))


@pytest.mark.parametrize(
    "query",
    ["tahun=99999999999", "tahun=²", "tahun=-1", "hal=999", "hal=x", "kecamatan=zz", "cari=%", "cari=%00", "urut=x"],
)
def test_an_odd_address_gives_a_page(head, query):
    response = head.get(f"{reverse(LIST)}?{query}")
    assert response.status_code == 200
    assert response.context["budget_year"] == 2027


@pytest.mark.parametrize("village", ["64.02.18.9999", "x", "%00"])
def test_an_unknown_village_is_not_found(head, village):
    assert head.get(f"/keterlibatan/{village}/").status_code == 404


def test_the_exports_hold_the_filtered_villages_and_the_kecamatan(head, villages):
    meet(villages[0])
    asked = {"cari": villages[0].name}
    book = openpyxl.load_workbook(io.BytesIO(head.get(reverse(LIST), {**asked, "bentuk": "xlsx"}).content))
    rows = list(book["Desa"].iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == [villages[0].name]
    assert rows[1][3:8] == (1, 8, 20, 40, "tidak dicatat")
    assert book["Kecamatan"].max_row == 1 + len({village.district_id for village in villages})
    text = head.get(reverse(LIST), {**asked, "bentuk": "csv"}).content.decode()
    assert [row[:2] for row in csv.reader(io.StringIO(text))][1:] == [[villages[0].code, villages[0].name]]


def test_the_list_asks_the_same_for_one_and_three_villages(head, villages):
    def asked():
        with CaptureQueriesContext(connection) as found:
            head.get(reverse(LIST))
        return len(found)

    meet(villages[0], notes=[("P", "PEREMPUAN")])
    asked()
    one = asked()
    meet(villages[1], notes=[("P", "PEREMPUAN")])
    meet(villages[2], notes=[("P", "PEREMPUAN")])
    assert asked() == one <= 14


def test_a_running_meeting_shows_who_is_here_and_who_speaks(villages):
    client = people.signed_in(people.secretary(villages[0]))
    tallies = (*ROW, ("PEMUDA", 2, 0), ("MISKIN", 1, 0))
    meeting = meet(villages[0], tallies, notes=[("L", "TANI")] * 3 + [("P", "PEREMPUAN")], state="running")
    told = words_of(client.get(reverse("deliberation:meter", args=[meeting.id])))
    assert "Perempuan 34 % yang hadir, 25 % giliran bicara" in told and "Beri giliran berikutnya" in told
    assert "Belum bicara menurut notulen Pemuda" in told.replace(" atau pelajar", "")
    address = reverse("dashboards:village_inclusion", args=[villages[0].id])
    assert (
        f'href="{address}?tahun=2027"' in client.get(reverse("deliberation:detail", args=[meeting.id])).content.decode()
    )


def test_a_meeting_without_a_list_of_speakers_says_that_it_is_not_recorded(villages):
    client = people.signed_in(people.secretary(villages[0]))
    meeting = meet(villages[0], state="running")
    told = words_of(client.get(reverse("deliberation:meter", args=[meeting.id])))
    assert "giliran bicara belum dicatat" in told and "belum ada yang dicatat" in told


@pytest.mark.parametrize(("role", "exact"), [(Role.SDK, True), (Role.BUP, False), (Role.OPD, False)])
def test_nobody_works_out_the_sheltered_of_a_meeting_from_the_numbers_of_the_others(villages, role, exact):
    """Only those who keep the list of names see every number; the hall's screen shows them to nobody."""
    meeting = meet(villages[0], (*ROW, ("RT", 9, 0), ("PEMUDA", 2, 0), ("MISKIN", 1, 0)), state="running")
    client = people.signed_in(people.holder(role, villages[0]))
    lines = client.get(reverse("deliberation:detail", args=[meeting.id])).context["elements"]
    told = {line.name: line.count for line in lines if line.here}
    assert told == {
        "Petani dan buruh tani": 12,
        "Ketua RT": 9,
        "Kelompok perempuan": 8 if exact else None,
        "Pemuda atau pelajar": 2 if exact else None,
        "Kelompok masyarakat miskin": None,
    }
    screen = client.get(reverse("deliberation:screen", args=[meeting.id])).context["elements"]
    assert [line.count for line in screen if line.name == "Pemuda atau pelajar"] == [None]


def test_the_public_page_tells_five_and_more_and_never_the_sheltered(client, villages):
    meet(villages[0], (*ROW, ("MISKIN", 3, 3)), notes=[("P", "PEREMPUAN")] * 6 + [("L", "TANI")] * 7)
    for groups in [["PEMUDA"]] * 5 + [["MISKIN"]] * 6 + [["ADAT"]] * 4:
        propose(villages[0], groups)
    with setting_up():
        Proposal.objects.filter(village=villages[0]).update(state="discussed")
        Proposal.objects.filter(village=villages[0]).exclude(number__startswith="X-").delete()
    told = words_of(client.get(reverse("portal:meetings", args=[villages[0].code])))
    assert "Giliran bicara perempuan: 6 dari 13." in told
    assert "Usulan untuk pemuda: 5 dari 15." in told
    assert "Usulan untuk tokoh adat" not in told and "Kelompok masyarakat miskin" not in told
