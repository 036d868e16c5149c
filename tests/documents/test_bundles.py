"""Bundles of a cycle and of all villages: order, contents, page numbers, PDF/A, once per content."""

import io
import zipfile
from datetime import timedelta
from uuid import uuid4

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse
from PIL import Image

from documents.reading import squeezed
from documents.samples import plan as plan_sample
from factories import people, places
from plans.given import NOW, all_stages, hat_at
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.hat import Place, Role
from rembuk.cycles.models import Cycle
from rembuk.cycles.services import add_evidence
from rembuk.documents import services
from rembuk.documents.bundling import bundle_of
from rembuk.documents.models import BundlePart, BundleRun, CycleBundle
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.services.bundles import ask_run_again
from rembuk.documents.views.bundles import zipped
from rembuk.documents.wishes import wish_of
from rembuk.regions.models import Village
from rembuk.shared import files
from rembuk.shared.models import Job, Paper
from rembuk.shared.trail.testing import setting_up

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def full(cycle, plan, team, meeting):
    """A cycle with all its stages, two teams, a plan with one item, a Musrenbang."""
    with setting_up():
        all_stages(cycle)
    team("drafting")
    team("verification")
    return cycle


@pytest.fixture
def staff(village):
    return hat_at(Place(regency=village.regency_id), "STF")


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 1200), "#eeeeee").save(out, "JPEG")
    return out.getvalue()


def made(cycle, hat, fmt="pdf"):
    return services.make_bundle(cycle_id=cycle.pk, fmt=fmt, actor=hat, at=NOW)


def test_the_papers_stand_in_the_legal_order(full, hat):
    bundle = bundle_of(full, hat("SDK"))

    marks = [section.mark for section in bundle.sections]
    codes = [section.documents[0].code for section in bundle.sections]
    assert codes[:2] == ["F19", "F26"]
    numbers = [int(mark.removeprefix("Lampiran ")) for mark in marks if mark.startswith("Lampiran")]
    assert numbers == sorted(numbers) and numbers[:3] == [2, 3, 5]
    assert "F27" not in {one.code for one in bundle.documents}, "a sheet to draw on is no drawing"
    extra = [mark for mark in marks if mark.startswith("Tambahan")]
    assert marks[2 : 2 + len(numbers)] == [f"Lampiran {number}" for number in numbers]
    assert extra == [f"Tambahan {number}" for number in range(1, len(extra) + 1)]
    assert len({(one.code, one.title, one.footer) for one in bundle.documents}) == len(bundle.documents)


def test_generated_papers_are_one_pdf_a_with_cover_contents_numbers_and_outline(full, hat):
    bundle, reused = made(full, hat("SDK"))

    data = files.read(bundle.file)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    assert not reused and len(pages) == bundle.page_count
    assert "RENCANA KERJA PEMERINTAH DESA" in pages[0] and "Daftar Isi" in pages[1]
    assert [f"Halaman {number} dari {len(pages)}" in text for number, text in enumerate(pages, 1)][1:] == [True] * (
        len(pages) - 1
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.open_metadata().pdfa_status == "2A"
        with pdf.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
    assert titles[:3] == ["Daftar Isi", "Peraturan Desa tentang RKP Desa", "RKP Desa"]
    assert [title for title in titles if title.startswith("Lampiran 2:")] == ["Lampiran 2: SK Tim Penyusun RKP Desa"]


def test_the_contents_name_the_page_where_each_paper_begins(full, hat):
    bundle, _reused = made(full, hat("SDK"))

    pages = [squeezed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(files.read(bundle.file))]
    for section in bundle_of(full, hat("SDK")).sections:
        starts = [n for n, text in enumerate(pages, 1) if text.startswith(squeezed(section.label)) and n > 2]
        assert f"{squeezed(section.label)}{starts[0]}" in pages[1], section.label


def test_attached_files_follow_with_a_stamped_number_and_the_bundle_claims_no_pdf_a(full, hat, village):
    secretary = hat("SDK")
    scan = files.store(picture(), name="SK.jpg", village_id=village.id, hat=secretary)
    word = files.store(render_docx([plan_sample(1)]), name="keputusan.docx", village_id=village.id, hat=secretary)
    common = {"cycle_id": full.pk, "document_date": NOW.date(), "actor": secretary, "at": NOW, "signed": True}
    add_evidence(stage="K2", paper_code="F01", title="SK Tim", file=scan, **common)
    add_evidence(stage="K11", paper_code="F35", title="Keputusan BPD", file=word, **common)

    bundle, _reused = made(full, secretary)

    data = files.read(bundle.file)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    assert "Lampiran 2: SK Tim Penyusun RKP Desa, salinan bertanda tangan" in pages[-1]
    assert f"Halaman {len(pages)} dari {len(pages)}" in pages[-1]
    assert f"Halaman 3 dari {len(pages)}" in pages[2]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.open_metadata().pdfa_status == ""
        with pdf.open_outline() as outline:
            assert str(outline.root[-1].title).startswith("Lampiran 2: SK Tim")
    assert [label for label, _reason in bundle.listed if label.startswith("Lampiran 24")] != []
    assert (
        "ada sendiri di arsip"
        in dict(bundle.listed)["Lampiran 24: Keputusan BPD tentang kesepakatan Perdes RKP Desa (keputusan.docx)"]
    )


def test_a_locked_or_broken_attachment_is_listed_and_stops_nothing(full, hat, village):
    out = io.BytesIO()
    with pikepdf.new() as locked:
        locked.add_blank_page()
        locked.save(out, encryption=pikepdf.Encryption(user="rahasia", owner="rahasia"))
    secretary = hat("SDK")
    common = {"cycle_id": full.pk, "stage": "K2", "document_date": NOW.date(), "actor": secretary, "at": NOW}
    for name, data, form in (("a.pdf", out.getvalue(), "F01"), ("b.pdf", b"%PDF-1.4 rusak", "F02")):
        stored = files.store(data, name=name, village_id=village.id, hat=secretary)
        add_evidence(paper_code=form, title=name, file=stored, **common)

    bundle, _reused = made(full, secretary)

    assert sorted(reason for label, reason in bundle.listed if "berkas unggahan" in label) == [
        "berkas PDF terkunci kata sandi",
        "berkas rusak dan tidak bisa dibaca",
    ]


def test_a_file_is_bound_once_and_one_that_no_row_asks_for_closes_the_bundle(full, hat, village):
    secretary = hat("SDK")
    scan = files.store(picture(), name="SK.jpg", village_id=village.id, hat=secretary)
    letter = files.store(b"%PDF-1.4 surat", name="surat.pdf", village_id=village.id, hat=secretary)
    common = {"cycle_id": full.pk, "document_date": NOW.date(), "actor": secretary, "at": NOW}
    for title in ("SK Tim", "SK Tim lagi"):
        add_evidence(stage="K2", paper_code="F01", title=title, file=scan, signed=True, **common)
    add_evidence(stage="K3", paper_code="F36", title="Surat pagu", number="1/2026", file=letter, **common)

    found = bundle_of(full, secretary)

    extra = max(int(one.mark.split()[1]) for one in found.sections if one.mark.startswith("Tambahan")) + 1
    assert [(one.label, len(one.pieces)) for one in found.attached] == [
        ("Lampiran 2: SK Tim Penyusun RKP Desa, salinan bertanda tangan", 1),
        (f"Tambahan {extra}: Surat pagu, berkas unggahan", 1),
    ]


def test_the_same_content_is_made_once_and_a_change_is_a_new_bundle(full, hat, plan):
    first, reused = made(full, hat("SDK"))
    again, second = made(full, hat("SDK"))
    assert (first.pk == again.pk, reused, second) == (True, False, True)
    with setting_up():
        plan.items.update(name="Titian ulin RT 05")
    other, third = made(full, hat("SDK"))
    assert (other.pk == first.pk, third, CycleBundle.objects.count()) == (False, False, 2)


@pytest.mark.parametrize("fmt", ["docx", "xlsx"])
def test_the_other_formats_are_one_file_per_paper_with_the_list_of_contents(full, hat, fmt):
    bundle, _reused = made(full, hat("SDK"), fmt)

    with zipfile.ZipFile(io.BytesIO(files.read(bundle.file))) as archive:
        names = archive.namelist()
        contents = archive.read("00 daftar isi.txt").decode()
        assert archive.testzip() is None
    papers = [name for name in names if name.endswith(f".{fmt}")]
    assert len(papers) == len(names) - 1 and all(name in contents for name in papers)
    tabled = [section for section in bundle_of(full, hat("SDK")).sections if any(d.tables for d in section.documents)]
    assert len(papers) == (len(bundle_of(full, hat("SDK")).sections) if fmt == "docx" else len(tabled))


def test_who_may_not_see_names_gets_a_bundle_without_them(full, hat):
    bundle = bundle_of(full, hat("RTK"))

    assert {one.code for one in bundle.documents} & {"F04", "F05"} == set()
    assert ("Lampiran 21", "tidak dapat dibuka peran ini") in [(one.mark, one.reason) for one in bundle.listed]


def test_a_bundle_with_names_is_not_offered_to_who_may_not_see_them(full, hat, village):
    whole, _reused = made(full, hat("SDK"))
    with setting_up():
        rt = people.signed_in(people.holder(Role.RTK, village))
    address = reverse("documents:bundle", args=(full.pk,))
    assert list(rt.get(address).context["made"]) == []
    own, _reused = made(full, hat("RTK"))
    assert [row.pk for row in rt.get(address).context["made"]] == [own.pk] != [whole.pk]


def test_keeping_first_freezes_each_part_by_itself_and_gives_every_page_its_code(full, hat):
    job = services.ask_bundle(cycle_id=full.pk, fmt="pdf", keep=True, actor=hat("SDK"), at=NOW)

    assert job.result["link"] == reverse("documents:bundle", args=(full.pk,))
    assert {"F01", "F19", "F26", "F28", "F37"} <= set(Paper.objects.values_list("code", flat=True))
    assert {one.provenance[:5] for one in bundle_of(full, hat("SDK")).documents} == {"Sidik"}


def test_a_cycle_without_any_paper_and_a_wrong_format_are_refused(cycle, hat):
    with pytest.raises(BadInputError) as refused:
        services.ask_bundle(cycle_id=cycle.pk, fmt="exe", keep=False, actor=hat("SDK"), at=NOW)
    assert refused.value.code == "paper-format"
    stranger = hat_at(Place("64.02", "64.02.18", "64.02.18.2004"), "SDK")
    with pytest.raises(NotAllowedError):
        services.make_bundle(cycle_id=cycle.pk, fmt="pdf", actor=stranger, at=NOW)
    assert not CycleBundle.objects.exists() and not Job.objects.exists()


def ordered(regency_id, staff, run_id=None):
    return services.ask_bundle_run(
        run_id=run_id or uuid4(), regency_id=regency_id, kind="rkp", budget_year=2027, fmt="pdf", actor=staff, at=NOW
    )


@pytest.fixture
def neighbour(village):
    """A second village of the regency with a cycle of its own, and a third without one."""
    with setting_up():
        other = places.enggelam()
        places.village("64.02.18.2007", "Kupang Baru", "KPB")
        return Cycle.objects.create(village=other, plan_year=2026, budget_year=2027, profile="kukar-2025")


def test_all_villages_are_made_in_one_order_with_a_row_each(full, neighbour, staff, village):
    key = uuid4()
    run = ordered(village.regency_id, staff, key)
    run.job.refresh_from_db()
    assert ordered(village.regency_id, staff, key).pk == run.pk

    assert run.job.result["sentence"] == "2 dari 2 bundel jadi."
    assert [(part.village_id, part.state) for part in run.parts.all()] == [
        (village.id, "done"),
        (neighbour.village_id, "done"),
    ]
    with zipfile.ZipFile(io.BytesIO(b"".join(zipped(run)))) as archive:
        assert archive.testzip() is None
        names, listed = archive.namelist(), archive.read("daftar.txt").decode()
    assert [name.rpartition("/")[2] for name in names] == [
        "64.02.18.2003 Melintang.pdf",
        "64.02.18.2004 Enggelam.pdf",
        "daftar.txt",
    ]
    assert "64.02.18.2007 Kupang Baru | belum punya siklus RKP 2027" in listed


def stopped(run, village):
    """Put an order back to where a kill left it: one village waits, the job is over."""
    run.parts.filter(village=village).update(state="waiting", bundle=None, finished_at=None)
    Job.objects.filter(pk=run.job_id).update(state="cancelled")


def test_a_stopped_order_goes_on_where_it_was_and_makes_nothing_twice(full, neighbour, staff, village):
    run = ordered(village.regency_id, staff)
    before = run.parts.get(village=village).finished_at
    stopped(run, neighbour.village)

    again = ask_run_again(run_id=run.pk, actor=staff, at=NOW)

    assert again.job_id != run.job_id
    assert run.parts.get(village=village).finished_at == before
    part = run.parts.get(village=neighbour.village)
    assert (part.state, part.reused) == ("done", True)
    assert CycleBundle.objects.count() == 2


def test_a_village_that_fails_is_named_stops_nobody_and_is_tried_again_on_wish(full, neighbour, staff, village):
    run = ordered(village.regency_id, staff)
    there = neighbour.village
    stopped(run, there)
    stopped(run, village)
    with setting_up():  # the village left the regency while its order was waiting
        elsewhere = places.merancang()
        Village.objects.filter(pk=there.pk).update(regency=elsewhere.regency, district=elsewhere.district)
    ask_run_again(run_id=run.pk, actor=staff, at=NOW)
    part = run.parts.get(village=there)
    assert (part.state, bool(part.reason), part.bundle) == (BundlePart.State.FAILED, True, None)
    assert run.parts.get(village=village).state == BundlePart.State.DONE
    with setting_up():
        Village.objects.filter(pk=there.pk).update(regency=village.regency, district=village.district)
    ask_run_again(run_id=run.pk, actor=staff, at=LATER)
    assert set(run.parts.values_list("state", flat=True)) == {"done"}


def test_an_order_that_runs_is_not_started_twice(full, staff, village):
    run = ordered(village.regency_id, staff)
    Job.objects.filter(pk=run.job_id).update(state="running")
    with pytest.raises(RefusedError) as refused:
        ask_run_again(run_id=run.pk, actor=staff, at=NOW)
    assert refused.value.code == "bundle-runs"


def test_an_archived_paper_that_was_tampered_with_is_named_and_not_printed(full, plan, hat):
    paper = services.freeze_paper(wish=wish_of("F26", f"plan:{plan.pk}"), actor=hat("SDK"), at=NOW)
    with setting_up():
        Paper.objects.filter(pk=paper.pk).update(data={"_": "rusak"})

    bundle = bundle_of(full, hat("SDK"))

    assert "F26" not in {one.code for one in bundle.documents}
    assert [one.title for one in bundle.listed if "sidik" in one.reason] == [paper.title]


def test_only_regency_staff_order_and_a_year_without_cycles_is_refused(full, hat, staff, village):
    with pytest.raises(NotAllowedError):
        ordered(village.regency_id, hat("KAD"))
    with pytest.raises(RefusedError) as refused:
        services.ask_bundle_run(
            run_id=uuid4(), regency_id=village.regency_id, kind="rkp", budget_year=2031, fmt="pdf", actor=staff, at=NOW
        )
    assert refused.value.code == "bundle-no-cycles"
    assert not BundleRun.objects.exists()


def test_the_pages_order_show_and_hand_out(full, neighbour, village):
    with setting_up():
        division = people.signed_in(people.division_head(village))
        secretary = people.signed_in(people.holder(Role.SDK, village))
    page = division.get(reverse("documents:bundle_runs"))
    posted = {"rencana": "rkp", "tahun": "2027", "bentuk": "pdf", "kunci": str(page.context["key"])}
    answer = division.post(reverse("documents:bundle_runs"), posted)
    (run,) = BundleRun.objects.all()
    assert answer.headers["Location"] == reverse("documents:bundle_run", args=(run.pk,))
    shown = division.get(reverse("documents:bundle_run", args=(run.pk,))).content.decode()
    assert "Unduh 2 bundel" in shown and "Kupang Baru" in shown
    sent = division.get(reverse("documents:bundle_run_zip", args=(run.pk,)))
    assert b"".join(sent.streaming_content)[:2] == b"PK"
    assert secretary.get(reverse("documents:bundle_runs")).status_code == 403
    own = reverse("documents:bundle", args=(full.pk,))
    assert "Satu PDF bernomor halaman" in secretary.get(own).content.decode()
    assert secretary.post(own, {"bentuk": "pdf"}).status_code == 302
    assert secretary.post(own, {"bentuk": "exe"}).status_code == 400
