"""Plan beside budget: what differs by activity and source, how much is linked, and the ceilings."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgeting.apb_given import NOW, as_planned, budget, enacted_plan
from factories import people
from plans.given import ceiling
from rembuk.budgeting import services
from rembuk.budgeting.comparing import comparison_of
from rembuk.core.hat import Role
from rembuk.shared.trail.testing import setting_up

CHANGED = (
    ("1.1.01", "Penghasilan tetap kepala desa", "Kantor Desa", "60.000.000", "ADD"),
    ("2.3.11", "Titian ulin RT 02", "Dusun Tengah", "90.000.000", "DDS"),
    ("2.3.11", "Titian ulin RT 05", "Dusun Hulu", "100.000.000", "DDS"),
    ("5.3.00", "BLT Desa", "Desa", "36.000.000", "DDS"),
)


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def stored(cycle, hat):
    """Store a budget of these lines; emergencies get a reason."""

    def make(*lines):
        batch = services.upload_apbdes(
            cycle_id=cycle.pk, content=budget(*lines), name="apb.csv", actor=hat("SDK"), at=NOW
        )
        row = next((str(number) for number, line in enumerate(lines, 7) if line[0].startswith("5")), "")
        if row:
            services.choose_items(
                import_id=batch.pk, choices={row: "darurat"}, reasons={row: "Banjir"}, actor=hat("SDK"), at=NOW
            )
        return services.save_apbdes(import_id=batch.pk, actor=hat("SDK"), at=NOW)

    return make


@pytest.fixture
def client(village):
    def make(role):
        with setting_up():
            return people.signed_in(people.holder(Role(role), village))

    return make


def test_every_activity_says_how_the_budget_differs(cycle, stored):
    enacted_plan(cycle)
    stored(*CHANGED)
    found = comparison_of(cycle)
    assert [(row.name, row.kind, row.change) for row in found.rows] == [
        ("Penghasilan tetap kepala desa", "same", 0),
        ("Penyelenggaraan Posyandu", "missing", -24_000_000),
        ("Titian ulin RT 02", "changed", -10_000_000),
        ("Titian ulin RT 05", "moved", 0),
        ("BLT Desa", "added", 36_000_000),
    ]
    assert [(row.source, row.planned, row.budgeted) for row in found.sources] == [
        ("ADD", 80_000_000, 60_000_000),
        ("DDS", 204_000_000, 226_000_000),
    ]


def test_the_links_are_counted_by_lines_and_by_rupiah_one_way(cycle, stored):
    enacted_plan(cycle)
    stored(*CHANGED)
    found = comparison_of(cycle)
    assert (found.from_plan.linked_count, found.from_plan.count) == (3, 4)
    assert found.from_plan.permille_by_value == 250_000_000 * 1000 // 286_000_000
    assert (found.into_budget.linked_count, found.into_budget.count) == (3, 4)
    assert (found.from_rpjm.linked_count, found.from_rpjm.count) == (0, 4)


def test_the_budget_is_held_against_ceilings_and_what_was_left_over(cycle, village, stored):
    enacted_plan(cycle)
    with setting_up():
        ceiling(village, "DDS", 200_000_000)
        ceiling(village, "DDS", 20_000_000, earmark="KDMP")
    stored(*CHANGED)
    found = comparison_of(cycle)
    assert found.ceilings == {"DDS": 220_000_000}
    assert [finding.subject for finding in found.over] == ["DDS"]
    assert "lebih Rp6.000.000" in found.over[0].message and not found.final


def test_the_page_filters_counts_and_exports_what_it_shows(cycle, stored, client):
    enacted_plan(cycle)
    stored(*CHANGED)
    here = reverse("budgeting:difference", args=(cycle.pk,))
    text = client("BPD").get(here).content.decode()
    assert "4 dari 5 kegiatan berbeda" in text and "Banjir" in text
    narrowed = client("BPD").get(here + "?beda=changed&sumber=DDS&cari=titian").content.decode()
    assert "1 kegiatan" in narrowed and "Titian ulin RT 02" in narrowed and "Titian ulin RT 05" not in narrowed
    export = client("BPD").get(reverse("budgeting:difference_export", args=(cycle.pk,)) + "?beda=changed")
    book = openpyxl.load_workbook(io.BytesIO(export.content))
    rows = [[cell.value for cell in row] for row in book["Selisih"].iter_rows(min_row=2)]
    assert [(row[1], row[4], row[5], row[6]) for row in rows] == [
        ("Titian ulin RT 02", 100_000_000, 90_000_000, -10_000_000)
    ]
    assert "Tidak ada kegiatan yang cocok" in client("BPD").get(here + "?cari=zzz").content.decode()


def test_before_a_budget_came_the_page_leads_to_where_it_is_brought(cycle, client):
    enacted_plan(cycle)
    answer = client("KAD").get(reverse("budgeting:difference", args=(cycle.pk,)))
    assert answer.headers["Location"] == reverse("budgeting:apbdes", args=(cycle.pk,))


def test_the_page_asks_as_many_queries_for_many_lines_as_for_few(cycle, stored, client):
    rows = [("2.3.11", f"Titian RT {number:02d}", "", {"DDS": 1_000_000}) for number in range(1, 61)]
    enacted_plan(cycle, rows)
    head = client("KAD")

    def count(lines):
        stored(*[(code, name, place, "1.000.000", "DDS") for code, name, place, _money in lines])
        with CaptureQueriesContext(connection) as found:
            assert head.get(reverse("budgeting:difference", args=(cycle.pk,))).status_code == 200
        return len(found)

    assert count(rows[:3]) == count(rows)


def test_a_wider_hat_sees_the_budgets_of_its_place(cycle, stored, village):
    enacted_plan(cycle)
    stored(*as_planned())
    with setting_up():
        division = people.signed_in(people.division_head(village))
    text = division.get(reverse("budgeting:apbdes_list") + "?cari=melin").content.decode()
    assert "Melintang" in text and "284.000.000" in text and "rancangan" in text


def test_after_an_amendment_the_lines_follow_their_activities_into_the_new_version(cycle, stored):
    first = enacted_plan(cycle)
    stored(*as_planned())
    second = enacted_plan(
        cycle, [("2.3.11", "Titian ulin RT 02", "Dusun Tengah", {"DDS": 70_000_000})], version_no=2, amends=first
    )
    found = comparison_of(cycle)
    assert found.plan == second
    assert [(row.name, row.kind, row.change) for row in found.rows] == [
        ("Titian ulin RT 02", "changed", 30_000_000),
        ("Penghasilan tetap kepala desa", "added", 60_000_000),
        ("Titian ulin RT 05", "added", 100_000_000),
        ("Penyelenggaraan Posyandu", "added", 24_000_000),
    ]
    assert (found.from_plan.linked_count, found.from_plan.count) == (1, 4)
