"""The room `deliberation` as Django knows it."""

from functools import partial

from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.deliberation"
    label = "deliberation"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.cycles import duties, gates, links
        from rembuk.deliberation import addresses, facts, labels, meeting_duties, models, panels, permissions, queries
        from rembuk.shared import menu, wording
        from rembuk.shared import panels as shared_panels
        from rembuk.shared.trail import kinds
        from rembuk.shared.trail.audited import audit

        people = ("chair_name", "note_taker_name", "resource_persons", "community_signers", "signers")
        audit(models.Meeting, personal=people)
        audit(models.Invitation, personal=("name", "position"))
        audit(models.Attendance, personal=("name", "address", "phone", "position"))
        audit(models.AttendanceTally)
        audit(models.SpokenNote, personal=("speaker",))
        audit(models.Decision)
        audit(models.Adjournment)
        audit(models.MeetingPhoto)
        audit(models.MeetingProposal)
        audit(models.ScoreSheet)
        # Successive versions of a small bundle would tell single papers apart, so the trail holds only its digest.
        audit(models.BallotBundle, ignore=("marks",))
        kinds.register(
            "musyawarah",
            models.Meeting,
            finder=queries.meeting_by_key,
            act="deliberation.see_names",
            also=queries.rows_of_meeting,
        )
        wording.register(labels.SENTENCES)
        for stage in facts.GATE_STAGES:
            gates.register(stage, "deliberation", partial(facts.meeting_facts, stage))
        gates.register("K5", "deliberation", facts.hamlet_meeting_facts)
        gates.register("R3B", "deliberation", facts.assembly_facts)
        for name, resolver in addresses.RESOLVERS.items():
            links.register(name, resolver)
        duties.register("deliberation", meeting_duties.of_hat)
        shared_panels.register("proposal", "deliberation", panels.panels_of_proposals)
        shared_panels.register("cycle", "deliberation", panels.panels_of_cycles)
        menu.register(
            menu.Entry(
                key="meetings",
                title=_("Musyawarah"),
                icon="people",
                url_name="deliberation:list",
                act=permissions.ROWS[0].act,
                order=30,
                waiting=queries.waiting,
            )
        )
