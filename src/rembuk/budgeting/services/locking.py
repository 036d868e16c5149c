"""A budget file on its way in, locked for the one who works on it."""

from uuid import UUID

from rembuk.budgeting.models import ApbdesImport
from rembuk.core.errors import RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require


def locked_import(import_id: UUID, actor: Hat) -> ApbdesImport:
    """Return an import that is still open, locked for this transaction.

    Raises: NotAllowedError, RefusedError ``apb-import-done``.
    """
    rows = ApbdesImport.objects.select_for_update(of=("self",)).select_related("village__regency", "cycle", "file")
    batch = rows.get(pk=import_id)
    require(actor, "budgeting.import_apbdes", batch)
    if batch.state != ApbdesImport.State.READ:
        raise RefusedError("apb-import-done")
    return batch
