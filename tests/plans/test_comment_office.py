"""Comments at the office: duties, the list, look and answer, letters, the paper for Musrenbang."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import people
from plans.commented import answered, looked, page_of, send, text_of
from rembuk.cycles import duties
from rembuk.deliberation.models import Meeting
from rembuk.plans import services
from rembuk.plans.comment_board import comment_by_receipt
from rembuk.plans.models import DraftComment, RkpdesItem
from rembuk.shared import clock
from rembuk.shared.models import Notice
from rembuk.shared.trail.testing import setting_up


def test_the_secretary_and_the_team_find_what_waits_among_their_duties(window, body, hat):
    send(window, body)
    row, today = DraftComment.objects.get(), clock.today()
    look = [duty for duty in duties.of(hat("SDK"), today) if duty.key.startswith("plans:comments")]
    assert [(duty.title, duty.due) for duty in look] == [("Lihat 1 tanggapan warga", row.look_due)]
    assert not [duty for duty in duties.of(hat("TIM"), today) if duty.key.startswith("plans:comments")]
    looked(hat)
    (answer,) = (duty for duty in duties.of(hat("TIM"), today) if duty.key.startswith("plans:comments"))
    assert (answer.title, answer.due) == ("Jawab 1 tanggapan warga", window.last_day)
    with setting_up():
        meeting = Meeting.objects.create(
            village=window.plan.village, cycle=window.plan.cycle, kind="MUSREN", title="Musrenbang", state="invited",
            scheduled_at=clock.now() + timedelta(days=2), location="Balai",
        )  # fmt: skip
    (answer,) = (duty for duty in duties.of(hat("TIM"), today) if duty.key.startswith("plans:comments"))
    assert answer.due < window.last_day and meeting.kind == "MUSREN"
    answered(hat)
    for role in ("SDK", "TIM", "BPD"):
        assert not [duty for duty in duties.of(hat(role), today) if duty.key.startswith("plans:comments")]


@pytest.fixture
def office(village):
    with setting_up():
        return people.signed_in(people.secretary(village))


def test_the_secretary_is_told_until_the_look(window, body, office, hat):
    send(window, body)
    notice = Notice.objects.get(key__startswith="tanggapan:")
    assert notice.link == reverse("plans:comment", args=[DraftComment.objects.get().id])
    looked(hat)
    assert not Notice.objects.filter(pk=notice.pk, read_at__isnull=True).exists()


def test_the_list_is_searched_filtered_by_bidang_and_activity_and_exported(window, body, office, item):
    send(window, body)
    send(window, body, kegiatan=str(item.id), isi="Lebarnya kurang")
    address = reverse("plans:comments", args=[window.plan_id])
    whole = text_of(office.get(address))
    assert "2 tanggapan warga" in whole and "Pelaksanaan pembangunan desa" in whole
    for query in ("bidang=2", f"kegiatan={item.id}", "cari=lebarnya", "cari=titian+ulin"):
        found = text_of(office.get(f"{address}?{query}"))
        assert "1 tanggapan warga" in found and "Lebarnya" in found, query
    assert "0 tanggapan warga" in text_of(office.get(f"{address}?keadaan=answered"))
    assert "2 tanggapan warga" in text_of(office.get(f"{address}?keadaan=belum-dilihat&bidang=x&kegiatan=%00&hal=99"))
    for kind in ("csv", "xlsx"):
        file = office.get(reverse(f"plans:comments_{kind}", args=[window.plan_id]) + "?bidang=2")
        assert file.status_code == 200
        if kind == "csv":
            assert "Lebarnya" in file.content.decode() and "rusak" not in file.content.decode()


def test_the_office_looks_and_answers_on_one_page_and_a_refusal_keeps_the_words(window, body, office):
    send(window, body, hp="0812 3456 7890")
    row = DraftComment.objects.get()
    page = text_of(office.get(reverse("plans:comment", args=[row.id])))
    assert '<mark class="cover">Siti Aminah</mark>' in page or "[nama]" in page
    assert "0812 3456 7890" in page
    long = office.post(reverse("plans:look_comment", args=[row.id]), {"isi": "b" * 1001})
    assert long.status_code == 400 and "b" * 1001 in text_of(long)
    empty = office.post(reverse("plans:look_comment", args=[row.id]), {"isi": "titian", "sembunyikan": "1"})
    assert empty.status_code == 400 and DraftComment.objects.get().state == "new"
    early = office.post(reverse("plans:answer_comment", args=[row.id]), {"jawaban": "Sudah dicatat"})
    assert early.status_code == 409 and DraftComment.objects.get().answer == ""
    assert office.post(reverse("plans:look_comment", args=[row.id]), {"isi": "Titian rusak"}).status_code == 302
    assert office.post(reverse("plans:answer_comment", args=[row.id]), {"jawaban": "Diperbaiki"}).status_code == 302
    page = text_of(office.get(reverse("plans:comment", args=[row.id])))
    assert "wa.me/6281234567890?" in page and "Jawaban tim penyusun: Diperbaiki" in page


def test_who_only_answers_does_not_read_what_was_typed(window, body, village):
    send(window, body, email="", hp="0812 3456 7890")
    with setting_up():
        head = people.signed_in(people.village_head(village))
    page = text_of(head.get(reverse("plans:comment", args=[DraftComment.objects.get().id])))
    assert "rusak" in page and "Siti" not in page and "0812 3456 7890" not in page


@override_settings(DEFAULT_FROM_EMAIL="desa@contoh.id", EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_who_left_an_address_gets_one_letter_for_each_answer(window, body, hat):
    send(window, body, surel="siti@contoh.id")
    looked(hat)
    assert services.tell_writers(clock.today()) == 0
    answered(hat)
    assert services.tell_writers(clock.today()) == 1 and services.tell_writers(clock.today()) == 0
    (letter,) = outbox.outbox
    assert "Diganti ulin" in letter.body and "Siti" not in letter.body and letter.to == ["siti@contoh.id"]


def test_the_steps_of_the_plan_say_how_many_wait(window, body, office, hat):
    send(window, body)
    page = text_of(office.get(reverse("plans:steps", args=[window.plan_id])))
    assert "1 masuk, 1 menunggu dilihat, 0 menunggu dijawab, 0 sudah dijawab." in page


def test_the_paper_for_musrenbang_holds_comments_and_answers_without_names(window, body, hat, item):
    from rembuk.documents.recipes import FORMS

    send(window, body, kegiatan=str(item.id))
    looked(hat)
    answered(hat)
    send(window, body, isi="Gorong-gorong dulu")
    looked(hat, DraftComment.objects.get(subject="plan"))
    send(window, body, nama="Rudi Hartono", isi="Masih menunggu")
    send(window, body, nama="Yanto Sutrisno", isi="Mohon bantuan kursi roda untuk Pak Jumri")
    form = FORMS["tanggapan-rkp"]
    (paper,) = form.made(form.gather(str(window.plan_id)))
    text = repr(paper)
    assert "rusak" in text and "Diganti ulin tahun ini" in text and "Titian ulin" in text
    assert "Gorong-gorong dulu" in text and "Belum dijawab; dibahas dalam Musrenbang." in text
    assert "2 tanggapan belum dilihat" in text
    for gone in ("Siti", "Rudi", "Jumri", "Masih menunggu", "kursi roda"):
        assert gone not in text


def test_the_village_page_leads_to_the_draft_while_it_is_open(window, client, hat):
    address = reverse("portal:village", args=[window.plan.village.code])
    assert page_of(window) in text_of(client.get(address))
    services.close_comments(plan_id=window.plan_id, actor=hat("SDK"), at=clock.now())
    assert page_of(window) not in text_of(client.get(address))


def test_a_code_finds_no_comment_of_a_made_up_receipt(window):
    assert comment_by_receipt("kosong") is None and comment_by_receipt("7KQ4M-2XP9R") is None


def test_the_queue_asks_as_often_for_three_comments_as_for_one(window, body, office):
    counts = []
    for names in (("Siti Aminah",), ("Rudi Hartono", "Yanto Sutrisno")):
        for name in names:
            send(window, body, nama=name)
        with CaptureQueriesContext(connection) as asked:
            assert office.get(reverse("plans:comments", args=[window.plan_id])).status_code == 200
        counts.append(len(asked))
    assert DraftComment.objects.count() == 3 and counts[0] == counts[1]


def test_the_public_page_asks_as_often_for_three_activities_as_for_one(window, body, client, hat):
    counts = []
    for more in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page_of(window)).status_code == 200
        counts.append(len(asked))
        with setting_up():
            for number in range(2):
                RkpdesItem.objects.create(plan=window.plan, name=f"Kegiatan {more}{number}", activity_code="2.3.12")
        send(window, body, nama=f"Rudi {more}")
    assert counts[0] == counts[1] and counts[0] <= 25
