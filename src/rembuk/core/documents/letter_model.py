"""What a kind of letter or decision is (F35, F36): one row of their table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Issuer = Literal["village", "bpd", "regency"]
Shape = Literal["letter", "decision", "points"]


@dataclass(frozen=True, slots=True)
class LetterField:
    """Something that a person writes for one letter; its name is a placeholder of the wording. sample: for the preview.

    long: several lines, each of which becomes a point of its own.
    """

    name: str
    label: str
    sample: str
    required: bool = True
    long: bool = False


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind. stages: where it lies in a cycle of its kind. body, considerations, legal_basis: the usual wording.

    points: name of the long field whose lines follow the body as points. table: what stands behind the words.
    invites: the kind of meeting that it invites to.
    """

    kind: str
    form: Literal["F35", "F36"]
    title: str
    subject: str
    issuer: Issuer
    shape: Shape
    stages: tuple[str, ...]
    body: tuple[str, ...]
    addressee: str = ""
    considerations: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    fields: tuple[LetterField, ...] = ()
    points: str = ""
    members: bool = False
    attached: bool = False
    copies: tuple[str, ...] = ()
    table: Literal["none", "ceilings", "answers"] = "none"
    source: str = ""
    cycle: Literal["rkp", "rpjm"] = "rkp"
    invites: str = ""

    @property
    def samples(self) -> Mapping[str, str]:
        return {one.name: one.sample for one in self.fields if not one.long}
