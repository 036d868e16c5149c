"""How papers name the elements of a meeting; two of them are never printed beside a name.

Source: Permendagri 114/2014 and Permendesa PDTT 21/2020 (list of elements).
"""

from collections.abc import Iterable

from rembuk.core.law.elements import ATTENDEE_TYPES, ELEMENTS, HIDDEN_BESIDE_NAMES

ELEMENT_NAMES: dict[str, str] = {**ELEMENTS, **ATTENDEE_TYPES}
SHELTERED = HIDDEN_BESIDE_NAMES
SHELTERED_NAME = "Wakil kelompok"


def element_name(code: str) -> str:
    """Return the name of an element for a text without names; an unknown code is printed as it is."""
    return ELEMENT_NAMES.get(code, code)


def name_beside_person(code: str) -> str:
    """Return the name of an element for a list with names: the sheltered ones are "wakil kelompok"."""
    return SHELTERED_NAME if code in SHELTERED else element_name(code)


def elements_sentence(codes: Iterable[str]) -> str:
    """Name the elements present, each once, in the order of the legal list; the sheltered ones only as represented."""
    present = set(codes)
    order = [code for code in ELEMENT_NAMES if code in present] + sorted(present - set(ELEMENT_NAMES))
    return "; ".join(element_name(code) + (" (terwakili)" if code in SHELTERED else "") for code in order)
