"""F34 filled by the desk of evaluations, and the letter of its result."""

from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError

from rembuk.core.documents.frame import UNNAMED, Person, date_text
from rembuk.core.documents.result_letter import CODE, RESULT_WORDS, Issuer, LetterNote, ResultLetterValues
from rembuk.core.documents.verification import ItemVerdict, VerificationValues
from rembuk.core.documents.wording import filled
from rembuk.core.guidance.desk_checklists import LIST_TITLES, list_version
from rembuk.core.guidance.desk_states import NEEDS_FIX
from rembuk.core.hat import Role
from rembuk.documents.gather.days import local_day
from rembuk.documents.gather.teamwork import verification
from rembuk.documents.gather.wording import common_values, lines_in_force
from rembuk.guidance.evaluation.models import Review
from rembuk.guidance.evaluation.queries import marks_of, review_by_id
from rembuk.plans.paper_values import bare, frame_of, signers_of


def any_verification(key: str) -> VerificationValues | list[VerificationValues]:
    """Return the sheet of a review as it is filled, or the empty sheets of a cycle. Raises: Cycle.DoesNotExist."""
    try:
        return sheet_of(review_by_id(key))
    except (Review.DoesNotExist, ValidationError):
        return verification(key)


def sheet_of(review: Review) -> VerificationValues:
    """Return F34 with what was found of each item."""
    dated = review.letter_date or review.registered_date or local_day(review.village, review.submitted_at)
    verdicts = {
        number: ItemVerdict(mark.mark, mark.fix or mark.found, mark.due_date)  # type: ignore[arg-type]
        for number, mark in marks_of(review.pk).items()
    }
    return VerificationValues(
        frame=frame_of(review.village, dated, number=review.letter_number),
        checks=review.checks,  # type: ignore[arg-type]
        subject_year=subject_year(review),
        verdicts=verdicts,
        status=review.result.upper() if review.result else None,  # type: ignore[arg-type]
        held=dated if review.result else None,
        verifier=Person(review.evaluator_name),
        head=signers_of(review.village_id, dated).get("KAD", UNNAMED),
        office="DPMD" if review.at_regency else f"Kecamatan {bare(review.village.district.name, 'Kecamatan ')}",
        items=list_version(review.checks, review.list_version).items,
    )


def subject_year(review: Review) -> str:
    return f"Periode {review.year_words}" if review.checks == "EV-RPJM" else f"Tahun {review.year_words}"


def issuer_of(review: Review) -> Issuer:
    """Return whose letter it is: of the Camat at his desk, of DPMD for advice, of the Bupati for an undelegated APB."""
    if review.signed:
        return "district" if review.signer_role == Role.CAM else "regent" if review.checks == "EV-APB" else "dpmd"
    if review.at_regency:
        return "regent" if review.checks == "EV-APB" else "dpmd"
    return "district"


def result_letter(key: str) -> ResultLetterValues:
    """Return the letter of a result, drafted or signed. Raises: Review.DoesNotExist."""
    review = review_by_id(key)
    village = review.village
    dated = review.letter_date or local_day(village, review.drafted_at or review.submitted_at)
    items = list_version(review.checks, review.list_version)
    subject = f"{LIST_TITLES[items.code]} {subject_year(review)}"
    values = common_values(
        village,
        review.cycle.budget_year,
        tanggal=date_text(dated),
        dokumen=subject,
        nomor_register=review.register_number,
        tanggal_terima=date_text(review.registered_date) if review.registered_date else "",
        daftar=f"{items.code} versi {items.version}",
        hasil=RESULT_WORDS.get(review.result, ""),
    )
    return ResultLetterValues(
        frame=frame_of(village, dated, number=review.letter_number),
        subject=subject,
        issuer=issuer_of(review),
        body=filled(lines_in_force(village.regency_id, f"{CODE}:isi")[f"{CODE}:isi"], values),
        notes=notes_of(review),
        closing=(*closing_of(review, values), *own_words(review)),
        delegation=review.delegation.decree_number if review.delegation is not None else "",
        signer=Person(review.signer_name),
        copies=copies_of(review),
    )


def notes_of(review: Review) -> tuple[LetterNote, ...]:
    items = list_version(review.checks, review.list_version)
    marks = marks_of(review.pk).values()
    return tuple(
        LetterNote(f"{items.code} {mark.number}", items.item(mark.number).words, mark.fix, mark.due_date)
        for mark in marks
        if mark.mark in {needed.value for needed in NEEDS_FIX}
    )


def closing_of(review: Review, values: dict[str, str]) -> tuple[str, ...]:
    """Return what follows from the result: the law's days for the APB Desa, else that it is advice."""
    if review.checks == "EV-APB":
        if review.result == "conform":
            return ()
        name = f"{CODE}:apb"
    else:
        name = f"{CODE}:saran"
    return filled(lines_in_force(review.village.regency_id, name)[name], values)


def own_words(review: Review) -> tuple[str, ...]:
    return tuple(line.strip() for line in review.closing_words.splitlines() if line.strip())


def copies_of(review: Review) -> tuple[str, ...]:
    """Return who gets a copy: the Inspektorat reads what the Camat found. Source: Permendagri 73/2020."""
    if review.checks != "EV-APB":
        return ("Ketua BPD.",)
    above = ("Bupati (sebagai laporan);",) if issuer_of(review) == "district" else ("Camat;",)
    return (*above, "Inspektorat;", "Ketua BPD.")


def blank_result(key: str) -> Sequence[ResultLetterValues]:
    """Return the letter to fill by hand: its words stay, what was found becomes dots."""
    made = result_letter(key)
    review = review_by_id(key)
    values = common_values(review.village, review.cycle.budget_year, dokumen=made.subject)
    body = filled(lines_in_force(review.village.regency_id, f"{CODE}:isi")[f"{CODE}:isi"], values)
    frame = replace(made.frame, number="", version="", verify_url="")
    return [replace(made, frame=frame, body=body, notes=(), signer=UNNAMED, delegation="", blank=True)]
