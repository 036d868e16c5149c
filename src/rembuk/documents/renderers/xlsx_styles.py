"""How cells of a workbook look, and how high their rows must be."""

import math
from typing import Any

from xlsxwriter.workbook import Workbook

FACE = "Arial"


def lines_of(text: str, width: float, size: float) -> int:
    """Estimate how many lines *text* takes in a cell of *width* units: words end a line a little early."""
    room = width * 12 / size
    return sum(max(1, math.ceil(len(line) * 1.05 / room)) for line in text.split("\n"))


class Styles:
    """Cell formats by name, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[Any, ...], Any] = {}

    def get(self, look: str, side: str = "left", size: float = 10, number: str = "", *, quoted: bool = False) -> Any:
        key = (look, side, size, number, quoted)
        if key not in self._made:
            self._made[key] = self._book.add_format(self._properties(look, side, size, number, quoted))
        return self._made[key]

    @staticmethod
    def _properties(look: str, side: str, size: float, number: str, quoted: bool) -> dict[str, Any]:
        found: dict[str, Any] = {
            "font_name": FACE,
            "font_size": size,
            "align": side,
            "valign": "top",
            "text_wrap": True,
        }
        if look in ("head", "letter", "plain", "strong", "empty"):
            found["border"] = 1
        if look in ("head", "strong", "bold", "title", "mark", "name"):
            found["bold"] = True
        if look in ("head", "letter"):
            found |= {"valign": "vcenter", "bg_color": "#F2F2F2"}
        if look == "strong":
            found["bg_color"] = "#E8E8E8"
        if look in ("mark", "note"):
            found["border"] = 1
        if look == "name":
            found["underline"] = 1
        if look == "empty":
            found["italic"] = True
        if side == "right" and look == "plain" and not number:
            found["indent"] = 1
        if number:
            found["num_format"] = number
        if quoted:
            found["quote_prefix"] = True
        return found
