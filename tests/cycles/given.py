"""Moments and files that the tests of the cycle share."""

from datetime import UTC, date, datetime

from rembuk.core.hat import Hat
from rembuk.cycles.models import Cycle, Evidence
from rembuk.cycles.services import add_evidence
from rembuk.shared.models import StoredFile

NOW = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
TODAY = date(2026, 9, 21)


def stored_file(village_id: str = "64.02.18.2003") -> StoredFile:
    return StoredFile.objects.create(
        village_id_text=village_id, sha256="a" * 64, name="surat.pdf", content_type="application/pdf", size=3
    )


def evidence(cycle: Cycle, stage: str, code: str, actor: Hat, **fields: object) -> Evidence:
    values = {"title": code, "document_date": date(2026, 6, 9), "signed": True, "number": "1/2026", "at": NOW} | fields
    return add_evidence(
        cycle_id=cycle.pk, stage=stage, paper_code=code, file=stored_file(cycle.village_id), actor=actor, **values
    )
