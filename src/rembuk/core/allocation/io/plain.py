"""A problem as JSON: what `digest.problem_values` writes, with defaults for whatever a person leaves out.

Numbers with a point are read as exact fractions, never as floats. A key nobody knows is refused, because a typing
error that silently becomes a default would change a village's plan.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from rembuk.core.allocation.digest import problem_values, settings_values
from rembuk.core.allocation.model import Problem
from rembuk.core.allocation.reading import problem_from
from rembuk.core.allocation.settings import Settings
from rembuk.core.errors import BadInputError
from rembuk.core.law.funding import FILL_ORDER, NOT_BY_DEFAULT

_REQUIRED = object()
_LEFT_OUT = object()
_DECIMAL = re.compile(r"-?[0-9]{1,40}\.[0-9]{1,40}")
_RATIO = re.compile(r"(-?[0-9]{1,40}(?:\.[0-9]{1,40})?)(?:/([0-9]{1,40}))?(%)?")


@dataclass(frozen=True, slots=True)
class Stated:
    """A file as read: the problem, the settings it asks for (only those it names), and the names of its proposals."""

    problem: Problem
    settings: Mapping[str, Any]
    titles: Mapping[str, str]


def write_problem(problem: Problem, settings: Settings | None = None, titles: Mapping[str, str] | None = None) -> bytes:
    """Return the problem as JSON, the same on every machine and for every order it was given in."""
    values = problem_values(problem)
    if titles:
        rows: Any = values["proposals"]
        values["proposals"] = [row | ({"title": titles[row["id"]]} if titles.get(row["id"]) else {}) for row in rows]
    if settings is not None:
        values["settings"] = settings_values(settings)
    return (json.dumps(values, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def read_problem(content: bytes, name: str = "") -> Stated:
    """Return what a JSON file states; *name* is how a refusal calls the file. Raises: BadInputError.

    Left out, a proposal's rank and position are its place in the list. What the problem itself gets wrong (a negative
    cost, an unknown id) is left to `Problem.validate`, which names everything at once.
    """
    return _Reader(name or "JSON").stated(content)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file

    def stated(self, content: bytes) -> Stated:
        values = self.record(self.parsed(content), "", _PROBLEM)
        titles = {row["id"]: row.pop("title") for row in values["proposals"]}
        for place, row in enumerate(values["proposals"]):
            row["rank"] = place + 1 if row["rank"] is None else row["rank"]
            row["position"] = place if row["position"] is None else row["position"]
        settings = values.pop("settings")
        shown = [row.pop("title") for row in values["shares"]]
        problem = problem_from(values)
        shares = tuple(replace(share, title=title) for share, title in zip(problem.shares, shown, strict=True))
        problem = replace(problem, shares=shares)
        return Stated(problem, settings, {name: title for name, title in titles.items() if title})

    def parsed(self, content: bytes) -> object:
        try:
            text = content.decode("utf-8-sig")
            return json.loads(
                text, parse_float=self.decimal, parse_constant=self.constant, object_pairs_hook=self.unique
            )
        except UnicodeDecodeError:
            raise BadInputError("json-bukan-teks", file=self.file) from None
        except json.JSONDecodeError as error:
            raise BadInputError("json-rusak", file=self.file, row=error.lineno, column=error.colno) from None
        except RecursionError:
            raise BadInputError("json-dalam", file=self.file) from None
        except ValueError:  # an integer of thousands of digits
            raise BadInputError("json-angka", file=self.file) from None

    def decimal(self, text: str) -> Fraction:
        """Read a number with a point; an exponent could ask for more digits than there is memory."""
        if _DECIMAL.fullmatch(text) is None:
            raise self.refuse("berkas", text, "bilangan tanpa pangkat, paling banyak 40 angka")
        return Fraction(text)

    def constant(self, text: str) -> object:
        raise BadInputError("json-nilai", file=self.file, where="berkas", read=text, accepted="bilangan")

    def unique(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        row = dict(pairs)
        if len(row) < len(pairs):
            names = [key for key, _ in pairs]
            twice = next(key for key in names if names.count(key) > 1)
            raise BadInputError("json-kunci-dobel", file=self.file, read=twice)
        return row

    def refuse(self, where: str, read: object, accepted: str) -> BadInputError:
        shown = json.dumps(read, ensure_ascii=False, default=str)
        return BadInputError("json-nilai", file=self.file, where=where or "isi berkas", read=shown, accepted=accepted)

    def record(self, value: object, where: str, fields: "Fields") -> dict[str, Any]:
        """Return the values of an object by its fields, defaults filled in."""
        if not isinstance(value, dict):
            raise self.refuse(where, value, "objek {...}")
        for key in value:
            if key not in fields:
                known = ", ".join(sorted(fields))
                raise BadInputError("json-kunci", file=self.file, where=where or "isi", read=key, accepted=known)
        row: dict[str, Any] = {}
        for key, (read, default) in fields.items():
            if key in value:
                row[key] = read(self, value[key], f"{where}.{key}" if where else key)
            elif default is _REQUIRED:
                raise BadInputError("json-kurang", file=self.file, where=where or "isi", read=key)
            elif default is not _LEFT_OUT:
                row[key] = default
        return row


Read = Callable[[_Reader, Any, str], Any]
Fields = Mapping[str, tuple[Read, object]]


def _text(reader: _Reader, value: object, where: str) -> str:
    if not isinstance(value, str):
        raise reader.refuse(where, value, "teks")
    return value


def _id(reader: _Reader, value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise reader.refuse(where, value, "teks yang tidak kosong")
    return value


def _whole(reader: _Reader, value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise reader.refuse(where, value, "bilangan bulat")
    return value


def _unit(reader: _Reader, value: object, where: str) -> int:
    unit = _whole(reader, value, where)
    if unit < 1:
        raise reader.refuse(where, value, "bilangan bulat mulai 1")
    return unit


def _flag(reader: _Reader, value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise reader.refuse(where, value, "true atau false")
    return value


def _ratio(reader: _Reader, value: object, where: str) -> str:
    """Read a number, ``"1/5"`` or ``"20%"`` as an exact fraction."""
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return str(value)
    match = _RATIO.fullmatch(value) if isinstance(value, str) else None
    if match is None or not Fraction(match[2] or 1):
        raise reader.refuse(where, value, 'pecahan seperti 0.2, "1/5" atau "20%"')
    return str(Fraction(match[1]) / Fraction(match[2] or 1) / (100 if match[3] else 1))


def _or_null(read: Read) -> Read:
    return lambda reader, value, where: None if value is None else read(reader, value, where)


def _choice(*names: str) -> Read:
    def read(reader: _Reader, value: object, where: str) -> object:
        if value not in names:
            raise reader.refuse(where, value, ", ".join(names))
        return value

    return read


def _many(read: Read) -> Read:
    def read_all(reader: _Reader, value: object, where: str) -> list[Any]:
        if not isinstance(value, list):
            raise reader.refuse(where, value, "daftar [...]")
        return [read(reader, item, f"{where}[{place}]") for place, item in enumerate(value)]

    return read_all


def _object(fields: Fields) -> Read:
    return lambda reader, value, where: reader.record(value, where, fields)


def _exclusion(reader: _Reader, value: object, where: str) -> list[Any]:
    if isinstance(value, list):
        if len(value) != 3:
            raise reader.refuse(where, value, "[ids, at_most, reason]")
        value = dict(zip(("ids", "at_most", "reason"), value, strict=True))
    return list(reader.record(value, where, _EXCLUSION).values())


def _ballot(reader: _Reader, value: object, where: str) -> list[Any]:
    """Read ``{"approvals": [...]}`` (or points, ranking) or the list that `digest.ballot_values` writes."""
    if isinstance(value, list):
        if len(value) != 5:
            raise reader.refuse(where, value, "[weight, hamlet, groups, kind, marks]")
        row = reader.record(dict(zip(_BALLOT_LIST, value, strict=True)), where, _BALLOT_LIST)
        marks = _listed_marks(reader, row["kind"], row["marks"], f"{where}.marks")
        return [row["weight"], row["hamlet"], row["groups"], row["kind"], marks]
    row = reader.record(value, where, _BALLOT)
    kinds = [kind for kind in ("approvals", "points", "ranking") if row[kind]]
    if len(kinds) > 1:
        raise reader.refuse(where, kinds, "satu saja dari approvals, points atau ranking")
    kind = kinds[0] if kinds else "approvals"
    marks = [list(pair) for pair in row[kind].items()] if kind == "points" else [[name] for name in row[kind] or ()]
    return [row["weight"], row["hamlet"], row["groups"], kind, marks]


def _listed_marks(reader: _Reader, kind: str, marks: list[Any], where: str) -> list[list[Any]]:
    for mark in marks:
        parts = mark if isinstance(mark, list) else []
        if len(parts) != (2 if kind == "points" else 1):
            raise reader.refuse(where, mark, '["id", poin]' if kind == "points" else '["id"]')
        _id(reader, parts[0], where)
        if kind == "points":
            _whole(reader, parts[1], where)
    return marks


def _points(reader: _Reader, value: object, where: str) -> dict[str, int]:
    if not isinstance(value, dict):
        raise reader.refuse(where, value, 'objek {"id": poin}')
    return {name: _whole(reader, given, f"{where}.{name}") for name, given in value.items()}


def _anything(reader: _Reader, value: Any, where: str) -> Any:
    return value


_TEXTS, _IDS = _many(_text), _many(_id)

_PROPOSAL: Fields = {
    "id": (_id, _REQUIRED),
    "title": (_text, ""),
    "cost": (_or_null(_whole), None),
    "rank": (_or_null(_whole), None),
    "position": (_or_null(_whole), None),
    "hamlet": (_text, ""),
    "tags": (_TEXTS, ()),
    "sources": (_or_null(_TEXTS), None),
    "single_source": (_flag, False),
    "requires": (_IDS, ()),
    "mandatory": (_text, ""),
    "groups": (_TEXTS, ()),
    "score": (_whole, 0),
    "number": (_text, ""),
}
_SOURCE: Fields = {"id": (_id, _REQUIRED), "ceiling": (_whole, _REQUIRED), "earmarked": (_whole, 0)}
_SHARE: Fields = {
    "name": (_id, _REQUIRED),
    "of": (_id, _REQUIRED),
    "tags": (_IDS, _REQUIRED),
    "match": (_choice("any", "none"), "any"),
    "min": (_or_null(_ratio), None),
    "max": (_or_null(_ratio), None),
    "min_amount": (_or_null(_whole), None),
    "max_amount": (_or_null(_whole), None),
    "base": (_or_null(_whole), None),
    "hard": (_flag, True),
    "legal_basis": (_text, ""),
    "title": (_text, ""),
}
_EXCLUSION: Fields = {"ids": (_IDS, _REQUIRED), "at_most": (_whole, 1), "reason": (_text, "")}
_BALLOT: Fields = {
    "weight": (_ratio, "1"),
    "hamlet": (_text, ""),
    "groups": (_TEXTS, ()),
    "approvals": (_IDS, ()),
    "points": (_points, {}),
    "ranking": (_IDS, ()),
}
_BALLOT_LIST: Fields = {
    "weight": (_ratio, _REQUIRED),
    "hamlet": (_text, _REQUIRED),
    "groups": (_TEXTS, _REQUIRED),
    "kind": (_choice("approvals", "points", "ranking"), _REQUIRED),
    "marks": (_many(_anything), _REQUIRED),
}
_SETTINGS: Fields = {
    "rule": (_id, _LEFT_OUT),
    "utility": (_choice("cost", "cardinality", "points", "borda"), _LEFT_OUT),
    "completion": (_choice("none", "utilitarian", "add1u"), _LEFT_OUT),
    "ties": (_choice("lot", "lexicographic"), _LEFT_OUT),
    "seed": (_text, _LEFT_OUT),
    "step": (_whole, _LEFT_OUT),
    "stops": (_flag, _LEFT_OUT),
    "vote_weight": (_whole, _LEFT_OUT),
    "score_weight": (_whole, _LEFT_OUT),
    "gap": (_ratio, _LEFT_OUT),
    "time_limit": (_whole, _LEFT_OUT),
}
_PROBLEM: Fields = {
    "proposals": (_many(_object(_PROPOSAL)), _REQUIRED),
    "sources": (_many(_object(_SOURCE)), _REQUIRED),
    "shares": (_many(_object(_SHARE)), ()),
    "exclusions": (_many(_exclusion), ()),
    "ballots": (_many(_ballot), ()),
    "order": (_TEXTS, FILL_ORDER),
    "not_by_default": (_TEXTS, tuple(sorted(NOT_BY_DEFAULT))),
    "year": (_whole, 0),
    "village": (_text, ""),
    "unit": (_unit, 1),
    "settings": (_object(_SETTINGS), {}),
}
