"""Which activity of the plan in force an activity of an earlier version has become."""

from collections.abc import Mapping
from uuid import UUID

from rembuk.plans.models import RkpdesItem, RkpdesVersion


def present_keys(plan: RkpdesVersion) -> Mapping[str, str]:
    """Return every item of the cycle's versions that lives on in *plan* -> its key there, its own items included.

    An item that an amendment dropped is missing. One query.
    """
    rows = RkpdesItem.objects.filter(plan__cycle_id=plan.cycle_id).values_list("pk", "plan_id", "previous_id")
    before = {key: previous for key, _plan, previous in rows}
    found: dict[str, str] = {}
    for key, of, _previous in rows:
        if of != plan.pk:
            continue
        at: UUID | None = key
        while at is not None and str(at) not in found:
            found[str(at)] = str(key)
            at = before.get(at)
    return found
