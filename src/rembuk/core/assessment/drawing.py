"""Pictures of the tools as SVG, written by the server: the problem tree and the circles of institutions. Pure.

Colours and letters come from classes of the page's stylesheet; every drawing has a sentence for those who listen.
"""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from rembuk.core.assessment.outline import Line

BOX_WIDE: Final = 168
GAP: Final = 16
RISE: Final = 34
LINE_HIGH: Final = 17
LETTERS: Final = 23
PAD: Final = 9
RING: Final = 62
CLOSEST: Final = 5


@dataclass(frozen=True, slots=True)
class Box:
    """A placed box of the tree. side: effect | core | cause; parent: index of the box that it hangs on, -1 for none."""

    text: tuple[str, ...]
    side: str
    parent: int
    x: float
    y: float
    high: float

    @property
    def middle(self) -> float:
        return self.x + BOX_WIDE / 2


def wrapped(text: str) -> tuple[str, ...]:
    """Break a text into the lines of a box."""
    return tuple(textwrap.wrap(text, LETTERS, break_long_words=True) or [""])


def high_of(text: str) -> float:
    return len(wrapped(text)) * LINE_HIGH + 2 * PAD


def _columns(lines: Sequence[Line]) -> list[tuple[float, int]]:
    """Return (middle in columns, parent) of each line: leaves stand side by side, a parent over its children."""
    parents: list[int] = []
    stack: list[int] = []
    for index, line in enumerate(lines):
        del stack[line.depth :]
        parents.append(stack[-1] if stack else -1)
        stack.append(index)
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        children.setdefault(parent, []).append(index)
    middles = [0.0] * len(lines)
    taken = 0
    for index in range(len(lines)):
        if index not in children:
            middles[index] = taken + 0.5
            taken += 1
    for index in reversed(range(len(lines))):
        if index in children:
            own = children[index]
            middles[index] = (middles[own[0]] + middles[own[-1]]) / 2
    return list(zip(middles, parents, strict=True))


def _side(lines: Sequence[Line], side: str, shift: float, first: int, start: float, way: int) -> list[Box]:
    """Place the lines of one side, level by level away from the core; way is 1 downwards and -1 upwards."""
    columns = _columns(lines)
    levels = sorted({line.depth for line in lines})
    tall = {depth: max(high_of(line.text) for line in lines if line.depth == depth) for depth in levels}
    tops: dict[int, float] = {}
    edge = start
    for depth in levels:
        edge += way * RISE
        tops[depth] = edge if way > 0 else edge - tall[depth]
        edge += way * tall[depth]
    boxes = []
    for line, (middle, parent) in zip(lines, columns, strict=True):
        high = high_of(line.text)
        top = tops[line.depth] if way > 0 else tops[line.depth] + tall[line.depth] - high
        x = shift + middle * (BOX_WIDE + GAP) - BOX_WIDE / 2
        boxes.append(Box(wrapped(line.text), side, 0 if parent < 0 else first + parent, x, top, high))
    return boxes


def place_tree(core: str, effects: Sequence[Line], causes: Sequence[Line]) -> list[Box]:
    """Return the boxes of a tree: the core problem first, effects above it, causes below; nothing overlaps."""
    step = BOX_WIDE + GAP
    wide = [max(1, sum(1 for index in range(len(rows)) if _is_leaf(rows, index))) for rows in (effects, causes)]
    whole = max(wide) * step
    high = high_of(core)
    boxes = [Box(wrapped(core), "core", -1, whole / 2 - BOX_WIDE / 2, 0.0, high)]
    boxes += _side(effects, "effect", (whole - wide[0] * step) / 2, len(boxes), 0.0, -1)
    boxes += _side(causes, "cause", (whole - wide[1] * step) / 2, len(boxes), high, 1)
    return boxes


def _is_leaf(lines: Sequence[Line], index: int) -> bool:
    return index + 1 == len(lines) or lines[index + 1].depth <= lines[index].depth


def draw_tree(core: str, effects: Sequence[Line], causes: Sequence[Line], spoken: str) -> str:
    """Return the tree as SVG. spoken: one sentence that says what it shows."""
    boxes = place_tree(core, effects, causes)
    left, right = min(box.x for box in boxes) - 4, max(box.x for box in boxes) + BOX_WIDE + 4
    top, foot = min(box.y for box in boxes) - 4, max(box.y + box.high for box in boxes) + 4
    parts = [_branch(box, boxes[box.parent]) for box in boxes if box.parent >= 0]
    parts += [_box(box) for box in boxes]
    view = f"{left:g} {top:g} {right - left:g} {foot - top:g}"
    return (
        f'<svg class="tree" viewBox="{view}" width="{right - left:g}" height="{foot - top:g}" role="img" '
        f'aria-label="{escape(spoken, quote=True)}">{"".join(parts)}</svg>'
    )


def _branch(box: Box, parent: Box) -> str:
    start, end = (parent.y, box.y + box.high) if box.y < parent.y else (parent.y + parent.high, box.y)
    half = (start + end) / 2
    return f'<path class="branch" d="M{parent.middle:g} {start:g}V{half:g}H{box.middle:g}V{end:g}"/>'


def _box(box: Box) -> str:
    shape = f'<rect class="node {box.side}" x="{box.x:g}" y="{box.y:g}" width="{BOX_WIDE}" height="{box.high:g}"/>'
    first = box.y + PAD + LINE_HIGH - 5
    words = "".join(
        f'<tspan x="{box.middle:g}" y="{first + number * LINE_HIGH:g}">{escape(line)}</tspan>'
        for number, line in enumerate(box.text)
    )
    return f'{shape}<text class="node-text {box.side}">{words}</text>'


SHEET_WIDE: Final = 1000
SHEET_MARGIN: Final = 30
Outline = Sequence[tuple[float, float]]


def fit_outlines(lines: Sequence[Outline], high: float, wide: float = SHEET_WIDE) -> list[list[tuple[float, float]]]:
    """Return borders (longitude, latitude) as places on a sheet, north up, in true proportion and with a margin."""
    points = [point for line in lines for point in line]
    if not points:
        return []
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    across, tall = max((east - west) * squeeze, 1e-6), max(north - south, 1e-6)
    scale = min((wide - 2 * SHEET_MARGIN) / across, (high - 2 * SHEET_MARGIN) / tall)
    left, top = (wide - across * scale) / 2, (high - tall * scale) / 2
    return [
        [(round(left + (x - west) * squeeze * scale, 1), round(top + (north - y) * scale, 1)) for x, y in line]
        for line in lines
    ]


@dataclass(frozen=True, slots=True)
class Body:
    """An institution in the diagram. closeness 5 stands next to the residents, 1 farthest; size 1 to 3."""

    name: str
    closeness: int
    size: int


RADII: Final[dict[int, int]] = {1: 17, 2: 25, 3: 34}
GOLDEN: Final = math.pi * (3 - math.sqrt(5))


def ring_step(bodies: Sequence[Body]) -> float:
    """Return the distance between rings: wider where one ring carries more institutions than fit side by side."""
    step: float = RING
    for closeness in range(1, CLOSEST + 1):
        on_ring = [body for body in bodies if body.closeness == closeness]
        if len(on_ring) > 1:
            needed = (max(RADII[body.size] for body in on_ring) + 3) / math.sin(math.pi / len(on_ring))
            step = max(step, needed / (CLOSEST + 1.4 - closeness))
    return step


def place_circles(bodies: Sequence[Body]) -> list[tuple[float, float, int]]:
    """Return (x, y, radius) of each institution round the middle 0,0: on the ring of its closeness, evenly spread.

    The rings begin at different angles, so that names of neighbouring rings do not lie in one line.
    """
    step = ring_step(bodies)
    on_ring: dict[int, list[int]] = {}
    for index, body in enumerate(bodies):
        on_ring.setdefault(body.closeness, []).append(index)
    places: dict[int, tuple[float, float, int]] = {}
    for closeness, indices in on_ring.items():
        distance = step * (CLOSEST + 1.4 - closeness)
        for number, index in enumerate(indices):
            angle = GOLDEN * closeness + 2 * math.pi * number / len(indices)
            places[index] = (
                round(distance * math.cos(angle), 1),
                round(distance * math.sin(angle), 1),
                RADII[bodies[index].size],
            )
    return [places[index] for index in range(len(bodies))]


def draw_circles(bodies: Sequence[Body], middle: str, spoken: str) -> str:
    """Return the diagram as SVG: rings of closeness, residents in the middle, numbered discs by size."""
    step = ring_step(bodies)
    reach = step * (CLOSEST + 0.4) + RADII[3] + 8
    rings = "".join(
        f'<circle class="ring" cx="0" cy="0" r="{step * (CLOSEST + 1.4 - closeness):g}"/>'
        for closeness in range(1, CLOSEST + 1)
    )
    discs = "".join(
        f'<g><circle class="body s{body.size}" cx="{x:g}" cy="{y:g}" r="{radius}"/>'
        f'<text class="body-no" x="{x:g}" y="{y + 6:g}">{number}</text><title>{escape(body.name)}</title></g>'
        for number, (body, (x, y, radius)) in enumerate(zip(bodies, place_circles(bodies), strict=True), start=1)
    )
    return (
        f'<svg class="circles" viewBox="{-reach:g} {-reach:g} {2 * reach:g} {2 * reach:g}" role="img" '
        f'aria-label="{escape(spoken, quote=True)}">{rings}<circle class="middle" cx="0" cy="0" r="46"/>'
        f'<text class="middle-text" x="0" y="5">{escape(middle)}</text>{discs}</svg>'
    )
