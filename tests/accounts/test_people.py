"""Inviting, approving, ending, codes: the level above makes the level below; nobody reaches higher than they stand."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import people, places
from rembuk.accounts import services
from rembuk.accounts.levels import DEPTHS, depth_allowed, least_level
from rembuk.accounts.models import Assignment, Person
from rembuk.accounts.permissions import GRANTS
from rembuk.accounts.queries import waiting
from rembuk.accounts.values import Post, Who
from rembuk.core.errors import NotAllowedError, RefusedError
from rembuk.core.hat import Place, Role
from rembuk.core.permissions import TABLE
from rembuk.shared import clock

pytestmark = pytest.mark.django_db
WHO = Who("Rahman", "rahman")
TODAY = date(2026, 1, 5)


def post(role: Role, place: Place, **fields: object) -> Post:
    return Post(role=role, place=place, start_date=TODAY, **fields)  # type: ignore[arg-type]


def test_every_role_has_a_depth_and_only_higher_roles_give_it() -> None:
    assert set(DEPTHS) == set(Role)
    assert all(role not in roles for role, roles in GRANTS.items() if role is not Role.ADM)


def test_dpmd_heads_appoint_at_once() -> None:
    hat = people.division_head().hat()
    made = services.invite_person(hat=hat, who=WHO, post=post(Role.CAM, places.district().place))
    assert (made.state, made.person.state) == (Assignment.State.APPROVED, Person.State.INVITED)
    assert not made.person.has_usable_password()


@pytest.mark.parametrize(("maker", "role"), [("CAM", Role.KAD), ("KAD", Role.SDK), ("STF", Role.CAM)])
def test_the_others_propose_and_dpmd_agrees(maker: str, role: Role) -> None:
    hat = people.holder(maker).hat()
    village = places.melintang()
    place = village.place if least_level(role) == "village" else village.district.place
    made = services.invite_person(hat=hat, who=WHO, post=post(role, place))
    assert made.state == Assignment.State.PROPOSED
    agreed = services.approve_assignment(hat=people.division_head().hat(), assignment_id=made.id, agree=True)
    assert agreed.state == Assignment.State.APPROVED
    with pytest.raises(RefusedError):
        services.approve_assignment(hat=people.division_head().hat(), assignment_id=made.id, agree=False)


def test_the_menu_counts_what_waits_for_the_approver_and_for_nobody_else() -> None:
    camat, head = people.holder(Role.CAM), people.division_head()
    services.invite_person(hat=camat.hat(), who=WHO, post=post(Role.KAD, places.melintang().place))
    found = [waiting(row.hat()) for row in (head, camat, people.planner())]
    assert [None if rows is None else rows.count() for rows in found] == [1, None, None]


def test_who_proposed_does_not_agree_also_under_another_hat() -> None:
    camat = people.holder(Role.CAM)
    made = services.invite_person(hat=camat.hat(), who=WHO, post=post(Role.KAD, places.melintang().place))
    also_head = people.holder(Role.KBD, person=camat.person)
    with pytest.raises(NotAllowedError):
        services.approve_assignment(hat=also_head.hat(), assignment_id=made.id, agree=True)


@pytest.mark.parametrize(
    ("maker", "role", "code"),
    [("KAD", Role.KAD, "role-above"), ("CAM", Role.CAM, "role-above"), ("STF", Role.ADM, "role-above")],
)
def test_nobody_appoints_their_own_level_or_above(maker: str, role: Role, code: str) -> None:
    giver = people.holder(maker)
    with pytest.raises(RefusedError) as caught:
        services.invite_person(hat=giver.hat(), who=WHO, post=post(role, giver.place))
    assert caught.value.code == code
    assert not Person.objects.filter(username="rahman").exists()


def test_a_village_head_appoints_in_no_other_village() -> None:
    with pytest.raises(NotAllowedError):
        services.invite_person(hat=people.village_head().hat(), who=WHO, post=post(Role.SDK, places.enggelam().place))


def test_a_place_made_of_parts_that_do_not_belong_together_is_refused() -> None:
    crossed = Place("64.02", "64.02.18", places.perian().id)
    with pytest.raises(RefusedError) as caught:
        services.invite_person(hat=people.division_head().hat(), who=WHO, post=post(Role.SDK, crossed))
    assert caught.value.code == "place-elsewhere"


def test_a_role_needs_its_level() -> None:
    with pytest.raises(RefusedError) as caught:
        services.invite_person(hat=people.division_head().hat(), who=WHO, post=post(Role.KAD, places.district().place))
    assert caught.value.code == "place-missing"
    assert depth_allowed(Role.RTK, "rt") and not depth_allowed(Role.KAD, "rt")


@pytest.mark.parametrize("fields", [{}, {"decree_number": "1/2026"}, {"end_date": date(2026, 12, 31)}])
def test_a_drafting_team_needs_decree_and_last_day(fields: dict[str, object]) -> None:
    hat = people.village_head().hat()
    with pytest.raises(RefusedError) as caught:
        services.invite_person(hat=hat, who=WHO, post=post(Role.TIM, places.melintang().place, **fields))
    assert caught.value.code == "decree-missing"


def test_names_email_and_phone_belong_to_one_account() -> None:
    people.person(email="siti@melintang.id", phone="6281234567890")
    hat = people.division_head().hat()
    place = places.melintang().place
    for who, code in (
        (Who("Lain", "SITI"), "name-taken"),
        (Who("Lain", "lain", email="Siti@melintang.id"), "email-taken"),
        (Who("Lain", "lain", phone="0812 3456 7890"), "phone-taken"),
    ):
        with pytest.raises(RefusedError) as caught:
            services.invite_person(hat=hat, who=who, post=post(Role.SDK, place))
        assert caught.value.code == code


def test_ending_counts_from_the_next_day_and_only_once() -> None:
    head, team = people.village_head(), people.holder("TIM")
    today = clock.today()
    services.end_assignment(hat=head.hat(), assignment_id=team.id, on=today)
    team.refresh_from_db()
    assert team.valid_on(today) and not team.valid_on(today + timedelta(days=1))
    with pytest.raises(RefusedError):
        services.end_assignment(hat=head.hat(), assignment_id=team.id, on=today)


def test_an_account_ends_ninety_days_after_its_last_assignment_and_a_new_one_opens_it() -> None:
    today = clock.today()
    old = people.holder("SDK", end_date=today - timedelta(days=91))
    fresh = people.holder("KAU", end_date=today - timedelta(days=90))
    holding = people.holder("BPD", person=people.person())
    people.holder("KAD", person=holding.person, end_date=today - timedelta(days=500))
    assert (services.end_unused_accounts(today), services.end_unused_accounts(today)) == (1, 0)
    states = [Person.objects.get(pk=row.person_id).state for row in (old, fresh, holding)]
    assert states == [Person.State.ENDED, Person.State.ACTIVE, Person.State.ACTIVE]
    again = Post(role=Role.SDK, place=places.melintang().place, start_date=today)
    services.add_assignment(hat=people.division_head().hat(), person_id=old.person_id, post=again)
    assert Person.objects.get(pk=old.person_id).is_active


def test_the_last_administrator_stays() -> None:
    first = people.administrator()
    second = people.holder(Role.ADM, username="kedua")
    services.end_assignment(hat=second.hat(), assignment_id=first.id, on=clock.today())
    third = people.holder(Role.ADM, username="ketiga", start_date=clock.today() + timedelta(days=5))
    with pytest.raises(RefusedError) as caught:
        services.suspend_person(hat=third.hat(), assignment_id=second.id, suspend=True, at=clock.now())
    assert caught.value.code == "last-administrator"


def test_nobody_prints_a_code_for_somebody_who_also_stands_higher() -> None:
    head, team = people.village_head(), people.holder("TIM")
    people.holder(Role.STF, person=team.person)
    with pytest.raises(RefusedError) as caught:
        services.make_code(hat=head.hat(), assignment_id=team.id, at=clock.now())
    assert caught.value.code == "holds-higher-role"


def test_nobody_prints_a_code_for_somebody_who_also_serves_elsewhere() -> None:
    head, team = people.village_head(), people.holder("TIM")
    people.holder(Role.SDK, places.enggelam(), person=team.person)
    with pytest.raises(RefusedError):
        services.make_code(hat=head.hat(), assignment_id=team.id, at=clock.now())
    services.make_code(hat=people.division_head().hat(), assignment_id=team.id, at=clock.now())


def test_nobody_prints_a_code_for_themselves() -> None:
    admin = people.administrator()
    with pytest.raises(NotAllowedError):
        services.make_code(hat=admin.hat(), assignment_id=admin.id, at=clock.now())


def test_a_code_is_not_printed_before_the_assignment_is_approved() -> None:
    head = people.village_head()
    made = services.invite_person(hat=head.hat(), who=WHO, post=post(Role.SDK, places.melintang().place))
    with pytest.raises(RefusedError):
        services.make_code(hat=head.hat(), assignment_id=made.id, at=clock.now())


def test_an_administrator_opens_accounts_and_no_village_content() -> None:
    own_rooms = ("accounts.", "regions.", "shared.", "dashboards.", "portal.")
    content = [
        act
        for act, row in TABLE.rows.items()
        if Role.ADM in row.roles
        and not act.startswith(own_rooms)
        and any(v in act for v in ("submit", "approve", "adopt"))
    ]
    assert content == []


def test_the_list_shows_the_people_of_ones_place_and_counts_them() -> None:
    head = people.village_head()
    people.holder("TIM")
    people.holder("SDK", places.enggelam())
    shown = people.signed_in(head).get("/orang/")
    assert {row.village_id for row in shown.context["page"].object_list} == {places.melintang().id}
    assert shown.context["page"].paginator.count == 2


def test_the_list_asks_as_often_for_many_as_for_one() -> None:
    client = people.signed_in(people.planner())
    counts = []
    for number in range(100):
        people.holder("SDK", username=f"sdk{number}")
        if number in (0, 99):
            client.get("/orang/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/orang/", {"keadaan": "semua"})
            counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_filters_and_the_export_give_the_same_rows() -> None:
    planner = people.planner()
    people.holder("SDK")
    people.holder("SDK", places.perian())
    client = people.signed_in(planner)
    asked = {"peran": "SDK", "kecamatan": "64.02.01"}
    assert client.get("/orang/", asked).context["page"].paginator.count == 1
    lines = client.get("/orang/unduh/", asked).content.decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("SDK Perian,")


def test_a_form_keeps_what_was_typed_and_names_the_field() -> None:
    head = people.village_head()
    typed = {
        "name": "Rahman",
        "username": "rahman",
        "role": "TIM",
        "place": f"village:{places.melintang().id}",
        "start_date": "2026-01-05",
    }
    page = people.signed_in(head).post("/orang/undang/", typed)
    assert page.status_code == 400
    assert list(page.context["form"].errors) == ["decree_number"]
    assert 'value="rahman"' in page.content.decode()


def test_a_slip_shows_the_code_once_and_is_not_cached() -> None:
    head, team = people.village_head(), people.holder("TIM")
    page = people.signed_in(head).post(f"/orang/{team.id}/kode/")
    assert page.status_code == 200
    assert page.context["slips"][0][1].words in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
