"""The assessment (PKD) of one village of the example, written through the same services as a real one."""

import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PIL import Image, ImageDraw

from rembuk.assessment import services
from rembuk.assessment.models import Assessment, Entry
from rembuk.assessment.services import DataLine, EntryValues, Marks
from rembuk.core.hat import Hat, Role
from rembuk.proposals.services import propose_action, record_ideas
from rembuk.proposals.services.lists import Line
from rembuk.proposals.values import ProposalValues
from rembuk.seed import chance
from rembuk.seed.places import MELINTANG
from rembuk.seed.scene import Scene, moment

START, END = 2027, 2034
DAY = date(2026, 8, 12)
AT = moment(DAY, 9)
EDGE = (1280, 860)

VOLUMES: dict[str, str] = {
    "Ladang dan tegalan": "46",
    "Kebun rakyat": "118,5",
    "Lahan rawa dan gambut": "1240",
    "Sungai yang melintasi desa": "7,4",
    "Danau, kolam, dan tambak": "11000",
    "Ternak besar": "86",
    "Tempat wisata alam": "2",
    "Penduduk laki-laki": "612",
    "Penduduk perempuan": "588",
    "Kepala keluarga": "341",
    "Keluarga dengan kepala keluarga perempuan": "38",
    "Rumah tangga miskin": "74",
    "Petani": "41",
    "Nelayan dan pembudi daya ikan": "287",
    "Perajin dan pelaku usaha kecil": "52",
    "Pedagang": "29",
    "Tidak tamat SD": "133",
    "Tamat SD": "402",
    "Tamat SMP": "176",
    "Tamat SMA atau SMK": "148",
    "Tamat perguruan tinggi": "31",
    "Titian kayu": "3850",
    "Jembatan": "6",
    "Dermaga atau tambatan perahu": "2",
    "Balai desa dan balai pertemuan": "1",
    "Sambungan air bersih": "124",
    "Sambungan listrik": "318",
    "PAUD dan TK": "1",
    "Sekolah dasar": "2",
    "Posyandu": "3",
    "Bidan dan perawat desa": "2",
    "Kios dan warung": "24",
    "BUM Desa dan koperasi": "1",
    "Kelompok nelayan": "9",
    "Kelompok perempuan": "4",
    "Penyertaan modal pada BUM Desa": "150000000",
    "Masjid dan musala": "4",
    "Lembaga adat": "1",
    "Upacara dan tradisi yang masih dijalankan": "2",
    "Karang taruna dan kelompok pemuda": "1",
    "PKK dan dasawisma": "8",
    "Gotong royong rutin": "12",
}


@dataclass(frozen=True, slots=True)
class Point:
    """What stands on the sketch: kind, words, hamlet (by order), thousandths from the left and the top."""

    kind: str
    text: str
    hamlet: int
    x: int
    y: int


POINTS = (
    Point("problem", "Titian lapuk sepanjang 400 meter", 0, 210, 330),
    Point("problem", "Dermaga miring, perahu sekolah sulit sandar", 1, 470, 520),
    Point("problem", "Air minum diambil langsung dari danau", 3, 805, 640),
    Point("potential", "Kelompok tukang ulin", 0, 300, 220),
    Point("potential", "Danau untuk wisata dan keramba", 3, 880, 760),
    Point("potential", "Lahan kosong milik desa dekat balai", 1, 560, 330),
)
CALENDAR = (
    ("problem", "Banjir merendam titian dan rumah", (2, 1, 2, 3, 3, 1, 0, 0, 0, 0, 1, 2)),
    ("problem", "Danau surut, perahu tidak bisa lewat", (0, 0, 0, 0, 0, 0, 1, 3, 3, 2, 0, 0)),
    ("activity", "Panen ikan", (1, 1, 1, 0, 0, 1, 2, 3, 3, 2, 1, 1)),
    ("condition", "Harga ikan jatuh", (0, 0, 0, 0, 0, 0, 1, 2, 3, 2, 0, 0)),
    ("potential", "Ikan berlimpah untuk diolah menjadi ikan asin", ()),
)
BODIES = (
    ("Posyandu Melati", "Timbang balita dan periksa ibu hamil", 5, 3),
    ("Kelompok nelayan Sepakat", "Menjaga aturan tangkap di danau", 4, 3),
    ("BUM Desa", "Menjual es dan solar", 3, 2),
    ("Lembaga adat", "Menyelesaikan sengketa wilayah tangkap", 4, 2),
    ("Koperasi Desa Merah Putih", "Baru berdiri", 2, 1),
    ("Dinas Perikanan", "Penyuluhan setahun sekali", 1, 2),
)
SAID = (
    ("BUM Desa", "problem", "Es habis pada puncak panen ikan"),
    ("Kelompok nelayan Sepakat", "potential", "Aturan adat melarang setrum sudah berjalan"),
    ("Dinas Perikanan", "problem", "Penyuluh jarang datang karena jauh"),
)
TREE_EFFECTS = "Anak sering sakit perut\n  Tidak masuk sekolah\nUang habis untuk air galon"
TREE_CAUSES = (
    "Sambungan air bersih baru sampai sepertiga rumah\n  Pompa hanya satu\n  Pipa belum sampai Seberang\n"
    "Sumur bor payau\nWarga terbiasa memakai air danau"
)
STUDY: dict[str, tuple[str, tuple[str, ...], int, tuple[tuple[str, bool], ...]]] = {
    "Titian lapuk sepanjang 400 meter": (
        "Kayu sudah lebih dari sepuluh tahun dan terendam setiap banjir",
        ("Kelompok tukang ulin",),
        2,
        (("Ganti papan dan tiang titian dengan ulin", True), ("Timbun menjadi jalan tanah", False)),
    ),
    "Air minum diambil langsung dari danau": (
        "",
        ("Lahan kosong milik desa dekat balai",),
        2,
        (("Tambah pompa dan sambungan air bersih ke Seberang", True),),
    ),
    "Es habis pada puncak panen ikan": (
        "Mesin es kecil dan listrik sering padam",
        ("Ikan berlimpah untuk diolah menjadi ikan asin",),
        4,
        (("Latih pengolahan ikan bagi kelompok perempuan", True), ("Beli mesin es baru", True)),
    ),
}
POINTS_GIVEN: dict[str, tuple[tuple[int, int, int, int, int], tuple[int, int, int, int, int]]] = {
    "Titian lapuk sepanjang 400 meter": ((5, 4, 4, 4, 5), (5, 5, 3, 4, 4)),
    "Air minum diambil langsung dari danau": ((4, 5, 3, 5, 3), (5, 5, 3, 5, 3)),
    "Es habis pada puncak panen ikan": ((4, 3, 5, 4, 3), (3, 2, 5, 3, 3)),
    "Banjir merendam titian dan rumah": ((5, 4, 4, 5, 2), (5, 4, 3, 5, 2)),
}
ACTION_POINTS: dict[str, tuple[int, int, int, int, int]] = {
    "Ganti papan dan tiang titian dengan ulin": (5, 4, 4, 4, 5),
    "Tambah pompa dan sambungan air bersih ke Seberang": (4, 5, 3, 5, 4),
    "Latih pengolahan ikan bagi kelompok perempuan": (4, 3, 5, 4, 5),
    "Beli mesin es baru": (3, 3, 4, 3, 2),
}
IDEAS: tuple[tuple[int, str, tuple[tuple[str, str, str, int, int, int], ...]], ...] = (
    (
        0,
        "",
        (
            ("Titian ulin dari RT 01 ke sekolah", "400", "meter", 160, 154, 61),
            ("Tambatan perahu sekolah", "1", "unit", 48, 52, 20),
        ),
    ),
    (1, "PEREMPUAN", (("Rumah produksi ikan asin bersama", "1", "unit", 0, 36, 22),)),
    (3, "DIFABEL", (("Jalan landai ke balai desa", "2", "titik", 7, 6, 5),)),
)
INTRODUCTION = (
    "Pengkajian dilakukan tim penyusun bersama warga empat dusun, kelompok perempuan, pemuda, dan lembaga adat. "
    "Data dikumpulkan dari rumah ke rumah, lalu dibahas dengan sketsa, kalender musim, dan bagan kelembagaan."
)


def plant(scenes: list[Scene]) -> bool:
    """Write the assessment of Melintang, when it is told of at all. Returns whether it was."""
    scene = next((scene for scene in scenes if scene.village.id == MELINTANG), None)
    if scene is None:
        return False
    hat = Hat(scene.person(Role.TIM), scene.name(Role.TIM), Role.TIM, scene.village.place, scene.village.full_name)
    assessment = services.open_assessment(
        assessment_id=scene.key("pkd"), village_id=MELINTANG, start_year=START, end_year=END, actor=hat, at=AT
    )
    fill_data(scene, assessment, hat)
    fill_sketch(scene, assessment, hat)
    fill_calendar(scene, assessment, hat)
    fill_institutions(scene, assessment, hat)
    grow_tree(scene, assessment, hat)
    study(scene, assessment, hat)
    collect_ideas(scene, assessment, hat)
    services.write_report(
        assessment_id=assessment.id,
        version=Assessment.objects.get(pk=assessment.id).version,
        introduction=INTRODUCTION,
        conclusion="",
        actor=hat,
        at=AT,
    )
    return True


def fill_data(scene: Scene, assessment: Assessment, hat: Hat) -> None:
    """Fill what the village knows, and file the three lists that are ready."""
    for section in ("natural", "human", "development", "social"):
        rows = assessment.data.filter(section=section)
        lines = [DataLine(row.id, row.version, row.name, row.part, volume_of(row.name), row.unit) for row in rows]
        services.save_data(assessment_id=assessment.id, section=section, lines=lines, actor=hat, at=AT)
        if section != "social":
            services.file_data(assessment_id=assessment.id, section=section, day=DAY, today=DAY, actor=hat, at=AT)


def volume_of(name: str) -> Decimal | None:
    text = VOLUMES.get(name)
    return Decimal(text.replace(",", ".")) if text else None


def put(scene: Scene, assessment: Assessment, hat: Hat, values: EntryValues) -> Entry:
    key = scene.key("pkd", values.tool, values.text)
    return services.put_entry(entry_id=key, assessment_id=assessment.id, values=values, actor=hat, at=AT)


def fill_sketch(scene: Scene, assessment: Assessment, hat: Hat) -> None:
    sketch = services.put_sketch(
        sketch_id=scene.key("pkd", "sketsa"),
        assessment_id=assessment.id,
        title="Sketsa Desa Melintang",
        ground="picture",
        picture=drawing(),
        name="sketsa-melintang.png",
        actor=hat,
        at=AT,
    )
    for point in POINTS:
        hamlet = scene.hamlets[point.hamlet]
        put(
            scene,
            assessment,
            hat,
            EntryValues(
                "sketch", point.kind, point.text, hamlet_id=hamlet.id, sketch_id=sketch.id, x=point.x, y=point.y
            ),
        )


def fill_calendar(scene: Scene, assessment: Assessment, hat: Hat) -> None:
    for kind, text, marks in CALENDAR:
        put(scene, assessment, hat, EntryValues("seasons", kind, text, marks=marks))


def fill_institutions(scene: Scene, assessment: Assessment, hat: Hat) -> None:
    keys = {}
    for name, role, closeness, size in BODIES:
        keys[name] = scene.key("pkd", "lembaga", name)
        services.put_institution(
            institution_id=keys[name],
            assessment_id=assessment.id,
            name=name,
            role=role,
            closeness=closeness,
            size=size,
            actor=hat,
            at=AT,
        )
    for name, kind, text in SAID:
        put(scene, assessment, hat, EntryValues("institutions", kind, text, institution_id=keys[name]))


def grow_tree(scene: Scene, assessment: Assessment, hat: Hat) -> None:
    services.put_tree(
        tree_id=scene.key("pkd", "pohon"),
        assessment_id=assessment.id,
        problem_id=scene.key("pkd", "sketch", "Air minum diambil langsung dari danau"),
        effects=TREE_EFFECTS,
        causes=TREE_CAUSES,
        actor=hat,
        at=AT,
    )


def study(scene: Scene, assessment: Assessment, hat: Hat) -> None:
    """Study three problems, say what is feasible, and let two groups give their points."""
    by_text = {entry.text: entry for entry in assessment.entries.all()}
    actions = {}
    for text, (cause, helping, field, ways) in STUDY.items():
        problem = by_text[text]
        services.study_problem(
            entry_id=problem.id,
            version=problem.version,
            cause=cause or problem.cause,
            potentials=[by_text[name].id for name in helping],
            field=field,
            actor=hat,
            at=AT,
        )
        for way, feasible in ways:
            actions[way] = scene.key("pkd", "tindakan", way)
            services.put_action(
                action_id=actions[way], problem_id=problem.id, text=way, feasible=feasible, actor=hat, at=AT
            )
    for number, group in enumerate(("kelompok perempuan", "wakil dusun")):
        marks = [Marks(by_text[text].id, points[number]) for text, points in POINTS_GIVEN.items()]
        give(assessment, "problem", group, marks, hat)
    give(assessment, "action", "wakil dusun", [Marks(actions[way], given) for way, given in ACTION_POINTS.items()], hat)


def give(assessment: Assessment, what: str, group: str, marks: list[Marks], hat: Hat) -> None:
    services.enter_scores(
        assessment_id=assessment.id, what=what, scorer_group=group, marks=marks, day=DAY, today=DAY, actor=hat, at=AT
    )


def collect_ideas(scene: Scene, assessment: Assessment, hat: Hat) -> None:
    """Write the ideas of one hamlet and two groups, and make the first feasible action one."""
    for hamlet, group, ideas in IDEAS:
        lines = [
            Line(
                scene.key("pkd", "gagasan", group, title),
                ProposalValues(
                    title=title,
                    hamlet_id=scene.hamlets[hamlet].id,
                    volume=Decimal(volume),
                    unit=unit,
                    beneficiaries_male=men,
                    beneficiaries_female=women,
                    beneficiaries_poor=poor,
                ),
            )
            for title, volume, unit, men, women, poor in ideas
        ]
        record_ideas(assessment_id=assessment.id, lines=lines, group=group, actor=hat, at=AT)
    propose_action(action_id=scene.key("pkd", "tindakan", next(iter(ACTION_POINTS))), actor=hat, at=AT)


def drawing() -> bytes:
    """A sketch as a hall draws it with felt pens on brown paper: the lake, the river, titian and houses."""
    wide, high = EDGE
    image = Image.new("RGB", EDGE, (233, 220, 194))
    draw = ImageDraw.Draw(image)
    luck = chance.of("pkd", "gambar")
    draw.polygon([(wide, 470), (1010, 560), (930, 700), (1000, high), (wide, high)], fill=(168, 200, 212))
    draw.line([(0, 560), (260, 520), (520, 590), (760, 540), (1010, 600)], fill=(120, 166, 186), width=46)
    draw.line([(60, 300), (360, 250), (640, 330), (940, 300)], fill=(122, 92, 64), width=9)
    draw.line([(360, 250), (420, 540)], fill=(122, 92, 64), width=7)
    draw.line([(640, 330), (610, 560)], fill=(122, 92, 64), width=7)
    for left, top in ((90, 210), (200, 370), (330, 150), (470, 370), (570, 230), (700, 400), (820, 200), (980, 380)):
        for _house in range(3):
            x, y = left + luck.randint(-40, 40), top + luck.randint(-30, 30)
            draw.rectangle((x, y, x + 34, y + 22), outline=(60, 52, 40), width=3)
            draw.polygon([(x - 6, y), (x + 17, y - 18), (x + 40, y)], outline=(150, 84, 66), width=3)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
