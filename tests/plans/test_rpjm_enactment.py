"""An RPJM Desa is agreed, set by Perdes, clarified and published; from then on it is the register and holds fast."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from factories import people, places
from plans.rpjm_given import NOW, add, drafted
from rembuk.core.errors import BadInputError, IllegalTransitionError, RefusedError
from rembuk.cycles.models import StageRecord
from rembuk.plans.models import Rpjmdes, RpjmdesItem
from rembuk.plans.queries import active_rpjmdes, rpjmdes_items
from rembuk.plans.rpjm_panels import panels_of_villages
from rembuk.plans.services import Enactment, Letter, rpjm_perdes, rpjm_steps
from rembuk.plans.services.register import end_rpjmdes, register_rpjmdes, save_rpjmdes_items
from rembuk.shared.trail import acting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_september(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def village(db):
    return places.melintang()


@pytest.fixture
def secretary(village):
    return people.secretary(village)


@pytest.fixture
def head(village):
    return people.village_head(village)


@pytest.fixture
def chair(village):
    return people.bpd_chair(village)


@pytest.fixture
def draft(village, secretary):
    return drafted(village, secretary)


def approved(draft, head):
    return rpjm_steps.approve_rpjm(rpjmdes_id=draft.id, note="", actor=head.hat(), at=NOW)


def agreed(draft, secretary, head, chair):
    add(draft, secretary)
    approved(draft, head)
    rpjm_steps.hold_rpjm_musrenbang(rpjmdes_id=draft.id, on=date(2026, 9, 10), actor=head.hat(), at=NOW)
    rpjm_steps.finalise_rpjm(rpjmdes_id=draft.id, actor=secretary.hat(), at=NOW)
    return rpjm_steps.agree_rpjm(
        rpjmdes_id=draft.id, number="3/BPD/2026", on=date(2026, 9, 14), actor=chair.hat(), at=NOW
    )


def stages_done(draft, *left):
    rows = StageRecord.objects.filter(cycle_id=draft.cycle_id).exclude(stage__in=("R10", "R11", "R12", *left))
    rows.update(state="done", done_date=date(2026, 9, 14), completed_at=NOW)


def enacted(draft, who, **more):
    paper = {
        "perdes_number": "5 Tahun 2026",
        "perdes_date": date(2026, 9, 16),
        "promulgated_date": date(2026, 9, 17),
        "gazette_number": "5",
    }
    enactment = Enactment(**(paper | more))
    return rpjm_steps.enact_rpjm(rpjmdes_id=draft.id, enactment=enactment, actor=who.hat(), at=NOW)


def test_enactment_names_every_stage_that_is_not_done(draft, secretary, head, chair):
    agreed(draft, secretary, head, chair)
    stages_done(draft, "R9")
    with pytest.raises(RefusedError) as refused:
        enacted(draft, head)
    assert [finding.subject for finding in refused.value.findings] == ["R9"]
    stages_done(draft)
    assert enacted(draft, head).state == "enacted"


@pytest.mark.parametrize(
    ("more", "error", "code"),
    [
        ({"perdes_number": " "}, BadInputError, "perdes-number-missing"),
        ({"promulgated_date": None}, BadInputError, "perdes-dates-missing"),
        ({"perdes_date": date(2026, 9, 13)}, BadInputError, "perdes-dates-order"),
        ({"promulgated_date": date(2026, 9, 15)}, BadInputError, "perdes-dates-order"),
        ({"promulgated_date": date(2026, 9, 22)}, BadInputError, "perdes-dates-order"),
        ({"signed": False}, RefusedError, "perdes-not-signed-yet"),
        ({"perdes_number": "4 Tahun 2026"}, BadInputError, "perdes-number-taken"),
    ],
)
def test_a_perdes_that_cannot_be_is_refused_and_nothing_moves(
    draft, secretary, head, chair, village, more, error, code
):
    register_rpjmdes(
        village_id=village.id, number="4 Tahun 2026", on=date(2026, 2, 1), start_year=2020, end_year=2025,
        actor=secretary.hat(), at=NOW,
    )  # fmt: skip
    agreed(draft, secretary, head, chair)
    stages_done(draft)
    with pytest.raises(error) as refused:
        enacted(draft, head, **more)
    assert refused.value.code == code
    assert Rpjmdes.objects.get(pk=draft.pk).state == "agreed"
    assert active_rpjmdes(village.id).perdes_number == "4 Tahun 2026"


def test_the_enacted_one_becomes_the_register_and_the_one_before_ends(draft, secretary, head, chair, village):
    before = register_rpjmdes(
        village_id=village.id, number="4 Tahun 2020", on=date(2020, 2, 1), start_year=2020, end_year=2025,
        actor=secretary.hat(), at=NOW,
    )  # fmt: skip
    agreed(draft, secretary, head, chair)
    stages_done(draft)
    enacted(draft, head)
    active = active_rpjmdes(village.id)
    assert (active.pk, active.perdes_number, active.perdes_state) == (draft.pk, "5 Tahun 2026", "promulgated")
    assert Rpjmdes.objects.get(pk=before.pk).is_active is False
    assert [(row.name, 2027 in row.years) for row in rpjmdes_items(village.id, 2027)] == [("Titian ulin", True)]


def test_an_enacted_rpjm_cannot_be_changed_by_anybody(draft, secretary, head, chair):
    agreed(draft, secretary, head, chair)
    stages_done(draft)
    made = enacted(draft, head)
    with pytest.raises(RefusedError):
        add(made, secretary, name="Susulan")
    with pytest.raises(RefusedError):
        save_rpjmdes_items(rpjmdes_id=made.id, lines=[], version=made.version, actor=secretary.hat(), at=NOW)
    for rows in (RpjmdesItem.objects.filter(rpjmdes=made), Rpjmdes.objects.filter(pk=made.pk)):
        field = {"name": "Diubah"} if rows.model is RpjmdesItem else {"vision": "Diubah"}
        with pytest.raises(IntegrityError), transaction.atomic(), acting(secretary.hat(), "plans.edit"):
            rows.update(**field)
    ended = end_rpjmdes(rpjmdes_id=made.id, version=made.version, actor=secretary.hat(), at=NOW)
    assert ended.is_active is False


def test_sent_received_and_clear_by_letter(draft, secretary, head, chair):
    agreed(draft, secretary, head, chair)
    stages_done(draft)
    made = enacted(draft, head)

    def move(event, day, number="", note=""):
        return rpjm_perdes.move_rpjm_perdes(
            rpjmdes_id=made.id, event=event, on=day, letter=Letter(number, note), actor=secretary.hat(), at=NOW
        )

    with pytest.raises(IllegalTransitionError):
        move("clear", date(2026, 9, 20), "9")
    with pytest.raises(BadInputError):
        move("send", date(2026, 9, 18))
    assert move("send", date(2026, 9, 18), "140/12").perdes_state == "sent_to_regent"
    with pytest.raises(BadInputError):
        move("lapse", date(2026, 9, 21))
    with pytest.raises(BadInputError):
        move("clear", date(2026, 9, 17), "9")
    done = move("clear", date(2026, 9, 20), "188/9")
    assert (done.perdes_state, done.is_active) == ("clear", True)
    assert [row["event"] for row in done.perdes_log][-2:] == ["send", "clear"]


def test_an_annulled_rpjm_is_no_longer_in_force(draft, secretary, head, chair, village):
    agreed(draft, secretary, head, chair)
    stages_done(draft)
    made = enacted(draft, head)
    for event, number in (("send", "1"), ("annul", "188/1")):
        rpjm_perdes.move_rpjm_perdes(
            rpjmdes_id=made.id, event=event, on=date(2026, 9, 20), letter=Letter(number), actor=secretary.hat(), at=NOW
        )
    assert active_rpjmdes(village.id) is None


def test_publication_needs_a_day_after_the_promulgation_and_a_place(draft, secretary, head, chair):
    agreed(draft, secretary, head, chair)
    publish = {"rpjmdes_id": draft.id, "actor": head.hat(), "at": NOW}
    with pytest.raises(RefusedError):
        rpjm_perdes.publish_rpjm(on=date(2026, 9, 20), where="Balai desa", **publish)
    stages_done(draft)
    enacted(draft, head)
    for day, where in (
        (None, "Balai desa"),
        (date(2026, 9, 20), " "),
        (date(2026, 9, 16), "Balai"),
        (date(2026, 9, 22), "B"),
    ):
        with pytest.raises(BadInputError):
            rpjm_perdes.publish_rpjm(on=day, where=where, **publish)
    done = rpjm_perdes.publish_rpjm(on=date(2026, 9, 20), where="Papan pengumuman balai desa", **publish)
    assert (done.published_date, done.published_in) == (date(2026, 9, 20), "Papan pengumuman balai desa")


def test_the_way_from_agreement_to_publication_goes_over_the_pages(draft, secretary, head, chair, village):
    agreed(draft, secretary, head, chair)
    stages_done(draft)
    root, boss, office = f"/rencana/siklus/{draft.cycle_id}/rpjm/", people.signed_in(head), people.signed_in(secretary)
    form = {"nomor": "5 Tahun 2026", "tanggal": "2026-09-16", "diundangkan": "2026-09-17", "lembaran": "5"}
    late = boss.post(root + "tetapkan/", form | {"diundangkan": "2026-09-15"})
    assert late.status_code == 400
    assert 'value="5 Tahun 2026"' in late.content.decode()
    assert boss.post(root + "tetapkan/", form).status_code == 302
    page = office.get(root + "langkah/").content.decode()
    assert "cocok dengan isi sekarang" in page and "RPJM yang berlaku" in page
    early = office.post(root + "perdes/", {"peristiwa": "clear", "tanggal": "2026-09-18", "nomor": "1"})
    assert early.status_code == 409
    for event, day, number in (
        ("send", "2026-09-18", "140/7"),
        ("receive", "2026-09-19", ""),
        ("clear", "2026-09-20", "9"),
    ):
        sent = office.post(root + "perdes/", {"peristiwa": event, "tanggal": day, "nomor": number})
        assert sent.status_code == 302
    assert office.post(root + "umumkan/", {"tanggal_umum": "2026-09-20", "tempat": ""}).status_code == 400
    assert office.post(root + "umumkan/", {"tanggal_umum": "2026-09-20", "tempat": "Balai desa"}).status_code == 302
    page = people.signed_in(chair).get(root + "langkah/").content.decode()
    assert "20 September 2026: Balai desa" in page and 'name="tempat"' not in page
    assert "Tambah kegiatan" not in office.get(root).content.decode()
    assert (
        people.signed_in(chair).post(root + "perdes/", {"peristiwa": "annul", "tanggal": "2026-09-20"}).status_code
        == 403
    )


def test_everybody_reads_the_enacted_one_and_nobody_outside_a_draft(client, draft, secretary, head, chair, village):
    address = f"/rpjm-desa/{draft.id}/"
    agreed(draft, secretary, head, chair)
    assert client.get(address).status_code == 404
    stages_done(draft)
    enacted(draft, head)
    page = client.get(address).content.decode()
    assert "RPJM Desa 2026-2033" in page and "Titian ulin" in page and "80.000.000" in page
    assert "Titian ulin" not in client.get(address + "?cari=posyandu").content.decode()
    panel = panels_of_villages([village.id], None)[village.id]
    assert panel.link == address
    rpjm_perdes.move_rpjm_perdes(
        rpjmdes_id=draft.id, event="send", on=NOW.date(), letter=Letter("1"), actor=secretary.hat(), at=NOW
    )
    rpjm_perdes.move_rpjm_perdes(
        rpjmdes_id=draft.id, event="annul", on=NOW.date(), letter=Letter("2"), actor=secretary.hat(), at=NOW
    )
    assert "RPJM ini tidak berlaku lagi." in client.get(address).content.decode()
    assert panels_of_villages([village.id], None) == {}


def test_the_register_shows_an_enacted_one_without_a_form_into_a_refusal(draft, secretary, head, chair, village):
    agreed(draft, secretary, head, chair)
    stages_done(draft)
    enacted(draft, head)

    words = people.signed_in(secretary).get(reverse("plans:rpjmdes", args=(village.id,))).content.decode()

    assert (
        "disusun di Rembuk dan sudah ditetapkan" in words
        and reverse("plans:rpjm_draft", args=(draft.cycle_id,)) in words
    )
    for act in ("register_rpjmdes", "save_rpjmdes", "read_rpjmdes"):
        assert f'action="{reverse(f"plans:{act}", args=(village.id,))}"' not in words
