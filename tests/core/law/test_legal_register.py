"""docs/legal.md names only code and tests that exist."""

import importlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (ROOT / "docs" / "legal.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and "`rembuk." in line
]


def test_every_row_names_an_article_a_place_a_test_and_how_sure_it_is() -> None:
    assert len(ROWS) >= 30
    assert all(len(row) == 5 and all(row) for row in ROWS)


def test_every_place_in_the_code_exists() -> None:
    for row in ROWS:
        module, name = row[2].strip("`").split(":")
        assert hasattr(importlib.import_module(module), name), row[2]


def test_every_test_exists() -> None:
    for row in ROWS:
        path, name = row[3].strip("`").split("::")
        assert re.search(rf"^def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE), row[3]
