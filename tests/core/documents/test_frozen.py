"""A stored paper comes back as it was, and a forged one does not come back."""

import json

import pytest

from documents.samples import HOSTILE, SAMPLES, plan
from rembuk.core.documents.frozen import fingerprint, from_json, to_json
from rembuk.core.documents.model import Document, Row, Table


@pytest.mark.parametrize("name", SAMPLES)
def test_every_form_comes_back_from_storage_as_it_was(name: str) -> None:
    document = SAMPLES[name]()

    assert from_json(to_json(document)) == document
    assert to_json(from_json(to_json(document))) == to_json(document)


def test_a_stored_paper_with_a_changed_amount_is_refused() -> None:
    stored = to_json(plan(2)).replace("120000000", "120000001", 1)

    with pytest.raises(ValueError, match="is not the sum"):
        from_json(stored)


@pytest.mark.parametrize("text", ["{}", "[]", "1", '{"_":"Row","cells":[]}', '{"_":"Popen"}', '{"_":"Document","x":1}'])
def test_anything_else_is_no_stored_paper(text: str) -> None:
    with pytest.raises(ValueError, match="not a stored paper"):
        from_json(text)


def test_broken_json_is_refused_as_a_value_error() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        from_json("{")


def test_the_fingerprint_follows_the_content() -> None:
    assert fingerprint(plan(2)) == fingerprint(plan(2))
    assert len({fingerprint(plan(2)), fingerprint(plan(3)), fingerprint(plan(2, number="5"))}) == 3


def test_a_flag_and_a_number_stay_what_they_are() -> None:
    base = plan(0)
    columns = base.tables[0].columns
    row = Row((1, HOSTILE, True, False, None, "", "", 0, "", True, False, None, "1"))
    document = Document("F26", "x", (), (Table(columns, (row,)),), base.dated)

    (table,) = from_json(to_json(document)).tables

    assert [type(cell) for cell in table.rows[0].cells] == [type(cell) for cell in row.cells]
    assert json.loads(to_json(document))["parts"][0]["rows"][0]["cells"][1] == HOSTILE
