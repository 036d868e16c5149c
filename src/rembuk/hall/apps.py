"""The room `hall` as Django knows it: the studio, its projector, and meetings held on a laptop away from the server."""

from django.apps import AppConfig


class HallConfig(AppConfig):
    """Registers the lock on meetings that are out, the words of this room and its tables in the trail."""

    name = "rembuk.hall"
    label = "hall"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.deliberation import holds
        from rembuk.hall import labels, locking, models, panels, permissions  # noqa: F401
        from rembuk.shared import panels as shared_panels
        from rembuk.shared import wording
        from rembuk.shared.trail import audit, words

        holds.register("hall", locking.hold, locking.come_home)
        wording.register(labels.SENTENCES)
        audit(models.Taking, personal=("taken_by",))
        audit(models.Arrival, personal=("name", "address"))
        audit(models.DotCount, personal=("counter",), ignore=("totals", "voters"))
        words.register(
            tables={
                models.Taking: _("musyawarah yang dibawa ke balai"),
                models.Arrival: _("pemberitahuan hadir dari HP"),
                models.DotCount: _("hitungan titik pertama"),
            },
            columns=labels.COLUMNS,
        )
        shared_panels.register("meeting", "hall", panels.panels_of_meetings)
