"""What a resident types, for the tests of the public door."""

import io
import uuid
from datetime import UTC, datetime

from PIL import Image

from proposals.given import NOW
from rembuk.proposals.models import Proposal
from rembuk.proposals.resident_values import read_resident
from rembuk.proposals.residents import resident_of
from rembuk.proposals.services import propose_as_resident
from rembuk.proposals.services.submission import Submitted
from rembuk.proposals.values import places_of
from rembuk.regions.models import Village

PROBLEM = "Titian depan rumah Pak Darmo Wibowo patah. Hubungi 0812 3456 7890."
LATER = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)


def typed(village: Village, **fields: str) -> dict[str, str]:
    """Return the fields of the form by their names in the program."""
    hamlet = village.hamlets.order_by("order").first()
    return {
        "problem": PROBLEM,
        "hamlet": str(hamlet.id) if hamlet else "desa",
        "location_text": "dekat dermaga lama",
        "households": "6-20",
        "proposer_name": "Wening Sari",
        "proposer_contact": "0813 1111 2222",
        "email": "wening@contoh.id",
        **fields,
    }


def page_body(village: Village, **fields: object) -> dict[str, object]:
    """Return the body of a POST of the form by the names on the page."""
    hamlet = village.hamlets.order_by("order").first()
    return {
        "kunci": str(uuid.uuid4()),
        "situs": "",
        "masalah": PROBLEM,
        "dusun": str(hamlet.id),
        "lokasi": "dekat dermaga lama",
        "rumah": "6-20",
        "nama": "Wening Sari",
        "hp": "0813 1111 2222",
        **fields,
    }


def handed_in(village: Village, key: uuid.UUID | None = None, at: datetime = NOW, **fields: str) -> Submitted:
    """Hand in one proposal as a resident."""
    words, problems = read_resident(typed(village, **fields), places_of(village))
    assert problems == []
    return propose_as_resident(
        key=key or uuid.uuid4(), village_id=village.id, words=words, actor=resident_of(village), at=at
    )


def resident_proposal(village: Village, **fields: str) -> Proposal:
    return handed_in(village, **fields).proposal


def picture(width: int = 800, height: int = 600, **saving: object) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#7a8").save(out, "JPEG", quality=80, **saving)
    out.seek(0)
    out.name = "tempat.jpg"
    return out
