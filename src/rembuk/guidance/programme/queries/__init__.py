"""Reads of the annual plan and its commitments, scoped, ordered by something unique, counted in queries."""

from rembuk.guidance.programme.queries.commitments import (
    commitment_by_id,
    commitments_seen_by,
    evidence_of,
    judges_of,
    late_commitments,
    published,
    rows_of_commitment,
    to_judge,
)
from rembuk.guidance.programme.queries.content import content_in_force, content_of, facts_of, targets_by_activity
from rembuk.guidance.programme.queries.figures import BudgetUsed, budget_used, commitments_kept, plan_of_year
from rembuk.guidance.programme.queries.linked import Count, choices_for, counts_of
from rembuk.guidance.programme.queries.money import (
    PlanMoney,
    money_of_plan,
    paid_by_activity,
    payment_by_id,
    payments_of,
    planned_by_activity,
)
from rembuk.guidance.programme.queries.owners import OwnerChoice, holders_of, owner_choices, owner_text
from rembuk.guidance.programme.queries.plans import (
    activities_of,
    activities_seen_by,
    activity_by_id,
    plan_by_id,
    plans_seen_by,
    rows_of_plan,
    version_by_number,
    versions_of,
    villages_of,
    waiting,
)

__all__ = [
    "BudgetUsed",
    "Count",
    "OwnerChoice",
    "PlanMoney",
    "activities_of",
    "activities_seen_by",
    "activity_by_id",
    "budget_used",
    "choices_for",
    "commitment_by_id",
    "commitments_kept",
    "commitments_seen_by",
    "content_in_force",
    "content_of",
    "counts_of",
    "evidence_of",
    "facts_of",
    "holders_of",
    "judges_of",
    "late_commitments",
    "money_of_plan",
    "owner_choices",
    "owner_text",
    "paid_by_activity",
    "payment_by_id",
    "payments_of",
    "plan_by_id",
    "plan_of_year",
    "planned_by_activity",
    "plans_seen_by",
    "published",
    "rows_of_commitment",
    "rows_of_plan",
    "targets_by_activity",
    "to_judge",
    "version_by_number",
    "versions_of",
    "villages_of",
    "waiting",
]
