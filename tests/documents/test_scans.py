"""Signed pages come back: the code attaches them, a person places the others, what belongs elsewhere is refused."""

import io
from dataclasses import replace
from uuid import uuid4

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageFilter

from documents.samples import plan as plan_sample
from factories import people, places
from plans.given import NOW, all_stages, hat_at
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError, StaleError
from rembuk.core.hat import Place, Role
from rembuk.cycles.models import Cycle
from rembuk.documents import services
from rembuk.documents.bundling import bundle_of
from rembuk.documents.gather.completeness import holdings_of, things_of
from rembuk.documents.models import ScanUpload, SignedPage
from rembuk.documents.renderers.pdf import render_pdf
from rembuk.documents.scans import code_in, codes_on, picture_of_pdf, scanned_pages
from rembuk.documents.services.scans import HandedIn, hand_in_scans, place_page, set_page_aside
from rembuk.documents.wishes import wish_of
from rembuk.shared import papers
from rembuk.shared.models import Paper, StoredFile
from rembuk.shared.trail.testing import setting_up

CODE = "7K3MZ8QW4T12"


@pytest.fixture
def paper(plan, hat):
    return services.freeze_paper(wish=wish_of("F26", f"plan:{plan.pk}"), actor=hat("SDK"), at=NOW)


def printed(paper: Paper) -> bytes:
    return papers.open_paper(paper, "pdf")[0]


def photo(pdf: bytes, page: int = 0, *, blur: float = 0.7, angle: float = 4.0) -> bytes:
    """A page as a phone takes it: turned, a little blurred, with a dark border, as JPEG."""
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        alone = pikepdf.new()
        alone.pages.append(whole.pages[page])
        out = io.BytesIO()
        alone.save(out)
    sheet = picture_of_pdf(out.getvalue(), 220)
    table = Image.new("L", (sheet.width + 200, sheet.height + 200), 80)
    table.paste(sheet, (100, 100))
    taken = table.rotate(angle, expand=True, fillcolor=80).filter(ImageFilter.GaussianBlur(blur))
    taken.thumbnail((2480, 2480))
    out = io.BytesIO()
    taken.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def handed(cycle, hat, *files: tuple[str, bytes], key=None, role="SDK"):
    return hand_in_scans(
        key=key or uuid4(),
        cycle_id=cycle.pk,
        handed=[HandedIn(name, data) for name, data in files],
        actor=hat(role),
        at=NOW,
    )


def blank_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1200, 1700), "white").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"https://rembuk.example/periksa/{CODE}/", CODE),
        (CODE, CODE),
        ("7K3M-Z8QW-4T12", CODE),
        ("https://lain.example/berkas/7K3MZ8QW4T12", ""),
        ("7K3MZ8QW4T1", ""),
        ("OOOOOOOOOOOO", ""),
        ("WIFI:T:WPA;S:x;;", ""),
    ],
)
def test_only_an_address_that_verifies_or_a_bare_code_is_a_code(text, code):
    assert code_in(text) == code


def test_every_page_of_a_paper_tells_its_code_even_the_first_of_several():
    pdf = render_pdf([replace(plan_sample(60), verify_url=f"https://rembuk.example/periksa/{CODE}/")])

    pages = list(scanned_pages(pdf, "application/pdf"))

    assert len(pages) > 3
    assert [page.codes for page in pages] == [(CODE,)] * len(pages)


@pytest.mark.parametrize("angle", [0, 4, 90, 183])
def test_a_photographed_page_is_read_at_any_angle(angle):
    pdf = render_pdf([replace(plan_sample(2), verify_url=f"https://rembuk.example/periksa/{CODE}/")])

    with Image.open(io.BytesIO(photo(pdf, angle=angle))) as taken:
        assert codes_on(taken.convert("L")) == ((CODE,), ())


def test_photos_and_pdf_pages_find_their_paper_and_the_archive_keeps_both(cycle, paper, hat):
    pdf = printed(paper)

    handed(cycle, hat, ("foto.jpg", photo(pdf)), ("pindaian.pdf", pdf))

    pages = list(SignedPage.objects.select_related("file"))
    assert {(page.state, page.paper_id, page.by_code, page.code_read) for page in pages} == {
        ("attached", paper.pk, True, paper.verify_code)
    }
    assert len(pages) == 1 + len(pikepdf.open(io.BytesIO(pdf)).pages)
    assert printed(Paper.objects.get(pk=paper.pk)) == pdf
    assert ScanUpload.objects.get(name="pindaian.pdf").file.sha256 != pages[-1].file.sha256 or len(pages) == 2


def test_the_signed_copy_counts_in_the_list_and_follows_in_the_bundle(cycle, plan, hat):
    with setting_up():
        all_stages(cycle)
    made = services.freeze_paper(wish=wish_of("F21", f"cycle:{cycle.pk}"), actor=hat("SDK"), at=NOW)
    handed(cycle, hat, ("foto.jpg", photo(printed(made))))

    (thing,) = [thing for thing in things_of(holdings_of(cycle)) if thing.form == "F21"]
    bundle = bundle_of(cycle, hat("SDK"))

    assert thing.signed
    (attached,) = bundle.attached
    assert (attached.mark, len(attached.pieces)) == ("Lampiran 5", 1)


def test_the_same_upload_again_changes_nothing_and_the_same_page_is_not_attached_twice(cycle, paper, hat):
    key, taken = uuid4(), photo(printed(paper))
    first = handed(cycle, hat, ("foto.jpg", taken), key=key)
    assert handed(cycle, hat, ("foto.jpg", taken), key=key).pk == first.pk
    assert SignedPage.objects.count() == 1
    handed(cycle, hat, ("foto.jpg", taken))
    assert sorted(SignedPage.objects.values_list("state", flat=True)) == ["attached", "set_aside"]


def waiting(cycle, hat) -> SignedPage:
    handed(cycle, hat, ("buram.png", blank_picture()))
    page = SignedPage.objects.get()
    assert (page.state, page.problem, page.paper) == ("waiting", "no-code", None)
    return page


def test_what_cannot_be_read_waits_until_a_person_chooses_the_form(cycle, paper, hat):
    page = waiting(cycle, hat)

    placed = place_page(page_id=page.pk, paper_id=paper.pk, version=page.version, actor=hat("TIM"), at=NOW)

    assert (placed.state, placed.paper_id, placed.by_code) == ("attached", paper.pk, False)
    with pytest.raises(StaleError):
        place_page(page_id=page.pk, paper_id=paper.pk, version=page.version, actor=hat("TIM"), at=NOW)


def test_a_page_is_set_aside_only_with_a_reason(cycle, hat):
    page = waiting(cycle, hat)
    with pytest.raises(BadInputError):
        set_page_aside(page_id=page.pk, reason="  ", version=page.version, actor=hat("SDK"), at=NOW)
    set_page_aside(page_id=page.pk, reason="foto lantai", version=page.version, actor=hat("SDK"), at=NOW)
    page.refresh_from_db()
    assert (page.state, page.reason) == ("set_aside", "foto lantai")


def test_a_code_of_another_village_or_year_or_of_nobody_is_refused_in_words(cycle, paper, hat, village):
    pdf = printed(paper)
    with setting_up():
        there = places.enggelam()
        other = Cycle.objects.create(village=there, plan_year=2026, budget_year=2027, profile="kukar-2025")
        later = Cycle.objects.create(village=village, plan_year=2027, budget_year=2028, profile="kukar-2025")
    neighbour = hat_at(there.place, "SDK")
    unknown = render_pdf([replace(plan_sample(1), verify_url="https://rembuk.example/periksa/000000000001/")])
    foreign = render_pdf([replace(plan_sample(1), verify_url="https://lain.example/x")])

    handed(other, lambda _role: neighbour, ("foto.jpg", photo(pdf)))
    handed(later, hat, ("foto.jpg", photo(pdf)))
    handed(cycle, hat, ("a.jpg", photo(unknown)), ("b.jpg", photo(foreign)))

    found = dict(SignedPage.objects.values_list("upload__cycle_id", "problem").filter(upload__cycle__in=[other, later]))
    assert found == {other.pk: "other-village", later.pk: "other-cycle"}
    assert dict(SignedPage.objects.filter(upload__cycle=cycle).values_list("upload__name", "problem")) == {
        "a.jpg": "unknown-code",
        "b.jpg": "foreign-code",
    }
    assert not SignedPage.objects.filter(state="attached").exists()
    page = SignedPage.objects.get(upload__cycle=later)
    with pytest.raises(RefusedError) as refused:
        place_page(page_id=page.pk, paper_id=paper.pk, version=1, actor=hat("SDK"), at=NOW)
    assert refused.value.code == "scan-paper-elsewhere"


def test_a_page_with_the_codes_of_two_papers_waits(cycle, paper, plan, hat):
    other = services.freeze_paper(wish=wish_of("F31", f"plan:{plan.pk}"), actor=hat("SDK"), at=NOW)
    left, right = (Image.open(io.BytesIO(photo(printed(one), angle=0))).convert("L") for one in (paper, other))
    both = Image.new("L", (left.width + right.width, max(left.height, right.height)), 80)
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))

    codes, _other = codes_on(both)

    assert codes == tuple(sorted((paper.verify_code, other.verify_code)))


@pytest.mark.parametrize(("name", "data", "code"), [("a.txt", b"halo", "file-kind"), ("b.jpg", b"", "file-empty")])
def test_another_kind_of_file_is_refused_and_nothing_of_the_upload_is_kept(cycle, paper, hat, name, data, code):
    before = StoredFile.objects.count()
    with pytest.raises(BadInputError) as refused:
        handed(cycle, hat, ("foto.jpg", photo(printed(paper))), (name, data))
    assert refused.value.code == code
    assert (StoredFile.objects.count(), ScanUpload.objects.count()) == (before, 0)


def test_a_broken_pdf_is_named_and_the_other_files_are_read(cycle, paper, hat):
    handed(cycle, hat, ("rusak.pdf", b"%PDF-1.4 rusak"), ("foto.jpg", photo(printed(paper))))

    assert dict(ScanUpload.objects.values_list("name", "problem")) == {"rusak.pdf": "unreadable", "foto.jpg": ""}
    assert SignedPage.objects.get().state == "attached"


def test_who_only_reads_and_another_village_hand_in_nothing(cycle, hat):
    with pytest.raises(NotAllowedError):
        handed(cycle, hat, ("a.png", blank_picture()), role="RTK")
    stranger = hat_at(Place("64.02", "64.02.18", "64.02.18.2004"), "SDK")
    with pytest.raises(NotAllowedError):
        handed(cycle, lambda _role: stranger, ("a.png", blank_picture()))
    assert not ScanUpload.objects.exists()


def test_the_desk_shows_hands_in_places_and_sets_aside(cycle, paper, village):
    with setting_up():
        secretary = people.signed_in(people.holder(Role.SDK, village))
    address = reverse("documents:scans", args=(cycle.pk,))
    key = str(secretary.get(address).context["key"])
    files = [SimpleUploadedFile("foto.jpg", photo(printed(paper))), SimpleUploadedFile("buram.png", blank_picture())]
    answer = secretary.post(address, {"kunci": key, "berkas": files})
    assert answer.status_code == 302 and "/pekerjaan/" in answer.headers["Location"]
    desk = secretary.get(address)
    ((page, words, _guess),) = desk.context["rows"]
    assert str(words) == "kodenya tidak terbaca" and paper in desk.context["choices"]
    assert secretary.get(reverse("documents:scan_picture", args=(page.pk,))).content[:2] == b"\xff\xd8"
    place = reverse("documents:scan_place", args=(page.pk,))
    assert secretary.post(place, {"versi": page.version, "dokumen": ""}).status_code == 400
    assert secretary.post(place, {"versi": page.version, "dokumen": str(paper.pk)}).status_code == 302
    assert secretary.post(place, {"versi": 1, "langkah": "sisihkan", "alasan": "salah"}).status_code == 409
    shown = secretary.get(address, {"keadaan": "terlampir"}).content.decode()
    assert "menurut kodenya" in shown and "dipilih orang" in shown
