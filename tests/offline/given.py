"""A person in the field: phone, package, and the network between phone and server, through the real addresses."""

import io
import json
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from PIL import Image

from factories import people
from offline.phone import Phone, receipt_of
from rembuk.accounts.models import Assignment
from rembuk.offline.models import Envelope

NOW = datetime(2026, 6, 20, 2, 0, tzinfo=UTC)
API = "/api/lapangan/1/"


class Field:
    """One person in the field. wire: an anonymous client, as the phone sends; desk: the same person signed in."""

    def __init__(self, assignment: Assignment, time: Any, *, village: str = "64.02.18.2003") -> None:
        self.assignment, self.time, self.village = assignment, time, village
        self.wire, self.desk = Client(), people.signed_in(assignment)
        self.phone = Phone(str(assignment.person_id), str(assignment.pk))
        self.register()
        self.content = self.take()

    def register(self) -> Any:
        told = {"id": self.phone.id, "name": "HP lapangan", "public_key": self.phone.public_key}
        return self.post("perangkat", told, client=self.desk)

    def take(self) -> dict[str, Any]:
        answer = self.post("paket", {"device": self.phone.id, "village": self.village}, client=self.desk)
        assert answer.status_code == 200, answer.content
        content: dict[str, Any] = answer.json()
        self.phone.take(content)
        return content

    def post(self, call: str, told: Any, client: Client | None = None) -> Any:
        return (client or self.wire).post(API + call, json.dumps(told), content_type="application/json")

    def seal(self, kind: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
        return self.phone.seal(kind, body, **{"at": self.time.now, **more})

    def send(self, *sent: Any) -> list[dict[str, Any]]:
        """Send and return the results; the receipts of the server and of the phone must agree."""
        answer = self.post("amplop", {"sent_at": self.phone.clock(self.time.now), "envelopes": list(sent)})
        assert answer.status_code == 200, answer.content
        results: list[dict[str, Any]] = answer.json()["results"]
        assert [each["id"] for each in results] == [each["id"] for each in sent]
        assert [each["receipt"] for each in results] == [receipt_of(each) for each in sent]
        return results

    def send_one(self, kind: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
        return self.send(self.seal(kind, body, **more))[0]

    def put(self, sha256: str, data: bytes) -> int:
        answer = self.wire.put(f"{API}potongan/{sha256}", data, content_type="application/octet-stream")
        return int(answer.status_code)

    def states(self, *ids: str) -> list[str]:
        answer = self.post("keadaan", self.phone.asking(ids, at=self.time.now))
        assert answer.status_code == 200, answer.content
        return [each["state"] for each in answer.json()["results"]]


def row_of(sent: dict[str, Any]) -> Envelope:
    return Envelope.objects.get(envelope_id=sent["id"])


def meeting_body(**more: Any) -> dict[str, Any]:
    return {
        "kind": "MUSDES_P", "title": "Musdes perencanaan", "hamlet": None, "group": "",
        "scheduled_at": "2026-06-20T01:00:00.000Z", "location": "Balai desa", "agenda": ["Pembukaan", "Pembahasan"],
        **more,
    }  # fmt: skip


def guest(meeting: str, name: str = "Siti Rahma", **more: Any) -> dict[str, Any]:
    return {"meeting": meeting, "name": name, "sex": "P", "element": "PEREMPUAN", "invited": True, **more}


def picture(color: str = "green", size: int = 1600) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((size, size // 2), 90).convert("RGB").save(out, "JPEG", quality=95)
    if color == "small":
        out = io.BytesIO()
        Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    return out.getvalue()
