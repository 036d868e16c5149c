"""The room `announcements` as Django knows it."""

from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    """What the village office tells everybody, from a day to a day."""

    name = "rembuk.announcements"
    label = "announcements"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.announcements import labels, models, permissions  # noqa: F401
        from rembuk.shared import menu, wording
        from rembuk.shared.trail import audit, words

        audit(models.Announcement, ignore=("changed_at",))
        words.register(tables={models.Announcement: _("pengumuman")}, columns=labels.COLUMNS)
        wording.register(labels.SENTENCES)
        menu.register(
            menu.Entry(
                key="announcements",
                title=_("Pengumuman"),
                icon="voice",
                url_name="announcements:list",
                act="announcements.publish",
                order=75,
                main=False,
            )
        )
