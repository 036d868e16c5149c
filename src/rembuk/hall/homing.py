"""What was made in the hall, record by record, as it goes home: what is new or other than in the package."""

import io
import json
import uuid
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from rembuk.budgeting.models import AllocationRun
from rembuk.core.offline.envelope import MOST_PARENTS, write_time
from rembuk.deliberation.models import (
    Attendance,
    AttendanceTally,
    BallotBundle,
    Decision,
    Meeting,
    MeetingProposal,
    ScoreSheet,
    SpokenNote,
)
from rembuk.deliberation.values import SECTIONS
from rembuk.hall.beginning import Beginning
from rembuk.hall.sealing import keys_of, sealed
from rembuk.hall.venue import Venue
from rembuk.proposals.models import Proposal, ProposalPhoto

PERSON = ("name", "sex", "element", "address", "position", "invited", "signed")
NOTE = ("agenda_point", "speaker", "sex", "element", "point", "response", "conclusion")
VOTED = ("votes_for", "votes_against", "votes_abstain")
CRITERIA = ("c1", "c2", "c3", "c4", "c5")
IDEA = ("title", "problem", "location_text", "unit", "beneficiaries_male", "beneficiaries_female", "groups",
        "proposer_kind", "proposer_group")  # fmt: skip
LAST_TO_COME = ("ballot", "count-close", "score", "lot", "table", "tally", "attendance-fix", "decision", "attendance")
"""What a closed meeting no longer takes, the most painful loss first: the closing waits for these."""


@dataclass(frozen=True, slots=True)
class Made:
    """One record. after: keys of those that are applied first."""

    kind: str
    key: uuid.UUID
    at: datetime
    body: Mapping[str, Any]
    after: tuple[uuid.UUID, ...] = ()


class Homing:
    """One meeting of a hall beside the rows of its package."""

    def __init__(self, venue: Venue, beginning: Beginning) -> None:
        self.venue, self.beginning = venue, beginning
        self.meeting = Meeting.objects.get(pk=venue.meeting)
        self.before: Meeting = beginning[Meeting][venue.meeting]
        self.about = {"meeting": str(venue.meeting)}
        # The moment of what keeps none of its own: it must be the same when it is sent again.
        self.stood = max(self.meeting.started_at or venue.issued_at, venue.issued_at)

    def record(self, kind: str, at: datetime, body: Mapping[str, Any], *after: uuid.UUID) -> Made:
        """Return a record under a key that the same record has again, so that sending twice changes nothing."""
        body = {**self.about, **body}
        key = uuid.uuid5(self.venue.id, f"{kind} {json.dumps(body, sort_keys=True)}")
        return Made(kind, key, at, body, after)

    def all(self) -> list[Made]:
        """Return everything that goes home, in the order in which the server applies it."""
        start = [*self.opening()]
        opened = tuple(each.key for each in start)
        ideas = [*self.ideas()]
        tables = [*self.tabled(opened, {each.key for each in ideas})]
        lot = [*self.lot((*opened, *keys(tables)))]
        people = [*self.people(opened), *self.tallies(opened)]
        ground = (*opened, *keys(lot), *keys(people[-8:]), *keys(tables[-8:]))[:MOST_PARENTS]
        ballots = [*self.ballots(ground)]
        count = [*self.count_closed((*keys(lot), *keys(ballots))[:MOST_PARENTS])]
        words = [*self.scores((*opened, *keys(tables))[:MOST_PARENTS]), *self.notes(opened), *self.decisions(opened)]
        made = [*start, *ideas, *people, *tables, *lot, *ballots, *count, *words, *self.sections(opened)]
        return [*made, *self.closing(made)]

    def fresh(self, model: type[Any], **about: Any) -> Any:
        """Return the rows of a table that the package did not hold."""
        known = set(self.beginning[model])
        return [row for row in model.objects.filter(**about).order_by("created_at", "id") if row.pk not in known]

    def held(self, model: type[Any]) -> dict[uuid.UUID, Any]:
        """Return the meeting's rows of a table as the package held them."""
        rows = self.beginning[model].items()
        return {key: row for key, row in rows if row.meeting_id == self.meeting.pk}

    def opening(self) -> Iterator[Made]:
        if self.meeting.started_at is not None and self.before.started_at is None:
            yield self.record("meeting-start", self.meeting.started_at, {"at": write_time(self.meeting.started_at)})

    def people(self, opened: tuple[uuid.UUID, ...]) -> Iterator[Made]:
        for row in self.fresh(Attendance, meeting=self.meeting):
            yield Made("attendance", row.pk, row.captured_at, {**self.about, **person(row)}, opened)
        now = {row.pk: row for row in self.meeting.attendance.all()}
        for key, old in self.held(Attendance).items():
            row = now.get(key)
            if row is None:
                body: dict[str, Any] = {"replaces": str(key), "remove": True}
                yield fix(self.record("attendance-fix", self.stood, body, *opened))
            elif person(row) != person(old):
                yield fix(
                    self.record("attendance-fix", row.captured_at, {"replaces": str(key), **person(row)}, *opened)
                )

    def tallies(self, opened: tuple[uuid.UUID, ...]) -> Iterator[Made]:
        old = {(row.element, row.invited): row for row in self.held(AttendanceTally).values()}
        now = {(row.element, row.invited): row for row in self.meeting.tallies.order_by("element", "id")}
        for place in sorted(old.keys() | now.keys()):
            had = [old[place].male, old[place].female] if place in old else None
            have = [now[place].male, now[place].female] if place in now else [0, 0]
            if have != (had or [0, 0]):
                body = {"element": place[0], "invited": place[1], "male": have[0], "female": have[1], "base": had}
                at = now[place].created_at if place in now else self.stood
                yield self.record("tally", at, body, *opened)

    def ideas(self) -> Iterator[Made]:
        for row in self.fresh(Proposal, village_id=self.meeting.village_id):
            body: dict[str, Any] = {**self.about, **{name: getattr(row, name) for name in IDEA}}
            body |= {name: str(value) if (value := getattr(row, f"{name}_id")) else None for name in ("hamlet", "rt")}
            for name in ("latitude", "longitude", "volume"):
                value = getattr(row, name)
                body[name] = float(value) if value is not None else None
            yield Made("proposal", row.pk, row.captured_at or row.created_at, body)

    def tabled(self, opened: tuple[uuid.UUID, ...], ideas: set[uuid.UUID]) -> Iterator[Made]:
        rows = self.fresh(MeetingProposal, meeting=self.meeting)
        for row in sorted(rows, key=lambda each: (each.table_number or 0, each.created_at, each.pk)):
            after = (*opened, row.proposal_id) if row.proposal_id in ideas else opened
            yield self.record("table", row.created_at, {"proposal": str(row.proposal_id)}, *after)

    def lot(self, after: tuple[uuid.UUID, ...]) -> Iterator[Made]:
        seed, at = self.meeting.lot_seed, self.meeting.lot_drawn_at
        if at is not None and seed != self.before.lot_seed:
            body = {"seed": seed, "corrects": self.before.lot_seed}
            yield self.record("lot", at, body, *after[:MOST_PARENTS])

    def scores(self, after: tuple[uuid.UUID, ...]) -> Iterator[Made]:
        old = {(row.proposal_id, row.scorer_group): row for row in self.held(ScoreSheet).values()}
        for row in self.meeting.scores.order_by("created_at", "id"):
            had = old.get((row.proposal_id, row.scorer_group))
            base = [getattr(had, name) for name in CRITERIA] if had is not None else None
            have = [getattr(row, name) for name in CRITERIA]
            if have != base:
                body = {"proposal": str(row.proposal_id), "scorer_group": row.scorer_group, "base": base}
                yield self.record("score", row.created_at, body | dict(zip(CRITERIA, have, strict=True)), *after)

    def ballots(self, after: tuple[uuid.UUID, ...]) -> Iterator[Made]:
        old = {(row.hamlet_id, row.group): row for row in self.held(BallotBundle).values()}
        for row in self.meeting.ballots.order_by("pk"):
            had = old.get((row.hamlet_id, row.group))
            if had is None or (had.method, had.voters, had.per_voter, had.marks) != (
                row.method, row.voters, row.per_voter, row.marks,
            ):  # fmt: skip
                names = ("group", "method", "voters", "per_voter", "marks")
                body = {name: getattr(row, name) for name in names}
                body |= {"hamlet": str(row.hamlet_id) if row.hamlet_id else None}
                body |= {"base": had.version if had is not None else None}
                yield self.record("ballot", row.created_at, body, *after)

    def count_closed(self, after: tuple[uuid.UUID, ...]) -> Iterator[Made]:
        at = self.meeting.count_closed_at
        if at is not None and self.before.count_closed_at is None:
            yield self.record("count-close", at, {"at": write_time(at)}, *after)

    def notes(self, opened: tuple[uuid.UUID, ...]) -> Iterator[Made]:
        for row in sorted(self.fresh(SpokenNote, meeting=self.meeting), key=lambda row: (row.order, row.created_at)):
            body = {**self.about, **{name: getattr(row, name) for name in NOTE}}
            yield Made("note", row.pk, row.created_at, body, opened)

    def decisions(self, opened: tuple[uuid.UUID, ...]) -> Iterator[Made]:
        before: tuple[uuid.UUID, ...] = opened
        for row in sorted(self.fresh(Decision, meeting=self.meeting), key=lambda row: row.number):
            votes = [getattr(row, name) for name in VOTED] if row.method == Decision.Method.VOTE else None
            yield Made("decision", row.pk, row.created_at, {**self.about, "text": row.text, "votes": votes}, before)
            before = (*opened, row.pk)

    def sections(self, opened: tuple[uuid.UUID, ...]) -> Iterator[Made]:
        for name in SECTIONS:
            had = self.before.minutes.get(name, {"text": "", "version": 0})
            have = self.meeting.minutes.get(name, had)
            if have["text"] != had["text"]:
                body = {"section": name, "text": have["text"], "base": had["version"]}
                yield self.record("minutes", self.stood, body, *opened)

    def closing(self, made: list[Made]) -> Iterator[Made]:
        at = self.meeting.ended_at
        if at is not None and self.before.ended_at is None:
            first = sorted((each for each in made if each.kind in LAST_TO_COME), key=rank)
            yield self.record("meeting-close", at, {"at": write_time(at)}, *keys(first)[:MOST_PARENTS])

    def stays(self) -> list[tuple[str, int]]:
        """Return what does not travel, by name, with how many there are; those of which there are none are left out."""
        notes = changed(self.held(SpokenNote), self.meeting.notes.all(), NOTE)
        words = changed(self.held(Decision), self.meeting.decisions.all(), ("text", *VOTED))
        scored = {(row.proposal_id, row.scorer_group) for row in self.meeting.scores.all()}
        voted = {(row.hamlet_id, row.group) for row in self.meeting.ballots.all()}
        tabled = set(self.meeting.tabled.values_list("proposal_id", flat=True))
        photos = self.meeting.photos.count() + ProposalPhoto.objects.count()
        runs = AllocationRun.objects.filter(village_id=self.meeting.village_id, created_at__gte=self.venue.issued_at)
        gone = {
            _("hitungan rencana alokasi"): runs.count(),
            _("foto"): photos,
            _("catatan bicara dari paket yang diubah atau dihapus"): notes,
            _("keputusan dari paket yang diubah atau dihapus"): words,
            _("skor dari paket yang dihapus"): sum(
                (row.proposal_id, row.scorer_group) not in scored for row in self.held(ScoreSheet).values()
            ),
            _("suara dari paket yang dihapus"): sum(
                (row.hamlet_id, row.group) not in voted for row in self.held(BallotBundle).values()
            ),
            _("usulan dari paket yang diturunkan dari meja"): sum(
                row.proposal_id not in tabled for row in self.held(MeetingProposal).values()
            ),
            _("peringkat yang disahkan"): int(
                bool(self.meeting.ranking) and self.meeting.ranking != self.before.ranking
            ),
            _("undangan yang ditambah di balai"): self.meeting.invitations.filter(
                created_at__gte=self.venue.issued_at
            ).count(),
            _("penundaan rapat"): sum(
                row.created_at >= self.venue.issued_at for row in self.meeting.adjournments.all()
            ),
        }
        return [(name, count) for name, count in gone.items() if count]


def person(row: Attendance) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in PERSON}, "votes": row.has_voting_right}


def fix(made: Made) -> Made:
    """Return a correction without its meeting, which this kind does not name."""
    body = {name: value for name, value in made.body.items() if name != "meeting"}
    return Made(made.kind, made.key, made.at, body, made.after)


def rank(made: Made) -> int:
    return LAST_TO_COME.index(made.kind)


def keys(made: list[Made]) -> tuple[uuid.UUID, ...]:
    return tuple(each.key for each in made)


def changed(old: Mapping[uuid.UUID, Any], now: Any, names: tuple[str, ...]) -> int:
    """Return how many of the old rows are gone or say something else."""
    rows = {row.pk: row for row in now}
    return sum(
        key not in rows or any(getattr(rows[key], name) != getattr(row, name) for name in names)
        for key, row in old.items()
    )


def counted(homing: Homing) -> Counter[str]:
    """Return how many records of each kind go home."""
    return Counter(each.kind for each in homing.all())


def envelopes(homing: Homing, key: bytes) -> list[dict[str, Any]]:
    """Return everything that goes home, the same bytes each time. key: private half of the pair, PKCS8 DER."""
    pair = keys_of(key, homing.venue.server_key)
    return [
        sealed(
            homing.venue,
            pair,
            {
                "id": str(each.key),
                "kind": each.kind,
                "captured_at": write_time(each.at),
                "after": [str(parent) for parent in each.after],
            },
            each.body,
        )
        for each in homing.all()
    ]


def cable(made: list[dict[str, Any]]) -> bytes:
    """Return what goes home by a cable: the zip that the office takes in."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("amplop.json", json.dumps({"envelopes": made}))
    return out.getvalue()
