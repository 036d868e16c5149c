"""The room `clinic` as Django knows it."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    """Registers what other rooms ask for by name, and that a step is only ever added."""

    name = "rembuk.guidance.clinic"
    label = "clinic"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.cycles import duties
        from rembuk.guidance.clinic import labels, models, permissions, queries, ticket_duties  # noqa: F401
        from rembuk.shared import menu, wording
        from rembuk.shared.trail import audit, kinds, protect, words

        audit(models.Ticket, personal=("asker_name",), ignore=("changed_at",))
        audit(models.Step)
        audit(models.FaqEntry, ignore=("changed_at",))
        protect(models.Step, when="{row}.event <> ''")
        words.register(
            tables={
                models.Ticket: _("pertanyaan klinik"),
                models.Step: _("langkah pertanyaan"),
                models.FaqEntry: _("tanya-jawab"),
            },
            columns=labels.COLUMNS,
        )
        wording.register(labels.SENTENCES)
        duties.register("clinic", ticket_duties.of_hat, ticket_duties.rows_of)
        kinds.register(
            "pertanyaan", models.Ticket, finder=queries.ticket_by_id, act="clinic.read", also=queries.rows_of_ticket
        )
        menu.register(
            menu.Entry("clinic", _("Klinik Desa"), "help", "clinic:list", "clinic.list", 74, waiting=queries.waiting)
        )
