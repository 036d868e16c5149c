"""The evidence pack of a forum: every piece with its state, and all of it in one archive."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.guidance.facilitation import pieces_of
from rembuk.cycles.models import Evidence
from rembuk.deliberation.addresses import meeting_address
from rembuk.deliberation.models import Meeting, MeetingPhoto
from rembuk.guidance.facilitation.labels import PIECES
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.queries import Seen, groups_of, reactions_of, tools_of
from rembuk.shared import blobs, papers
from rembuk.shared.files import ENDINGS
from rembuk.shared.models import Paper, StoredFile
from rembuk.shared.sheets import csv_bytes

STAGE = "K9"
EPOCH = (1980, 1, 1, 0, 0, 0)
PAPERS = ("F03", "F04", "F05")


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the page. needed: verification asks for it. words: what is there; link: where it is mended."""

    name: str
    there: bool
    needed: bool
    words: str
    link: str


def pieces_shown(seen: Seen) -> list[Piece]:
    """Return every piece with its state, those that verification asks for first. Three queries."""
    forum, meeting, record = seen.forum, seen.meeting, seen.record
    there = pieces_of(record)
    words = dict.fromkeys(there, "")
    if record is not None:
        words = {
            "minutes": record.minutes_number if record.signed else "",
            "attendance": _("L %(men)d, P %(women)d") % {"men": record.men, "women": record.women},
            "photos": _("%(count)d foto") % {"count": record.photos},
            "notes": _("%(count)d pokok pembicaraan") % {"count": record.notes},
        }
    parts = {"minutes": "berita-acara", "attendance": "hadir", "photos": "foto", "notes": "notulen"}
    found = [
        Piece(str(PIECES[piece]), there[piece], True, words[piece], address(meeting, parts[piece], forum))
        for piece in there
    ]
    return found + own_pieces(forum)


def address(meeting: Meeting | None, part: str, forum: Facilitation) -> str:
    if meeting is None:
        return f"{reverse('deliberation:create', args=[forum.cycle_id])}?jenis=MUSREN"
    return meeting_address(meeting.pk, part)


def own_pieces(forum: Facilitation) -> list[Piece]:
    """Return what this room holds itself."""
    tools, groups, reactions = tools_of(forum.pk), groups_of(forum.pk), reactions_of(forum.pk)
    here = reverse("facilitation:recorded", args=[forum.pk])
    with_photo = sum(tool.photo_id is not None for tool in tools)
    told = _("%(count)d alat, %(photos)d dengan foto") % {"count": len(tools), "photos": with_photo}
    return [
        Piece(_("Alat partisipasi"), bool(tools), False, told, f"{here}#alat"),
        Piece(_("Diskusi kelompok"), bool(groups), False, str(len(groups)), f"{here}#fgd"),
        Piece(_("Tanggapan peserta"), len(reactions) >= 5, False, str(len(reactions)), f"{here}#tanggapan"),
        Piece(_("Catatan pemandu"), bool(forum.note), False, "", f"{here}#catatan"),
    ]


def archive_of(seen: Seen) -> bytes:
    """Return a ZIP of the pieces: papers as PDF, signed scans, photos of meeting and tools, a list of all.

    The same pieces give the same bytes. Rendering may take seconds: call it outside a transaction.
    Raises: RembukError when a kept paper is no longer what its digest says.
    """
    stream = io.BytesIO()
    listed: list[tuple[str, str, str]] = []
    with zipfile.ZipFile(stream, "w") as archive:
        for name, words, data in parts_of(seen):
            listed.append((name, words, str(len(data))))
            put(archive, name, data)
        header = (_("berkas"), _("isi"), _("ukuran (bita)"))
        put(archive, "00-daftar.csv", csv_bytes(header, listed))
    return stream.getvalue()


def put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED if name.endswith((".csv", ".txt")) else zipfile.ZIP_STORED
    archive.writestr(entry, data)


def parts_of(seen: Seen) -> Iterator[tuple[str, str, bytes]]:
    """Yield (name in the archive, what it is, bytes) in a fixed order."""
    forum, meeting = seen.forum, seen.meeting
    for number, (title, file, paper) in enumerate(evidence_files(forum), start=1):
        if file is not None:
            yield f"{number:02d}-{title}{ENDINGS.get(file.content_type, '')}", title, blobs.read(file.sha256)
        elif paper is not None:
            yield f"{number:02d}-{title}.pdf", title, papers.open_paper(paper, "pdf")[0]
    if meeting is not None:
        if meeting.signed_file is not None:
            file = meeting.signed_file
            yield f"berita-acara-pindaian{ENDINGS.get(file.content_type, '')}", "", blobs.read(file.sha256)
        photos = MeetingPhoto.objects.filter(meeting=meeting).select_related("file").order_by("created_at", "id")
        for index, photo in enumerate(photos, start=1):
            yield f"foto-{index:02d}.jpg", photo.caption, blobs.read(photo.file.sha256)
    for index, tool in enumerate(tools_of(forum.pk), start=1):
        if tool.photo is not None:
            yield f"alat-{index:02d}-{tool.tool}.jpg", tool.purpose, blobs.read(tool.photo.sha256)
    if forum.note:
        yield "catatan-pemandu.txt", _("Catatan pemandu"), forum.note.encode()


def evidence_files(forum: Facilitation) -> Iterator[tuple[str, StoredFile | None, Paper | None]]:
    rows = Evidence.objects.filter(
        cycle_id=forum.cycle_id, stage=STAGE, paper_code__in=PAPERS, withdrawn_at__isnull=True
    ).select_related("file", "paper")
    for row in rows.order_by("paper_code", "document_date", "id"):
        yield row.paper_code, row.file, row.paper
