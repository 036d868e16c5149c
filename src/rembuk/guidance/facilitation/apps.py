"""The room `facilitation` as Django knows it."""

from django.apps import AppConfig


class FacilitationConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.guidance.facilitation"
    label = "facilitation"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.cycles import duties
        from rembuk.guidance.facilitation import forum_duties, labels, models, panels, queries, services
        from rembuk.shared import daily, menu, wording
        from rembuk.shared import panels as shared_panels
        from rembuk.shared.trail import audit, kinds, words

        audit(models.Facilitation, ignore=("changed_at",))
        audit(models.Guide, personal=("name",))
        for model in (models.DayChange, models.Answer, models.Turn, models.ToolUse, models.FocusGroup, models.Reaction):
            audit(model)
        words.register(
            tables={
                models.Facilitation: _("forum terfasilitasi"),
                models.Guide: _("anggota tim pemandu"),
                models.DayChange: _("perubahan hari forum"),
                models.Answer: _("jawaban daftar periksa"),
                models.Turn: _("hitungan bicara"),
                models.ToolUse: _("alat partisipasi"),
                models.FocusGroup: _("diskusi kelompok"),
                models.Reaction: _("tanggapan peserta"),
            },
            columns=labels.COLUMNS,
        )
        wording.register(labels.SENTENCES)
        kinds.register(
            "forum",
            models.Facilitation,
            finder=queries.forum_by_id,
            act="facilitation.read",
            also=queries.rows_of_forum,
        )
        duties.register("facilitation", forum_duties.of_hat)
        daily.register("facilitation.follow", services.follow_open_forums)
        daily.register("facilitation.remind", services.remind_forums)
        shared_panels.register("cycle", "facilitation", panels.panels_of_cycles)
        menu.register(
            menu.Entry(
                key="facilitation",
                title=_("Fasilitasi"),
                icon="people",
                url_name="facilitation:list",
                act="facilitation.list",
                order=59,
                main=False,
                waiting=queries.waiting,
            )
        )
