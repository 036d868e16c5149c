"""Work of this room that a worker does while people wait."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.plans.services.received import read_waiting
from rembuk.shared import clock, jobs

READ_RPJMDES = "plans.read_rpjmdes"


def read_rpjmdes(run: jobs.Run) -> Mapping[str, object]:
    """Read the handed-in files that wait; payload: regency."""
    if run.hat is None:
        return {}
    good, bad = read_waiting(regency_code=run.payload["regency"], actor=run.hat, at=clock.now(), progress=run.progress)
    words = _("%(good)d berkas RPJM Desa terbaca, %(bad)d tidak terbaca.") % {"good": good, "bad": bad}
    return {"sentence": words, "link": reverse("plans:received")}
