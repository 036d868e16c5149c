"""The papers of an RPJM Desa cycle: its list, its bundle in three formats, and the order for all villages."""

import io
import re
import zipfile
from datetime import date, timedelta
from uuid import uuid4

import pikepdf
import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from assessment.given import whole_assessment
from budgeting.given import hall
from documents.reading import squeezed
from factories import people, places
from factories.samples_plans import rpjm_of
from plans.given import NOW, hat_at, member
from rembuk.core.hat import Place, Role
from rembuk.cycles.models import Cycle, StageRecord
from rembuk.cycles.services import add_evidence
from rembuk.deliberation.models import MeetingPhoto
from rembuk.documents import services
from rembuk.documents.bundling import bundle_of
from rembuk.documents.models import BundleRun, CycleBundle, Letter
from rembuk.documents.services.bundles import ask_run_again, keep_papers
from rembuk.documents.views.bundles import zipped
from rembuk.documents.wishes import wish_of
from rembuk.plans import services as plan_services
from rembuk.plans.models import PolicyLine, Rpjmdes, RpjmdesItem
from rembuk.shared import files
from rembuk.shared.models import Job, Paper
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def rpjm(village):
    """A draft of eight years with one activity and one programme from above."""
    made = rpjm_of(village)
    with setting_up():
        Rpjmdes.objects.filter(pk=made.pk).update(vision="Desa sungai yang mandiri", mission="Air bersih")
        RpjmdesItem.objects.create(
            rpjmdes=made, name="Titian ulin", activity_code="2.3.11", sdgs=[9], years=[made.start_year],
            year_costs={str(made.start_year): 100_000_000}, cost=100_000_000, source="DDS", location="Dusun Hulu",
        )  # fmt: skip
        PolicyLine.objects.create(rpjmdes=made, origin="kabupaten", field=2, name="Jalan kecamatan", year=2028)
    return made


@pytest.fixture
def full(village, rpjm, hat):
    """The cycle with its assessment, a team, meetings of two hamlets and its three halls, and a letter."""
    people_of = [member(number, position="chair" if number == 1 else "member") for number in range(1, 8)]
    whole_assessment(village, rpjm.start_year)
    cycle = rpjm.cycle
    plan_services.save_team(cycle_id=cycle.pk, kind="drafting", members=people_of, version=0, actor=hat("KAD"), at=NOW)
    for kind, title in (
        ("MUSDUS", "Musyawarah Dusun Hulu"),
        ("MUSDUS", "Musyawarah Dusun Hilir"),
        ("MUSDES_P", "Musyawarah Desa perencanaan"),
        ("MUSREN", "Musrenbang RPJM Desa"),
        ("MUSDES_E", "Musyawarah Desa pengesahan"),
    ):
        hall(cycle, kind, title=title, agenda=["Pembahasan"])
    with setting_up():
        said = {"nomor_perdes": "2 Tahun 2026", "tanggal_undang": "1 November 2026"}
        Letter.objects.create(
            cycle=cycle, kind="rpjm-pengantar-perdes", number="140/9", letter_date=date(2026, 11, 3), fields=said
        )
        Letter.objects.create(cycle=cycle, kind="rpjm-pengantar-camat", letter_date=date(2026, 10, 1))
    return cycle


@pytest.fixture
def staff(village):
    return hat_at(Place(regency=village.regency_id), "STF")


def made(cycle, hat, fmt="pdf"):
    return services.make_bundle(cycle_id=cycle.pk, fmt=fmt, actor=hat, at=NOW)[0]


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 1200), "#eeeeee").save(out, "JPEG")
    return out.getvalue()


def pages_of(bundle: CycleBundle) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(files.read(bundle.file))]


def test_the_regulation_the_document_and_the_matrix_open_it_and_the_annexes_follow_in_order(full, hat):
    bundle = bundle_of(full, hat("SDK"))

    years = f"{full.start_year}-{full.end_year}"
    assert bundle.title == f"RPJM Desa Melintang Tahun {years}"
    assert bundle.heading == ("Rencana Pembangunan Jangka Menengah Desa", "Desa Melintang", f"Tahun {years}")
    assert [section.documents[0].code for section in bundle.sections][:3] == ["F19", "F18", "F17"]
    assert [section.deep for section in bundle.sections][:3] == [True, True, False]
    annexes = [
        (section.mark.removeprefix("Lampiran "), "".join(sorted({one.code for one in section.documents})))
        for section in bundle.sections
        if section.mark.startswith("Lampiran")
    ]
    assert annexes == [
        ("1", "F01"), ("2", "F02"), ("3", "F16"), ("4", "F06"), ("5", "F07"), ("6", "F10"), ("7", "F08"), ("8", "F09"),
        ("9", "F11"), ("10", "F12"), ("11", "F13"), ("12", "F14"), ("13", "F15"), ("18b", "F03"), ("18d", "F03"),
        ("18f", "F03"), ("18g", "F03"), ("19a", "F04"), ("19b", "F04Surat"), ("19c", "F04Surat"), ("19d", "F04Surat"),
        ("20a", "F05"), ("20b", "F05"), ("20c", "F05"), ("25a", "F36"),
    ]  # fmt: skip
    assert [section.label for section in bundle.sections if section.mark.startswith("Tambahan")] == [
        "Tambahan 1: Ceklis kelengkapan",
        "Tambahan 2: Lembar verifikasi",
        "Tambahan 3: Surat pengantar rancangan RPJM Desa kepada Camat",
    ]
    assert len({(one.code, one.title, one.footer, one.parts) for one in bundle.documents}) == len(bundle.documents)


def test_the_minutes_of_every_hamlet_are_in_it_kept_or_not(full, hat):
    first = next(row for row in full.meetings.order_by("title") if row.kind == "MUSDUS")
    services.freeze_paper(wish=wish_of("F03", f"meeting:{first.pk}"), actor=hat("SDK"), at=NOW)

    (section,) = [one for one in bundle_of(full, hat("SDK")).sections if one.mark == "Lampiran 18b"]

    assert sorted(one.provenance[:5] for one in section.documents) == ["Belum", "Sidik"]
    assert len({one.title for one in section.documents}) == 2


def test_what_is_printed_in_another_paper_is_named_with_its_place(full, hat):
    listed = {one.mark: one.reason for one in bundle_of(full, hat("SDK")).listed}

    assert listed["Lampiran 15"] == "sudah tercetak: Naskah RPJM Desa"


def test_printed_papers_are_one_pdf_a_with_cover_contents_numbers_and_outline(full, hat):
    bundle = made(full, hat("SDK"))

    pages = pages_of(bundle)
    assert len(pages) == bundle.page_count
    assert "RENCANA PEMBANGUNAN JANGKA MENENGAH DESA" in " ".join(pages[0].split()) and "Daftar Isi" in pages[1]
    numbered = [f"Halaman {number} dari {len(pages)}" in text for number, text in enumerate(pages, 1)]
    assert numbered == [False] + [True] * (len(pages) - 1)
    with pikepdf.open(io.BytesIO(files.read(bundle.file))) as pdf:
        assert pdf.open_metadata().pdfa_status == "2A"
        assert bool(pdf.Root.MarkInfo.Marked) and pdf.Root.Lang == "id"
        with pdf.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
            chapters = [str(item.title) for item in outline.root[2].children]
    assert titles[:4] == [
        "Daftar Isi", "Peraturan Desa tentang RPJM Desa", "Naskah RPJM Desa", "Matriks RPJM Desa",
    ]  # fmt: skip
    assert any("BAB VI PROGRAM DAN KEGIATAN" in title for title in chapters)
    flat, contents = [squeezed(text) for text in pages], "".join(squeezed(text) for text in pages[1:4])
    for section in bundle_of(full, hat("SDK")).sections:
        starts = [n for n, text in enumerate(flat, 1) if text.startswith(squeezed(section.label)) and n > 2]
        assert f"{squeezed(section.label)}{starts[0]}" in contents, section.label


def test_signed_copies_and_photos_follow_and_the_bundle_claims_no_pdf_a(full, hat, village):
    secretary = hat("SDK")
    scan = files.store(picture(), name="SK.jpg", village_id=village.id, hat=secretary)
    photo = files.store(picture() + b" ", name="foto.jpg", village_id=village.id, hat=secretary)
    with setting_up():
        StageRecord.objects.get_or_create(cycle=full, stage="R1")
        MeetingPhoto.objects.create(meeting=full.meetings.filter(kind="MUSDUS").first(), file=photo)
    add_evidence(
        cycle_id=full.pk, stage="R1", paper_code="F01", title="SK Tim", file=scan, document_date=NOW.date(),
        actor=secretary, at=NOW, signed=True,
    )  # fmt: skip

    bundle = made(full, secretary)

    pages = pages_of(bundle)
    assert "Lampiran 1: Keputusan Kepala Desa tentang Tim Penyusun RPJM Desa, salinan" in squeezed_line(pages[-2])
    assert "Lampiran 22: Foto kegiatan, berkas unggahan" in pages[-1]
    assert f"Halaman {len(pages)} dari {len(pages)}" in pages[-1] and f"Halaman 3 dari {len(pages)}" in pages[2]
    with pikepdf.open(io.BytesIO(files.read(bundle.file))) as pdf:
        assert pdf.open_metadata().pdfa_status == ""
        with pdf.open_outline() as outline:
            assert str(outline.root[-1].title).startswith("Lampiran 22: Foto kegiatan")


def squeezed_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("fmt", ["docx", "xlsx"])
def test_the_zip_has_a_file_per_paper_and_the_list_of_contents(full, hat, fmt):
    with zipfile.ZipFile(io.BytesIO(files.read(made(full, hat("SDK"), fmt).file))) as archive:
        names, contents = archive.namelist(), archive.read("00 daftar isi.txt").decode()
        assert archive.testzip() is None
    papers = [name for name in names if name.endswith(f".{fmt}")]
    sections = bundle_of(full, hat("SDK")).sections
    wanted = [one for one in sections if fmt == "docx" or any(paper.tables for paper in one.documents)]
    assert len(papers) == len(wanted) == len(names) - 1
    assert all(name in contents for name in papers) and all(one.label in contents for one in sections)


def test_keeping_first_freezes_every_part_by_itself(full, hat):
    count = keep_papers(cycle_id=full.pk, actor=hat("SDK"), at=NOW)

    kept = set(Paper.objects.values_list("code", flat=True))
    forms = {f"F{number:02d}" for number in (*range(1, 20), 34, 36, 37)}
    assert forms | {"undangan"} == kept and count == Paper.objects.count()
    assert {one.provenance[:5] for one in bundle_of(full, hat("SDK")).documents} == {"Sidik"}


def test_who_may_not_see_names_gets_a_bundle_without_them(full, hat):
    bundle = bundle_of(full, hat("RTK"))

    assert {one.code for one in bundle.documents} & {"F04", "F05"} == set()
    closed = {one.mark for one in bundle.listed if one.reason == "tidak dapat dibuka peran ini"}
    assert {"Lampiran 19a", "Lampiran 19c", "Lampiran 20a"} <= closed


@pytest.fixture
def secretary(village):
    with setting_up():
        return people.signed_in(people.holder(Role.SDK, village))


def test_the_page_names_what_is_there_and_every_way_on_it_opens(full, secretary):
    page = secretary.get(reverse("documents:cycle", args=(full.pk,)))

    shown, words = page.context["shown"], page.content.decode()
    assert f"Kelengkapan dokumen {full.title}" in words and f"ada {shown.there} dari {shown.total} lampiran" in words
    assert (shown.there, shown.total) == (1, 41), "vision and mission stand in the document"
    links = {way.address for line in shown.lines for way in line.ways}
    links |= {way.address for _code, way in shown.forms}
    links |= set(re.findall(r'href="(/dokumen/[^"?]*)"', words))
    assert len(links) > 25
    assert {link: secretary.get(link).status_code for link in links} == dict.fromkeys(links, 200)
    codes = {code for code, _way in shown.forms}
    assert {"F06", "F07", "F16", "F17", "F18", "F19", "F34", "F37"} <= codes and "F20" not in codes


def test_a_village_without_an_assessment_is_led_to_its_tools_and_not_to_an_upload(rpjm, secretary):
    shown = secretary.get(reverse("documents:cycle", args=(rpjm.cycle_id,))).context["shown"]

    led = {line.state.item.mark: [way.words for way in line.ways] for line in shown.lines}
    assert [led[mark] for mark in ("6", "7", "8", "9", "10", "13")] == [["Buka pengkajian"]] * 6


def test_the_page_makes_the_bundle_and_hands_it_out(full, secretary):
    address = reverse("documents:bundle", args=(full.pk,))
    page = secretary.get(address).content.decode()
    assert f"Bundel dokumen {full.title}" in page and "Perdes, naskah, dan matriks RPJM Desa di depan" in page

    assert secretary.post(address, {"bentuk": "pdf", "simpan": "ya"}).status_code == 302

    (bundle,) = CycleBundle.objects.all()
    assert bundle.file.name in secretary.get(address).content.decode()
    assert secretary.get(reverse("shared:file", args=(bundle.file_id,))).status_code == 200
    assert {"F17", "F18", "F19"} <= set(Paper.objects.values_list("code", flat=True))


def test_the_archive_leads_to_the_list_of_either_cycle(full, cycle, secretary):
    words = secretary.get(reverse("documents:list")).content.decode()
    for one in (full, cycle):
        assert f'href="{reverse("documents:cycle", args=(one.pk,))}"' in words and f"Kelengkapan {one.title}" in words


def test_more_hamlets_and_papers_ask_no_more_queries(full, hat, secretary):
    address = reverse("documents:cycle", args=(full.pk,))

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert secretary.get(address).status_code == 200
        return len(found)

    secretary.get(address)
    one = count()
    for number in range(3):
        meeting = hall(full, "MUSDUS", title=f"Musyawarah {number}")
        services.freeze_paper(wish=wish_of("F03", f"meeting:{meeting.pk}"), actor=hat("SDK"), at=NOW)
    assert count() == one


def test_a_paper_of_the_yearly_cycle_is_none_of_this_one(full):
    for code in ("F14", "F20", "F22", "F26", "F38"):
        with pytest.raises(ValueError, match="prints no"):
            wish_of(code, f"cycle:{full.pk}")
    assert wish_of("F37", f"cycle:{full.pk}").thing == full


def test_a_review_asks_only_for_the_papers_from_its_draft_on(village, rpjm, hat, secretary):
    with setting_up():
        review = Cycle.medium_term.create(
            village=village, kind="rpjm", plan_year=2028, budget_year=2029, start_year=rpjm.start_year,
            end_year=rpjm.end_year, review_date=date(2028, 3, 1), profile="kukar-2025",
        )  # fmt: skip
        again = {"ground": "LONGER_TERM", "ground_number": "1", "ground_date": date(2028, 3, 1), "supersedes": rpjm}
        Rpjmdes.objects.create(
            village=village, cycle=review, state="draft", is_active=False, start_year=rpjm.start_year,
            end_year=rpjm.end_year, **again,
        )  # fmt: skip

    lines = secretary.get(reverse("documents:cycle", args=(review.pk,))).context["shown"].lines

    asked = {need.form for line in lines for need in line.state.item.needs}
    assert asked & {"F01", "F02", "F06", "F07", "F13", "F15"} == set() and {"F17", "F19", "F35"} <= asked
    assert [line.state.item.mark for line in lines][:4] == ["1", "2", "3", "4"]
    assert bundle_of(review, hat("SDK")).title.startswith("Perubahan RPJM Desa Melintang")


# ---- all villages ----------------------------------------------------------------------------------------------------


def ordered(regency_id, staff, year=2027):
    return services.ask_bundle_run(
        run_id=uuid4(), regency_id=regency_id, kind="rpjm", budget_year=year, fmt="pdf", actor=staff, at=NOW
    )


def test_an_order_takes_every_rpjm_whose_period_covers_the_year(full, cycle, staff, village):
    with setting_up():
        other = rpjm_of(places.enggelam()).cycle
        places.village("64.02.18.2007", "Kupang Baru", "KPB")
    run = ordered(village.regency_id, staff, full.end_year)

    assert [(part.cycle, part.state) for part in run.parts.all()] == [(full, "done"), (other, "done")]
    with zipfile.ZipFile(io.BytesIO(b"".join(zipped(run)))) as archive:
        names, listed = archive.namelist(), archive.read("daftar.txt").decode()
    assert [name.rpartition("/")[2] for name in names] == [
        f"64.02.18.2003 Melintang {full.title}.pdf",
        f"64.02.18.2004 Enggelam {other.title}.pdf",
        "daftar.txt",
    ]
    assert f"64.02.18.2007 Kupang Baru | belum punya siklus RPJM {full.end_year}" in listed


def test_a_stopped_order_of_rpjm_goes_on_and_makes_nothing_twice(full, staff, village):
    run = ordered(village.regency_id, staff)
    run.parts.update(state="waiting", bundle=None, finished_at=None)
    Job.objects.filter(pk=run.job_id).update(state="cancelled")

    ask_run_again(run_id=run.pk, actor=staff, at=NOW + timedelta(minutes=1))

    (part,) = run.parts.all()
    assert (part.state, part.reused, CycleBundle.objects.count()) == ("done", True, 1)


def test_the_page_orders_either_plan_and_refuses_another(full, cycle, village):
    with setting_up():
        division = people.signed_in(people.division_head(village))
    address = reverse("documents:bundle_runs")
    page = division.get(address)
    assert str(full.end_year) in page.content.decode() and "RPJM Desa" in page.content.decode()
    posted = {"tahun": "2027", "bentuk": "docx", "kunci": str(page.context["key"])}

    assert division.post(address, {**posted, "rencana": "apbdes"}).status_code == 400
    answer = division.post(address, {**posted, "rencana": "rpjm"})

    (run,) = BundleRun.objects.all()
    assert answer.headers["Location"] == reverse("documents:bundle_run", args=(run.pk,))
    shown = division.get(answer.headers["Location"]).content.decode()
    assert "Bundel semua desa RPJM 2027" in shown and full.title in shown
