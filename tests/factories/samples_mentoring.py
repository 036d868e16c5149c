"""Samples of mentoring for the walk over all routes."""

import secrets
from datetime import date
from uuid import UUID

from factories import people
from factories.samples import sample
from rembuk.core.guidance.monthly import Month, month_of
from rembuk.core.guidance.monthly_figures import MonthFigures
from rembuk.guidance.mentoring.models import ActionItem, Finding, MonthlyReport, Visit
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


def report_in(village: Village, **fields: object) -> MonthlyReport:
    """Return the report of last month of a facilitator of the village, handed in."""
    now, figures = clock.now(), MonthFigures()
    with setting_up():
        return MonthlyReport.objects.create(
            **{
                "person": people.person(f"Pelapor {village.name}", f"pelapor-{secrets.token_hex(4)}"),
                "role": "PLD",
                "regency": village.regency,
                "district": village.district,
                "village": village,
                "month": last_month().first,
                "state": "submitted",
                "figures": figures.data,
                "figures_digest": figures.digest,
                "submitted_at": now,
                "submitted_date": now.date(),
                **fields,
            }
        )


def last_month() -> Month:
    return month_of(clock.today()).plus(-1)


@sample("visit_id", "mentoring:")
def visit(village: Village) -> object:
    return visit_in(village).pk


@sample("item_id", "mentoring:")
def item(village: Village) -> object:
    return item_in(village).pk


@sample("report_id", "mentoring:")
def report(village: Village) -> object:
    return report_in(village).pk


@sample("month", "mentoring:")
def month(_village: Village) -> object:
    return last_month().code


@sample("kind", "mentoring:")
def kind(_village: Village) -> object:
    return "csv"
