"""Work of this room that a person waits for."""

from collections.abc import Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.proposals.services.imports import save_list
from rembuk.shared import clock, jobs

SAVE_IMPORT = "proposals.import"


def save_import(run: jobs.Run) -> Mapping[str, object]:
    """Store a checked list; payload: batch."""
    batch_id = UUID(run.payload["batch"])
    if run.hat is None:
        return {}
    save_list(batch_id=batch_id, actor=run.hat, at=clock.now(), progress=run.progress)
    return {"sentence": _("Daftar usulan tersimpan."), "link": reverse("proposals:import_batch", args=[batch_id])}
