"""The room `mentoring` as Django knows it."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.guidance.mentoring"
    label = "mentoring"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.cycles import duties as cycle_duties
        from rembuk.guidance.mentoring import duties, labels, models, panels, permissions, queries, services  # noqa: F401
        from rembuk.shared import daily, menu, wording
        from rembuk.shared import panels as shared_panels
        from rembuk.shared.trail import audit, kinds, words

        audit(models.Visit, personal=("signer_name",), ignore=("changed_at", "body_digest"))
        audit(models.VisitMember)
        audit(models.VisitContact, personal=("name",))
        audit(models.VisitAnswer)
        audit(models.PromiseCheck)
        audit(models.VisitPhoto)
        audit(models.Finding)
        audit(models.ActionItem, ignore=("changed_at",))
        audit(models.ActionEvidence, ignore=("body_digest",))
        audit(models.ActionStep)
        words.register(
            tables={
                models.Visit: _("kunjungan"),
                models.VisitMember: _("anggota tim kunjungan"),
                models.VisitContact: _("orang yang ditemui"),
                models.VisitAnswer: _("jawaban daftar periksa"),
                models.PromiseCheck: _("janji yang dilihat"),
                models.VisitPhoto: _("foto kunjungan"),
                models.Finding: _("temuan"),
                models.ActionItem: _("tindak lanjut"),
                models.ActionEvidence: _("bukti tindak lanjut"),
                models.ActionStep: _("langkah tindak lanjut"),
            },
            columns=labels.COLUMNS,
        )
        wording.register(labels.SENTENCES)
        kinds.register(
            "kunjungan", models.Visit, finder=queries.visit_by_id, act="mentoring.read", also=queries.rows_of_visit
        )
        kinds.register(
            "tindak-lanjut",
            models.ActionItem,
            finder=queries.item_by_id,
            act="mentoring.read_item",
            also=queries.rows_of_item,
        )
        shared_panels.register("village", "mentoring", panels.panels_of_villages)  # type: ignore[arg-type]
        shared_panels.register("cycle", "mentoring", panels.panels_of_cycles)
        cycle_duties.register("mentoring", duties.of_hat)
        # The clock comes before the reminders: names are called in their order.
        daily.register("mentoring.1-clock", services.let_time_pass)
        daily.register("mentoring.2-reminders", services.remind_mentoring)
        for entry in (
            menu.Entry("visits", _("Kunjungan"), "boat", "mentoring:list", "mentoring.visits", order=56, main=False),
            menu.Entry(
                key="promises",
                title=_("Tindak lanjut"),
                icon="check",
                url_name="mentoring:items",
                act="mentoring.items",
                order=57,
                main=False,
                waiting=queries.waiting_for,
            ),
        ):
            menu.register(entry)
