"""Drawings of the village tools for papers: a sketch with its points, circles of institutions, a problem tree.

The places of boxes and discs are those of the screen (`core.assessment.drawing`); here they become a picture that every
format can hold. Knows no Django.
"""

import io
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from rembuk.core.assessment.drawing import (
    BOX_WIDE,
    CLOSEST,
    LINE_HIGH,
    PAD,
    RADII,
    Body,
    place_circles,
    place_tree,
    ring_step,
)
from rembuk.core.assessment.outline import Line
from rembuk.core.documents.model import Picture
from rembuk.documents.renderers.typeface import FOLDER, drawable

SCALE = 2
PAPER, INK, HAIR, RIVER, RED, AMBER = "#ffffff", "#23211c", "#857b68", "#0b5d4e", "#98251a", "#fbeac4"
SHEET = (1000, 700)
LONG_EDGE = 1280
WEIGHT = 550


@lru_cache(maxsize=16)
def letters(size: int) -> ImageFont.FreeTypeFont:
    """Return the typeface of papers at *size* pixels, in a weight that a copier still shows."""
    font = ImageFont.truetype(str(FOLDER / "SourceSans3[wght].ttf"), size)
    font.set_variation_by_axes([WEIGHT])
    return font


@dataclass(frozen=True, slots=True)
class Pin:
    """A numbered point: thousandths from the left and the top, a disc for a problem, a square for a potential."""

    number: int
    x: int
    y: int
    problem: bool


Outline = Sequence[tuple[float, float]]


def sketch_picture(
    photo: bytes | None, pins: Sequence[Pin], borders: Sequence[Outline], width: float, spoken: str
) -> Picture:
    """Return the sketch with its points. photo: what it is drawn on, or an empty sheet with *borders* in its pixels."""
    image = opened(photo)
    draw = ImageDraw.Draw(image)
    for line in borders:
        draw.polygon(list(line), outline=HAIR, width=3)
    wide, high = image.size
    radius = max(12, wide // 46)
    font = letters(round(radius * 1.25))
    for pin in pins:
        x, y = pin.x / 1000 * wide, pin.y / 1000 * high
        box = (x - radius, y - radius, x + radius, y + radius)
        if pin.problem:
            draw.ellipse(box, fill=RED, outline=PAPER, width=3)
        else:
            draw.rectangle(box, fill=RIVER, outline=PAPER, width=3)
        draw.text((x, y), str(pin.number), fill=PAPER, font=font, anchor="mm")
    if photo is None:
        draw.rectangle((0, 0, wide - 1, high - 1), outline=HAIR, width=2)
    return picture(image, width, spoken, "JPEG")


def opened(photo: bytes | None) -> Image.Image:
    if photo is None:
        return Image.new("RGB", SHEET, PAPER)
    with Image.open(io.BytesIO(photo)) as found:
        image = found.convert("RGB")
    image.thumbnail((LONG_EDGE, LONG_EDGE))
    return image


def circles_picture(bodies: Sequence[Body], middle: str, width: float, spoken: str) -> Picture:
    """Return the diagram of institutions: numbers in discs, as the list beside it has them."""
    step = ring_step(bodies)
    reach = step * (CLOSEST + 0.4) + RADII[3] + 8
    image = Image.new("RGB", (round(2 * reach * SCALE),) * 2, PAPER)
    draw = ImageDraw.Draw(image)

    def disc(x: float, y: float, radius: float, fill: str | None, outline: str, line: int) -> None:
        left, top, across = (x - radius + reach) * SCALE, (y - radius + reach) * SCALE, 2 * radius * SCALE
        draw.ellipse((left, top, left + across, top + across), fill=fill, outline=outline, width=line)

    for closeness in range(1, CLOSEST + 1):
        disc(0, 0, step * (CLOSEST + 1.4 - closeness), None, HAIR, 1)
    disc(0, 0, 46, "#dcebe3", RIVER, 3)
    draw.text((reach * SCALE, reach * SCALE), drawable(middle), fill=INK, font=letters(18 * SCALE), anchor="mm")
    for number, (body, (x, y, radius)) in enumerate(zip(bodies, place_circles(bodies), strict=True), start=1):
        disc(x, y, radius, AMBER if body.size == 3 else PAPER, INK, 3)
        centre = ((x + reach) * SCALE, (y + reach) * SCALE)
        draw.text(centre, str(number), fill=INK, font=letters(19 * SCALE), anchor="mm")
    return picture(image, width, spoken)


def tree_picture(core: str, effects: Sequence[Line], causes: Sequence[Line], width: float, spoken: str) -> Picture:
    """Return the problem tree, effects above and causes below; a wide one is as wide as *width*, a narrow one less."""
    boxes = place_tree(core, effects, causes)
    left, top = min(box.x for box in boxes) - 4, min(box.y for box in boxes) - 4
    wide = max(box.x for box in boxes) + BOX_WIDE + 4 - left
    high = max(box.y + box.high for box in boxes) + 4 - top
    image = Image.new("RGB", (round(wide * SCALE), round(high * SCALE)), PAPER)
    draw = ImageDraw.Draw(image)

    def at(x: float, y: float) -> tuple[float, float]:
        return (x - left) * SCALE, (y - top) * SCALE

    for box in boxes:
        if box.parent >= 0:
            parent = boxes[box.parent]
            above = box.y < parent.y
            start, end = (parent.y, box.y + box.high) if above else (parent.y + parent.high, box.y)
            half = (start + end) / 2
            corners = [(parent.middle, start), (parent.middle, half), (box.middle, half), (box.middle, end)]
            draw.line([at(x, y) for x, y in corners], fill=HAIR, width=3)
    fills = {"core": INK, "effect": "#f8e0d9", "cause": AMBER}
    for box in boxes:
        corner = at(box.x + BOX_WIDE, box.y + box.high)
        draw.rectangle((*at(box.x, box.y), *corner), fill=fills[box.side], outline=HAIR, width=2)
        for number, words in enumerate(box.text):
            place = at(box.middle, box.y + PAD + LINE_HIGH * (number + 0.5))
            ink = PAPER if box.side == "core" else INK
            draw.text(place, drawable(words), fill=ink, font=letters(13 * SCALE), anchor="mm")
    return picture(image, min(width, wide * 0.24), spoken)


def picture(image: Image.Image, width: float, spoken: str, form: str = "PNG") -> Picture:
    """Return *image* as a part of a paper, *width* millimetres wide; a drawing in few colours as a small PNG."""
    out = io.BytesIO()
    if form == "JPEG":
        image.save(out, "JPEG", quality=80, optimize=True)
    else:
        image.quantize(32).save(out, "PNG", optimize=True)
    high = round(width * image.height / image.width, 1)
    return Picture(b64encode(out.getvalue()).decode("ascii"), round(width, 1), high, spoken)
