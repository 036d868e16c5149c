"""Archive PDFs looked at with pikepdf, and DOCX opened by LibreOffice: other programs than those that wrote them.

No full PDF/A validator is to be had from the registries; these tests look at the marks and parts that one would ask
for first.
"""

import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from docx import Document as open_docx  # noqa: N813
from docx.oxml.ns import qn
from PIL import Image, ImageOps

from documents.reading import squeezed
from documents.samples import SAMPLES, VILLAGE, frame
from documents.samples_cycle import CYCLE_SAMPLES
from documents.samples_more import MORE_SAMPLES
from rembuk.core.documents.bundle import Bundle, Section
from rembuk.documents.renderers.bundle import render_bundle
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.renderers.pdf import render_pdf
from rembuk.documents.scans import codes_on

ALL = {**SAMPLES, **CYCLE_SAMPLES, **MORE_SAMPLES}
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def fonts_of(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every font object of a file."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
            yield thing


def files_that_keep_the_promise() -> dict[str, bytes]:
    papers = [make() for make in ALL.values()]
    sections = tuple(Section(f"Lampiran {n}", one.title, (one,)) for n, one in enumerate(papers, 1))
    bundle = Bundle("RKP Desa", ("RKP Desa",), VILLAGE.facts(), frame().dated, sections)
    return {"papers": render_pdf(papers, archive=True), "bundle": render_bundle(bundle).data}


@pytest.fixture(scope="module")
def archive() -> dict[str, bytes]:
    return files_that_keep_the_promise()


@pytest.mark.parametrize("name", ["papers", "bundle"])
def test_an_archive_file_carries_the_marks_of_pdf_a_2_and_pdf_ua(archive, name) -> None:
    with pikepdf.open(io.BytesIO(archive[name])) as pdf:
        meta = pdf.open_metadata()
        intents = pdf.Root.OutputIntents
        assert (meta.pdfa_status, str(meta.get("pdfuaid:part"))) == ("2A", "1")
        assert [(str(one.S), "/DestOutputProfile" in one) for one in intents] == [("/GTS_PDFA1", True)]
        assert pdf.Root.MarkInfo.Marked and len(pdf.Root.StructTreeRoot.K) > 0
        assert str(pdf.Root.Lang) == "id"
        assert str(meta.get("dc:title")) == str(pdf.docinfo.Title) != ""
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert not pdf.is_encrypted and pdf.pdf_version >= "1.7"


@pytest.mark.parametrize("name", ["papers", "bundle"])
def test_every_font_of_an_archive_file_is_embedded(archive, name) -> None:
    with pikepdf.open(io.BytesIO(archive[name])) as pdf:
        found = list(fonts_of(pdf))
        bare = [
            str(font.BaseFont)
            for font in found
            if font.Subtype != "/Type0"
            and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.get("/FontDescriptor", {}).keys())
        ]
    assert len(found) > 1 and bare == []


@pytest.mark.parametrize("name", ["papers", "bundle"])
def test_every_page_of_an_archive_file_is_part_of_the_structure_and_runs_no_script(archive, name) -> None:
    with pikepdf.open(io.BytesIO(archive[name])) as pdf:
        assert [number for number, page in enumerate(pdf.pages) if "/StructParents" not in page] == []
        assert "/AA" not in pdf.Root and "/OpenAction" not in pdf.Root
        scripts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/JavaScript"]
    assert scripts == []


def test_the_outline_of_a_bundle_leads_to_every_paper(archive) -> None:
    with pikepdf.open(io.BytesIO(archive["bundle"])) as pdf, pdf.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
    assert titles == ["Daftar Isi", *(f"Lampiran {n}: {make().title}" for n, make in enumerate(ALL.values(), 1))]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice TIDAK ADA: DOCX belum dibuka dengan program lain")
@pytest.mark.parametrize("name", ["F26", "F28", "F35", "F36", "F34"])
def test_libreoffice_opens_a_docx_and_reads_the_same_words(name, tmp_path) -> None:
    from documents.reading import missing, pdf_text

    document = ALL[name]()
    source = tmp_path / f"{name}.docx"
    source.write_bytes(render_docx([document]))
    assert SOFFICE is not None
    profile = f"-env:UserInstallation=file://{tmp_path / 'profil'}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    text = pdf_text((tmp_path / f"{name}.pdf").read_bytes())

    assert missing(document, text) == []
    assert squeezed(document.footer) in squeezed(text)


# ---- the code at the foot of every page ------------------------------------------------------------------------------

CODE = "7KQ2M4ABCD3X"
ADDRESS = "https://rembuk.contoh.id/periksa/7KQ2-M4AB-CD3X/"


def feet(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield what the picture at the foot of each section is called, and the code that a reader finds in it."""
    for section in open_docx(io.BytesIO(data)).sections:
        footer = section.footer
        for drawing in footer._element.iter(qn("wp:anchor")):
            (shown,) = drawing.iter(qn("a:blip"))
            picture = Image.open(io.BytesIO(footer.part.related_parts[shown.get(qn("r:embed"))].blob)).convert("L")
            codes, _other = codes_on(ImageOps.expand(picture, border=40, fill=255))
            yield drawing.find(qn("wp:docPr")).get("descr"), "".join(codes)


@pytest.mark.parametrize("name", ALL)
def test_the_foot_of_every_docx_page_carries_the_code_of_its_paper(name) -> None:
    document = replace(ALL[name](), verify_url=ADDRESS)

    assert list(feet(render_docx([document]))) == [(f"Kode dokumen {CODE}", CODE)]


def test_each_paper_of_a_docx_file_has_its_own_code_at_the_foot() -> None:
    first, second = (replace(ALL[name](), verify_url=f"https://a.id/periksa/{code}/") for name, code in
                     (("F37", "7KQ2M4ABCD3X"), ("F37-RPJM", "7KQ2M4ABCD4Y")))  # fmt: skip

    assert [code for _words, code in feet(render_docx([first, second]))] == ["7KQ2M4ABCD3X", "7KQ2M4ABCD4Y"]


def test_a_paper_without_a_code_has_none_at_the_foot() -> None:
    assert list(feet(render_docx([replace(ALL["F37"](), verify_url="")]))) == []


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here")
def test_libreoffice_draws_the_code_on_every_page(tmp_path) -> None:
    document = replace(ALL["F37-RPJM"](), verify_url=ADDRESS)
    source = tmp_path / "ceklis.docx"
    source.write_bytes(render_docx([document]))
    home = f"-env:UserInstallation=file://{tmp_path}/rumah"
    command = [SOFFICE, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)

    pages = list(pypdfium2.PdfDocument((tmp_path / "ceklis.pdf").read_bytes()))

    found = [codes_on(page.render(scale=4).to_pil().convert("L"))[0] for page in pages]
    assert len(pages) > 1 and found == [(CODE,)] * len(pages)
