"""While an amendment of the budget is on its way, works spend what the budget in force gives them."""

import pytest
from django.urls import reverse

from budgeting.apb_given import budget as sheet
from factories import people
from rembuk.budgeting import services as budgets
from rembuk.budgeting.known_income import incomes_of_budgets
from rembuk.budgeting.models import Apbdes, ApbdesIncome
from rembuk.budgeting.panels import panels_of_cycles
from rembuk.budgeting.queries import budgets_of
from rembuk.core.hat import Role
from rembuk.shared.trail.testing import setting_up
from rembuk.works.queries import board_of, budget_of, counts_of
from works.given import EMERGENCY_ROW, LINES, NOW, TODAY

LESS = tuple(
    (code, name, place, "70.000.000" if name == "Titian ulin RT 02" else amount, source)
    for code, name, place, amount, source in LINES
    if name != "Titian ulin RT 05"
)


def set_state(apbdes, state):
    with setting_up():
        Apbdes.objects.filter(pk=apbdes.pk).update(state=state)


@pytest.fixture
def amended(cycle, budget, works, hat):
    """The first budget is in force; the lines of an amendment came in and wait for their Perdes."""
    set_state(budget.apbdes, "promulgated")
    batch = budgets.upload_apbdes(cycle_id=cycle.pk, content=sheet(*LESS), name="p.csv", actor=hat("SDK"), at=NOW)
    row = str(int(EMERGENCY_ROW) - 2)
    budgets.choose_items(
        import_id=batch.pk, choices={row: "darurat"}, reasons={row: "Banjir"}, actor=hat("SDK"), at=NOW
    )
    made = budgets.save_apbdes(import_id=batch.pk, actor=hat("SDK"), at=NOW)
    with setting_up():
        for version, amount in ((budget, 700), (made, 900)):
            ApbdesIncome.objects.create(
                version=version, order=1, name="Dana Desa", source="DDS", amount=amount, kind="income"
            )
    return made


def given(cycle):
    return {row.name: row.budget for row in board_of(cycle, TODAY)}


def test_works_spend_what_is_in_force_until_the_amendment_is_promulgated(cycle, budget, amended, bridge):
    found = budgets_of([cycle.pk])[cycle.pk]
    assert (found.binding, found.newest, found.amendment) == (budget, amended, amended)
    assert (given(cycle)["Titian ulin RT 02"], given(cycle)["Titian ulin RT 05"]) == (100_000_000, 100_000_000)
    assert budget_of(bridge) == {"DDS": 100_000_000}
    assert (counts_of([cycle.pk])[cycle.pk]["lines"], incomes_of_budgets(cycle.village_id)) == (4, {(2027, "DDS"): 700})
    set_state(amended.apbdes, "promulgated")
    assert (given(cycle)["Titian ulin RT 02"], given(cycle)["Titian ulin RT 05"]) == (70_000_000, 0)
    assert budget_of(bridge) == {"DDS": 70_000_000}
    assert (counts_of([cycle.pk])[cycle.pk]["lines"], incomes_of_budgets(cycle.village_id)) == (3, {(2027, "DDS"): 900})


def test_before_any_budget_is_in_force_its_newest_lines_count(cycle, budget):
    found = budgets_of([cycle.pk])[cycle.pk]
    assert (found.binding, found.amendment) == (budget, None)


def test_the_amendment_is_named_on_panel_and_list_and_labelled_where_it_is_worked_on(cycle, budget, amended, hat):
    rows = {str(label): str(text) for label, text in panels_of_cycles([cycle.pk], hat("SDK"))[cycle.pk].rows}
    assert (rows["Belanja"], rows["Keadaan"], rows["Perubahan"]) == (
        "Rp296.000.000",
        "diundangkan",
        "ke-1: rancangan",
    )
    with setting_up():
        client = people.signed_in(people.holder(Role.SDK, cycle.village))
    index = client.get(reverse("budgeting:apbdes_list") + "?semua=ya").content.decode()
    assert "perubahan ke-1: rancangan" in index and "Rp296.000.000" in index
    for name in ("apbdes", "difference", "rab"):
        page = client.get(reverse(f"budgeting:{name}", args=(cycle.pk,))).content.decode()
        assert "Yang dibandingkan di sini rancangan perubahan ke-1 (rancangan)" in page
    set_state(amended.apbdes, "promulgated")
    page = client.get(reverse("budgeting:difference", args=(cycle.pk,))).content.decode()
    assert "rancangan perubahan ke-1" not in page
