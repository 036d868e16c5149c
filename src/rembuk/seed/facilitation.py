"""Facilitated forums of the example: asked for everywhere, most held, some proven, a few put off; one in detail.

Asking, fixing the day, the team and whatever is told of Melintang goes through the services that people use. Forums of
the other villages that were held before the room was used are written as they would stand, since the gate of each
would take seconds for all of them together.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from rembuk.core.guidance.facilitation import caught_up, evidence_digest
from rembuk.core.guidance.forum_checklists import checklist
from rembuk.core.guidance.forum_states import ForumState
from rembuk.core.hat import Hat, Place, Role
from rembuk.deliberation.models import Meeting, MeetingPhoto
from rembuk.deliberation.services import add_photo
from rembuk.guidance.facilitation import queries, services
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.services import (
    AnswerValues,
    ForumPlan,
    GroupValues,
    GuideValues,
    Moment,
    ReactionValues,
    ToolValues,
    Uploaded,
)
from rembuk.seed import chance, pictures
from rembuk.seed.places import MELINTANG, REGENCY
from rembuk.seed.scene import Scene, moment
from rembuk.seed.story import PLAN_YEAR
from rembuk.shared import trail
from rembuk.shared.models import Origin

SEASON = f"Musim Musrenbang {PLAN_YEAR}, rencana 1"
ASKED = moment(date(PLAN_YEAR, 7, 20), 10)
BEFORE_THE_ROOM = "Forum berlangsung sebelum daftar periksa dipakai; buktinya diperiksa kemudian."
SHORT_NOTICE = "Undangan terkirim 5 hari sebelumnya karena surat pagu baru terbit 19 Agustus."
REACTIONS = ((4, 4, 3, 4, 5), (5, 4, 4, 4, 4), (3, 3, 3, 4, 4), (5, 5, 4, 5, 5), (4, 3, 4, 4, 3))


def plant(scenes: Sequence[Scene]) -> int:
    """Plant the forums of all *scenes*. Returns how many."""
    staff = regency_hat("staf", Role.STF)
    cycles = [scene.cycle.pk for scene in scenes]
    asked = services.request_forums(cycle_ids=cycles, actor=staff, at=ASKED)
    forums = {forum.cycle_id: forum.pk for forum in asked.opened}
    days = days_of(scenes)
    plans = [
        ForumPlan(forums[scene.cycle.pk], days[scene.cycle.pk], team_of(scene))
        for scene in scenes
        if scene.cycle.pk in days
    ]
    if plans:
        services.schedule_forums(plans=plans, plan_reference=SEASON, actor=staff, at=ASKED)
    put_off(scenes, forums, staff)
    tell_held([scene for scene in scenes if scene.village.id != MELINTANG])
    for scene in scenes:
        if scene.village.id == MELINTANG and "MUSREN" in scene.meetings:
            tell_melintang(scene, forums[scene.cycle.pk], staff)
    return len(forums)


def regency_hat(username: str, role: Role) -> Hat:
    return Hat(chance.key("orang", username), chance.person_name(username), role, Place(REGENCY))


def days_of(scenes: Sequence[Scene]) -> dict[UUID, date]:
    """Return cycle -> the day of its Musrenbang, held or called; flooded villages had theirs in the plan too."""
    keys = [scene.cycle.pk for scene in scenes]
    rows = Meeting.objects.filter(cycle_id__in=keys, kind="MUSREN").select_related("village__regency")
    found = {row.cycle_id: row.scheduled_at.astimezone(ASKED.tzinfo).date() for row in rows.order_by("id")}
    planned = {scene.cycle.pk: date(PLAN_YEAR, 9, 17) for scene in scenes if scene.story.kind == "flooded"}
    return {**planned, **found}


def team_of(scene: Scene) -> tuple[GuideValues, ...]:
    """Return two invented guides of the village; in every tenth village two men, which its page says."""
    luck = chance.of("pemandu", scene.village.id)
    women = scene.rich or luck.random() >= 0.1
    pair = (("pemandu", "P" if women else "L"), ("pemandu-2", "L"))
    return tuple(
        GuideValues(chance.person_name(scene.village.id, place, sex=sex), sex, other_person=True) for place, sex in pair
    )


def put_off(scenes: Sequence[Scene], forums: dict[UUID, UUID], staff: Hat) -> None:
    for scene in scenes:
        if scene.story.kind == "flooded" and "MUSREN" not in scene.meetings:
            services.postpone_forum(
                forum_id=forums[scene.cycle.pk],
                reason_code="water",
                reason="Balai desa terendam; hari baru menunggu air surut.",
                actor=staff,
                at=moment(date(PLAN_YEAR, 9, 10), 9),
            )


@transaction.atomic
def tell_held(scenes: Sequence[Scene]) -> None:
    """Let forums that were held stand where their meeting led them; about two thirds of them are proven."""
    held = {scene.cycle.pk: scene for scene in scenes if "MUSREN" in scene.meetings}
    proven = [scene for scene in held.values() if chance.of("bukti", scene.village.id).random() < 0.66]
    with trail.acting(regency_hat("staf", Role.STF), "seed.facilitation"):
        MeetingPhoto.objects.bulk_create(
            MeetingPhoto(
                id=chance.key("foto", scene.meetings["MUSREN"].id, 2),
                meeting=scene.meetings["MUSREN"],
                file=scene.files["balai"],
                caption="Balai desa sebelum forum dibuka",
            )
            for scene in proven
        )
        forums = list(Facilitation.objects.filter(cycle_id__in=held).select_related("village").order_by("id"))
        seen = queries.records_of(forums)
        for forum in forums:
            stand(forum, held[forum.cycle_id], seen[forum.pk], held[forum.cycle_id] in proven)
        columns = ("state", "meeting", "override_reason", "override_items", "override_by", "override_at")
        Facilitation.objects.bulk_update(
            forums, [*columns, "verified_by", "verified_at", "verified_digest"], batch_size=100
        )


def stand(forum: Facilitation, scene: Scene, seen: queries.Seen, proven: bool) -> None:
    """Put one forum in memory where it stands."""
    day = scene.done["K9"]
    forum.override_reason, forum.override_by = BEFORE_THE_ROOM, chance.key("orang", "kabid")
    forum.override_items = [item.code for item in checklist(forum.checklist).of_phase("before") if item.must]
    forum.override_at, forum.meeting = moment(day, 7), seen.meeting
    forum.state = caught_up(ForumState.READY, seen.record)[0].value
    if proven and seen.record is not None and forum.state == ForumState.MINUTES_SIGNED:
        forum.state = ForumState.EVIDENCE_VERIFIED.value
        forum.verified_by, forum.verified_at = scene.person(Role.PTP), moment(day + timedelta(days=3), 14)
        forum.verified_digest = evidence_digest(seen.record)


def tell_melintang(scene: Scene, forum_id: UUID, staff: Hat) -> None:
    """Tell one forum in detail: prepared, guided, recorded; its evidence waits for the kecamatan to verify it."""
    day = scene.done["K9"]
    guide = Hat(chance.key("orang", "pendamping"), chance.person_name("pendamping"), Role.PLD, scene.village.place)
    early, now, after = moment(day - timedelta(days=4)), moment(day, 10), moment(day + timedelta(days=2), 15)
    add(forum_id, guide, GuideValues(sex="P", person_id=guide.person_id, position="note_taker"), staff, early)
    tick(forum_id, "B14 B15 B17 B18 B20 B22 I03 I04 I05 I07", guide, early)
    services.make_ready(forum_id=forum_id, actor=staff, at=early, reason=SHORT_NOTICE)
    office = Hat(scene.person(Role.SDK), scene.name(Role.SDK), Role.SDK, scene.village.place)
    add_photo(
        meeting_id=scene.meetings["MUSREN"].id, source=pictures.river_hall(), name="balai.jpg", actor=office, at=after
    )
    services.follow_meeting(forum_id=forum_id, actor=guide, at=now)
    tick(forum_id, "D02 D03 D05 D06 D09 D12", guide, now)
    for number, (sex, count) in enumerate((("L", 9), ("P", 7), ("P", 1), ("L", 2))):
        services.count_turn(
            forum_id=forum_id, turn_id=scene.key("bicara", number), sex=sex, count=count, actor=guide, at=now,
            moment=Moment(now, Origin.OFFLINE),
        )  # fmt: skip
    record(scene, forum_id, guide, day, after)


def add(forum_id: UUID, guide: Hat, values: GuideValues, staff: Hat, at: datetime) -> None:
    services.add_guide(
        forum_id=forum_id, values=values, actor=staff, at=at, guide_id=chance.key("tim", forum_id, guide.person_id)
    )


def tick(forum_id: UUID, codes: str, actor: Hat, at: datetime) -> None:
    answers = [AnswerValues(code, "yes") for code in codes.split()]
    services.answer_items(
        forum_id=forum_id, key=chance.key("jawab", forum_id, codes), answers=answers, actor=actor, at=at
    )


def record(scene: Scene, forum_id: UUID, guide: Hat, day: date, at: datetime) -> None:
    """Record a tool, two focus groups, five reactions and the note."""
    calendar = ToolValues(
        "calendar",
        "Melihat bulan sulit air dan bulan panen ikan",
        "Air bersih paling sulit Agustus sampai Oktober; kerja gotong royong cocok Mei dan Juni.",
        "Bulan;Air bersih;Ikan\nMei;cukup;sedikit\nAgustus;sulit;banyak\nOktober;sangat sulit;banyak",
        photo=Uploaded(pictures.round_table(), "kalender-musim.jpg"),
    )
    services.record_tool(forum_id=forum_id, tool_id=scene.key("alat"), values=calendar, actor=guide, at=at)
    groups = (
        GroupValues(
            "Kelompok perempuan dusun hilir", day - timedelta(days=6), men=0, women=9, kind="PEREMPUAN", minutes=80,
            issues="Air asin pada kemarau; jarak mengambil air.", roots="Tandon bocor; tidak ada iuran perawatan.",
            ideas="Tandon air hilir; 21\nJamban keluarga; 12\nPelatihan olahan ikan; 9",
            quotes="Kami menimba sebelum subuh supaya tidak antre.",
        ),
        GroupValues(
            "Pemuda hulu", day - timedelta(days=5), men=3, women=1, kind="PEMUDA", minutes=50,
            issues="Tidak ada tempat latihan.", ideas="Lapangan voli; 5\nInternet balai desa; 7",
        ),
    )  # fmt: skip
    for values in groups:
        key = scene.key("fgd", values.group)
        services.record_group(forum_id=forum_id, group_id=key, values=values, actor=guide, at=at)
    for number, points in enumerate(REACTIONS):
        text = "Ibu-ibu dapat giliran lebih dulu." if number == 1 else ""
        key = scene.key("tanggapan", number)
        services.record_reaction(
            forum_id=forum_id, reaction_id=key, values=ReactionValues(points, text), actor=guide, at=at
        )
    note = "Giliran bicara perempuan berjalan baik. Paparan pagu terlalu cepat; siapkan lembar besar tahun depan."
    services.write_note(forum_id=forum_id, text=note, version=None, actor=guide, at=at)
