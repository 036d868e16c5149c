"""The evidence behind every green step, the stages themselves, and the excuses that stop their clock."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from rembuk.core.documents import frozen
from rembuk.core.hat import Role
from rembuk.cycles.models import Evidence, Excuse, StageRecord
from rembuk.documents.recipes import packed
from rembuk.seed import chance, papers
from rembuk.seed.ceilings import LATE_LETTER_NUMBER, LETTER_NUMBER
from rembuk.seed.papers import Made
from rembuk.seed.scene import Rows, Scene, moment
from rembuk.seed.story import FLOOD, LATE_LETTER, LATE_LETTER_DATE, TODAY
from rembuk.shared.models import Paper, StoredFile
from rembuk.shared.papers import CODE_LENGTH, CROCKFORD, digest_of

CONFIRMED_AFTER = timedelta(days=3)
EXCUSED_STAGES = ("K3", "K4", "K6", "K7", "K8", "K9")
Proof = tuple[Made | StoredFile, str, str, str, bool]
"""A paper or a file, with form, title, number, and whether it is signed."""


def tell(scene: Scene, rows: Rows, records: list[StageRecord]) -> None:
    """Lay the papers under the stages, close them, and record the excuses."""
    for record in records:
        day = scene.done.get(record.stage)
        if day is not None:
            proofs = list(proofs_of(scene, record.stage, day))
            kept = [lay(scene, rows, record.stage, day, number, proof) for number, proof in enumerate(proofs)]
            close(scene, record, day, [row.id for row in kept])
        if record.stage == "K13" and "K12" in scene.done:
            record.legal_deadline = scene.done["K12"] + timedelta(days=7)
    rows.extend(records)
    rows.extend(excuses_of(scene))


def close(scene: Scene, record: StageRecord, day: date, evidence: list[UUID]) -> None:
    """Let the stage be done by its actor; someone of the district has confirmed it unless it is only days ago."""
    actor = {"K1": Role.BPD, "K11": Role.BPD}.get(record.stage, Role.SDK)
    record.state, record.done_date = StageRecord.State.DONE, day
    record.completed_at, record.completed_by = moment(day, 16, 30), scene.person(actor)
    if day + CONFIRMED_AFTER <= TODAY:
        record.confirmed_at, record.confirmed_by = moment(day + CONFIRMED_AFTER, 10), scene.person(Role.PTP)
    record.rests_on = {"on": day.isoformat(), "evidence": [str(key) for key in evidence]}


def lay(scene: Scene, rows: Rows, stage: str, day: date, number: int, proof: Proof) -> Evidence:
    """Lay one document under a stage."""
    what, code, title, paper_number, signed = proof
    paper = archived(scene, rows, stage, what) if isinstance(what, Made) else None
    verified = day + CONFIRMED_AFTER <= TODAY
    row = Evidence(
        id=scene.key("bukti", stage, number),
        cycle=scene.cycle,
        stage=stage,
        paper_code=code,
        title=title,
        number=paper_number,
        document_date=day,
        signed=signed,
        file=what if isinstance(what, StoredFile) else None,
        paper=paper,
        added_by=scene.person(Role.SDK),
        added_at=moment(day, 16),
        verified_by=scene.person(Role.PTP) if verified else None,
        verified_at=moment(day + CONFIRMED_AFTER, 9, 30) if verified else None,
    )
    rows.add(row)
    return row


def archived(scene: Scene, rows: Rows, stage: str, made: Made) -> Paper:
    """Return the frozen paper; F26 and F19 of a later stage are the next version."""
    data = packed(made.documents[0]) if len(made.documents) == 1 else bundle(made)
    later = (made.code, stage) in (("F26", "K10"), ("F19", "K12"))
    paper = Paper(
        id=scene.key("dokumen", stage, made.code),
        code=made.code,
        title=made.title[:255],
        subject=made.subject,
        village_key=scene.village.id,
        number=made.number,
        paper_date=made.dated,
        version_no=2 if later else 1,
        data=data,
        sha256=digest_of(data),
        verify_code=verify_code(scene.key("kode", stage, made.code)),
        made_by=scene.person(Role.SDK),
        made_by_label=f"SDK Desa {scene.village.name}",
        sample=True,
    )
    rows.add(paper)
    return paper


def bundle(made: Made) -> dict[str, object]:
    return {"_": "Bundle", "documents": [json.loads(frozen.to_json(one)) for one in made.documents]}


def verify_code(key: UUID) -> str:
    """Return a code of the archive's shape; the example's is the same every time."""
    number = key.int
    letters = []
    for _place in range(CODE_LENGTH):
        number, rest = divmod(number, len(CROCKFORD))
        letters.append(CROCKFORD[rest])
    return "".join(letters)


def proofs_of(scene: Scene, stage: str, day: date) -> Iterator[Proof]:
    """Yield the documents of a done stage, in the order of its list."""
    if stage in ("K1", "K9", "K11"):
        yield from meeting_proofs(scene, stage, day)
    elif stage == "K2":
        made = papers.decree(scene, "drafting", "F01")
        yield made, "F01", "SK Tim Penyusun RKP", made.number, True
    elif stage == "K3":
        yield scene.files["pagu"], "F36", "Surat pagu indikatif", letter_number(scene), True
    elif stage == "K4":
        yield papers.ceilings(scene, day), "F20", "Pagu indikatif Desa", "", True
    elif stage == "K5":
        yield papers.recap(scene, day), "F14", "Rekapitulasi usulan", "", True
    elif stage in ("K6", "K10"):
        yield from draft_proofs(scene, stage, day)
    elif stage == "K7":
        yield papers.technical_checks(scene, day), "F29", "Lembar pemeriksaan", "", True
    elif stage == "K8":
        yield scene.files["persetujuan"], "F36", "Catatan persetujuan", scene.number("141", day, 8), True
    elif stage == "K12":
        made = papers.perdes(scene, day, enacted=True)
        yield made, "F19", "Perdes RKP Desa", made.number, True
    elif stage == "K13":
        yield scene.files["pengantar"], "F36", "Surat pengantar Perdes", scene.number("141", day, 13), True


def letter_number(scene: Scene) -> str:
    return LATE_LETTER_NUMBER if scene.story.late_letter else LETTER_NUMBER


def meeting_proofs(scene: Scene, stage: str, day: date) -> Iterator[Proof]:
    kind = {"K1": "MUSDES_P", "K9": "MUSREN", "K11": "MUSDES_E"}[stage]
    made = papers.minutes(scene, kind, day)
    yield made, "F03", "Berita acara", made.number, True
    yield papers.attendance(scene, kind, day), "F04", "Daftar hadir", "", True
    if stage == "K1":
        yield papers.notes(scene, kind, day), "F05", "Notulen", "", False
        team = papers.decree(scene, "verification", "F30")
        yield team, "F30", "SK Tim Verifikasi", team.number, True
    if stage == "K11" and scene.plan is not None:
        number = scene.plan.bpd_agreement_number
        yield scene.files["keputusan-bpd"], "F35", "Keputusan BPD", number, True


def draft_proofs(scene: Scene, stage: str, day: date) -> Iterator[Proof]:
    final = stage == "K10"
    title = "Rancangan akhir RKP Desa" if final else "Rancangan RKP Desa"
    yield papers.matrix(scene, day, "Rancangan Akhir" if final else "Rancangan"), "F26", title, "", False
    if final:
        yield papers.perdes(scene, day, enacted=False), "F19", "Rancangan Perdes RKP Desa", "", False
        return
    yield papers.estimates(scene, day), "F28", "RAB", "", False
    made = papers.draft_minutes(scene, day)
    yield made, "F03", "Berita acara", made.number, True


def excuses_of(scene: Scene) -> list[Excuse]:
    """Return the excuses of a village: granted for the late letter and the flood, some others still to be decided."""
    if scene.story.excuse == "letter":
        return [granted(scene, stage, LATE_LETTER, date(2026, 8, 1), LATE_LETTER_DATE) for stage in EXCUSED_STAGES]
    if scene.story.excuse == "flood":
        waiting = [stage for stage in ("K7", "K9") if not scene.story.has(stage)]
        return [granted(scene, stage, FLOOD, date(2026, 8, 31), None) for stage in waiting]
    if scene.story.kind == "late" and chance.of("alasan", scene.village.id).random() < 0.25:
        return [proposed(scene)]
    return []


def granted(scene: Scene, stage: str, reason: str, start: date, end: date | None) -> Excuse:
    letter = end is not None
    decided = moment((end or start) + timedelta(days=2), 11)
    return Excuse(
        id=scene.key("alasan", stage),
        cycle=scene.cycle,
        stage=stage,
        reason=reason,
        letter_number=LATE_LETTER_NUMBER if letter else scene.number("360", start),
        letter_date=end or start,
        file=scene.files["pagu"] if letter else None,
        from_date=start,
        to_date=end,
        state=Excuse.State.GRANTED,
        proposed_by=scene.person(Role.SDK),
        decided_by=chance.key("orang", "kabid"),
        decided_at=decided,
        decision_note="Diakui sesuai surat." if letter else "Diakui; jadwal ulang setelah air surut.",
    )


def proposed(scene: Scene) -> Excuse:
    """Return an excuse that the head of division has still to decide."""
    return Excuse(
        id=scene.key("alasan", "usul"),
        cycle=scene.cycle,
        stage="K9" if scene.story.has("K8") else "K6",
        reason="Sekretaris Desa sakit dua pekan; bahan musyawarah belum selesai.",
        from_date=date(2026, 9, 8),
        proposed_by=scene.person(Role.SDK),
    )
