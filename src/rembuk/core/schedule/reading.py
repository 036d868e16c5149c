"""A season from JSON: the instance and its table of travel. Every row that cannot be read is named, all at once.

Days are numbers (5 * week + weekday), or dates ``2026-02-03`` where the file says when the window is. A key nobody
knows is refused, because a typing error that silently becomes a default would change a season.
"""

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from rembuk.core.errors import BadInputError
from rembuk.core.schedule.instance import DAYS_A_WEEK, Block, Instance, Policy, Speaker, Team, Travel, Village, Weights
from rembuk.core.schedule.issues import FAR, LONGEST_SEASON, InvalidSeasonError, Issue, refusals

OUTSIDE = "di luar rentang musim"
"""Reason of the days of the first and last week that the window does not reach."""
LARGEST_BYTES = 64 * 1024 * 1024
_POLICY_KEYS = {
    "depart_min": "depart",
    "open_min": "start_from",
    "last_start_min": "last_start",
    "forum_min": "forum",
    "friday_start_min": "friday_start",
    "friday_open_min": "friday_start_from",
    "friday_last_start_min": "friday_last_start",
    "river_home_by_min": "river_home_by",
    "road_home_by_min": "road_home_by",
    "travel_day_max_min": "travel_day",
    "rest_after_min": "rest_after",
    "day_before_after_min": "day_before_after",
    "notice_days": "notice_days",
    "reserve_days": "reserve_days",
    "full_priority_min": "full_priority_minutes",
}
_INSTANCE_KEYS = frozenset(
    (
        *("seed", "days", "weeks", "window", "holidays", "policy", "weights", "seat", "kecamatan"),
        *("cap_per_kecamatan_day", "shared_boats_per_day", "shared_boat_seats", "teams", "speakers", "villages"),
    )
)


def read_instance(content: bytes, travel: Travel, name: str = "") -> Instance:
    """Return the season a JSON file states, plain or gzipped; *name* is how a refusal calls the file.

    Raises: BadInputError (``jadwal-...``) where it is no JSON object, InvalidSeasonError with every row otherwise.
    """
    values = _parsed(content, name)
    reader = _Reader(values)
    instance = reader.instance(travel)
    if reader.issues or instance is None:
        raise InvalidSeasonError(reader.issues)
    wrong = refusals(instance)
    if wrong:
        raise InvalidSeasonError(wrong)
    return instance


def read_travel(content: bytes, name: str = "") -> Travel:
    """Return the table of travel a JSON file states: places, minutes (null where there is no way), uses_river.

    Raises: BadInputError, InvalidSeasonError.
    """
    values = _parsed(content, name)
    issues: list[Issue] = []
    row = _Row(values, "perjalanan", issues, frozenset(("places", "minutes", "uses_river")))
    places = tuple(str(place) for place in row.many("places"))
    minutes = tuple(tuple(_minutes(row, cell) for cell in _cells(row, line)) for line in row.many("minutes"))
    river = tuple(tuple(bool(cell) for cell in _cells(row, line)) for line in row.many("uses_river"))
    if issues:
        raise InvalidSeasonError(issues)
    return Travel(places, minutes, river)


def _cells(row: "_Row", line: object) -> list[Any]:
    if isinstance(line, list):
        return line
    row.wrong("matrix", "Tabel perjalanan memuat baris yang bukan daftar angka.")
    return []


def _minutes(row: "_Row", cell: object) -> int:
    if cell is None:
        return FAR
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    row.wrong("minutes", f"Tabel perjalanan memuat {json.dumps(cell)}; yang diterima menit utuh atau null.")
    return FAR


def _parsed(content: bytes, name: str) -> dict[str, Any]:
    file = name or "JSON"
    try:
        if content.startswith(b"\x1f\x8b"):
            content = _unpacked(content, file)
        values = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadInputError("jadwal-bukan-teks", file=file) from None
    except json.JSONDecodeError as error:
        raise BadInputError("jadwal-rusak", file=file, row=error.lineno, column=error.colno) from None
    except (RecursionError, ValueError):
        raise BadInputError("jadwal-rusak", file=file, row=1, column=1) from None
    if not isinstance(values, dict):
        raise BadInputError("jadwal-bukan-objek", file=file)
    return values


def _unpacked(content: bytes, file: str) -> bytes:
    try:
        opened = zlib.decompressobj(wbits=31)
        text = opened.decompress(content, LARGEST_BYTES)
    except (zlib.error, gzip.BadGzipFile, EOFError):
        raise BadInputError("jadwal-gzip", file=file) from None
    if opened.unconsumed_tail or not opened.eof:
        raise BadInputError("jadwal-gzip", file=file)
    return text


class _Row:
    """One object of the file; what cannot be read is noted and a harmless value goes on in its place."""

    def __init__(self, values: object, where: str, issues: list[Issue], keys: frozenset[str]) -> None:
        self.where = where
        self.issues = issues
        self.values: Mapping[str, Any] = values if isinstance(values, dict) else {}
        if not isinstance(values, dict):
            self.wrong("row", f"{where.capitalize()}: yang diterima objek {{...}}.")
        for key in sorted(set(self.values) - keys):
            self.wrong("key", f"{where.capitalize()}: kunci “{key}” tidak dikenal. Yang diterima: {_join(keys)}.")

    def wrong(self, code: str, message: str) -> None:
        self.issues.append(Issue(code, self.where, message))

    def text(self, key: str, default: str | None = None, *, needed: bool = False) -> str | None:
        value = self.values.get(key)
        if value is None and not needed:
            return default
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or not value.strip():
            self._shape(key, value, "teks yang tidak kosong")
            return default
        return value.strip()

    def name(self, key: str) -> str:
        return self.text(key, "", needed=True) or ""

    def whole(self, key: str, default: int) -> int:
        found = self.maybe(key)
        return default if found is None else found

    def maybe(self, key: str) -> int | None:
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            self._shape(key, value, "bilangan bulat")
            return None
        return value

    def many(self, key: str) -> list[Any]:
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self._shape(key, value, "daftar [...]")
            return []
        return value

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self._shape(key, value, "true atau false")
        return value is True

    def _shape(self, key: str, value: object, accepted: str) -> None:
        shown = json.dumps(value, ensure_ascii=False, default=str)[:80]
        self.wrong("shape", f"{self.where.capitalize()}, {key}: terbaca {shown}. Yang diterima: {accepted}.")


class _Reader:
    """Reads one instance and notes what is wrong on the way."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.issues: list[Issue] = []
        self.row = _Row(values, "musim", self.issues, _INSTANCE_KEYS)
        self.first: date | None = None
        self.weeks = 0
        self.outside: tuple[Block, ...] = ()

    def instance(self, travel: Travel) -> Instance | None:
        row = self.row
        self.window()
        villages = tuple(self.village(value, place) for place, value in enumerate(row.many("villages"), 1))
        teams = tuple(self.team(value, place) for place, value in enumerate(row.many("teams"), 1))
        speakers = tuple(self.speaker(value, place) for place, value in enumerate(row.many("speakers"), 1))
        names = row.values.get("kecamatan", {})
        holidays = (*self.blocks(row, "holidays"), *self.outside)
        policy = self.policy()
        bases = [place.removeprefix("base:") for place in travel.places if place.startswith("base:")]
        if self.issues:
            return None
        return Instance(
            weeks=self.weeks,
            villages=villages,
            teams=teams,
            speakers=speakers,
            travel=travel,
            holidays=holidays,
            shared_boats=row.whole("shared_boats_per_day", 0),
            shared_seats=row.whole("shared_boat_seats", 0),
            seat=row.text("seat", bases[0] if bases else "") or "",
            first=self.first,
            district_names=names if isinstance(names, dict) else {},
            policy=policy,
        )

    def window(self) -> None:
        """Read how long the season is: weeks, or the first and last date of a window."""
        stated = self.row.values.get("window")
        if stated is None:
            self.weeks = self.row.whole("weeks", 0)
            days = self.row.maybe("days")
            if days is not None and days != self.weeks * DAYS_A_WEEK:
                self.row.wrong(
                    "days", f"Musim {self.weeks} minggu memuat {self.weeks * DAYS_A_WEEK} hari, bukan {days}."
                )
            return
        row = _Row(stated, "rentang musim", self.issues, frozenset(("start", "end")))
        start, end = _date(row.values.get("start")), _date(row.values.get("end"))
        if start is None or end is None:
            row.wrong("date", "Rentang musim: start dan end harus tanggal seperti 2026-02-02.")
        elif end < start:
            row.wrong("reversed", f"Rentang musim terbalik: mulai {start}, selesai {end}. Tukar keduanya.")
        else:
            self.first = start - timedelta(days=start.weekday())
            self.weeks = (end - self.first).days // 7 + 1
            dates = [self.first + timedelta(days=7 * (day // 5) + day % 5) for day in range(self.weeks * DAYS_A_WEEK)]
            self.outside = tuple(Block(day, OUTSIDE) for day, on in enumerate(dates) if not start <= on <= end)

    def village(self, value: object, place: int) -> Village:
        row = _Row(value, f"desa ke-{place}", self.issues, _VILLAGE_KEYS)
        code = row.name("code")
        row.where = f"desa {code}" if code else row.where
        allowed = row.values.get("allowed_days")
        fixed = row.values.get("fixed")
        return Village(
            code=code,
            name=row.text("name", "") or "",
            district=row.text("kecamatan") or code[:8],
            mode=row.text("mode", "") or "",
            earliest=self.day(row, "earliest", row.values.get("earliest", 0)),
            earliest_reason=row.text("earliest_reason", "") or "",
            allowed=None if allowed is None else frozenset(self.days(row, "allowed_days")),
            blocked=self.blocks(row, "blocked"),
            market=row.maybe("market_weekday"),
            preferred=tuple(self.days(row, "preferred_days")),
            skill=row.text("needs_skill"),
            speaker=row.text("needs_speaker"),
            extra_seats=row.whole("extra_seats", 0),
            priority=row.maybe("priority"),
            minutes=row.maybe("forum_min"),
            fixed=None if fixed is None else self.fixed(row, fixed),
        )

    def fixed(self, row: _Row, value: object) -> tuple[str, int]:
        slot = _Row(value, row.where, self.issues, frozenset(("team", "day")))
        return slot.name("team"), self.day(row, "fixed", slot.values.get("day"))

    def team(self, value: object, place: int) -> Team:
        row = _Row(value, f"tim ke-{place}", self.issues, _TEAM_KEYS)
        name = row.name("id")
        row.where = f"tim {name}" if name else row.where
        return Team(
            id=name,
            base=row.name("base"),
            name=row.text("name", "") or "",
            members=row.whole("members", 3),
            skills=frozenset(str(skill) for skill in row.many("skills")),
            boat_seats=row.whole("boat_seats", 0),
            off=self.blocks(row, "off"),
            max_days=row.maybe("max_days"),
        )

    def speaker(self, value: object, place: int) -> Speaker:
        row = _Row(value, f"narasumber ke-{place}", self.issues, _SPEAKER_KEYS)
        name = row.name("id")
        row.where = f"narasumber {name}" if name else row.where
        return Speaker(name, row.name("base"), row.text("name", "") or "", self.blocks(row, "off"), row.flag("remote"))

    def policy(self) -> Policy:
        keys = frozenset((*_POLICY_KEYS, "wait_off_duty"))
        row = _Row(self.row.values.get("policy", {}), "aturan", self.issues, keys)
        given: dict[str, Any] = {_POLICY_KEYS[key]: row.whole(key, 0) for key in row.values if key in _POLICY_KEYS}
        if "wait_off_duty" in row.values:
            given["wait_off_duty"] = row.flag("wait_off_duty")
        cap = self.row.maybe("cap_per_kecamatan_day")
        if cap is not None:
            given["district_cap"] = cap
        return Policy(**given, weights=self.weights())

    def weights(self) -> Weights:
        known = {field.name for field in fields(Weights)}
        row = _Row(self.row.values.get("weights", {}), "bobot", self.issues, frozenset(known))
        given: dict[str, Any] = {}
        for key, value in row.values.items():
            if key not in known:
                continue
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
                row.wrong("weight", f"Bobot {key}: terbaca {json.dumps(value)}. Yang diterima: angka mulai 0.")
            else:
                given[key] = int(value) if key == "preference_cap" else float(value)
        return Weights(**given)

    # Days

    def blocks(self, row: _Row, key: str) -> tuple[Block, ...]:
        """Read blocks: days, ``{day, reason}``, or ``{from, to, reason}``; weekends fall away."""
        found: list[Block] = []
        for value in row.many(key):
            if not isinstance(value, dict):
                value = {"day": value}
            block = _Row(value, row.where, self.issues, frozenset(("day", "from", "to", "reason")))
            reason = block.text("reason", "") or ""
            begin = self.day(row, key, value.get("day", value.get("from")))
            end = self.day(row, key, value.get("day", value.get("to")), before=True)
            if end < begin - 1 or (end < begin and isinstance(value.get("from"), int)):
                shown = f"{value.get('from')} sampai {value.get('to')}"
                row.wrong("reversed", f"{row.where.capitalize()}, {key}: rentang terbalik, {shown}. Tukar keduanya.")
            found += [Block(day, reason) for day in range(begin, min(end, begin + LONGEST_SEASON * DAYS_A_WEEK) + 1)]
        return tuple(found)

    def days(self, row: _Row, key: str) -> list[int]:
        return [self.day(row, key, value) for value in row.many(key)]

    def day(self, row: _Row, key: str, value: object, *, before: bool = False) -> int:
        """Read a day number or a date; a weekend counts as the Monday after it, or as the Friday before it."""
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        on = _date(value)
        if on is None or self.first is None:
            shown = json.dumps(value, ensure_ascii=False, default=str)[:40]
            accepted = "nomor hari, atau tanggal bila rentang musim diisi"
            row.wrong("day", f"{row.where.capitalize()}, {key}: terbaca {shown}. Yang diterima: {accepted}.")
            return 0
        week, weekday = divmod((on - self.first).days, 7)
        return week * DAYS_A_WEEK + min(weekday, DAYS_A_WEEK - 1 if before else DAYS_A_WEEK)


_VILLAGE_KEYS = frozenset(
    (
        *("code", "name", "kecamatan", "mode", "earliest", "earliest_reason", "allowed_days", "blocked"),
        *("market_weekday", "preferred_days", "needs_skill", "needs_speaker", "extra_seats", "priority"),
        *("forum_min", "fixed"),
    )
)
_TEAM_KEYS = frozenset(("id", "base", "name", "members", "skills", "boat_seats", "off", "max_days"))
_SPEAKER_KEYS = frozenset(("id", "base", "name", "off", "remote"))


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _join(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
