"""Planting the example: places, people, then village by village in memory, and everything written in a few batches."""

import gc
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

from rembuk.budgeting.models import AllocationRun, ProposalLink
from rembuk.core.hat import Hat, command_hat
from rembuk.cycles.models import Cycle, Evidence, Excuse, StageRecord
from rembuk.cycles.procedure import SETTING, procedure_of
from rembuk.cycles.services import remind_deadlines
from rembuk.cycles.services.opening import records_of
from rembuk.deliberation.models import (
    Attendance,
    AttendanceTally,
    BallotBundle,
    Decision,
    Meeting,
    MeetingPhoto,
    MeetingProposal,
    ScoreSheet,
    SpokenNote,
)
from rembuk.funding.models import Ceiling
from rembuk.plans.models import (
    AgreedChange,
    DuRkpdesItem,
    Implementer,
    ItemFunding,
    ItemProposal,
    RabLine,
    RkpdesItem,
    RkpdesVersion,
    Rpjmdes,
    RpjmdesItem,
    Team,
    TeamMember,
    TechnicalCheck,
)
from rembuk.proposals.models import FieldCheck, NumberSeries, Proposal, ProposalPhoto, ProposalStep
from rembuk.regions.models import Hamlet, Regency, Rt, Village
from rembuk.seed import (
    assessing,
    ceilings,
    chance,
    clinic,
    commenting,
    evaluation,
    evidence,
    facilitation,
    groundwork,
    last_meetings,
    meetings,
    mentoring,
    monthly,
    pictures,
    planning,
    programme,
    proposing,
    residents,
    season,
    support,
    training,
)
from rembuk.seed.last_year import plant_last_year
from rembuk.seed.people import plant_people
from rembuk.seed.places import REGENCY, plant_places
from rembuk.seed.scene import Rows, Scene
from rembuk.seed.story import BUDGET_YEAR, LATE_LETTER_DATE, LETTER_DATE, PLAN_YEAR, TARGETS, TODAY, Story, stories_of
from rembuk.shared import blobs, clock, files, trail
from rembuk.shared.models import Origin, Paper, StoredFile
from rembuk.shared.trail.seal import seal_new

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUNDWORK: tuple[type[Model], ...] = (StoredFile, Cycle, Ceiling, Team, TeamMember, Rpjmdes, RpjmdesItem)
ASKED: tuple[type[Model], ...] = (Proposal, NumberSeries, ProposalStep, FieldCheck, ProposalPhoto, DuRkpdesItem)
MET: tuple[type[Model], ...] = (
    Meeting,
    Attendance,
    AttendanceTally,
    Decision,
    SpokenNote,
    MeetingPhoto,
    MeetingProposal,
    ScoreSheet,
    BallotBundle,
    AllocationRun,
    ProposalLink,
)
PLANNED: tuple[type[Model], ...] = (
    RkpdesVersion,
    RkpdesItem,
    ItemFunding,
    ItemProposal,
    RabLine,
    TechnicalCheck,
    Implementer,
    AgreedChange,
)
PROVEN: tuple[type[Model], ...] = (Paper, Evidence, StageRecord, Excuse)
PICTURES = {"balai": pictures.river_hall, "titian": pictures.board_walk, "musyawarah": pictures.round_table}
NAMES = {
    "balai": "balai-desa.jpg",
    "titian": "titian.jpg",
    "musyawarah": "musyawarah.jpg",
    "pagu": "surat-pagu-indikatif.pdf",
    "keputusan-bpd": "keputusan-bpd.pdf",
    "persetujuan": "catatan-persetujuan.pdf",
    "pengantar": "surat-pengantar.pdf",
}


def plant_all(report: Callable[[str], None], only: Sequence[str] = ()) -> None:
    """Do what `rembuk.seed.plant` promises."""
    if settings.DEMO:
        clock.start_example(settings.DATA_DIR)
    hat = command_hat("contoh", REGENCY)
    with without_collector():
        villages, scenes = ground(hat, only)
        report(f"{len(villages)} desa, dusun, RT, dan akun")
        rows = Rows()
        tell_all(scenes, rows)
        write(hat, rows, scenes, report)
        if assessing.plant(scenes):
            report("pengkajian keadaan desa Melintang")
        if handed := residents.plant():
            report(f"{handed} usulan warga lewat HP")
        if written := commenting.plant():
            report(f"{written} tanggapan warga atas rancangan RKP")
        if works := plant_last_year(scenes):
            report(f"{works} pekerjaan tahun lalu di Melintang")
        report(f"{last_meetings.plant(scenes, hat)} musyawarah tahun lalu")
        if forums := facilitation.plant(scenes):
            report(f"{forums} Musrenbang terfasilitasi")
        if scheduled := season.plant(scenes):
            report(f"{scheduled} forum dalam jadwal musim")
        if reviews := evaluation.plant(scenes):
            report(f"{reviews} rancangan di meja evaluasi")
        if visits := mentoring.plant(scenes):
            report(f"{visits} kunjungan pendampingan")
        if batches := training.plant():
            report(f"{batches} angkatan pelatihan")
        if questions := clinic.plant():
            report(f"{questions} pertanyaan Klinik Desa")
        if months := monthly.plant(scenes):
            report(f"{months} laporan bulanan pendamping")
        if requests := support.plant():
            report(f"{requests} permintaan dukungan teknis")
        if activities := programme.plant():
            report(f"{activities} kegiatan rencana pembinaan")
    refresh_statistics()
    told = remind_deadlines(TODAY)
    report(f"{told} pemberitahuan tenggat")
    sealed = seal_new(full=True)
    report(f"{sealed} baris jejak disegel")


def refresh_statistics() -> None:
    """Let PostgreSQL count what was planted: it would go on planning its queries for empty tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def without_collector() -> "Iterator[None]":
    """Spare the garbage collector from walking a hundred thousand rows again and again: a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@transaction.atomic
def ground(hat: Hat, only: Sequence[str]) -> tuple[list[Village], list[Scene]]:
    """Load the places, the people and the regency's own targets; return the villages and their scenes."""
    villages = plant_places(hat, only)
    plant_people(hat, villages)
    regency = Regency.objects.get(pk=REGENCY)
    targets = {stage: list(day) for stage, day in TARGETS.items()}
    with trail.acting(hat, "seed.procedure"):
        regency.settings = {**regency.settings, SETTING: {"targets": targets, "off": [], "version": 1}}
        regency.save(update_fields=["settings"])
    return villages, scenes_of(villages, regency)


def scenes_of(villages: list[Village], regency: Regency) -> list[Scene]:
    """Return one scene per village, with its places and its cycle, told up to nothing yet."""
    stories = stories_of(villages)
    hamlets, rts = by_village(Hamlet), by_village(Rt)
    name = regency.name.removeprefix("Kabupaten ")
    profile = procedure_of(regency).profile.code
    return [
        Scene(
            village=village,
            story=stories[village.id],
            hamlets=hamlets[village.id],
            rts=rts[village.id],
            cycle=Cycle(
                id=chance.key("siklus", village.id),
                village=village,
                plan_year=PLAN_YEAR,
                budget_year=BUDGET_YEAR,
                profile=profile,
            ),
            regency_name=name,
            province_name=regency.province_name,
        )
        for village in villages
    ]


def by_village(model: "type[Hamlet] | type[Rt]") -> dict[str, list]:  # type: ignore[type-arg]
    found: dict[str, list] = defaultdict(list)  # type: ignore[type-arg]
    for row in model.objects.all():
        found[row.village_id].append(row)
    return found


def tell_all(scenes: list[Scene], rows: Rows) -> None:
    """Tell the year of every village, in memory."""
    kept = kept_files()
    profile = procedure_of(Regency.objects.get(pk=REGENCY)).profile
    for scene in scenes:
        scene.files = files_of(scene, kept)
        rows.extend(scene.files.values())
        rows.add(scene.cycle)
        ceilings.tell(scene, rows)
        groundwork.tell(scene, rows)
        proposing.tell(scene, rows)
        meetings.tell(scene, rows)
        planning.tell(scene, rows)
        records = records_of(scene.cycle, profile)
        for record in records:
            record.id = scene.key("tahap", record.stage)
        evidence.tell(scene, rows, records)


def write(hat: Hat, rows: Rows, scenes: list[Scene], report: Callable[[str], None]) -> None:
    """Write what was told, part by part."""
    parts = (
        ("seed.groundwork", GROUNDWORK, "baris siklus, pagu, tim, dan RPJM Desa"),
        ("seed.proposals", ASKED, "baris usulan dan riwayatnya"),
        ("seed.meetings", MET, "baris musyawarah, hadirin, dan skor"),
        ("seed.plans", PLANNED, "baris rencana, RAB, dan pemeriksaan"),
        ("seed.evidence", PROVEN, "baris bukti dan tahap"),
    )
    for act, models, words in parts:
        with transaction.atomic(), trail.acting(hat, act):
            count = rows.write(models)
            if models is PLANNED:
                planning.enact(scenes)
        report(f"{count} {words}")


def kept_files() -> dict[str, tuple[str, int, str]]:
    """Make pictures and letters once. Returns name -> (digest, size, content type)."""
    made = {name: (draw(), files.JPEG) for name, draw in PICTURES.items()}
    days: dict[str, date] = {name: date(PLAN_YEAR, 9, 1) for name in pictures.LETTERS}
    days |= {"pagu": LETTER_DATE, "pagu-terlambat": LATE_LETTER_DATE}
    made |= {name: (pictures.letter(name, day), files.PDF) for name, day in days.items()}
    return {name: (blobs.put(data), len(data), kind) for name, (data, kind) in made.items()}


def files_of(scene: Scene, kept: dict[str, tuple[str, int, str]]) -> dict[str, StoredFile]:
    """Return a village's own rows of the files that all share; the bytes lie there once."""
    return {name: file_of(scene, scene.story, name, kept) for name in NAMES}


def file_of(scene: Scene, story: Story, name: str, kept: dict[str, tuple[str, int, str]]) -> StoredFile:
    source = "pagu-terlambat" if name == "pagu" and story.late_letter else name
    digest, size, kind = kept[source]
    village: Village = scene.village
    uploader: UUID = chance.key("orang", "bpkad") if name == "pagu" else scene.key("pengunggah")
    return StoredFile(
        id=scene.key("berkas", name),
        village_id_text=village.id,
        regency_key=village.regency_id,
        district_key=village.district_id,
        sha256=digest,
        name=NAMES[name],
        content_type=kind,
        size=size,
        uploaded_by=uploader,
        origin=Origin.SEED,
    )
