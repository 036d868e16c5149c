"""The checklists: what each phase must have, and versions that never change once a forum used them."""

import hashlib
from dataclasses import astuple
from datetime import date

import pytest

from rembuk.core.guidance.facilitation import Answered, Known, phase_missing
from rembuk.core.guidance.forum_checklists import PHASES, VERSIONS, Checklist, Item, checklist, checklist_on

FROZEN = {1: "ac09d9f4ca0846110d8c6b534c25c0c674c1ee1abf7427dc4c960353892a4f04"}


def digest(version: Checklist) -> str:
    return hashlib.sha256(repr([astuple(item) for item in version.items]).encode()).hexdigest()


def test_a_version_in_use_is_never_changed():
    assert {number: digest(version) for number, version in VERSIONS.items()} == FROZEN


@pytest.mark.parametrize("number", sorted(VERSIONS))
def test_codes_stand_once_and_every_phase_has_items(number):
    version = checklist(number)
    codes = [item.code for item in version.items]
    assert len(codes) == len(set(codes))
    assert all(version.of_phase(phase) for phase in PHASES)
    assert all(item.fact for item in version.items if not item.by_hand)


def test_the_must_haves_are_those_of_the_guide():
    musts = {phase: [item.code for item in checklist(1).of_phase(phase) if item.must] for phase in PHASES}
    assert musts == {
        "before": ["B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B13"],
        "during": ["D01", "D02", "D07", "D08", "D10", "D12", "D13"],
        "after": ["A01", "A02"],
        "inclusion": [],
    }


def test_a_forum_before_the_first_version_uses_the_first():
    assert checklist_on(date(2020, 1, 1)).version == 1
    assert checklist_on(date(2026, 1, 1)).version == 1


SMALL = Checklist(
    9,
    date(2026, 1, 1),
    (
        Item("X1", "before", "Surat pagu di tangan", must=True, fact="ceiling", by_hand=False),
        Item("X2", "before", "Peringkat", must=True, fact="ranking"),
        Item("X3", "before", "Pojok anak"),
        Item("X4", "during", "Hasil dibacakan", must=True),
    ),
)


@pytest.mark.parametrize(
    ("facts", "answers", "missing"),
    [
        ({}, {}, ["X1", "X2"]),
        ({"ceiling": Known(True)}, {"X2": Answered("yes")}, []),
        ({"ceiling": Known(False)}, {"X1": Answered("yes"), "X2": Answered("no")}, ["X1", "X2"]),
        ({"ceiling": Known(True), "ranking": Known(True)}, {"X2": Answered("no")}, []),
        ({"ceiling": Known(True)}, {"X2": Answered("na")}, []),
    ],
)
def test_a_gate_asks_facts_first_and_people_only_where_they_may_say(facts, answers, missing):
    assert [finding.code for finding in phase_missing(SMALL, "before", facts, answers)] == missing


def test_a_missing_item_says_what_is_known_and_where_it_is_mended():
    [finding, _other] = phase_missing(SMALL, "before", {"ceiling": Known(False, "surat belum ada", "/pagu/")}, {})
    assert (finding.message, finding.link) == ("Surat pagu di tangan (surat belum ada).", "/pagu/")
