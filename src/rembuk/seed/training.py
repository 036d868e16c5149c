"""Trainings of the example: one that is over with its certificates, one that begins today, one that asks for names.

Everything goes through the services that people use; the questions are those that come with the program.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from rembuk.accounts.models import Assignment
from rembuk.core.guidance.enrolment import EnrolmentEvent
from rembuk.core.guidance.kirkpatrick import BEHAVIOUR, REACTION
from rembuk.core.guidance.training_states import BatchEvent
from rembuk.core.hat import Hat, Role
from rembuk.guidance.training import services
from rembuk.guidance.training.models import BatchTest, Enrolment, TrainingBatch
from rembuk.guidance.training.queries import newest_sets, paper_of
from rembuk.guidance.training.queries.batches import PRESENT_STATES
from rembuk.guidance.training.services import BatchValues, NamedPerson, PaperList, TypedPaper
from rembuk.seed import chance
from rembuk.seed.places import MELINTANG
from rembuk.seed.scene import hat_of, moment
from rembuk.seed.story import TODAY

DISTRICT = "64.02.18"
FIRST = date(TODAY.year, 7, 7)
UNITS = (
    ("RKP-1", "K7", "Matriks RKP Desa: keluaran, data dasar, target", 8),
    ("RKP-2", "K9", "Kaitan RPJM Desa, RKP Desa, APB Desa", 6),
    ("RKP-3", "K1", "Urutan hukum dokumen perencanaan", 4),
)
WORDS = ("Contoh dari desa tetangga paling membantu.", "Waktu latihan menghitung RAB kurang.", "")
RATED = ("K5", "K6", "K7", "K8", "K9")


def plant() -> int:
    """Plant the trainings and the ratings behind the gap matrix. Returns how many batches. Wants the people."""
    staff, head, ptpd = (hat_of(name) for name in ("staf", "kadis", "ptpd"))
    if staff is None or head is None:
        return 0
    services.load_shipped(actor=staff, at=moment(date(TODAY.year, 5, 4)))
    units = [
        services.keep_unit(
            unit_id=chance.key("satuan", code), code=code, topic=topic, title=title, jp=str(jp), outcomes="", link="",
            active=True, actor=staff, at=moment(date(TODAY.year, 5, 4)),
        )
        for code, topic, title, jp in UNITS
    ]  # fmt: skip
    jps = {unit.pk: str(unit.jp) for unit in units}
    finished(staff, head, ptpd, jps)
    begun(staff, dict(list(jps.items())[:2]))
    asking(staff, dict(list(jps.items())[2:]))
    if ptpd is not None:
        rated(ptpd)
    return 3


def finished(staff: Hat, head: Hat, ptpd: Hat | None, jps: dict[UUID, str]) -> None:
    """A class of two days in July: everybody wrote both tests, some failed, certificates are signed."""
    batch = laid_out(staff, "Bimtek RKP Desa, angkatan I", ("K7", "K9", "K1"), jps, FIRST, quota=12)
    rows = seat(batch, staff, people_of((Role.KAD, Role.SDK, Role.KAU), 6))
    day = moment(FIRST)
    step(batch, staff, BatchEvent.CONFIRM, FIRST - timedelta(days=3))
    step(batch, staff, BatchEvent.START, FIRST)
    sign_lists(batch, staff, rows)
    keyed(batch, staff, "pre", 45)
    step(batch, staff, BatchEvent.COMPLETE, FIRST + timedelta(days=1))
    keyed(batch, staff, "post", 78)
    for number, row in enumerate(there(batch)):
        luck = chance.of("reaksi", str(row.pk))
        marks = {name: luck.randint(2 if name in ("time", "venue") else 3, 5) for name in REACTION}
        services.key_in_reaction(
            enrolment_id=row.pk, marks=marks, words=WORDS[number % 3], actor=staff, at=day + timedelta(days=2)
        )
    step(batch, staff, BatchEvent.EVALUATE, FIRST + timedelta(days=6))
    made = services.prepare_certificates(batch_id=batch.pk, actor=staff, at=day + timedelta(days=7))
    services.sign_certificates(certificate_ids=[row.pk for row in made[:-1]], actor=head, at=day + timedelta(days=9))
    seen = batch.enrolments.filter(district_id=DISTRICT, state="CERTIFIED").order_by("name", "id").first()
    if ptpd is not None and seen is not None:
        answers = {name: place != 3 for place, name in enumerate(BEHAVIOUR)}
        services.observe(
            enrolment_id=seen.pk, day=(TODAY - timedelta(days=4)).isoformat(), seen=answers, note="", actor=ptpd,
            at=moment(TODAY - timedelta(days=3)),
        )  # fmt: skip


def there(batch: TrainingBatch) -> list[Enrolment]:
    return list(batch.enrolments.filter(state__in=PRESENT_STATES).order_by("name", "id"))


def begun(staff: Hat, jps: dict[UUID, str]) -> None:
    """A class that begins this morning: the secretary of Melintang is in it, the first test is open."""
    batch = laid_out(staff, "Bimtek RKP Desa, angkatan II", ("K7", "K9"), jps, TODAY, quota=9)
    seat(batch, staff, people_of((Role.SDK, Role.BPD), 4), named=("Rahmah Contoh", "Usman Contoh"))
    step(batch, staff, BatchEvent.CONFIRM, TODAY - timedelta(days=3))
    step(batch, staff, BatchEvent.START, TODAY)
    session = batch.sessions.order_by("starts_at").first()
    here = batch.enrolments.filter(state="ACCEPTED").values_list("pk", flat=True)
    if session is not None:
        services.key_in_attendance(
            session_id=session.pk, sheet=PaperList(frozenset(here)), actor=staff, at=moment(TODAY, 8, 15)
        )
    test = BatchTest.objects.get(batch=batch, phase="pre")
    services.open_test(test_id=test.pk, actor=staff, at=moment(TODAY, 8, 20))


def asking(staff: Hat, jps: dict[UUID, str]) -> None:
    """A batch in October that still asks village heads for names."""
    start = date(TODAY.year, 10, 13)
    laid_out(staff, "Urutan hukum dokumen perencanaan untuk BPD", ("K1",), jps, start, quota=30)


def laid_out(
    staff: Hat, title: str, topics: tuple[str, ...], jps: dict[UUID, str], start: date, *, quota: int
) -> TrainingBatch:
    """Return a batch of two days, laid out and open for names."""
    planned = start - timedelta(days=40)
    batch = services.propose_batch(
        batch_id=chance.key("pelatihan", title),
        values=BatchValues(
            title=title, topics=topics, quota=str(quota), venue="Aula DPMD Tenggarong", start_date=start.isoformat(),
            end_date=(start + timedelta(days=1)).isoformat(), enrol_until=(start - timedelta(days=7)).isoformat(),
            needs_note="Topik dengan kesenjangan terbesar pada matriks kebutuhan.",
        ),
        actor=staff,
        at=moment(planned),
    )  # fmt: skip
    services.set_units(batch_id=batch.pk, jps=jps, actor=staff, at=moment(planned))
    for name, office in (("Pelatih Contoh", "Widyaiswara"), ("Narasumber Contoh", "Bidang Pemerintahan Desa")):
        services.add_trainer(
            batch_id=batch.pk, name=name, office=office, person_id=None, actor=staff, at=moment(planned)
        )
    total = sum(int(jp) for jp in jps.values())
    for number, jp in enumerate((total - total // 2, total // 2)):
        services.add_session(
            batch_id=batch.pk, session_id=chance.key("sesi", f"{title}{number}"), title=f"Hari {number + 1}",
            day=(start + timedelta(days=number)).isoformat(), clock="08:30", jp=str(jp), actor=staff,
            at=moment(planned),
        )  # fmt: skip
    questions(batch, staff, topics, planned)
    for event in (BatchEvent.ASSESS, BatchEvent.SCHEDULE, BatchEvent.OPEN):
        step(batch, staff, event, planned)
    return batch


def questions(batch: TrainingBatch, staff: Hat, topics: tuple[str, ...], day: date) -> None:
    for phase, form in (("pre", "A"), ("post", "B")):
        sets = [one.pk for one in newest_sets(staff.place.regency) if one.topic in topics and one.form == form]
        services.set_test(batch_id=batch.pk, phase=phase, set_ids=sets, actor=staff, at=moment(day))


def people_of(roles: Sequence[Role], villages: int) -> list[Assignment]:
    """Return the holders of these roles in Melintang and in the first villages by code."""
    rows = Assignment.objects.with_place().filter(role__in=[role.value for role in roles], village__isnull=False)
    near = rows.filter(district_id=DISTRICT).order_by("village_id", "role", "id")
    keys = list(dict.fromkeys([MELINTANG, *near.values_list("village_id", flat=True)]))[:villages]
    return list(near.filter(village_id__in=keys))


def seat(batch: TrainingBatch, staff: Hat, wanted: Sequence[Assignment], named: Sequence[str] = ()) -> list[UUID]:
    """Nominate and accept; whoever comes after the last place waits. named: of Melintang, without an account."""
    at = moment((batch.start_date or TODAY) - timedelta(days=20))
    rows = services.nominate(batch_id=batch.pk, assignment_ids=[row.pk for row in wanted], actor=staff, at=at)
    keys = [row.pk for row in rows]
    for name in named:
        person = NamedPerson(name, Role.LKD.value, MELINTANG)
        keys.append(services.nominate_by_name(batch_id=batch.pk, values=person, actor=staff, at=at).pk)
    services.decide(batch_id=batch.pk, enrolment_ids=keys, event=EnrolmentEvent.ACCEPT, reason="", actor=staff, at=at)
    return list(batch.enrolments.filter(state="ACCEPTED").order_by("name", "id").values_list("pk", flat=True))


def step(batch: TrainingBatch, staff: Hat, event: BatchEvent, day: date) -> None:
    services.step_batch(batch_id=batch.pk, event=event, reason="", actor=staff, at=moment(day))


def sign_lists(batch: TrainingBatch, staff: Hat, rows: Sequence[UUID]) -> None:
    """Everybody signs on both days, but one who left after the first."""
    for number, session in enumerate(batch.sessions.order_by("starts_at")):
        there = rows if number == 0 else rows[:-1]
        services.key_in_attendance(
            session_id=session.pk, sheet=PaperList(frozenset(there)), actor=staff,
            at=session.starts_at + timedelta(hours=6),
        )  # fmt: skip


def keyed(batch: TrainingBatch, staff: Hat, phase: str, about: int) -> None:
    """Key papers in whose answers are right about so often, in percent; the same people always know the same."""
    test = BatchTest.objects.get(batch=batch, phase=phase)
    asked = paper_of(test)
    rows = []
    for person in services.takers(test):
        luck = chance.of("tes", f"{person.pk}{phase}")
        skill = about + luck.randint(-18, 14)
        letters = "".join(one.item.key if luck.randint(1, 100) <= skill else "-" for one in asked)
        rows.append(TypedPaper(person.pk, letters))
    at = moment((batch.end_date or TODAY) if phase == "post" else (batch.start_date or TODAY), 15)
    services.key_in_papers(test_id=test.pk, rows=rows, actor=staff, at=at)


def rated(ptpd: Hat) -> None:
    """The PTPD has rated the people of its district in five topics."""
    at = moment(date(TODAY.year, 5, 20))
    for row in Assignment.objects.with_place().filter(district_id=DISTRICT, role__in=("SDK", "KAD", "KAU", "BPD")):
        luck = chance.of("kemampuan", str(row.person_id))
        levels = {topic: str(luck.randint(0, 2)) for topic in RATED}
        services.rate(assignment_id=row.pk, levels=levels, actor=ptpd, at=at)
