"""Papers as stored data: a paper written to JSON today is the same paper when it is rendered years later."""

import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rembuk.core.documents import model

_CLASSES: dict[str, type[Any]] = {
    made.__name__: made
    for made in (
        *(model.Column, model.Sum, model.Product, model.Row, model.Table, model.Paragraph, model.Heading),
        *(model.NumberedList, model.Facts, model.Note, model.Picture, model.PageBreak),
        *(model.Signature, model.Signatures, model.Document),
    )
}
_TAG = "_"


def to_json(document: model.Document) -> str:
    """Return the paper as canonical JSON: the same paper always gives the same text. Defaults are left out."""
    return json.dumps(_packed(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> model.Document:
    """Return the paper that `to_json` wrote; its sums are checked again.

    Raises: ValueError if the text is no paper, or a total in it is wrong.
    """
    try:
        found = _unpacked(json.loads(text))
    except (TypeError, KeyError, AttributeError, ArithmeticError) as error:
        raise ValueError(f"not a stored paper: {error}") from error
    if not isinstance(found, model.Document):
        raise ValueError("not a stored paper")
    return found


def fingerprint(document: model.Document) -> str:
    """Return the SHA-256 (hex) of the paper's content, the same for all three formats."""
    return hashlib.sha256(to_json(document).encode("utf-8", "surrogatepass")).hexdigest()


def _packed(value: Any) -> Any:
    if is_dataclass(value):
        packed: dict[str, Any] = {_TAG: type(value).__name__}
        for field in fields(value):
            content = getattr(value, field.name)
            if field.default is MISSING or content != field.default:
                packed[field.name] = _packed(content)
        return packed
    if isinstance(value, tuple):
        return [_packed(item) for item in value]
    if isinstance(value, Decimal):
        return {_TAG: "Decimal", "value": str(value)}
    if isinstance(value, date):
        return {_TAG: "date", "value": value.isoformat()}
    return value


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_unpacked(item) for item in value)
    if not isinstance(value, dict):
        return value
    kind = value[_TAG]
    if kind == "Decimal":
        return Decimal(value["value"])
    if kind == "date":
        return date.fromisoformat(value["value"])
    return _CLASSES[kind](**{name: _unpacked(content) for name, content in value.items() if name != _TAG})
