"""What the archive says of a cycle: how many papers it holds of it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.cycles.models import Evidence
from rembuk.documents.permissions import READERS
from rembuk.shared.panels import Panel

ORDER = 90


def panels_of_cycles(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return cycle -> its evidence that is a paper of the archive and the rest. One query; nothing for a visitor."""
    if hat is None or hat.role not in READERS:
        return {}
    rows = Evidence.objects.filter(cycle_id__in=ids, withdrawn_at__isnull=True).order_by().values("cycle_id")
    counted = rows.annotate(made=Count("id", filter=Q(paper__isnull=False)), total=Count("id"))
    found = {row["cycle_id"]: (row["made"], row["total"]) for row in counted}
    return {key: panel(key, *found.get(key, (0, 0))) for key in ids}


def panel(cycle_id: UUID, made: int, total: int) -> Panel:
    rows = ((_("Dari arsip"), str(made)), (_("Berkas unggahan"), str(total - made)))
    address = reverse("documents:cycle", args=(cycle_id,))
    return Panel(_("Dokumen dan kelengkapan"), rows, address, "ok" if total else "next", ORDER)
