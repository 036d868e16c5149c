"""The room `offline` as Django knows it: packages go out to phones and halls, envelopes come back."""

from django.apps import AppConfig


class OfflineConfig(AppConfig):
    """Registers the trail of what came from the field, its words, its duties and its chores."""

    name = "rembuk.offline"
    label = "offline"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.core import checks
        from django.utils.translation import gettext_lazy as _

        from rembuk.cycles import duties
        from rembuk.offline import chores, labels, models, office_duties, permissions, queries, readiness, trailed  # noqa: F401
        from rembuk.shared import daily, menu, wording
        from rembuk.shared.trail import kinds

        trailed.register()
        checks.register(readiness.check_keys, checks.Tags.database)
        wording.register(labels.SENTENCES)
        duties.register("offline", office_duties.of_hat, office_duties.rows_of)
        daily.register("offline.apply", chores.try_again)
        menu.register(
            menu.Entry(
                key="field",
                title=_("Lapangan"),
                icon="pin",
                url_name="offline:office",
                act="offline.list",
                order=61,
                main=False,
                waiting=queries.to_decide,
            )
        )
        kinds.register("kiriman", models.Envelope, finder=queries.envelope_by_key, act="offline.read")
