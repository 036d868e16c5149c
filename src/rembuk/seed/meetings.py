"""Meetings of every village: hamlets, planning Musdes, Musrenbang, closing Musdes; who came and what was agreed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from rembuk.core.hat import Role
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.deliberation.models import (
    Attendance,
    AttendanceTally,
    Decision,
    Meeting,
    MeetingPhoto,
    MeetingProposal,
    ScoreSheet,
    SpokenNote,
)
from rembuk.deliberation.rules import VillageRules
from rembuk.regions.models import Hamlet
from rembuk.seed import ballots, chance
from rembuk.seed.places import MELINTANG
from rembuk.seed.scene import Rows, Scene, moment
from rembuk.seed.story import BUDGET_YEAR
from rembuk.shared.models import Origin

FORMAL = {"MUSDES_P": "K1", "MUSREN": "K9", "MUSDES_E": "K11"}
# element, men, women: who comes to a formal meeting of a village
COMERS = (
    ("PEMDES", 2, 1),
    ("BPD", 2, 1),
    ("RT", 4, 0),
    ("LPM", 1, 0),
    ("TOMAS", 1, 0),
    ("AGAMA", 1, 0),
    ("ADAT", 1, 0),
    ("PEREMPUAN", 0, 4),
    ("KADERKES", 0, 2),
    ("PEMUDA", 1, 1),
    ("MISKIN", 1, 1),
    ("DIFABEL", 1, 0),
    ("TANI", 1, 0),
    ("NELAYAN", 1, 0),
)
AGENDAS: dict[str, tuple[str, ...]] = {
    "MUSDUS": ("Masalah dan potensi dusun", "Usulan dusun", "Skor lima kriteria"),
    "MUSDES_P": ("Pencermatan RPJM Desa", "Evaluasi RKP tahun berjalan", "Usulan dusun", "Tim Verifikasi"),
    "MUSREN": ("Paparan rancangan RKP Desa", "Prioritas menurut pagu", "Daftar usulan ke kabupaten"),
    "MUSDES_E": ("Rancangan akhir RKP Desa", "Kesepakatan BPD dan Kepala Desa"),
}
DECISIONS: dict[str, tuple[str, ...]] = {
    "MUSDES_P": (
        "Usulan dusun diterima untuk diperiksa lapangan oleh Tim Verifikasi.",
        "Tim Verifikasi ditetapkan lima orang, dua di antaranya perempuan.",
        "Kegiatan di luar RPJM Desa boleh masuk dengan alasan tertulis.",
    ),
    "MUSREN": (
        "Prioritas disepakati menurut peringkat musyawarah dan pagu tiap sumber.",
        "Usulan yang bukan kewenangan Desa masuk DU-RKP.",
    ),
    "MUSDES_E": ("Rancangan RKP Desa disepakati menjadi Peraturan Desa.",),
}
TALKS = (
    (
        "PEREMPUAN",
        "Air bersih di dusun hilir asin pada kemarau; tandon perlu didahulukan.",
        "Masuk peringkat lima besar.",
    ),
    ("RT", "Titian depan sekolah sudah patah dua ruas.", "Tim Verifikasi melihat lokasi pekan ini."),
    ("TANI", "Jalan kebun hanya bisa dilalui saat kering.", "Dibiayai dari program RT bila pagunya cukup."),
)
MORE_TALKS = (
    ("PEMUDA", "Lapangan voli tergenang setiap hujan; pemuda siap gotong royong.", "Masuk daftar usulan dusun."),
    ("ADAT", "Makam tua di tepi sungai perlu siring sebelum longsor.", "Tim Verifikasi melihat lokasi pekan ini."),
    ("KADERKES", "Timbangan posyandu rusak sejak Maret.", "Dibahas bersama bidan desa."),
    ("BPD", "Papan informasi harus memuat alasan usulan yang tidak masuk.", "Disepakati."),
)
FEWER_WOMEN = (0, 0, 1, 1, 2, 3, 3)
"""How many of the women's group stay away in a village, drawn for each; as many farmers come in their place."""
INVITED = 34


def tell(scene: Scene, rows: Rows) -> None:
    """Give the village the meetings of its year so far, and the next one it has called."""
    if scene.story.has("K1"):
        for hamlet in scene.hamlets:
            in_hamlet(scene, rows, hamlet)
    for kind, stage in FORMAL.items():
        if scene.story.has(stage):
            held(scene, rows, kind, scene.done[stage])
    if scene.story.next_meeting is not None:
        kind = "MUSDES_E" if scene.story.has("K9") else "MUSREN"
        called(scene, rows, kind, scene.story.next_meeting)


def meeting_of(scene: Scene, kind: str, at: datetime, *, hamlet: Hamlet | None = None) -> Meeting:
    """Return the meeting as it was planned."""
    where = f"Rumah ketua RT, Dusun {hamlet.name}" if hamlet else f"Balai Desa {scene.village.name}"
    title = f"Musyawarah Dusun {hamlet.name}" if hamlet else f"{MEETING_KINDS[kind].title} {scene.village.name}"
    chair = {"BPD": Role.BPD, "KAD": Role.KAD}.get(MEETING_KINDS[kind].chair, Role.SDK)
    return Meeting(
        id=scene.key("rapat", kind, hamlet.name if hamlet else ""),
        village=scene.village,
        cycle=scene.cycle,
        kind=kind,
        hamlet=hamlet,
        title=title[:200],
        scheduled_at=at,
        location=where,
        agenda=list(AGENDAS[kind]),
        rules=VillageRules().as_json(),
        invitation_number=scene.number("005", at.date(), len(kind)) if hamlet is None else "",
        invitation_date=at.date() - timedelta(days=5),
        invited_at=at - timedelta(days=5),
        chair_name=chance.person_name(scene.village.id, "kadus", hamlet.name) if hamlet else scene.name(chair),
        chair_element="PEMDES" if hamlet or chair is not Role.BPD else "BPD",
        note_taker_name=scene.name(Role.SDK),
        note_taker_element="PEMDES",
        community_signers=[chance.person_name(scene.village.id, kind, "wakil")],
        signers={"head": scene.name(Role.KAD), "bpd": scene.name(Role.BPD), "team": scene.chair()},
        invited_count=18 if hamlet else INVITED,
        state="invited",
        origin=Origin.SEED,
    )


def close(scene: Scene, meeting: Meeting, minutes: int) -> None:
    """Let the meeting have been held, and its minutes signed the same day."""
    meeting.started_at = meeting.scheduled_at
    meeting.ended_at = meeting.scheduled_at + timedelta(minutes=minutes)
    meeting.captured_at = meeting.started_at
    meeting.state = "signed"
    meeting.minutes_date = meeting.scheduled_at.date()
    meeting.signed_at = meeting.ended_at + timedelta(minutes=30)
    meeting.signed_by = scene.person(Role.SDK)
    meeting.signatures = ["chair", "notes", "head", "community"]
    meeting.minutes = {
        "basis": {"text": "Undangan dan agenda yang dibagikan lima hari sebelumnya.", "version": 1},
        "discussion": {"text": "Setiap pokok agenda dibahas bergiliran; semua unsur mendapat giliran.", "version": 1},
    }


def in_hamlet(scene: Scene, rows: Rows, hamlet: Hamlet) -> None:
    """Tell of a hamlet's meeting: counts instead of names, its proposals, points and order."""
    from rembuk.seed.proposing import heard_at, total_of  # proposals are told after the meetings they came from

    meeting = meeting_of(scene, "MUSDUS", heard_at(scene, hamlet), hamlet=hamlet)
    close(scene, meeting, 130)
    luck = chance.of("musdus", meeting.id)
    own = [p for p in scene.proposals if p.hamlet_id == hamlet.id and p.submitted_at is not None]
    order = sorted(own, key=lambda p: (-total_of(scene, p), p.number))
    meeting.ranking = [
        {"proposal": str(p.id), "rank": rank, "total": str(total_of(scene, p))} for rank, p in enumerate(order, 1)
    ]
    meeting.ranked_at = meeting.ended_at if order else None
    rows.add(meeting)
    away = women_away(scene.village.id)
    own_people = (("RT", 1, 0), ("PEREMPUAN", 0, 5 - away), ("TOMAS", 2, 1), ("PEMUDA", 2, 1), ("TANI", 3 + away, 1))
    for element, men, women in own_people:
        tally = AttendanceTally(
            id=chance.key("hitung", meeting.id, element),
            meeting=meeting,
            element=element,
            male=men + luck.randint(0, 1),
            female=women,
        )
        rows.add(tally)
    rows.extend(tabled(meeting, own))
    rows.extend(scored(scene, meeting, own, hamlet.name))


def tabled(meeting: Meeting, proposals: Sequence) -> list[MeetingProposal]:  # type: ignore[type-arg]
    return [MeetingProposal(id=chance.key("meja", meeting.id, p.id), meeting=meeting, proposal=p) for p in proposals]


def scored(scene: Scene, meeting: Meeting, proposals: Sequence, group: str) -> list[ScoreSheet]:  # type: ignore[type-arg]
    """Return the points that the hamlet gave its proposals."""
    found = []
    for proposal in proposals:
        c1, c2, c3, c4, c5 = scene.points[proposal.id]
        found.append(
            ScoreSheet(
                id=chance.key("skor", meeting.id, proposal.id),
                meeting=meeting,
                proposal=proposal,
                scorer_group=f"Dusun {group}",
                c1=c1,
                c2=c2,
                c3=c3,
                c4=c4,
                c5=c5,
                score_date=meeting.scheduled_at.date(),
                entered_by=scene.person(Role.SDK),
            )
        )
    return found


def held(scene: Scene, rows: Rows, kind: str, day: date) -> None:
    """Tell of a formal meeting with the names of those present."""
    meeting = meeting_of(scene, kind, moment(day, 9))
    close(scene, meeting, 195)
    meeting.minutes_number = scene.number("BA", day, len(kind))
    scene.meetings[kind] = meeting
    scene.present[kind] = comers(scene, meeting)
    scene.decisions[kind] = [
        Decision(id=chance.key("putusan", meeting.id, number), meeting=meeting, number=number, text=text)
        for number, text in enumerate(DECISIONS[kind], start=1)
    ]
    if kind == "MUSREN" and ballots.voted(scene):
        scene.decisions[kind] += ballots.tell(scene, rows, meeting)
    rows.add(meeting, *scene.present[kind], *scene.decisions[kind])
    rows.extend(notes_of(scene, meeting))
    rows.add(
        MeetingPhoto(
            id=chance.key("foto", meeting.id),
            meeting=meeting,
            file=scene.files["musyawarah"],
            caption=f"{meeting.title}, {day.day}.{day.month}.{day.year}",
        )
    )


def comers(scene: Scene, meeting: Meeting) -> list[Attendance]:
    """Return those present; head, secretary and BPD chair are who they are, the others invented for the village."""
    found: list[Attendance] = []
    officials = {("PEMDES", 0): Role.KAD, ("PEMDES", 1): Role.SDK, ("BPD", 0): Role.BPD}
    away = women_away(scene.village.id)
    shift = {"PEREMPUAN": (0, -away), "TANI": (away, 0)}
    for element, men, women in COMERS:
        men, women = men + shift.get(element, (0, 0))[0], women + shift.get(element, (0, 0))[1]
        for index, sex in enumerate(["L"] * men + ["P"] * women):
            role = officials.get((element, index))
            name = scene.name(role) if role else chance.person_name(scene.village.id, element, index, sex=sex)
            hamlet = scene.hamlets[len(found) % len(scene.hamlets)]
            found.append(
                Attendance(
                    id=chance.key("hadir", meeting.id, element, index),
                    meeting=meeting,
                    name=name,
                    sex="P" if name.split()[0] in chance.WOMEN else "L",
                    element=element,
                    address=f"Dusun {hamlet.name}",
                    captured_at=meeting.scheduled_at + timedelta(minutes=len(found)),
                    origin=Origin.SEED,
                )
            )
    return found


def women_away(village_id: str) -> int:
    """Return how many of its women's group stay away, so that villages differ; in the one told in full, none."""
    return 0 if village_id == MELINTANG else chance.of("hadirin", village_id).choice(FEWER_WOMEN)


def talks_of(village_id: str, year: int) -> tuple[tuple[str, str, str], ...]:
    """Return who spoke in a village's meetings of a year, in their order."""
    luck = chance.of("pembicara", village_id, year)
    drawn = sorted(luck.sample(range(len(MORE_TALKS)), luck.randint(0, 2)))
    first = TALKS if village_id == MELINTANG or luck.random() < 0.7 else TALKS[1:]
    return (*first, *(MORE_TALKS[place] for place in drawn))


def notes_of(scene: Scene, meeting: Meeting) -> list[SpokenNote]:
    found = []
    for order, (element, point, response) in enumerate(talks_of(scene.village.id, BUDGET_YEAR), start=1):
        speaker = next(one for one in scene.present[meeting.kind] if one.element == element)
        found.append(
            SpokenNote(
                id=chance.key("ucapan", meeting.id, order),
                meeting=meeting,
                order=order,
                agenda_point=meeting.agenda[min(order, len(meeting.agenda)) - 1],
                speaker=speaker.name,
                sex=speaker.sex,
                element=element,
                point=point,
                response=response,
            )
        )
    return found


def called(scene: Scene, rows: Rows, kind: str, day: date) -> None:
    """Tell of the meeting that is called for the coming days."""
    meeting = meeting_of(scene, kind, moment(day, 9))
    meeting.title = f"{MEETING_KINDS[kind].title} {scene.village.name} {BUDGET_YEAR}"
    rows.add(meeting)
