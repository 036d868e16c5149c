"""The content of a guidance plan as it was approved: frozen values, and what one version changed of another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rembuk.core.documents.frame import date_text
from rembuk.core.guidance.programme import SOURCES
from rembuk.core.money import format_rupiah

MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line of the budget of an activity; amount in whole rupiah, zero or more."""

    source: str
    amount: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActivityContent:
    """One activity as planned. days as ISO text; owner, commitment: words; villages: codes; stopped: why cancelled."""

    key: str
    kind: str
    title: str
    purpose: str
    owner: str
    start: str
    end: str
    villages: tuple[str, ...]
    targets: str
    money: tuple[MoneyLine, ...]
    commitment: str = ""
    stopped: str = ""

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.money)


@dataclass(frozen=True, slots=True)
class PlanContent:
    """A whole plan. left_out: (village, reason); places: village -> (name, kecamatan), of every village named."""

    year: int
    scope: str
    objectives: tuple[str, ...]
    activities: tuple[ActivityContent, ...]
    left_out: tuple[tuple[str, str], ...]
    places: Mapping[str, tuple[str, str]]

    @property
    def total(self) -> int:
        return sum(activity.total for activity in self.activities)

    def name(self, code: str) -> str:
        """Return a village as text; an unknown code names itself."""
        place = self.places.get(code)
        return f"{place[0]} ({place[1]})" if place else code


def packed(content: PlanContent) -> dict[str, Any]:
    """Return the content as JSON values."""
    return asdict(content) | {"places": {code: list(place) for code, place in sorted(content.places.items())}}


def unpacked(data: Mapping[str, Any]) -> PlanContent:
    """Return what `packed` stored."""
    return PlanContent(
        year=data["year"],
        scope=data["scope"],
        objectives=tuple(data["objectives"]),
        activities=tuple(
            ActivityContent(
                **{
                    **row,
                    "villages": tuple(row["villages"]),
                    "money": tuple(MoneyLine(**line) for line in row["money"]),
                }
            )
            for row in data["activities"]
        ),
        left_out=tuple((code, reason) for code, reason in data["left_out"]),
        places={code: (name, district) for code, (name, district) in data["places"].items()},
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, semula and menjadi. about: the activity's title or the part of the plan; field: what of it."""

    about: str
    field: str
    before: str
    after: str


def changes(before: PlanContent, after: PlanContent) -> tuple[Change, ...]:
    """Return what *after* changed of *before*: the plan's own words, activities in order, villages left out."""
    return (*_of_head(before, after), *_of_activities(before, after), *_of_left_out(before, after))


def _of_head(before: PlanContent, after: PlanContent) -> Iterator[Change]:
    if before.scope != after.scope:
        yield Change("Rencana", "Ruang lingkup", before.scope, after.scope)
    if before.objectives != after.objectives:
        yield Change("Rencana", "Tujuan", "\n".join(before.objectives), "\n".join(after.objectives))


def _of_activities(before: PlanContent, after: PlanContent) -> Iterator[Change]:
    was = {activity.key: activity for activity in before.activities}
    now = {activity.key: activity for activity in after.activities}
    for key, activity in was.items():
        if key not in now:
            yield Change(activity.title, "Kegiatan", _summary(activity), "dihapus dari rencana")
    for key, activity in now.items():
        old = was.get(key)
        if old is None:
            yield Change(activity.title, "Kegiatan", "belum ada", _summary(activity))
        else:
            yield from _of_activity(old, activity, before, after)


def _of_activity(
    old: ActivityContent, new: ActivityContent, before: PlanContent, after: PlanContent
) -> Iterator[Change]:
    fields = (
        ("Judul", old.title, new.title),
        ("Jenis", old.kind, new.kind),
        ("Uraian", old.purpose, new.purpose),
        ("Penanggung jawab", old.owner, new.owner),
        ("Waktu", period_text(old), period_text(new)),
        ("Anggaran", money_text(old.money), money_text(new.money)),
        ("Komitmen", old.commitment, new.commitment),
        ("Dibatalkan", old.stopped, new.stopped),
    )
    for field, was, now in fields:
        if was != now:
            yield Change(new.title, field, was, now)
    gone, came = set(old.villages) - set(new.villages), set(new.villages) - set(old.villages)
    if gone or came:
        yield Change(
            new.title,
            "Desa sasaran",
            f"{len(old.villages)} desa" + _named("; keluar: ", gone, before),
            f"{len(new.villages)} desa" + _named("; masuk: ", came, after),
        )


def _of_left_out(before: PlanContent, after: PlanContent) -> Iterator[Change]:
    was, now = dict(before.left_out), dict(after.left_out)
    for code in sorted(was.keys() | now.keys()):
        if was.get(code) != now.get(code):
            names = after if code in after.places else before
            yield Change(names.name(code), "Tidak dicakup karena", was.get(code, ""), now.get(code, ""))


def _summary(activity: ActivityContent) -> str:
    money = format_rupiah(activity.total)
    return f"{activity.owner}; {period_text(activity)}; {len(activity.villages)} desa; {money}"


def _named(lead: str, codes: set[str], content: PlanContent) -> str:
    names = sorted(content.name(code) for code in codes)
    if not names:
        return ""
    more = f", dan {len(names) - MOST_NAMES} lagi" if len(names) > MOST_NAMES else ""
    return lead + ", ".join(names[:MOST_NAMES]) + more


def period_text(activity: ActivityContent) -> str:
    """Write the period of an activity in words."""
    days = [date_text(date.fromisoformat(day)) for day in (activity.start, activity.end) if day]
    return " sampai ".join(dict.fromkeys(days))


def money_text(lines: Sequence[MoneyLine]) -> str:
    """Write budget lines in words, one a line."""
    return "\n".join(
        f"{SOURCES.get(line.source, line.source)}: {format_rupiah(line.amount)}"
        + (f" ({line.note})" if line.note else "")
        for line in lines
    )
