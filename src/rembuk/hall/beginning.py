"""The rows of a package as they were taken: what the hall began from, kept beside its database."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import models

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
from rembuk.hall.rows import member_of, unpacked
from rembuk.hall.tables import TABLES
from rembuk.proposals.models import Proposal

HELD: tuple[type[models.Model], ...] = (
    Meeting, Attendance, AttendanceTally, SpokenNote, Decision, MeetingProposal, ScoreSheet, BallotBundle, Proposal,
)  # fmt: skip
"""The tables of which the server asks in what version a record began, or that tell what is new."""

Beginning = Mapping[type[models.Model], Mapping[UUID, Any]]


def kept(members: Mapping[str, bytes]) -> bytes:
    """Return what is kept of a package's members."""
    names = [member_of(table) for table in TABLES if table.model in HELD]
    return json.dumps({name: json.loads(members[name]) for name in names}, ensure_ascii=False).encode()


def read_beginning(data: bytes) -> Beginning:
    """Return the rows by table and key. Raises: ValueError, KeyError for what `kept` did not write."""
    content = json.loads(data)
    return {
        table.model: {row.pk: row for row in unpacked(table, json.dumps(content[member_of(table)]).encode())}
        for table in TABLES
        if table.model in HELD
    }
