"""The room `sectors` as Django knows it."""

from django.apps import AppConfig


class SectorsConfig(AppConfig):
    """Registers what other rooms ask for by name, and that a step is only ever added."""

    name = "rembuk.sectors"
    label = "sectors"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.cycles import duties
        from rembuk.sectors import labels, models, panels, permissions, queries, support_duties  # noqa: F401
        from rembuk.shared import menu, wording
        from rembuk.shared import panels as shared_panels
        from rembuk.shared.trail import audit, kinds, protect, words

        audit(models.SupportRequest, ignore=("changed_at",))
        audit(models.SupportStep)
        audit(models.ClinicDay, ignore=("changed_at",))
        protect(models.SupportStep, when="{row}.event <> ''")
        words.register(
            tables={
                models.SupportRequest: _("permintaan dukungan teknis"),
                models.SupportStep: _("langkah dukungan teknis"),
                models.ClinicDay: _("hari klinik RAB"),
            },
            columns=labels.COLUMNS,
        )
        wording.register(labels.SENTENCES)
        duties.register("sectors", support_duties.of_hat, lambda hat, _today: queries.waiting(hat))
        shared_panels.register("item", "sectors", panels.panels_of_items)
        kinds.register(
            "dukungan",
            models.SupportRequest,
            finder=queries.request_by_id,
            act="sectors.read",
            also=queries.rows_of_request,
        )
        menu.register(
            menu.Entry(
                "support", _("Dukungan teknis"), "shield", "sectors:list", "sectors.list", 76, waiting=queries.waiting
            )
        )
