"""Support: counted, listed or online; once for each person and device, apart from every score."""

import uuid
from datetime import date, timedelta

import pytest

from proposals.given import NOW, REASON, TODAY
from proposals.residents import picture
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.hat import Place
from rembuk.proposals import services
from rembuk.proposals.models import Proposal, Support
from rembuk.proposals.resident_queries import support_totals
from rembuk.proposals.resident_values import Supporter, read_supporter
from rembuk.proposals.residents import new_device_token, resident_of
from rembuk.proposals.services import supports
from rembuk.proposals.values import places_of


@pytest.fixture
def open_one(sent, hat):
    """Make a proposal that the secretary has looked at."""

    def make(**values):
        return services.check_proposal(proposal_id=sent(**values).id, actor=hat("SDK"), at=NOW)

    return make


@pytest.fixture
def support(village, hamlets):
    def give(proposal, name="Siti Aminah", hamlet=0, born=1985, device=None):
        return services.support_online(
            proposal_id=proposal.id,
            supporter=Supporter(name, hamlets[hamlet].id, born),
            device=new_device_token() if device is None else device,
            actor=resident_of(village),
            at=NOW,
        )

    return give


def test_a_person_supports_once_however_the_name_is_written(open_one, support):
    made = open_one()
    support(made)
    for name in ("siti aminah", "  SITI   AMINAH ", "Hj. Siti Aminah"):
        with pytest.raises(RefusedError, match="support-twice"):
            support(made, name=name)
    support(made, hamlet=1)
    support(made, born=1986)
    assert support_totals([made.id])[made.id].online == 3


def test_a_device_supports_once_and_one_without_a_cookie_counts_by_the_person_alone(open_one, support):
    made, phone = open_one(), new_device_token()
    support(made, device=phone)
    with pytest.raises(RefusedError, match="support-device"):
        support(made, name="Rudi Hartono", device=phone)
    support(made, name="Rudi Hartono", device="")
    support(made, name="Yanto", device="")
    assert Support.objects.count() == 3


def test_only_digests_are_kept_and_they_tell_nothing_across_proposals(open_one, support):
    one, other, phone = open_one(), open_one(title="Sumur bor RT 03"), new_device_token()
    first, second = support(one, device=phone), support(other, device=phone)
    assert first.person_digest != second.person_digest and first.device_digest != second.device_digest
    assert "Siti" not in str(list(Support.objects.values())) and phone not in str(list(Support.objects.values()))


def test_the_database_refuses_a_double_support_that_no_check_saw(open_one, support, monkeypatch):
    made = open_one()
    support(made)
    seen = []
    real = supports.refuse_double
    monkeypatch.setattr(supports, "refuse_double", lambda row: seen.append(row) if not seen else real(row))
    with pytest.raises(RefusedError, match="support-twice"):
        support(made)
    assert Support.objects.count() == 1


def test_what_is_not_public_or_is_answered_takes_no_online_support(sent, open_one, support, hat):
    with pytest.raises(Proposal.DoesNotExist):
        support(sent())
    made = open_one(title="Sumur bor RT 03")
    services.decline_proposal(proposal_id=made.id, code="TOLAK-01", text=REASON, actor=hat("KAD"), at=NOW)
    with pytest.raises(RefusedError, match="support-closed"):
        support(made)


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"name": "S"}, ["name"]),
        ({"hamlet": ""}, ["hamlet"]),
        ({"hamlet": "Sebrang"}, ["hamlet"]),
        ({"birth_year": "85"}, ["birth_year"]),
        ({"birth_year": "1885"}, ["birth_year"]),
        ({"birth_year": "2012"}, ["birth_year"]),
        ({}, []),
    ],
)
def test_a_supporter_names_name_hamlet_and_a_year_of_at_least_seventeen(village, fields, refused):
    typed = {"name": "Siti Aminah", "hamlet": "Hulu", "birth_year": "1985", **fields}
    supporter, problems = read_supporter(typed, places_of(village), TODAY)
    assert [problem.field for problem in problems] == refused
    assert (supporter is None) == bool(refused)


def counted(made, hat, role="SDK", **fields):
    values = {"count": 14, "on_date": TODAY, "note": "Musdus Hulu", **fields}
    key = values.pop("key", uuid.uuid4())
    return services.count_support(key=key, proposal_id=made.id, actor=hat(role), at=NOW, **values)


def test_a_meeting_counts_once_and_stands_apart_from_online_support(open_one, support, hat):
    made, key = open_one(), uuid.uuid4()
    counted(made, hat, key=key)
    counted(made, hat, key=key)
    support(made)
    totals = support_totals([made.id])[made.id]
    assert (totals.meeting, totals.signed, totals.online, totals.checked) == (14, 0, 1, 14)
    assert (totals.shown_checked, totals.shown_online) == (14, None)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"count": 0}, "support-count"),
        ({"count": 100_001}, "support-count"),
        ({"on_date": None}, "support-date"),
        ({"on_date": TODAY + timedelta(days=1)}, "support-date"),
    ],
)
def test_a_count_needs_people_and_a_day_that_has_been(open_one, hat, fields, code):
    with pytest.raises(BadInputError, match=code):
        counted(open_one(), hat, **fields)


@pytest.mark.parametrize(
    ("role", "may"), [("FAS", True), ("BPD", True), ("RTK", False), ("LKD", False), ("CAM", False)]
)
def test_who_counts_at_a_meeting(open_one, hat, role, may):
    made = open_one()
    if may:
        assert counted(made, hat, role).count == 14
    else:
        with pytest.raises(NotAllowedError):
            counted(made, hat, role)


def listed(made, actor, photo, **fields):
    values = {"count": 26, "on_date": date(2026, 5, 2), "note": "RT 01", **fields}
    key = values.pop("key", uuid.uuid4())
    return services.list_support(
        key=key, proposal_id=made.id, photo=photo, photo_name="daftar.jpg", actor=actor, at=NOW, **values
    )


def test_a_signed_list_comes_with_its_photo_and_the_same_photo_counts_once(open_one, hat):
    made, photo = open_one(), picture().getvalue()
    with pytest.raises(BadInputError, match="support-photo"):
        listed(made, hat("SDK"), None)
    with pytest.raises(BadInputError, match="support-photo"):
        listed(made, hat("SDK"), b"<script>alert(1)</script>")
    listed(made, hat("SDK"), photo)
    with pytest.raises(RefusedError, match="support-same-list"):
        listed(made, hat("SDK"), photo)
    assert support_totals([made.id])[made.id].signed == 26


def test_an_rt_head_keys_in_a_list_for_the_own_rt_or_hamlet_and_not_for_a_neighbour(open_one, village, hamlets, hat):
    rt = village.rts.get(number="01")
    place = rt.place
    mine = open_one(hamlet_id=hamlets[0].id, rt_id=rt.id)
    assert listed(mine, hat("RTK", place), picture().getvalue()).count == 26
    theirs = open_one(title="Sumur bor", hamlet_id=hamlets[1].id)
    with pytest.raises(NotAllowedError):
        listed(theirs, hat("RTK", place), picture(700).getvalue())
    assert isinstance(place, Place)


def test_no_support_touches_what_makes_a_score(open_one, support, hat):
    made = open_one()
    before = Proposal.objects.filter(pk=made.pk).values().get()
    counted(made, hat)
    support(made)
    assert Proposal.objects.filter(pk=made.pk).values().get() == before
