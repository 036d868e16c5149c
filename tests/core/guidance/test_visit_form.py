"""The visit sheet: what must be filled, and checklists that never change once they were used."""

import hashlib
import json
from dataclasses import asdict

import pytest

from rembuk.core.guidance.visit_form import CHECKLISTS, PARTS, checklist_for
from rembuk.core.workflow.stages import STAGES

# Answers keep code and version, so the words behind them stay. A change of words is a new version, with its own line.
FROZEN = {"2026-1": "f87c077c6b8bdac5"}


def digest_of(version: str) -> str:
    lists = [asdict(each) for (_stage, known), each in sorted(CHECKLISTS.items()) if known == version]
    return hashlib.sha256(json.dumps(lists, sort_keys=True).encode()).hexdigest()[:16]


def test_only_promises_findings_and_signatures_must_be_filled():
    assert [letter for letter, must in PARTS.items() if must] == ["a", "h", "j"]
    assert "".join(PARTS) == "abcdefghij"


@pytest.mark.parametrize("version", sorted({version for _stage, version in CHECKLISTS}))
def test_a_version_that_was_used_is_frozen(version):
    assert digest_of(version) == FROZEN[version]


def test_every_stage_has_a_short_list_of_its_own_and_codes_are_unique():
    codes = []
    for stage in STAGES:
        found = checklist_for(stage)
        assert found.stage == stage and 2 <= len(found.items) <= 5
        codes += [item.code for item in found.items]
    assert len(codes) == len(set(codes))


def test_a_stage_without_a_list_gets_the_general_one():
    assert checklist_for("R4").stage == "UMUM"
    assert checklist_for("").stage == "UMUM"


def test_a_version_can_be_asked_for_by_name_and_an_unknown_one_is_an_error():
    assert checklist_for("K9", "2026-1").item("K9-2").must
    assert checklist_for("K9").item("K1-1") is None
    with pytest.raises(KeyError):
        checklist_for("K9", "1999-1")
