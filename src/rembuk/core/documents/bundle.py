"""A bundle: the papers of one plan between one cover and one list of contents, numbered through.

Order: the regulation with its plan and chapters first, then the annexes as the completeness list (F37) has them, then
what that list does not name. Papers that were attached follow the printed ones in the same order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rembuk.core.documents.completeness import Item, PaperSet
from rembuk.core.documents.frame import date_text
from rembuk.core.documents.model import Document

CHAPTERED: Final = frozenset({"F18", "F19"})
"""Forms whose headings are chapters: the contents of a bundle name them too."""


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the contents that is printed. mark: ``Lampiran 7``, empty for the body.

    deep: the headings inside it are chapters and stand in the contents too.
    """

    mark: str
    title: str
    documents: tuple[Document, ...]
    deep: bool = False

    @property
    def label(self) -> str:
        return f"{self.mark}: {self.title}" if self.mark else self.title


@dataclass(frozen=True, slots=True)
class Piece:
    """One file from outside. kind: its content type. name: of the file, for whoever looks for it."""

    data: bytes
    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """One paper that follows the printed ones. pieces: its files, in the order of its pages."""

    mark: str
    title: str
    pieces: tuple[Piece, ...]

    @property
    def label(self) -> str:
        return f"{self.mark}: {self.title}" if self.mark else self.title


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper that is named in the contents and lies outside of the bundle. reason: why, in words."""

    mark: str
    title: str
    reason: str

    @property
    def label(self) -> str:
        return f"{self.mark}: {self.title}" if self.mark else self.title


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything that one file holds. heading: the lines of the cover. facts: village, district, regency, province."""

    title: str
    heading: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    dated: date
    sections: tuple[Section, ...]
    attached: tuple[Attached, ...] = ()
    listed: tuple[Listed, ...] = ()
    sample: bool = False
    language: str = "id"

    @property
    def documents(self) -> tuple[Document, ...]:
        """The printed papers, in order."""
        return tuple(one for section in self.sections for one in section.documents)


def annexes(papers: PaperSet) -> tuple[tuple[str, Item], ...]:
    """Return mark and row of the list's annexes in legal order.

    Rows with a bare letter lie together under their number. What opens the bundle is no annex.
    """
    found: list[Item] = []
    for item in papers.items:
        if item.mark.isalpha():
            above = found.pop()
            found.append(Item(above.mark, above.title, (*above.needs, *item.needs)))
        elif not item.front:
            found.append(item)
    return tuple((f"Lampiran {item.mark}", item) for item in found)


def contents_text(bundle: Bundle, files: Mapping[int, str], attached: Mapping[int, Sequence[str]]) -> str:
    """Return the contents of a bundle that is one file per paper: number, title and file of each, what lies outside.

    files: index of a section -> name of its file, where it has one. attached: index -> names of the attached files.
    """
    lines = [bundle.title, *(f"{label}: {value}" for label, value in bundle.facts), date_text(bundle.dated), ""]
    for index, section in enumerate(bundle.sections):
        place = files.get(index, "tidak punya bentuk ini")
        lines.append(f"{section.label} | {place}")
    lines += [f"{one.label} | {', '.join(attached[index])}" for index, one in enumerate(bundle.attached)]
    lines += [f"{one.label} | {one.reason}" for one in bundle.listed]
    return "\r\n".join([*lines, ""])
