"""The DU-RKP goes upward complete, under a letter, through the Camat; what comes back says why."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from factories import people
from plans.given import NOW, TODAY, hat_at
from rembuk.core.errors import BadInputError, IllegalTransitionError, NotAllowedError, RefusedError
from rembuk.core.hat import Place
from rembuk.plans import services
from rembuk.plans.models import DuRkpdesItem, DuTransmittal
from rembuk.plans.services import DuAnswer, DuLetter, DuValues
from rembuk.shared.trail.testing import every_write_has_an_actor, setting_up

LATER = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
MINUTES = DuLetter("140/12/BA", TODAY)
LETTER = DuLetter("140/90/2026", TODAY)
FULL = DuValues(
    "Peningkatan jalan kabupaten",
    "Jalan milik kabupaten",
    activity_code="2.3.11",
    location="Hulu",
    volume_text="2 km",
    destination="Dinas PU",
)


@pytest.fixture
def row(cycle, hat):
    return save(cycle, hat, FULL)


def save(cycle, hat, values, item=None):
    return services.save_du_item(
        cycle_id=cycle.id,
        item_id=item.id if item else None,
        values=values,
        version=item.version if item else 0,
        actor=hat("SDK"),
        at=NOW,
    )


def agree(cycle, hat, minutes=MINUTES, role="SDK"):
    return services.agree_du(cycle_id=cycle.id, minutes=minutes, actor=hat(role), at=NOW)


def submit(cycle, hat, letter=LETTER, role="KAD"):
    return services.submit_du(cycle_id=cycle.id, letter=letter, actor=hat(role), at=NOW)


def answer(row, hat, role="SDK", on=date(2027, 2, 1), number="050/3/BAP", **more):
    told = DuAnswer(letter=DuLetter(number, on), **more)
    return services.answer_du(item_id=row.id, answer=told, actor=hat(role), at=LATER)


@pytest.fixture
def sent(row, cycle, hat):
    agree(cycle, hat)
    submit(cycle, hat)
    return DuRkpdesItem.objects.get(pk=row.id)


def test_the_list_is_agreed_sent_received_and_taken_up(row, cycle, hat):
    with every_write_has_an_actor():
        agree(cycle, hat)
        letter = submit(cycle, hat)
        services.receive_du(transmittal_id=letter.id, on=TODAY, actor=hat("SDK"), at=NOW)
        found = answer(row, hat, event="take_up", amount=750_000_000)
    assert (found.state, found.agreed_number, found.transmittal_id, found.answer_amount) == (
        "IN_RKPD",
        "140/12/BA",
        letter.id,
        750_000_000,
    )
    assert DuTransmittal.objects.get().received_date == TODAY


def test_what_lacks_place_size_or_destination_holds_the_letter_back_by_name(row, cycle, hat):
    bare = save(cycle, hat, DuValues("Jaringan listrik", "Milik PLN"))
    agree(cycle, hat)
    with pytest.raises(RefusedError) as refused:
        submit(cycle, hat)
    assert (refused.value.code, refused.value.values["told"]) == (
        "du-incomplete",
        "Jaringan listrik: lokasi, volume, tujuan",
    )
    assert not DuTransmittal.objects.exists()
    assert DuRkpdesItem.objects.get(pk=bare.id).state == "AGREED_VILLAGE"


def test_an_agreed_list_is_changed_only_after_it_is_opened_again(row, cycle, hat):
    agree(cycle, hat)
    held = DuRkpdesItem.objects.get(pk=row.id)
    with pytest.raises(RefusedError, match="du-not-editable"):
        save(cycle, hat, FULL, held)
    with pytest.raises(RefusedError, match="du-not-editable"):
        services.remove_du_item(item_id=row.id, actor=hat("SDK"), at=NOW)
    services.reopen_du(cycle_id=cycle.id, actor=hat("SDK"), at=NOW)
    assert save(cycle, hat, FULL, DuRkpdesItem.objects.get(pk=row.id)).agreed_number == ""


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        (DuLetter(" ", TODAY), "du-letter-missing"),
        (DuLetter("1", None), "du-letter-missing"),
        (DuLetter("1", TODAY + timedelta(1)), "date-in-future"),
        (DuLetter("1", TODAY - timedelta(1)), "du-letter-before-minutes"),
    ],
)
def test_a_letter_that_cannot_be_is_refused_and_nothing_is_sent(row, cycle, hat, letter, code):
    agree(cycle, hat)
    with pytest.raises(BadInputError) as refused:
        submit(cycle, hat, letter)
    assert (refused.value.code, DuTransmittal.objects.count()) == (code, 0)


def test_a_returned_need_is_mended_and_sent_under_another_letter(sent, cycle, hat):
    back = answer(sent, hat, event="return", code="data", text="Titik koordinat belum ada.", on=TODAY)
    mended = save(cycle, hat, FULL, back)
    with pytest.raises(BadInputError, match="du-letter-number-taken"):
        submit(cycle, hat)
    again = submit(cycle, hat, DuLetter("140/95/2026", TODAY))
    assert DuRkpdesItem.objects.get(pk=mended.id).transmittal_id == again.id
    with pytest.raises(RefusedError, match="du-nothing-to-send"):
        submit(cycle, hat, DuLetter("140/96/2026", TODAY))


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"event": "reject"}, "du-answer-reason"),
        ({"event": "reject", "code": "budget"}, "du-answer-reason"),
        ({"event": "defer", "code": "budget", "text": "Penuh."}, "du-answer-year"),
        ({"event": "take_up", "number": ""}, "du-letter-missing"),
        ({"event": "take_up", "on": date(2027, 3, 2)}, "date-in-future"),
        ({"event": "take_up", "on": date(2026, 9, 1)}, "du-answer-before-sent"),
        ({"event": "done"}, "du-answer-unknown"),
    ],
)
def test_an_answer_without_letter_reason_or_year_is_refused(sent, hat, told, code):
    with pytest.raises((BadInputError, RefusedError)) as refused:
        answer(sent, hat, **told)
    assert (refused.value.code, DuRkpdesItem.objects.get(pk=sent.id).state) == (code, "SUBMITTED_CAMAT")


def test_a_refusal_is_kept_with_its_code_and_sentence(sent, hat):
    found = answer(sent, hat, event="defer", code="budget", text="Anggaran penuh.", year=2028)
    assert (found.state, found.answer_code, found.answer_text, found.answer_year) == (
        "DEFERRED",
        "budget",
        "Anggaran penuh.",
        2028,
    )
    with pytest.raises(IllegalTransitionError):
        answer(found, hat, event="take_up")


def test_the_database_knows_no_sent_need_without_letter_and_no_answer_without_its_own(row, sent):
    for change in ({"state": "SUBMITTED_CAMAT", "transmittal": None}, {"state": "IN_RKPD"}):
        with setting_up(), pytest.raises(IntegrityError), transaction.atomic():
            DuRkpdesItem.objects.filter(pk=row.id).update(**change)


@pytest.mark.parametrize(
    ("do", "allowed"),
    [(agree, {"SDK", "KAU", "TIM", "KAD", "BPD"}), (submit, {"KAD", "SDK"})],
    ids=["agree", "submit"],
)
def test_only_the_responsible_move_the_list(row, cycle, hat, do, allowed):
    for role in sorted({"SDK", "KAU", "TIM", "KAD", "BPD", "FAS", "VRF", "LKD", "WGA"} - allowed):
        with pytest.raises(NotAllowedError):
            do(cycle, hat, role=role)


def test_the_camat_of_the_place_records_an_answer_and_another_does_not(sent, village, hat):
    here = hat_at(Place(regency=village.regency_id, district=village.district_id), "CAM")
    away = hat_at(Place(regency=village.regency_id, district="64.02.99"), "CAM")
    with pytest.raises(NotAllowedError):
        answer(sent, lambda _role: away, event="take_up")
    assert answer(sent, lambda _role: here, event="take_up").state == "IN_RKPD"


# Pages


@pytest.fixture
def office(village):
    with setting_up():
        return people.signed_in(people.secretary(village))


def test_the_page_says_what_is_missing_and_walks_the_list(office, row, cycle):
    page = reverse("plans:du", args=(cycle.id,))
    text = office.get(page).content.decode()
    assert "4 dari 10" in text and "gambar atau RAB" in text and "Catat kesepakatan desa" in text
    assert "Catat terkirim" not in text
    agreed = office.post(
        reverse("plans:agree_du", args=(cycle.id,)), {"nomor": "140/12/BA", "tanggal": TODAY.isoformat()}
    )
    assert agreed.status_code == 302
    refused = office.post(reverse("plans:submit_du", args=(cycle.id,)), {"nomor": "140/90", "tanggal": "x"})
    assert refused.status_code == 400 and "140/90" in refused.content.decode()
    sent = {"nomor": "140/90", "tanggal": TODAY.isoformat()}
    assert office.post(reverse("plans:submit_du", args=(cycle.id,)), sent).status_code == 302
    letter = DuTransmittal.objects.get()
    receipt = {"tanggal": TODAY.isoformat()}
    assert office.post(reverse("plans:receive_du", args=(letter.id,)), receipt).status_code == 302
    told = {"jawaban": "reject", "nomor": "050/3", "tanggal": TODAY.isoformat(), "sebab": "budget"}
    again = office.post(reverse("plans:answer_du", args=(row.id,)), told)
    assert again.status_code == 409 and "satu kalimat alasan" in again.content.decode()
    assert office.post(reverse("plans:answer_du", args=(row.id,)), told | {"alasan": "Penuh."}).status_code == 302
    text = office.get(page).content.decode()
    assert "tidak diterima" in text and "anggaran tidak cukup: Penuh." in text


def test_a_stranger_finds_neither_list_nor_letter(sent, cycle):
    with setting_up():
        stranger = people.signed_in(people.stranger())
    letter = DuTransmittal.objects.get()
    assert stranger.get(reverse("plans:du", args=(cycle.id,))).status_code == 404
    assert stranger.post(reverse("plans:receive_du", args=(letter.id,))).status_code == 404
    assert stranger.post(reverse("plans:answer_du", args=(sent.id,))).status_code == 404
