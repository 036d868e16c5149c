"""Calendars as other programs read them (RFC 5545): CRLF, folded lines, stable keys, times in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST_LINE = 75
"""Octets of a line; longer ones are folded."""


@dataclass(frozen=True, slots=True)
class Event:
    """One forum. uid: stays when the day changes. start, end, stamp: aware. sequence: grows with each plan."""

    uid: str
    start: datetime
    end: datetime
    stamp: datetime
    title: str
    place: str = ""
    words: str = ""
    sequence: int = 0


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """Return a calendar of *events*; one without events is still a calendar, so that it can be subscribed early."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rembuk//Jadwal musim//ID", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"DTSTAMP:{moment(event.stamp)}",
            f"SEQUENCE:{event.sequence}",
            f"DTSTART:{moment(event.start)}",
            f"DTEND:{moment(event.end)}",
            f"SUMMARY:{escaped(event.title)}",
            *([f"LOCATION:{escaped(event.place)}"] if event.place else []),
            *([f"DESCRIPTION:{escaped(event.words)}"] if event.words else []),
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Return text as a value: backslash, comma, semicolon and line ends written out."""
    for plain, written in (("\\", "\\\\"), (",", "\\,"), (";", "\\;"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(plain, written)
    return text


def folded(line: str) -> str:
    """Return a line cut so that none is longer than 75 octets, never inside a letter."""
    parts, part, room = [], "", LONGEST_LINE
    for letter in line:
        size = len(letter.encode())
        if len(part.encode()) + size > room:
            parts.append(part)
            part, room = "", LONGEST_LINE - 1
        part += letter
    return "\r\n ".join([*parts, part])
