"""The room `works` as Django knows it."""

from django.apps import AppConfig


class WorksConfig(AppConfig):
    """Registers what other rooms ask for by name, and that a closed work is held fast."""

    name = "rembuk.works"
    label = "works"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.shared import panels as shared_panels
        from rembuk.shared import wording
        from rembuk.shared.trail import audit, kinds, words
        from rembuk.works import gate_facts, labels, models, panels, permissions, photo_duties, queries  # noqa: F401

        audit(models.Work, ignore=("changed_at",))
        audit(models.Payment)
        audit(models.Progress)
        audit(models.Obstacle, ignore=("changed_at",))
        words.register(
            tables={
                models.Work: _("pekerjaan"),
                models.Payment: _("realisasi keuangan"),
                models.Progress: _("kemajuan pekerjaan"),
                models.Obstacle: _("kendala pekerjaan"),
            },
            columns=labels.COLUMNS,
        )
        wording.register(labels.SENTENCES)
        gate_facts.register()
        photo_duties.register()
        shared_panels.register("proposal", "works", panels.panels_of_proposals)
        shared_panels.register("item", "works", panels.panels_of_items)
        shared_panels.register("village", "works", panels.panels_of_villages)  # type: ignore[arg-type]
        kinds.register(
            "pekerjaan",
            models.Work,
            finder=queries.work_by_id,
            act="works.read",
            also=queries.rows_of_work,
        )
