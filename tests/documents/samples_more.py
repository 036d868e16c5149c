"""One filled value of the forms of team work, drawing, verification, decisions and letters."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from documents.samples import BPD, CHAIR, HEAD, frame
from rembuk.core.documents import decree, drawing_sheet, letters, result_letter, verification, work_plan
from rembuk.core.documents.decree import TeamMember
from rembuk.core.documents.frame import Person
from rembuk.core.documents.letter_kinds import LETTERS, WORDINGS
from rembuk.core.documents.letter_model import LetterKind
from rembuk.core.documents.model import Document
from rembuk.core.documents.rpjm_letters import RPJM_LETTERS
from rembuk.core.documents.wording import COMMON, filled

PEOPLE = (
    TeamMember("Rahmadi", "L", "BPD", "Ketua"),
    TeamMember("Hayati", "P", "LPM", "Sekretaris"),
    TeamMember("Salmah", "P", "PKK", "Anggota"),
)


def steps() -> Document:
    """F02 with the usual steps, the first of them set."""
    first, *others = work_plan.DEFAULT_STEPS["rkp"]
    set_step = work_plan.WorkStep(
        first.activity, date(2026, 5, 11), "09.00", "Balai Desa", first.responsible, "bersama bidan", first.output
    )
    values = work_plan.WorkPlanValues(
        frame(), "RKP Desa", "2027", (set_step, *others), PEOPLE, CHAIR, HEAD, Person("Dewi", "TPP 6402-18")
    )
    return work_plan.build_work_plan(values)


def rpjm_steps() -> Document:
    """F02 of the team of an RPJM Desa, with the steps that its plan begins with."""
    steps = work_plan.DEFAULT_STEPS["rpjm"]
    return work_plan.build_work_plan(
        work_plan.WorkPlanValues(frame(), "RPJM Desa", "2027-2034", steps, PEOPLE, CHAIR, HEAD)
    )


def drawing() -> Document:
    """F27."""
    return drawing_sheet.build_drawing_sheet(
        drawing_sheet.DrawingValues(
            frame(),
            "Jembatan dan titian",
            "RT 02",
            "Titian ulin RT 02",
            1,
            2,
            Person("Joko"),
            Person("Ir. Budi Santoso"),
        )
    )


def checked(checks: verification.ListCode = "EV-RKP") -> Document:
    """F34 filled: one item with a note, one returned, one that does not apply."""
    verdict = verification.ItemVerdict
    verdicts = {
        1: verdict("CONFORM"),
        2: verdict("NOTE", "lampirkan undangan Musdes"),
        3: verdict("NOT_CONFORM", "daftar hadir belum dipisah", date(2026, 9, 20)),
        4: verdict("NA"),
    }
    return verification.build_verification(
        verification.VerificationValues(
            frame(), checks, "Tahun 2027", verdicts, "CONFORM_WITH_NOTES", date(2026, 9, 10),
            Person("Nurul", "NIP 19800101 200501 2 001"), HEAD,
        )
    )  # fmt: skip


def by_hand(checks: verification.ListCode = "EV-APB") -> Document:
    """F34 to fill by hand."""
    return verification.build_verification(verification.VerificationValues(frame(number=""), checks, "Tahun 2027", {}))


def told(issuer: result_letter.Issuer = "district") -> Document:
    """The letter of a result with two notes, of the Camat under a delegation."""
    notes = (
        result_letter.LetterNote("EV-APB 5", "Tiap baris belanja terhubung dengan RKP Desa", "hapus pengadaan perahu"),
        result_letter.LetterNote("EV-APB 10", "Penjumlahan benar", "samakan jumlah bidang 2", date(2026, 12, 1)),
    )
    values = {**COMMON, **result_letter.OWN}
    wording = {one.kind: filled(one.lines, values) for one in result_letter.RESULT_WORDINGS}
    return result_letter.build_result_letter(
        result_letter.ResultLetterValues(
            frame(), "Rancangan APB Desa Tahun 2027", issuer, wording["hasil-evaluasi:isi"], notes,
            wording["hasil-evaluasi:apb"], "Perbup 10 Tahun 2026", Person("Drs. Camat"), ("Inspektorat;", "Ketua BPD."),
        )
    )  # fmt: skip


def checkers() -> Document:
    """F30: the decree of the verification team."""
    members = tuple(TeamMember(one.name, one.sex, one.office, one.position) for one in PEOPLE)
    return decree.build_team_decree(decree.DecreeValues(frame(), "verification", "Tahun 2027", members, HEAD))


def text_of(kind: str) -> letters.LetterText:
    """The usual wording of a kind, filled with its samples."""

    def part(name: str) -> tuple[str, ...]:
        one = WORDINGS.get(f"{kind}:{name}")
        return filled(one.lines, one.placeholders) if one is not None else ()

    return letters.LetterText(part("isi"), part("menimbang"), part("mengingat"))


def written(kind: str, **more: object) -> Document:
    signer = {"bpd": BPD, "village": HEAD, "regency": Person("Drs. Arianto", "NIP 19700101 199503 1 002")}
    years = "2027-2034" if LETTERS[kind].cycle == "rpjm" else "2027"
    values: dict[str, object] = {
        "frame": frame(), "kind": kind, "years": years, "text": text_of(kind),
        "addressee": "Kepala Desa Hulu Contoh", "signer": signer[LETTERS[kind].issuer],
        "members": PEOPLE if LETTERS[kind].members else (),
    }  # fmt: skip
    return letters.build_letter(letters.LetterValues(**{**values, **more}))  # type: ignore[arg-type]


def of_rpjm(kind: LetterKind) -> Document:
    """A letter or decision of an RPJM Desa, with points where its kind lists some."""
    text = text_of(kind.kind)
    if kind.points and kind.shape == "points":
        text = replace(text, body=(*text.body, *POINTS))
    elif kind.points:
        text = replace(text, points=POINTS)
    return written(kind.kind, text=text)


CEILINGS = (("Dana Desa (APBN)", 350_000_000), ("Alokasi Dana Desa", 410_000_000))
ANSWERS = (("Jembatan Sungai Kecil", "masuk RKPD 2028"), ("Dermaga RT 01", "belum dapat diterima: lahan belum jelas"))
POINTS = ("Titian RT 02 didahulukan.", "Kelompok perempuan mendapat pelatihan.")

MORE_SAMPLES: dict[str, Callable[[], Document]] = {
    "F02": steps,
    "F02-RPJM": rpjm_steps,
    "F27": drawing,
    "F30": checkers,
    "F34": checked,
    "F34-RPJM": lambda: checked("EV-RPJM"),
    "F34-APB-tangan": by_hand,
    "hasil-evaluasi": told,
    "hasil-evaluasi-bupati": lambda: told("regent"),
    "F35": lambda: written("bpd-panitia-musdes"),
    "F35-pandangan": lambda: written(
        "bpd-pandangan", text=letters.LetterText((*text_of("bpd-pandangan").body, *POINTS))
    ),
    "F35-kesepakatan": lambda: written("bpd-kesepakatan"),
    "F35-panitia-musrenbang": lambda: written("kades-panitia-musrenbang"),
    "F35-tata-tertib": lambda: written("tata-tertib"),
    "F36": lambda: written("surat-pagu", rows=CEILINGS),
    "F36-terlambat": lambda: written("surat-terlambat"),
    "F36-pengantar-perdes": lambda: written("pengantar-perdes", addressee="Bupati Kutai Kartanegara melalui Camat"),
    "F36-pengantar-du": lambda: written("pengantar-du", addressee="Bupati Kutai Kartanegara melalui Camat"),
    "F36-klarifikasi": lambda: written("hasil-klarifikasi"),
    "F36-jawaban-du": lambda: written("jawaban-du", rows=ANSWERS),
    **{f"{one.form}-{one.kind}": partial(of_rpjm, one) for one in RPJM_LETTERS},
}
