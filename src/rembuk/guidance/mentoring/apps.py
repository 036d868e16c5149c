"""The room `mentoring` as Django knows it."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.guidance.mentoring"
    label = "mentoring"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from rembuk.cycles import duties as cycle_duties
        from rembuk.guidance.mentoring import duties, entries, labels, monthly_duties, panels, services, trailed
        from rembuk.shared import daily, wording
        from rembuk.shared import panels as shared_panels

        trailed.register()
        wording.register({**labels.SENTENCES, **labels.SENTENCES_OF_REPORTS})
        shared_panels.register("village", "mentoring", panels.panels_of_villages)  # type: ignore[arg-type]
        shared_panels.register("cycle", "mentoring", panels.panels_of_cycles)
        cycle_duties.register("mentoring", duties.of_hat)
        cycle_duties.register("mentoring.help", duties.helping, duties.help_asked)
        cycle_duties.register("mentoring.months", monthly_duties.checking, monthly_duties.to_check)
        # The clock comes before the reminders: names are called in their order.
        daily.register("mentoring.1-clock", services.let_time_pass)
        daily.register("mentoring.2-reminders", services.remind_mentoring)
        entries.register()
