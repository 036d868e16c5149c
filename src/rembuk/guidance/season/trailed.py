"""What the trail keeps of a season, and the words it is told in."""

from collections.abc import Mapping

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.guidance.season import labels, models, queries
from rembuk.shared.trail import audit, kinds, words

TABLES: Mapping[type[Model], str | Promise] = {
    models.Season: _("musim Musrenbangdes"),
    models.SeasonTeam: _("tim musim"),
    models.TeamMember: _("anggota tim musim"),
    models.Speaker: _("narasumber musim"),
    models.Wish: _("permintaan desa"),
    models.ClosedDay: _("hari tertutup"),
    models.TravelTable: _("tabel perjalanan"),
    models.SeasonPlan: _("jadwal musim"),
    models.PlanVisit: _("forum dalam jadwal"),
}


def register() -> None:
    """Register tables, words and the story of a season."""
    audit(models.Season, ignore=("changed_at",))
    audit(models.SeasonTeam, ignore=("changed_at",))
    audit(models.TeamMember, personal=("name",))
    audit(models.Speaker, personal=("name",), ignore=("changed_at",))
    audit(models.Wish, ignore=("changed_at",))
    audit(models.ClosedDay)
    audit(models.TravelTable, ignore=("places", "minutes", "river"))
    audit(models.SeasonPlan, ignore=("changed_at",))
    audit(models.PlanVisit)
    words.register(tables=TABLES, columns=labels.COLUMNS)
    kinds.register("musim", models.Season, finder=queries.season_by_id, act="season.read", also=queries.rows_of_season)
