"""Three calm drawings that stand for photos, and the letters and scans that people would have uploaded."""

import io
import math
from datetime import date

from PIL import Image, ImageDraw

from rembuk.core.documents.frame import Frame, Person, VillageHeading, signed
from rembuk.core.documents.model import Paragraph, Part, Signatures
from rembuk.documents.renderers.pdf import render_pdf

SIZE = (960, 640)
SKY, WATER, LEAF, WOOD, WOOD_DARK, WALL, ROOF = (
    (226, 236, 240),
    (150, 182, 192),
    (122, 156, 128),
    (176, 138, 98),
    (122, 92, 64),
    (240, 230, 210),
    (150, 84, 66),
)
SKINS = ((198, 152, 116), (176, 128, 92), (214, 172, 134))
CLOTHES = ((94, 126, 142), (170, 112, 92), (128, 140, 96), (112, 98, 130), (196, 164, 96))
LETTERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "pagu": (
        "Surat Pagu Indikatif",
        (
            "Bersama ini disampaikan pagu indikatif Desa untuk tahun anggaran 2027 menurut sumbernya. "
            "Dana Desa untuk Koperasi Desa Merah Putih dicatat terpisah dan tidak direncanakan oleh Desa.",
            "Angka tiap Desa tercantum dalam daftar pagu pada sistem.",
        ),
    ),
    "pagu-terlambat": (
        "Surat Pagu Indikatif dan Keterangan Keterlambatan",
        (
            "Pagu indikatif Desa di dua kecamatan terbit pada 19 Agustus 2026 karena penyesuaian perhitungan. "
            "Keterlambatan ini bukan kelalaian Desa dan menghentikan jam tenggat selama sembilan belas hari.",
        ),
    ),
    "keputusan-bpd": (
        "Keputusan BPD tentang Kesepakatan Rancangan Perdes RKP Desa",
        ("BPD menyepakati Rancangan Peraturan Desa tentang RKP Desa tahun 2027 bersama Kepala Desa.",),
    ),
    "persetujuan": (
        "Catatan Persetujuan Kepala Desa",
        ("Rancangan RKP Desa tahun 2027 diperiksa dan disetujui untuk dibawa ke Musrenbang Desa.",),
    ),
    "serah-terima": (
        "Berita Acara Serah Terima Hasil Kegiatan",
        ("Pelaksana kegiatan menyerahkan hasil pekerjaan dalam keadaan baik kepada Kepala Desa.",),
    ),
    "pengantar": (
        "Surat Pengantar Perdes RKP Desa",
        ("Bersama ini dikirim Peraturan Desa tentang RKP Desa tahun 2027 untuk klarifikasi. Tanda terima: kecamatan.",),
    ),
}


def river_hall() -> bytes:
    """A hall on stilts beside the water."""
    image, draw = canvas()
    draw.rectangle((0, 400, 960, 640), fill=WATER)
    for x in range(0, 960, 64):
        draw.arc((x, 470 + x % 3 * 30, x + 90, 492 + x % 3 * 30), 200, 340, fill=(176, 204, 212), width=3)
    draw.ellipse((-140, 250, 260, 470), fill=LEAF)
    draw.ellipse((700, 270, 1120, 470), fill=LEAF)
    for x in range(270, 700, 70):
        draw.rectangle((x, 400, x + 12, 500), fill=WOOD_DARK)
    draw.rectangle((240, 260, 720, 392), fill=WALL)
    draw.rectangle((220, 388, 740, 406), fill=WOOD)
    draw.polygon(((200, 264), (760, 264), (640, 160), (320, 160)), fill=ROOF)
    for x in (280, 380, 600):
        draw.rectangle((x, 296, x + 56, 350), fill=(132, 160, 170))
    draw.rectangle((476, 290, 546, 390), fill=WOOD_DARK)
    draw.polygon(((90, 520), (250, 520), (222, 556), (118, 556)), fill=WOOD)
    return saved(image)


def board_walk() -> bytes:
    """A path of ulin boards that has lost two of them."""
    image, draw = canvas()
    draw.rectangle((0, 300, 960, 640), fill=LEAF)
    draw.ellipse((-200, 340, 560, 760), fill=(136, 170, 142))
    left, right = ((430, 300), (180, 640)), ((530, 300), (780, 640))
    for step in range(15):
        if step in (8, 9):
            continue
        near, far = (step / 15) ** 1.5, ((step + 0.82) / 15) ** 1.5
        corners = [between(left, near), between(right, near), between(right, far), between(left, far)]
        draw.polygon(corners, fill=WOOD if step % 2 else (164, 126, 88), outline=WOOD_DARK)
    for x in range(60, 960, 210):
        draw.rectangle((x, 190, x + 12, 320), fill=WOOD_DARK)
        draw.ellipse((x - 56, 120, x + 66, 240), fill=(104, 142, 112))
    return saved(image)


def round_table() -> bytes:
    """People round a table."""
    image, draw = canvas(background=WALL)
    draw.rectangle((0, 470, 960, 640), fill=(206, 186, 156))
    for number in range(9):
        angle = math.pi * (1.02 + 0.12 * number)
        x, y = 480 + 360 * math.cos(angle), 400 + 170 * math.sin(angle)
        draw.ellipse((x - 44, y + 24, x + 44, y + 150), fill=CLOTHES[number % 5])
        draw.ellipse((x - 27, y - 26, x + 27, y + 30), fill=SKINS[number % 3])
        if number % 2:
            draw.pieslice((x - 32, y - 36, x + 32, y + 34), 180, 360, fill=CLOTHES[(number + 2) % 5])
    draw.ellipse((150, 390, 810, 590), fill=WOOD)
    draw.ellipse((170, 396, 790, 566), fill=(190, 152, 112))
    for x in (300, 430, 560, 670):
        draw.polygon(((x, 450), (x + 70, 446), (x + 78, 492), (x + 6, 498)), fill=(250, 248, 242))
    return saved(image)


def canvas(background: tuple[int, int, int] = SKY) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", SIZE, background)
    return image, ImageDraw.Draw(image)


def between(edge: tuple[tuple[int, int], tuple[int, int]], share: float) -> tuple[float, float]:
    (x0, y0), (x1, y1) = edge
    return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share


def saved(image: Image.Image) -> bytes:
    """Return the picture as JPEG with the words that it is an example."""
    ImageDraw.Draw(image).text((16, 612), "Data contoh: gambar, bukan foto", fill=(70, 70, 70))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=82)
    return buffer.getvalue()


def letter(name: str, day: date) -> bytes:
    """Return one of LETTERS as a PDF that says it is an example."""
    title, paragraphs = LETTERS[name]
    frame = Frame(
        VillageHeading("Contoh", "Contoh", "Kutai Kartanegara", "Kalimantan Timur"),
        day,
        place="Tenggarong",
        sample=True,
    )
    parts: list[Part] = [
        *[Paragraph(text) for text in paragraphs],
        Signatures(
            ((signed("Yang menandatangani", Person("(tanda tangan pada naskah asli)")),),), frame.place_and_date
        ),
    ]
    return render_pdf([frame.document(code="F36", title=title, heading=(title.upper(),), parts=parts)])
