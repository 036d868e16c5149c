"""The public edition: help for few is told as a sum, names and elements are covered, photos wait for a look."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from factories import people
from plans.given import hat_at
from portal import given
from rembuk.budgeting.models import Apbdes
from rembuk.core.errors import BadInputError, NotAllowedError
from rembuk.deliberation import services as talks
from rembuk.deliberation.models import Meeting
from rembuk.plans.models import RkpdesVersion
from rembuk.portal.cached import shelf
from rembuk.proposals.models import Proposal
from rembuk.proposals.services import check_proposal, create_proposal, set_showing, submit_proposal
from rembuk.proposals.values import ProposalValues
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up
from rembuk.works import services as works
from rembuk.works.models import Progress, Work
from works.given import NOW

pytestmark = pytest.mark.django_db
BRIDGE = "Titian ulin RT 02"
AID = "Bantuan untuk orang atau rumah, dijumlahkan"


@pytest.fixture
def cycle(place):
    return given.whole_village(place)


def text_of(address: str) -> str:
    shelf.clear()
    response = Client().get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content if response.streaming else [response.content]).decode()


def public_doors(place) -> dict[str, str]:
    """Return every public door that tells of a plan, budget or work, with what it says."""
    plan = RkpdesVersion.objects.get(village=place, enacted_at__isnull=False)
    doors = {name: reverse(f"portal:{name}", args=(place.code,)) for name in ("village", "plan", "works", "poster")}
    doors["law"] = reverse("plans:public", args=(plan.pk,))
    doors["news"] = reverse("portal:village_news", args=(place.code,))
    doors["search"] = reverse("portal:search") + "?cari=titian&jenis=kegiatan"
    for table in ("kegiatan", "apb", "pekerjaan"):
        doors[table] = reverse("portal:table", args=(place.regency_id, 2027, table, "csv"))
    return {name: text_of(address) for name, address in doors.items()}


def total_of(page: str) -> str:
    (whole,) = set(re.findall(r"<tfoot>.*?</tfoot>", page, re.DOTALL)[-1:])
    return whole


def test_an_item_of_a_closed_proposal_is_told_as_a_sum_and_no_rupiah_is_lost(place, cycle):
    with setting_up():
        Apbdes.objects.filter(cycle=cycle).update(state="promulgated")
    before = public_doors(place)
    told = ("plan", "works", "law", "kegiatan", "apb", "pekerjaan")
    assert [name for name in told if BRIDGE not in before[name]] == []
    with setting_up():
        Proposal.objects.filter(village=place).update(showing="closed")
    after = public_doors(place)
    assert [name for name, page in after.items() if BRIDGE in re.sub(r'value="[^"]*"', "", page)] == []
    assert all(AID in after[name] for name in ("plan", "works", "law", "kegiatan", "apb"))
    assert total_of(after["plan"]) == total_of(before["plan"])


def test_the_photo_of_such_a_work_is_gone_too(place, cycle):
    photo = Progress.objects.filter(work__village=place, photo__isnull=False).first()
    address = reverse("portal:photo", args=(place.code, photo.pk))
    assert Client().get(address).status_code == 200
    with setting_up():
        Proposal.objects.filter(village=place).update(showing="closed")
    shelf.clear()
    assert Client().get(address).status_code == 404


def test_a_photo_of_a_work_is_shown_only_after_somebody_looked_for_people(place, cycle):
    office, head = hat_at(place.place, "SDK"), hat_at(place.place, "KAD")
    with setting_up():
        Progress.objects.filter(work__village=place).update(photo_verdict="")
    row = Progress.objects.filter(work__village=place, photo__isnull=False).order_by("-percent").first()
    address = reverse("portal:photo", args=(place.code, row.pk))

    def shown() -> bool:
        shelf.clear()
        page = text_of(reverse("portal:works", args=(place.code,)))
        assert (address in page) == (Client().get(address).status_code == 200)
        return address in page

    assert not shown()
    with pytest.raises(NotAllowedError):
        works.look_at_photo(progress_id=row.pk, verdict="nobody", actor=head, at=NOW)
    with pytest.raises(BadInputError):
        works.look_at_photo(progress_id=row.pk, verdict="", actor=office, at=NOW)
    works.look_at_photo(progress_id=row.pk, verdict="people", actor=office, at=NOW)
    assert not shown()
    works.look_at_photo(progress_id=row.pk, verdict="agreed", actor=office, at=NOW)
    assert shown()
    works.look_at_photo(progress_id=row.pk, verdict="private", actor=office, at=NOW)
    assert not shown()


def test_a_photo_that_was_opened_can_be_closed_again_within_minutes(place, cycle):
    row = Progress.objects.filter(work__village=place, photo__isnull=False).first()
    answer = Client().get(reverse("portal:photo", args=(place.code, row.pk)))
    assert answer.headers["Cache-Control"] == "public, max-age=300"


def sheltered_meeting(cycle) -> Meeting:
    office = hat_at(cycle.village.place, "SDK")
    when = clock.now() + timedelta(days=5)
    meeting = given.meetings.planned(
        cycle,
        office,
        "MUSKEL",
        scheduled_at=when,
        group_name="Kelompok difabel Melintang",
        location="rumah Pak Darmo Wibowo",
        agenda=("Kebutuhan warga difabel", "Penutup"),
    )
    return talks.invite_meeting(
        meeting_id=meeting.id,
        invitees=given.meetings.INVITEES,
        invitation_date=clock.today(),
        actor=office,
        at=clock.now(),
    )


def test_a_meeting_of_a_sheltered_group_is_called_by_a_neutral_name_at_every_door(place, cycle):
    sheltered_meeting(cycle)
    doors = [reverse(f"portal:{name}", args=(place.code,)) for name in ("village", "meetings", "poster")]
    doors += [reverse(f"portal:{name}", args=(place.code,)) for name in ("village_news", "village_calendar")]
    doors += [reverse(f"portal:{name}", args=(place.regency_id,)) for name in ("regency_news", "regency_calendar")]
    doors += [reverse("portal:table", args=(place.regency_id, 2027, "musyawarah", "json"))]
    for address in doors:
        told = text_of(address).replace("\r\n ", "")
        assert "Musyawarah kelompok" in told, address
        assert [word for word in ("difabel", "Darmo", "Wibowo", "Kebutuhan") if word in told] == [], address


def test_names_in_what_officers_wrote_are_covered_at_every_door(place, cycle):
    row = given.proposal_in(place, title="Parit depan rumah Pak Darmo Wibowo", problem="Kata Bu Siti 0812 3456 7890.")
    doors = [
        reverse("proposals:public", args=(row.number,)),
        reverse("proposals:support", args=(row.number,)),
        reverse("portal:village", args=(place.code,)),
        reverse("portal:proposals", args=(place.code,)),
        reverse("portal:proposals_file", args=(place.code, "csv")),
        reverse("portal:search") + "?cari=parit",
        reverse("portal:table", args=(place.regency_id, 2027, "usulan", "csv")),
        reverse("portal:table", args=(place.regency_id, 2027, "usulan", "json")),
    ]
    for address in doors:
        told = text_of(address)
        assert "Parit depan rumah Pak [nama]" in told, address
        assert [word for word in ("Darmo", "Wibowo", "Siti", "3456") if word in told] == [], address
    row.refresh_from_db()
    assert row.title == "Parit depan rumah Pak Darmo Wibowo", "nothing is saved by showing it"


def test_officers_help_for_few_is_closed_by_the_check_and_opened_only_by_the_secretary(place, cycle):
    office, head = hat_at(place.place, "SDK"), hat_at(place.place, "KAD")
    key = uuid.uuid4()
    values = ProposalValues(title="Bedah rumah tidak layak huni", unit="rumah", volume=1, proposer_name=given.PROPOSER)
    create_proposal(proposal_id=key, village_id=place.id, values=values, actor=office, at=given.MADE)
    submit_proposal(proposal_id=key, actor=office, at=given.MADE)
    made = check_proposal(proposal_id=key, actor=office, at=given.MADE)
    address = reverse("proposals:public", args=(made.number,))
    assert (made.showing, Client().get(address).status_code) == ("closed", 404)
    with pytest.raises(NotAllowedError):
        set_showing(proposal_id=key, closed=False, actor=head, at=given.MADE)
    set_showing(proposal_id=key, closed=False, actor=office, at=given.MADE)
    assert Client().get(address).status_code == 200


def test_a_visitor_is_led_to_no_page_that_asks_to_sign_in(place, cycle):
    row = Proposal.objects.filter(village=place).first()
    page = text_of(reverse("proposals:public", args=(row.number,)))
    assert reverse("works:work", args=(Work.objects.filter(village=place).first().pk,)) not in page


@pytest.mark.parametrize("kind", ["pdf", "exe", "CSV"])
def test_a_file_of_an_unknown_kind_is_not_found(place, cycle, kind):
    assert Client().get(reverse("portal:proposals_file", args=(place.code, kind))).status_code == 404


def test_the_secretary_sees_what_waits_and_says_why(place, cycle):
    with setting_up():
        Progress.objects.filter(work__village=place).update(photo_verdict="")
    client = people.signed_in(people.secretary(place))
    page = client.get(reverse("works:photos")).content.decode()
    waiting = Progress.objects.filter(work__village=place, photo__isnull=False)
    assert f"{waiting.count()} foto" in page
    row = waiting.first()
    client.post(reverse("works:photo_look", args=(row.pk,)), {"hasil": "people"})
    assert f"{waiting.count() - 1} foto" in client.get(reverse("works:photos")).content.decode()
    assert "1 foto" in client.get(reverse("works:photos") + "?lihat=tidak").content.decode()
    for odd in ("?hal=99", "?hal=x", "?lihat=aneh", "?cari=%00", "?cari=zzz"):
        assert client.get(reverse("works:photos") + odd).status_code == 200
    assert Progress.objects.get(pk=row.pk).photo_verdict == "people"
