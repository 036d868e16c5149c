"""The room `assessment` as Django knows it."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.assessment"
    label = "assessment"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.assessment import assessment_duties, labels, models, permissions, queries, trail_words
        from rembuk.cycles import duties
        from rembuk.shared import menu, wording
        from rembuk.shared.trail import kinds
        from rembuk.shared.trail.audited import audit

        audit(models.Assessment)
        for model in queries.PARTS:
            audit(model)
        trail_words.register()
        kinds.register(
            "pkd",
            models.Assessment,
            finder=queries.assessment_by_key,
            act="assessment.read",
            also=queries.rows_of_assessment,
        )
        wording.register(labels.SENTENCES)
        duties.register("assessment", assessment_duties.of_hat, assessment_duties.rows_of)
        menu.register(
            menu.Entry(
                key="assessment",
                title=_("Pengkajian desa"),
                icon="search",
                url_name="assessment:list",
                act=permissions.ROWS[0].act,
                order=55,
            )
        )
