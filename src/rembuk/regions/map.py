"""Small maps as SVG written by the server: villages as points by state, borders when the operator has a file. Pure.

States differ by shape as well as colour: disc (done), ring (due), diamond (late), dashed ring (excused), dot (not yet).
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Literal

State = Literal["ok", "due", "late", "paused", "next"]

WIDTH = 620
MARGIN = 14
RADIUS = 5.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One village on the map. *label* is spoken and shown on pointing; *link* opens on a press."""

    latitude: float
    longitude: float
    state: State
    label: str
    link: str = ""


Line = Sequence[tuple[float, float]]
"""A border as (longitude, latitude) pairs, as GeoJSON has them."""


def draw(dots: Sequence[Dot], spoken: str, borders: Sequence[Line] = ()) -> str:
    """Return an SVG of *dots* over *borders*; *spoken* says in one sentence what the map shows.

    Without dots and borders returns an empty text. Late ones are drawn last, so that no other dot covers them.
    """
    points = [(dot.longitude, dot.latitude) for dot in dots] + [point for line in borders for point in line]
    if not points:
        return ""
    frame = _Frame.around(points)
    parts = [f'<path class="land" d="{path}"/>' for line in borders if (path := frame.path(line))]
    order: dict[State, int] = {"next": 0, "ok": 1, "paused": 2, "due": 3, "late": 4}
    for dot in sorted(dots, key=lambda d: (order[d.state], d.label, d.latitude, d.longitude)):
        parts.append(_shape(dot, *frame.at(dot.longitude, dot.latitude)))
    label = escape(spoken, quote=True)
    # Links within a picture would be hidden from those who do not see it.
    role = "group" if any(dot.link for dot in dots) else "img"
    start = f'<svg class="map" viewBox="0 0 {WIDTH} {frame.height}" role="{role}" aria-label="{label}">'
    return f"{start}{''.join(parts)}</svg>"


def legend(state: State) -> str:
    """Return the sign of one state alone, to stand before its words."""
    shape = _shape(Dot(0, 0, state, ""), 7, 7)
    return f'<svg class="swatch map" viewBox="0 0 14 14" aria-hidden="true">{shape}</svg>'


@dataclass(frozen=True, slots=True)
class _Frame:
    """Degrees to pixels: equal lengths east and north at the middle of the map."""

    west: float
    north: float
    scale: float
    squeeze: float
    height: int

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> "_Frame":
        west, east = min(p[0] for p in points), max(p[0] for p in points)
        south, north = min(p[1] for p in points), max(p[1] for p in points)
        squeeze = math.cos(math.radians((south + north) / 2))
        wide, high = max((east - west) * squeeze, 1e-4), max(north - south, 1e-4)
        # A narrow regency is not blown up to more than the width is tall.
        scale = min((WIDTH - 2 * MARGIN) / wide, (1.4 * WIDTH - 2 * MARGIN) / high)
        return cls(west, north, scale, squeeze, round(high * scale + 2 * MARGIN))

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = MARGIN + (longitude - self.west) * self.squeeze * self.scale
        y = MARGIN + (self.north - latitude) * self.scale
        return round(x, 1), round(y, 1)

    def path(self, line: Line) -> str:
        """Return the border in whole pixels, without points that fall on the one before."""
        pixels: list[tuple[int, int]] = []
        for longitude, latitude in line:
            x, y = self.at(longitude, latitude)
            if not pixels or pixels[-1] != (round(x), round(y)):
                pixels.append((round(x), round(y)))
        return "M" + "L".join(f"{x} {y}" for x, y in pixels) + "z" if len(pixels) > 2 else ""


def _shape(dot: Dot, x: float, y: float) -> str:
    r = RADIUS
    if dot.state == "late":
        shape = f'<path class="d-late" d="M{x} {y - r - 1}l{r + 1} {r + 1}l{-r - 1} {r + 1}l{-r - 1} {-r - 1}z"/>'
    else:
        size = 3.0 if dot.state == "next" else r
        shape = f'<circle class="d-{dot.state}" cx="{x}" cy="{y}" r="{size}"/>'
    if not dot.label:
        return shape
    titled = shape.replace("/>", f"><title>{escape(dot.label)}</title></{shape[1 : shape.index(' ')]}>")
    return f'<a href="{escape(dot.link, quote=True)}">{titled}</a>' if dot.link else titled


def borders_of(file: Path, codes: Iterable[str] | None = None) -> list[Line]:
    """Return the outlines of a GeoJSON file of districts or villages; of those in *codes* only, if given.

    A file that is missing or is not GeoJSON gives no borders: the map is then drawn from coordinates alone.
    """
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        features = list(data["features"])
    except (OSError, ValueError, KeyError, TypeError):
        return []
    wanted = set(codes) if codes is not None else None
    return [line for feature in features if _wanted(feature, wanted) for line in _rings(feature)]


def _wanted(feature: Any, wanted: set[str] | None) -> bool:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return wanted is None or (isinstance(properties, dict) and properties.get("code") in wanted)


def _rings(feature: Any) -> list[Line]:
    """Return the outer ring of each polygon; a hole is a lake and is not drawn."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict):
        return []
    try:
        coordinates: list[Any] = list(geometry["coordinates"])
        shapes = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(geometry["type"]), [])
        return [[(float(point[0]), float(point[1])) for point in polygon[0]] for polygon in shapes if polygon]
    except (KeyError, IndexError, TypeError, ValueError):
        return []
