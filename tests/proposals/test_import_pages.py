import io

import pytest
from django.urls import reverse

from factories.people import holder, signed_in
from proposals.test_imports import messy
from rembuk.core.hat import Role
from rembuk.proposals.models import ImportBatch, Proposal
from rembuk.shared.models import Job


@pytest.fixture
def sdk(village, cycle):
    return signed_in(holder(Role.SDK, village))


def upload(client, content, name):
    stream = io.BytesIO(content)
    stream.name = name
    return client.post(reverse("proposals:imports"), {"berkas": stream})


def mapping(batch):
    return {f"kolom-{role}": "" if index is None else str(index) for role, index in batch.mapping.items()}


def test_a_list_goes_from_upload_to_saved_proposals_by_pages(sdk):
    assert upload(sdk, messy(), "usulan.xlsx").status_code == 302
    batch = ImportBatch.objects.get()
    address = reverse("proposals:import_batch", args=[batch.id])
    assert "Usulan Kegiatan" in sdk.get(address).content.decode()
    sdk.post(address, {"langkah": "periksa", **mapping(batch)})
    page = sdk.get(address).content.decode()
    assert "5 baris siap disimpan, 5 baris ditolak" in page and "Hulu, Tengah, Hilir" in page
    assert Proposal.objects.count() == 0
    sdk.post(address, {"langkah": "simpan"})
    assert Proposal.objects.count() == 5
    assert "5 usulan tersimpan" in sdk.get(address).content.decode()
    assert sdk.get(reverse("proposals:import_refused", args=[batch.id])).content.startswith(b"PK")


def test_the_same_bytes_again_are_refused_on_the_page(sdk):
    content = messy()
    upload(sdk, content, "usulan.xlsx")
    answer = upload(sdk, content, "usulan.xlsx")
    assert answer.status_code == 409
    assert "sudah pernah diunggah" in answer.content.decode()


def test_a_long_list_is_saved_by_a_job_with_its_progress(sdk, django_capture_on_commit_callbacks):
    content = "usulan\n" + "".join(f"Lampu jalan nomor {n}\n" for n in range(600))
    upload(sdk, content.encode(), "usulan.csv")
    batch = ImportBatch.objects.get()
    address = reverse("proposals:import_batch", args=[batch.id])
    sdk.post(address, {"langkah": "periksa", **mapping(batch)})
    with django_capture_on_commit_callbacks(execute=True):
        sdk.post(address, {"langkah": "simpan"})
    job = Job.objects.get()
    batch.refresh_from_db()
    assert (job.state, batch.state, batch.saved_count) == (Job.State.DONE, "saved", 600)
    assert Proposal.objects.count() == 600


def test_no_file_and_a_wrong_file_are_answered_in_words(sdk):
    assert "Pilih berkas" in sdk.post(reverse("proposals:imports"), {}).content.decode()
    answer = upload(sdk, b"%PDF-1.4", "usulan.pdf")
    assert answer.status_code == 400
    assert "PDF" in answer.content.decode()
    assert sdk.get(reverse("proposals:import_template")).content.startswith(b"PK")
