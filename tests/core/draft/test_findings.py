"""What is checked of a drafted plan, and what is said to be unchecked."""

import pytest

from rembuk.core.draft import draft_plan
from rembuk.core.draft.findings import plan_findings
from rembuk.core.intake.ceilings import CeilingLine, Ceilings
from rembuk.core.intake.proposals import ReadRow

CEILINGS = Ceilings((CeilingLine(2, "DDS", 100), CeilingLine(3, "DDS", 50, "KDMP")))


def found(*rows, year=2027):
    plan = draft_plan(rows, CEILINGS, year)
    return [(one.code, one.severity, one.message) for one in plan_findings(plan, "64.02.02.2006")]


def row(number, text, cost=10, **more):
    return ReadRow(row=number, text=text, cost=cost, kegiatan="2.3.11", **more)


def test_what_a_draft_cannot_know_is_said_to_be_unchecked():
    notes = [code for code, severity, message in found(row(2, "Semenisasi jalan")) if "belum diperiksa" in message]
    assert notes == ["G01", "G07", "G08", "G09", "G10", "G14", "G15"]


@pytest.mark.parametrize(("year", "said"), [(2027, True), (2026, False)])
def test_a_year_without_rules_is_said_to_be_not_loaded(year, said):
    assert (
        any(code == "G11" and "belum dimuat" in message for code, _, message in found(row(2, "Jalan"), year=year))
        == said
    )


def test_a_focus_that_is_only_suggested_is_named():
    messages = [message for code, _, message in found(row(2, "Semenisasi jalan"), year=2026) if code == "G11"]
    assert "Fokus Dana Desa 1 kegiatan masih saran dari kode kegiatannya; tetapkan satu per satu." in messages


def test_the_same_need_twice_is_named_once_per_row():
    rows = [row(number, "Semenisasi jalan dusun", location="RT 01", volume="10", unit="m") for number in (2, 3, 4)]
    twice = [message for code, severity, message in found(*rows) if (code, severity) == ("G10", "warn")]
    assert [message.split(":")[0] for message in twice] == ["Baris 3", "Baris 4"]


def test_ownership_is_asked_never_decided():
    asked = [
        message
        for code, severity, message in found(row(2, "Perbaikan jalan kabupaten"))
        if (code, severity) == ("G09", "warn")
    ]
    assert len(asked) == 1
    assert asked[0].startswith("Baris 2: Perbaikan jalan kabupaten: Apakah jalan ini milik ")


def test_a_plan_without_items_still_has_its_findings():
    assert "G01" in [code for code, _, _ in found(row(2, "Jalan", cost=None))]
