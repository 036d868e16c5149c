"""Files are taken for what they are: small, clean, whole, and only by those whose place they belong to."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.hat import Place
from rembuk.shared import blobs, files, photos
from rembuk.shared.models import StoredFile, TrailEntry
from shared.samples import loa_duri_ilir, secretary

VILLAGE = "64.02.04.2001"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: object) -> Iterator[Path]:
    settings.MEDIA_ROOT = tmp_path / "berkas"  # type: ignore[attr-defined]
    yield tmp_path / "berkas"


def picture(kind: str = "JPEG", size: tuple[int, int] = (2400, 1800), mode: str = "RGB", **save: object) -> bytes:
    # Noise: the hardest picture to make small.
    image = Image.effect_noise(size, 80).convert(mode)
    out = io.BytesIO()
    image.save(out, kind, **save)
    return out.getvalue()


def taken(when: str, offset: str = "") -> bytes:
    exif = Image.Exif()
    inner = exif.get_ifd(0x8769)
    inner[0x9003] = when
    if offset:
        inner[0x9011] = offset
    exif.get_ifd(0x8825)[1] = "S"
    exif[0x010F] = "Kamera Rahasia"
    return picture(size=(400, 300), exif=exif)


def office(*names: str, content: bytes = b"<x/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return out.getvalue()


def keep(data: bytes, name: str = "foto.jpg", **more: object) -> StoredFile:
    return files.store(data, name=name, village_id=loa_duri_ilir(), hat=secretary(), **more)  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_shrunk_and_kept_under_its_digest(kind: str, folder: Path) -> None:
    row = keep(picture(kind), "Foto: jembatan.png")
    stored = files.read(row)
    with Image.open(io.BytesIO(stored)) as image:
        assert (image.format, image.size) == ("JPEG", (1280, 960))
    assert len(stored) == row.size <= 200_000
    assert (row.name, row.content_type) == ("Foto: jembatan.jpg", "image/jpeg")
    path = folder / row.sha256[:2] / row.sha256[2:4] / row.sha256
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (stored, 0o600)
    assert [p.name for p in path.parent.iterdir()] == [row.sha256]


@pytest.mark.django_db
def test_hidden_data_goes_and_the_time_of_capture_stays() -> None:
    row = keep(taken("2026:06:09 09:15:00"))
    assert row.captured_at == datetime(2026, 6, 9, 1, 15, tzinfo=UTC), "without an offset it is WITA"
    with Image.open(io.BytesIO(files.read(row))) as image:
        assert dict(image.getexif()) == {}
    assert b"Kamera Rahasia" not in files.read(row)


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("2026:06:09 09:15:00", "+07:00", datetime(2026, 6, 9, 2, 15, tzinfo=UTC)),
        ("0000:00:00 00:00:00", "", None),
        ("kemarin", "", None),
    ],
)
def test_the_time_of_capture_is_read_with_its_offset(text: str, offset: str, expected: datetime | None) -> None:
    assert photos.shrink(taken(text, offset)).captured_at == expected


def test_a_small_picture_is_not_blown_up_and_a_scan_stays_sharp() -> None:
    small = photos.shrink(picture(size=(300, 200))).data
    scan = photos.shrink(picture(size=(3000, 2000)), scan=True).data
    assert Image.open(io.BytesIO(small)).size == (300, 200)
    assert max(Image.open(io.BytesIO(scan)).size) > 1280
    assert len(scan) <= 1_000_000


def test_a_transparent_picture_lies_on_white_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(photos.shrink(out.getvalue()).data)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("size", [(30_000, 30_000), (9_000, 9_000)])
def test_a_picture_that_unfolds_into_memory_is_refused(size: tuple[int, int]) -> None:
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    assert len(out.getvalue()) < 200_000
    with pytest.raises(BadInputError, match="file-too-many-pixels"):
        photos.shrink(out.getvalue())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"MZ\x90\x00", "file-kind"),
        (b"<html><script>alert(1)</script>", "file-kind"),
        (b"GIF89a" + b"\x00" * 50, "file-kind"),
        (picture(size=(200, 200))[:800], "file-broken"),
        (b"\xff\xd8\xff" + b"\x00" * 100, "file-broken"),
        (b"PK\x03\x04 half a zip", "file-broken"),
        (office("readme.txt"), "file-kind"),
        (office("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "file-macro"),
        (office("[Content_Types].xml", "word/document.xml", content=b"\0" * (101 * 1024 * 1024)), "file-bomb"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_taken_is_named_and_nothing_is_kept(data: bytes, code: str, folder: Path) -> None:
    with pytest.raises(BadInputError, match=code):
        keep(data)
    assert not StoredFile.objects.exists()
    assert not folder.exists()


@pytest.mark.django_db
def test_the_limit_is_exact(settings: object) -> None:
    pdf = b"%PDF-1.7\n" + b"x" * (1024 * 1024)
    settings.MAX_UPLOAD_BYTES = len(pdf)  # type: ignore[attr-defined]
    assert keep(pdf, "a.pdf").size == len(pdf)
    with pytest.raises(BadInputError, match="file-too-large"):
        files.take(io.BytesIO(pdf + b"y"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "kind", "name"),
    [
        (b"%PDF-1.4", files.PDF, "sk.pdf"),
        (office("[Content_Types].xml", "word/document.xml"), files.DOCX, "sk.docx"),
        (office("[Content_Types].xml", "xl/workbook.xml"), files.XLSX, "sk.xlsx"),
    ],
)
def test_papers_are_kept_as_they_are_under_their_true_ending(data: bytes, kind: str, name: str) -> None:
    row = keep(data, "sk.pdf")
    assert (files.read(row), row.content_type, row.name) == (data, kind, name)


@pytest.mark.django_db
def test_the_same_file_sent_twice_is_one_row_and_one_trail() -> None:
    hat = secretary()
    first, second = (files.store(b"%PDF-1.4", name="sk.pdf", village_id=loa_duri_ilir(), hat=hat) for _ in range(2))
    assert first.pk == second.pk
    (entry,) = TrailEntry.objects.filter(table_name="shared_storedfile")
    assert (entry.act, entry.person) == ("files.store", str(hat.person_id))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Dokumen\\SK Tim.PDF", "SK Tim.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("", "berkas.pdf"),
        ("x" * 300, "x" * 190 + ".pdf"),
        ("laporan v1.2", "laporan v1.2.pdf"),
    ],
)
def test_a_name_is_made_harmless(given: str, kept: str) -> None:
    assert files.clean_name(given, files.PDF) == kept


@pytest.mark.django_db
def test_a_file_that_changed_on_disk_is_not_handed_out() -> None:
    row = keep(b"%PDF-1.4", "a.pdf")
    blobs.path_of(row.sha256).write_bytes(b"%PDF-9.9")
    with pytest.raises(RembukError, match="file-altered"):
        files.read(row)
    blobs.path_of(row.sha256).unlink()
    with pytest.raises(RembukError, match="file-lost"):
        files.read(row)


@pytest.mark.django_db
def test_a_file_lies_where_it_belongs() -> None:
    hat = secretary()
    assert keep(b"%PDF-1.4", "a.pdf").place == Place("64.02", "64.02.04", VILLAGE)
    own = files.store(b"%PDF-1.4", name="b.pdf", village_id="", hat=hat)
    assert own.place == Place("64.02", "64.02.04")
