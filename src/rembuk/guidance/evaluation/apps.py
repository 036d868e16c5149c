"""The room `evaluation` as Django knows it."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.guidance.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.cycles import duties as cycle_duties
        from rembuk.guidance.evaluation import duties, labels, measures, models, panels, permissions, queries, services  # noqa: F401
        from rembuk.shared import daily, menu, wording
        from rembuk.shared import panels as shared_panels
        from rembuk.shared.trail import audit, kinds, words

        audit(models.Review, personal=("recused",), ignore=("changed_at", "content"))
        audit(models.Mark, ignore=("changed_at",))
        audit(models.Delegation)
        audit(models.SelfCheck, ignore=("changed_at",))
        words.register(
            tables={
                models.Review: _("evaluasi"),
                models.Mark: _("penilaian butir"),
                models.Delegation: _("delegasi evaluasi"),
                models.SelfCheck: _("cek mandiri"),
            },
            columns=labels.COLUMNS,
        )
        wording.register(labels.SENTENCES)
        measures.register_measures()
        kinds.register(
            "evaluasi",
            models.Review,
            finder=queries.review_by_id,
            act="evaluation.read",
            also=queries.rows_of_review,
        )
        shared_panels.register("cycle", "evaluation", panels.panels_of_cycles)
        cycle_duties.register("evaluation", duties.of_hat, lambda hat, _today: queries.waiting(hat))
        daily.register("evaluation.days", services.remind_evaluations)
        menu.register(
            menu.Entry(
                key="evaluation",
                title=_("Evaluasi dokumen"),
                short=_("Evaluasi"),
                icon="check",
                url_name="evaluation:list",
                act="evaluation.list",
                order=58,
                main=False,
                waiting=queries.waiting,
            )
        )
