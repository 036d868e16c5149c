"""F19 by subject: the same form prints the Perdes of a yearly plan, of an RPJM Desa, and in its regency's own words."""

import pytest
from django.core.exceptions import ObjectDoesNotExist

from assessment.given import whole_assessment
from factories.samples_plans import rpjm_of
from plans.given import NOW
from rembuk.assessment.queries import inventory
from rembuk.core.documents.model import Facts, NumberedList
from rembuk.documents.models import WordingText
from rembuk.documents.queries import printables_of
from rembuk.documents.recipes import FORMS, village_of
from rembuk.plans.models import RpjmdesItem
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def rpjm(village):
    return rpjm_of(village)


def made(code, key):
    form = FORMS[code]
    (document,) = form.made(form.gather(str(key)))
    return document


def test_the_regulation_is_on_the_plan_that_the_subject_is(plan, rpjm, village):
    years = f"{rpjm.start_year}-{rpjm.end_year}"
    assert made("F19", rpjm.pk).title == f"Peraturan Desa Melintang tentang RPJM Desa Tahun {years}"
    assert made("F19", plan.pk).title == "Peraturan Desa Melintang tentang RKP Desa Tahun 2027"
    assert village_of(FORMS["F19"], str(rpjm.pk)) == village_of(FORMS["F19"], str(plan.pk)) == village.id


def test_a_key_of_neither_plan_is_refused(plan):
    with pytest.raises(ObjectDoesNotExist):
        FORMS["F19"].gather(str(plan.cycle_id))


def test_the_regency_words_what_the_regulation_on_an_rpjm_weighs(rpjm, village):
    with setting_up():
        WordingText.objects.create(
            regency=village.regency, kind="perdes-rpjm-menimbang", text="bahwa {desa} menata {tahun};", saved_at=NOW
        )
    (weighed,) = [
        part.items
        for part in made("F19", rpjm.pk).parts
        if isinstance(part, NumberedList) and part.label == "Menimbang"
    ]
    assert weighed == (f"bahwa Melintang menata {rpjm.start_year}-{rpjm.end_year};",)


def test_each_cycle_offers_the_regulation_of_its_own_plan(plan, cycle, rpjm):
    assert f"plan:{plan.pk}" in [one.subject for one in printables_of(cycle, "K12") if one.code == "F19"]
    assert f"rpjm:{rpjm.pk}" in [one.subject for one in printables_of(rpjm.cycle, "R10") if one.code == "F19"]


def test_the_document_and_the_road_map_are_cut_from_the_matrix(rpjm, village):
    with setting_up():
        RpjmdesItem.objects.create(
            rpjmdes=rpjm, name="Titian ulin", activity_code="2.3.11", sdgs=[9], indicator="panjang titian",
            years=[rpjm.start_year], year_costs={str(rpjm.start_year): 7}, cost=7,
        )  # fmt: skip
    row = next(row for row in made("F16", rpjm.pk).tables[0].rows if row.kind == "item")
    assert row.cells[1:5] == ("9", "panjang titian", "", "Titian ulin") and row.cells[7] == 7
    text = made("F18", rpjm.pk)
    assert ("Kode wilayah", village.code) in [
        pair for part in text.parts if isinstance(part, Facts) for pair in part.pairs
    ]
    assert "Titian ulin" in [row.cells[1] for table in text.tables for row in table.rows]


def test_the_document_prints_what_the_assessment_of_its_cycle_found(rpjm, village):
    with setting_up():
        studied = whole_assessment(village, rpjm.start_year)
    problems = [entry.text for entry in inventory(studied, "problem")]
    printed = [row.cells[1] for table in made("F18", rpjm.pk).tables for row in table.rows if row.kind == "item"]
    assert problems and [words for words in problems if words not in printed] == []
