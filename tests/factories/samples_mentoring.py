"""Samples of mentoring for the walk over all routes."""

from datetime import date
from uuid import UUID

from factories.samples import sample
from rembuk.guidance.mentoring.models import ActionItem, Finding, Visit
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

NOBODY = UUID(int=1)


def visit_in(village: Village, **fields: object) -> Visit:
    """Return a planned visit to the village."""
    with setting_up():
        return Visit.objects.create(
            **{"village": village, "planned_date": date(2026, 9, 30), "planned_by": NOBODY, **fields}
        )


def item_in(village: Village, **fields: object) -> ActionItem:
    """Return a promise of the village, from a visit whose sheet is in."""
    now = clock.now()
    visit = visit_in(
        village,
        state="reported",
        reported_by=NOBODY,
        captured_at=now,
        visit_date=date(2026, 9, 30),
        body_digest="0" * 64,
    )
    with setting_up():
        finding = Finding.objects.create(
            visit=visit,
            village=village,
            severity="critical",
            text="SK tim belum terbit",
            recorded_by=NOBODY,
            captured_at=now,
            received_at=now,
        )
        return ActionItem.objects.create(
            **{
                "finding": finding,
                "village": village,
                "severity": "critical",
                "recommendation": "Terbitkan SK tim",
                "owner_role": "SDK",
                "recorded_by": NOBODY,
                "opened_date": date(2026, 9, 30),
                "due_date": date(2026, 10, 7),
                **fields,
            }
        )


@sample("visit_id", "mentoring:")
def visit(village: Village) -> object:
    return visit_in(village).pk


@sample("item_id", "mentoring:")
def item(village: Village) -> object:
    return item_in(village).pk


@sample("kind", "mentoring:")
def kind(_village: Village) -> object:
    return "csv"
