"""The field check with its photo: kept with the check, shown to those who work with the proposal, never to everyone."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from factories.people import holder, signed_in
from proposals.given import NOW, TODAY
from rembuk.core.errors import BadInputError
from rembuk.core.hat import Role
from rembuk.proposals import services
from rembuk.shared.models import StoredFile

TYPED = {"hasil": "PRIK-01", "catatan": "Tiang masih kuat", "tanggal": "2026-05-04"}


def picture():
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(out, "JPEG", quality=90)
    out.seek(0)
    out.name = "tiang.jpg"
    return out


def no_picture(start):
    out = io.BytesIO(start + b" bukan foto")
    out.name = "tiang.jpg"
    return out


@pytest.fixture
def checker(village, cycle):
    return signed_in(holder(Role.VRF, village))


def check_address(proposal):
    return reverse("proposals:field_check", args=[proposal.number])


def page_of(client, proposal):
    return client.get(reverse("proposals:detail", args=[proposal.number])).content.decode()


def test_the_form_asks_for_a_photo_from_the_camera(checker, sent):
    page = page_of(checker, sent())
    form = page[page.index('id="lapangan"') :]
    assert 'enctype="multipart/form-data"' in form
    assert 'type="file" name="foto" accept="image/jpeg,image/png,image/webp" capture="environment"' in form


def test_the_photo_of_a_check_is_shrunk_kept_and_shown_beside_it(checker, sent):
    made = sent()
    assert checker.post(check_address(made), {**TYPED, "foto": picture()}).status_code == 302
    kept = made.field_checks.get().photo
    assert kept.size <= 200_000
    assert kept.village_id_text == made.village_id
    file = reverse("shared:file", args=[kept.id])
    assert f'<img src="{file}"' in page_of(checker, made)
    assert checker.get(file).headers["Content-Type"] == "image/jpeg"


def test_a_check_without_a_photo_is_stored_as_before(checker, sent):
    made = sent()
    assert checker.post(check_address(made), TYPED).status_code == 302
    assert made.field_checks.get().photo is None
    assert "check-photo" not in page_of(checker, made)


@pytest.mark.parametrize("start", [b"%PDF-1.4", b"halo"])
def test_what_is_no_photo_is_refused_in_words_and_the_check_is_not_stored(checker, sent, start):
    made = sent()
    answer = checker.post(check_address(made), {**TYPED, "foto": no_picture(start)})
    assert answer.status_code == 400
    assert "Hasil pemeriksaan belum tersimpan" in answer.content.decode()
    assert made.field_checks.count() == 0


def test_a_check_that_is_refused_keeps_no_photo(sent, hat):
    made = sent()
    with pytest.raises(BadInputError, match="future"):
        services.field_check_proposal(
            proposal_id=made.id,
            verdict_code="PRIK-01",
            note="Kuat",
            check_date=TODAY.replace(day=TODAY.day + 1),
            actor=hat("VRF"),
            at=NOW,
            photo=picture(),
            photo_name="tiang.jpg",
        )
    assert StoredFile.objects.count() == 0


def test_the_page_for_everyone_tells_the_check_without_its_photo(checker, client, sent, hat):
    made = sent()
    services.check_proposal(proposal_id=made.id, actor=hat("SDK"), at=NOW)
    checker.post(check_address(made), {**TYPED, "foto": picture()})
    page = client.get(reverse("proposals:public", args=[made.number])).content.decode()
    assert "Tiang masih kuat" in page
    assert "check-photo" not in page
    file = reverse("shared:file", args=[made.field_checks.get().photo_id])
    assert file not in page
    assert client.get(file).status_code == 302
