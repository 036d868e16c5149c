"""A village with a draft at the desk, the people around it, and marks for every item."""

from datetime import UTC, datetime

from budgeting.apb_given import as_planned, budget, enacted_plan
from factories import people
from plans.given import draft_of, put_item
from rembuk.budgeting import services as budgets
from rembuk.budgeting.models import Apbdes
from rembuk.budgeting.services.law import StepValues
from rembuk.core.guidance.desk_checklists import CHECK_LISTS
from rembuk.core.hat import Hat, Role
from rembuk.cycles.models import Cycle
from rembuk.guidance.evaluation import services
from rembuk.guidance.evaluation.models import Review
from rembuk.guidance.evaluation.services import MarkValues, SignValues, SubmitValues
from rembuk.plans.models import RkpdesVersion

NOW = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
AUTUMN = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
SCAN = b"%PDF-1.4 surat hasil"


def wearing(role: str, village=None, **more) -> Hat:
    """The hat of a person who holds a role where the village lies."""
    return people.holder(Role(role), village, **more).hat()


def drafted(cycle: Cycle) -> RkpdesVersion:
    office = wearing("SDK", cycle.village)
    plan = draft_of(cycle, office)
    put_item(plan, office)
    return plan


def submitted(cycle: Cycle, checks: str = "EV-RKP", at: datetime = NOW, **values) -> Review:
    office = wearing("SDK", cycle.village)
    return services.submit_draft(cycle_id=cycle.pk, checks=checks, values=SubmitValues(**values), actor=office, at=at)


def registered(review: Review, actor: Hat, at: datetime = NOW, day: str = "2026-09-21", number: str = "1/2026"):
    return services.register(review_id=review.pk, number=number, day=day, actor=actor, at=at)


def all_marks(checks: str, **special: MarkValues) -> list[MarkValues]:
    """Every item conforms, but for those named ``n3=MarkValues(...)``."""
    items = CHECK_LISTS[checks]  # type: ignore[index]
    return [special.get(f"n{item.number}", MarkValues(item.number, "CONFORM")) for item in items]


NOTE = MarkValues(
    9, "NOTE", found="Titian melebihi pagu", fix="Kurangi biaya titian menjadi pagu DDS", due="2026-10-10"
)
BAD = MarkValues(9, "NOT_CONFORM", fix="Kurangi biaya titian menjadi pagu DDS")


def assessed(review: Review, actor: Hat, *, at: datetime = NOW, **special: MarkValues) -> Review:
    fresh = Review.objects.get(pk=review.pk)
    marks = all_marks(review.checks, **special)
    made = services.save_marks(review_id=review.pk, marks=marks, version=fresh.version, actor=actor, at=at)
    return services.draft_result(review_id=review.pk, closing="", version=made.version, actor=actor, at=at)


LETTER = {"number": "414/7/2026", "day": "2026-09-28", "signer_name": "Drs. Camat", "file": SCAN, "file_name": "h.pdf"}


def signed(review: Review, actor: Hat, at: datetime = LATER, **changed) -> Review:
    values = SignValues(**{**LETTER, **changed})
    return services.sign_result(review_id=review.pk, values=values, actor=actor, at=at)


def whole_round(cycle: Cycle, **special: MarkValues) -> Review:
    """A round of an RKP Desa from the village to the signature of the Camat."""
    reviewer, camat = wearing("PTP", cycle.village), wearing("CAM", cycle.village)
    review = submitted(cycle)
    registered(review, reviewer)
    assessed(review, reviewer, **special)
    return signed(review, camat)


def agreed_budget(cycle: Cycle) -> Apbdes:
    """A budget with lines, agreed by head and BPD."""
    office = wearing("SDK", cycle.village)
    enacted_plan(cycle)
    data = budget(*as_planned())
    batch = budgets.upload_apbdes(cycle_id=cycle.pk, content=data, name="apb.csv", actor=office, at=NOW)
    version = budgets.save_apbdes(import_id=batch.pk, actor=office, at=NOW)
    values = StepValues(event="agree", day="2026-10-20", number="3/BPD/2026")
    return budgets.record_step(apbdes_id=version.apbdes_id, values=values, actor=office, at=AUTUMN)


COVER = {"letter_number": "900/9/2026", "letter_date": "2026-10-22"}
