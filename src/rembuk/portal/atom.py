"""Announcements as feed readers read them (Atom, RFC 4287). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True, slots=True)
class Item:
    """One announcement. key: an address that stays (``tag:...``). at: aware. link: an absolute address."""

    key: str
    at: datetime
    title: str
    text: str
    link: str
    source: str


def feed(*, key: str, title: str, own: str, page: str, items: Sequence[Item], started: datetime) -> bytes:
    """Return the feed. own: its address. page: what it is the feed of. started: its day while nothing stands in it."""
    newest = max((item.at for item in items), default=started)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id">',
        f"<id>{plain(key)}</id>",
        f"<title>{plain(title)}</title>",
        f"<updated>{moment(newest)}</updated>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(own)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>',
    ]
    for item in items:
        lines += [
            "<entry>",
            f"<id>{plain(item.key)}</id>",
            f"<title>{plain(item.title)}</title>",
            f"<updated>{moment(item.at)}</updated>",
            f"<author><name>{plain(item.source)}</name></author>",
            f'<link rel="alternate" type="text/html" href={quoteattr(item.link)}/>',
            f"<summary>{plain(item.text)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def plain(text: str) -> str:
    """Return text as XML takes it: signs escaped, control characters left out."""
    return escape("".join(letter for letter in text if letter >= " " or letter in "\t\n"))
