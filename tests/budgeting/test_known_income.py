"""The projection of an RPJM Desa may be filled from the budgets that the program holds."""

from budgeting.apb_given import NOW, as_planned, budget, enacted_plan
from plans.given import ceiling
from rembuk.budgeting import services
from rembuk.budgeting.known_income import incomes_of_budgets
from rembuk.budgeting.models import ApbdesIncome
from rembuk.plans.rpjm_income import known_incomes, offered
from rembuk.shared.trail.testing import setting_up


def test_the_newest_budget_of_a_year_is_believed_before_its_ceiling(cycle, village, hat, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    enacted_plan(cycle)
    batch = services.upload_apbdes(
        cycle_id=cycle.pk, content=budget(*as_planned()), name="apb.csv", actor=hat("SDK"), at=NOW
    )
    version = services.save_apbdes(import_id=batch.pk, actor=hat("SDK"), at=NOW)
    rows = (("DDS", 700, "income"), ("DDS", 50, "income"), ("", 9, "income"), ("PAD", 5, "financing_in"))
    with setting_up():
        ceiling(village, "DDS", 900)
        ceiling(village, "ADD", 400)
        for order, (source, amount, kind) in enumerate(rows):
            ApbdesIncome.objects.create(
                version=version, order=order, name="Pendapatan", source=source, amount=amount, kind=kind
            )
    assert incomes_of_budgets(village.id) == {(2027, "DDS"): 750}
    found = offered(known_incomes(village.id), range(2027, 2029))
    assert {key: (row.amount, row.origin) for key, row in found.items()} == {
        (2027, "DDS"): (750, "APB Desa"),
        (2028, "DDS"): (750, "APB Desa"),
        (2027, "ADD"): (400, "pagu"),
        (2028, "ADD"): (400, "pagu"),
    }
