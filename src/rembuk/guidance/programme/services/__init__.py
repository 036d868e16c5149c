"""Acts on the annual plan and its commitments."""

from rembuk.guidance.programme.services.activities import (
    ActivityValues,
    MoneyValues,
    add_villages,
    edit_activity,
    leave_out,
    new_activity,
    remove_activity,
    set_targets,
    take_back,
)
from rembuk.guidance.programme.services.commitments import (
    PromiseValues,
    ProofValues,
    edit_promise,
    judge,
    promise,
    prove,
    publish,
)
from rembuk.guidance.programme.services.importing import ImportedActivity, keep_activities
from rembuk.guidance.programme.services.money import PaymentValues, link, pay, unlink, withdraw_payment
from rembuk.guidance.programme.services.planning import PlanValues, create_plan, edit_plan
from rembuk.guidance.programme.services.reminding import remind_commitments
from rembuk.guidance.programme.services.steps import (
    approve,
    close_plan,
    return_plan,
    revise,
    start,
    step_activity,
    submit,
)

__all__ = [
    "ActivityValues",
    "ImportedActivity",
    "MoneyValues",
    "PaymentValues",
    "PlanValues",
    "PromiseValues",
    "ProofValues",
    "add_villages",
    "approve",
    "close_plan",
    "create_plan",
    "edit_activity",
    "edit_plan",
    "edit_promise",
    "judge",
    "keep_activities",
    "leave_out",
    "link",
    "new_activity",
    "pay",
    "promise",
    "prove",
    "publish",
    "remind_commitments",
    "remove_activity",
    "return_plan",
    "revise",
    "set_targets",
    "start",
    "step_activity",
    "submit",
    "take_back",
    "unlink",
    "withdraw_payment",
]
