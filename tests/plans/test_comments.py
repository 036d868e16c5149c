"""The draft under comment: who may write, until when, and what the public reads of it."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from plans.commented import answered, code_in, looked, page_of, send, text_of
from plans.given import hat_at
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.hat import Place
from rembuk.deliberation.models import Meeting
from rembuk.plans import services
from rembuk.plans.models import CommentWindow, DraftComment, RkpdesItem, RkpdesVersion
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up


def test_a_draft_that_the_head_has_not_approved_is_not_opened(plan, hat):
    with pytest.raises(RefusedError, match="comment-not-approved"):
        services.open_comments(plan_id=plan.id, last_day=clock.today(), actor=hat("SDK"), at=clock.now())


@pytest.mark.parametrize(("days", "opens"), [(2, False), (3, True)])
def test_the_last_day_is_at_least_three_days_ahead(window, hat, days, opens):
    day, act = clock.today() + timedelta(days=days), services.open_comments
    if opens:
        assert act(plan_id=window.plan_id, last_day=day, actor=hat("TIM"), at=clock.now()).last_day == day
        return
    with pytest.raises(BadInputError, match="comment-last-day"):
        act(plan_id=window.plan_id, last_day=day, actor=hat("TIM"), at=clock.now())


def test_only_the_drafters_of_this_village_open_look_and_answer(window, hat, body):
    send(window, body)
    row, at = DraftComment.objects.get(), clock.now()
    with pytest.raises(NotAllowedError):
        services.close_comments(plan_id=window.plan_id, actor=hat("BPD"), at=at)
    with pytest.raises(NotAllowedError):
        services.look_comment(comment_id=row.id, text="x", actor=hat("TIM"), at=at)
    stranger = hat_at(Place("64.02", "64.02.01", "64.02.01.2010"), "SDK")
    with pytest.raises(NotAllowedError):
        services.answer_comment(comment_id=row.id, answer="x", actor=stranger, at=at)


def test_a_person_comments_once_per_activity_and_again_on_another(window, body, item):
    assert send(window, body).status_code == 200
    again = send(window, body)
    assert again.status_code == 409 and "rusak" in text_of(again)
    assert send(window, body, kegiatan=str(item.id)).status_code == 200
    assert DraftComment.objects.count() == 2


def test_a_family_shares_a_phone_but_one_phone_does_not_flood(window, body, client):
    client.get(page_of(window))
    names = ("Siti Aminah", "Rudi Hartono", "Yanto Sutrisno", "Wati Lestari", "Budi Gunawan", "Tono Raharjo")
    codes = [send(window, body, client, nama=name).status_code for name in names]
    assert codes == [200] * 5 + [409]
    assert DraftComment.objects.count() == 5


def test_a_form_sent_twice_makes_one_comment_and_shows_the_same_code(window, body):
    key = str(uuid.uuid4())
    first, second = send(window, body, kunci=key), send(window, body, kunci=key)
    assert code_in(first) == code_in(second) and DraftComment.objects.count() == 1
    other = send(window, body, kunci=key, isi="Lain sama sekali")
    assert other.status_code == 409 and "Lain sama sekali" in text_of(other)


def test_too_many_from_one_address_wait_a_while(window, body):
    from rembuk.proposals.services.limits import COMMENTS

    answers = {send(window, body, nama=" ").status_code for _turn in range(3)}
    assert answers == {400}, "what is refused before the door does not use it up"
    for turn in range(COMMENTS.most):
        assert send(window, body, lahir=str(1930 + turn)).status_code == 200
    last = send(window, body, lahir="2001")
    assert last.status_code == 429 and "rusak" in text_of(last)


@pytest.mark.parametrize("change", ["closed", "over", "held"])
def test_after_the_window_a_comment_is_refused_kindly_and_nothing_is_lost(window, body, change):
    with setting_up():
        if change == "closed":
            CommentWindow.objects.update(closed_at=clock.now())
        elif change == "over":
            CommentWindow.objects.update(last_day=clock.today() - timedelta(days=1))
        else:
            RkpdesVersion.objects.filter(pk=window.plan_id).update(state="musrenbang")
        Meeting.objects.create(
            village=window.plan.village, cycle=window.plan.cycle, kind="MUSREN", title="Musrenbang", state="invited",
            scheduled_at=clock.now() + timedelta(days=9), location="Balai Desa Melintang",
        )  # fmt: skip
    answer = send(window, body)
    page = text_of(answer)
    assert answer.status_code == 409 and "Masa tanggapan sudah berakhir" in page
    assert "&lt;b&gt;rusak" in page and "Balai Desa Melintang" in page and "kantor desa" in page
    assert 'name="isi"' not in page and not DraftComment.objects.exists()


def test_the_public_reads_covered_words_only_after_the_look_and_then_the_answer(window, body, hat, client):
    send(window, body)
    assert "rusak" not in text_of(client.get(page_of(window)))
    with pytest.raises(RefusedError, match="comment-not-shown"):
        answered(hat)
    looked(hat)
    assert "Belum dijawab tim" in text_of(client.get(page_of(window)))
    answered(hat)
    page = text_of(client.get(page_of(window)))
    assert "&lt;b&gt;rusak" in page and "Diganti ulin" in page and "Siti" not in page and "Aminah" not in page


def test_no_name_is_kept_and_numbers_are_covered(window, body):
    send(window, body, isi="Hubungi Pak Jumri 0812 5550 1234, NIK 6402180101800001")
    row = DraftComment.objects.get()
    assert "Jumri" not in row.text and "0812" not in row.text and "6402180101800001" not in row.text
    kept = " ".join(str(value) for value in DraftComment.objects.values_list().get())
    assert "Siti" not in kept and "1985" not in kept


def test_a_hidden_comment_is_public_no_more_and_its_writer_reads_why(window, body, hat, client):
    code = code_in(send(window, body))
    looked(hat)
    assert "rusak" in text_of(client.get(page_of(window)))
    looked(hat, hide_reason="Makian, bukan tanggapan.")
    assert "rusak" not in text_of(client.get(page_of(window)))
    page = text_of(client.post(reverse("proposals:track"), {"kode": code}))
    assert "Makian, bukan tanggapan." in page


def test_the_writer_follows_by_receipt_code(window, body, hat, client):
    code = code_in(send(window, body))
    track = reverse("proposals:track")
    assert "Menunggu dilihat" in text_of(client.post(track, {"kode": code}))
    looked(hat)
    answered(hat)
    shown = client.post(track, {"kode": code.lower().replace("-", " ")})
    assert "Diganti ulin" in text_of(shown) and shown["Cache-Control"] == "no-store"
    assert "Siti" not in text_of(shown)
    assert client.post(track, {"kode": "00000-00000"}).status_code == 404


def test_what_nobody_looked_at_in_time_shows_itself_covered_and_still_waits_for_the_look(window, body, hat, client):
    send(window, body)
    due = DraftComment.objects.get().look_due
    assert services.show_unlooked_comments(due) == 0
    assert services.show_unlooked_comments(due + timedelta(days=1)) == 1
    assert services.show_unlooked_comments(due + timedelta(days=1)) == 0
    page = text_of(client.get(page_of(window)))
    assert "rusak" in page and "Siti" not in page
    row = DraftComment.objects.get()
    assert row.waits_for_look and row.waits_for_answer
    assert not looked(hat).waits_for_look


def test_help_for_one_house_is_never_public_but_answered(window, body, hat, client):
    code = code_in(send(window, body, isi="Mohon bantuan kursi roda untuk Pak Jumri"))
    row = DraftComment.objects.get()
    assert row.closed and services.show_unlooked_comments(row.look_due + timedelta(days=9)) == 0
    looked(hat, closed=True)
    answered(hat)
    assert "kursi roda" not in text_of(client.get(page_of(window)))
    assert "Diganti ulin" in text_of(client.post(reverse("proposals:track"), {"kode": code}))


def test_aid_to_one_house_is_no_line_of_the_draft_and_takes_no_comment(window, body, client):
    with setting_up():
        aid = RkpdesItem.objects.create(plan=window.plan, name="Bedah rumah 1 unit Pak Udin", location="RT 02")
    page = text_of(client.get(page_of(window)))
    assert "Udin" not in page and str(aid.id) not in page and "tidak ditampilkan satu per satu" in page
    refused = send(window, body, kegiatan=str(aid.id))
    assert refused.status_code == 400 and "rusak" in text_of(refused)
    assert not DraftComment.objects.exists()


@pytest.mark.parametrize(
    "change", [{"isi": "a" * 1001}, {"isi": " "}, {"situs": "x"}, {"kegiatan": "x"}, {"lahir": "19"}, {"hp": "kantor"}]
)
def test_bad_input_is_refused_and_kept_on_the_page(window, body, change):
    refused = send(window, body, **change)
    assert refused.status_code == 400
    assert change.get("isi", "rusak").strip() in text_of(refused) and "Siti Aminah" in text_of(refused)
    assert not DraftComment.objects.exists()


def test_a_sign_that_the_database_cannot_store_is_left_out(window, body):
    assert send(window, body, isi="Jalan\x00 becek").status_code == 200
    assert DraftComment.objects.get().typed == "Jalan becek"


def test_a_comment_stays_with_its_activity_when_the_row_is_replaced_or_gone(window, body, hat, item, client):
    send(window, body, kegiatan=str(item.id))
    looked(hat)
    with setting_up():
        item.delete()
    page = text_of(client.get(page_of(window)))
    assert "Titian ulin" in page and "sudah tidak ada dalam rancangan" in page and "rusak" in page
    with setting_up():
        RkpdesItem.objects.create(plan=window.plan, name="Titian ulin", activity_code="2.3.11", location="Dusun Tengah")
    page = text_of(client.get(page_of(window)))
    assert "rusak" in page and "sudah tidak ada dalam rancangan" not in page


@pytest.mark.parametrize("state", ["returned", "draft"])
def test_a_returned_draft_shows_only_what_was_written_about(window, body, hat, item, client, state):
    send(window, body, kegiatan=str(item.id))
    looked(hat)
    with setting_up():
        RkpdesItem.objects.create(plan=window.plan, name="Sumur bor", activity_code="2.4.1")
        RkpdesVersion.objects.filter(pk=window.plan_id).update(state=state)
    page = text_of(client.get(page_of(window)))
    assert "Titian ulin" in page and "Sumur bor" not in page and 'name="isi"' not in page


def test_a_draft_without_a_window_is_nobodys(plan, client):
    assert client.get(reverse("plans:draft_public", args=[plan.id])).status_code == 404
