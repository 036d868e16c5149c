"""G10: the same need twice, in the plan and the DU-RKP or paid by two programmes."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rembuk.core.checks.facts import DuItemFacts, ItemFacts, PlanFacts
from rembuk.core.errors import Finding
from rembuk.core.workflow.links import LINKS

SOURCE: Final = "Permendagri 114/2014 Pasal 43 dan 51"
ALIKE: Final = 3  # of four words, three in common
FILLER: Final = frozenset({"di", "dan", "untuk", "ke", "yang", "pada", "dengan", "rt", "rw", "dusun", "desa"})


@lru_cache(4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.lower())) - FILLER


@lru_cache(4096)
def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def same_place_and_size(one: ItemFacts | DuItemFacts, two: ItemFacts | DuItemFacts) -> bool:
    """Return whether activity code, location and volume are the same and none of them is empty."""
    mine = (one.activity_code, _plain(one.location), _plain(one.volume))
    return all(mine) and mine == (two.activity_code, _plain(two.location), _plain(two.volume))


def alike(one: ItemFacts | DuItemFacts, two: ItemFacts | DuItemFacts) -> bool:
    """Return whether three quarters of all words of both names are common, at locations that do not differ.

    A differing number (RT 3, RT 4; tahap 1, tahap 2) keeps two apart.
    """
    first, second = _words(one.name), _words(two.name)
    if any(word.isdigit() for word in first ^ second):
        return False
    places = _plain(one.location), _plain(two.location)
    if all(places) and places[0] != places[1]:
        return False
    return bool(first) and len(first & second) * (ALIKE + 1) >= len(first | second) * ALIKE


def _named(item: ItemFacts | DuItemFacts) -> str:
    return f"{item.name} ({item.location})" if item.location else item.name


def check_du_rkp(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """Return items that also stand in the DU-RKP: the same block, similar names warn."""
    for item in plan.items:
        for other in plan.du_items:
            if same_place_and_size(item, other):
                text = f"{item.name}: juga ada dalam DU-RKP tahun yang sama ({_named(other)}); hapus salah satu."
                yield Finding("G10", "block", text, SOURCE, item.id, LINKS["item"])
            elif alike(item, other):
                text = f"{item.name}: mirip dengan {_named(other)} dalam DU-RKP; pastikan bukan kegiatan yang sama."
                yield Finding("G10", "warn", text, SOURCE, item.id, LINKS["item"])


def check_twice(plan: PlanFacts, stage: str | None = None) -> Iterator[Finding]:
    """Return items that look like an earlier one: within the plan, or a regency programme beside ADD or Dana Desa.

    Each item is reported once, against the first it looks like.
    """
    for place, two in enumerate(plan.items):
        one = next(
            (other for other in plan.items[:place] if same_place_and_size(other, two) or alike(other, two)), None
        )
        if one is None:
            continue
        if one.programme != two.programme:
            name = one.programme or two.programme
            text = f"{two.name}: program {name} dan sumber lain membiayai {_named(one)} yang serupa; pilih satu sumber."
        else:
            text = f"{two.name}: serupa dengan {_named(one)} dalam rencana ini; gabungkan atau bedakan lokasinya."
        yield Finding("G10", "warn", text, SOURCE, two.id, LINKS["item"])
