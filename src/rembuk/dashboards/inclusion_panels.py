"""Who is here and who speaks at one meeting, for its own page while it runs: no name, no count of the sheltered."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.core.law.elements import ELEMENTS, HIDDEN_BESIDE_NAMES
from rembuk.core.permissions import TABLE
from rembuk.core.workflow.inclusion import LOST_POINTS, Figure, things
from rembuk.dashboards.inclusion_labels import GROUP_NAMES, figure_text
from rembuk.deliberation.facts import Counts, add_people
from rembuk.deliberation.labels import ELEMENT_NAMES
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import Voices, voices_of
from rembuk.guidance.facilitation.queries import turns_of_meetings
from rembuk.shared.panels import Panel

ORDER = 35
BEGUN = ("running", "adjourned", "closed", "signed")
WATCHED = ("PEMUDA", "ADAT")
RESIDENTS = ELEMENTS.keys() - HIDDEN_BESIDE_NAMES


def panels_of_meetings(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return for each meeting that has begun who is present and who speaks. Five queries, however many meetings."""
    rows = Meeting.objects.filter(pk__in=ids, state__in=BEGUN).select_related("village", "cycle")
    begun = {row.pk: row for row in rows.only("village__regency_id", "village__district_id", "cycle__budget_year")}
    counts = {key: Counts() for key in begun}
    add_people(counts)
    voices, turns = voices_of(list(begun)), turns_of_meetings(list(begun))
    return {
        key: panel_of(counts[key], voices.get(key, Voices()), turns.get(key), address(meeting, hat))
        for key, meeting in begun.items()
        if counts[key].present
    }


def address(meeting: Meeting, hat: Hat | None) -> str:
    """Return where the village's year is told; a hat of one hamlet or RT may not open it."""
    if not TABLE.allows(hat, "dashboards.inclusion", meeting):
        return ""
    village = reverse("dashboards:village_inclusion", args=[meeting.village_id])
    return f"{village}?tahun={meeting.cycle.budget_year}"


def panel_of(counts: Counts, noted: Voices, tally: Mapping[str, int] | None, link: str) -> Panel:
    sexes = tally or noted.sexes
    here, said = things(counts.women, counts.present), things(sexes.get("P", 0), sum(sexes.values()))
    quiet = gap(here, said) >= LOST_POINTS
    rows = [(_("Perempuan hadir"), figure_text(here)), (_("Giliran bicara perempuan"), figure_text(said))]
    rows += [(str(GROUP_NAMES[code]), element_text(code, counts, noted)) for code in WATCHED]
    if silent := unheard(counts, noted):
        rows.append((_("Belum bicara menurut notulen"), ", ".join(silent)))
    if quiet:
        rows.append((_("Yang membantu"), _("Beri giliran berikutnya kepada perempuan, mulai dari yang belum bicara.")))
    source = _("hitungan pemandu") if tally else _("notulen")
    rows.append((_("Sumber giliran"), source if said.share is not None else _("belum ada yang dicatat")))
    return Panel(title(here, said), tuple(rows), link, "due" if quiet else "ok", ORDER)


def gap(here: Figure, said: Figure) -> int:
    return here.share.percent - said.share.percent if here.share is not None and said.share is not None else 0


def title(here: Figure, said: Figure) -> str:
    """Say the finding of this meeting."""
    assert here.share is not None
    if said.share is None:
        return _("Perempuan %(here)d %% yang hadir; giliran bicara belum dicatat") % {"here": here.share.percent}
    return _("Perempuan %(here)d %% yang hadir, %(said)d %% giliran bicara") % {
        "here": here.share.percent,
        "said": said.share.percent,
    }


def element_text(code: str, counts: Counts, noted: Voices) -> str:
    """Say whether an element is here and how often it spoke. Turns are things, so they are counted as they are."""
    if not counts.elements.get(code):
        return _("belum ada yang hadir")
    if not noted.elements:
        return _("hadir; pembicara belum dicatat unsurnya")
    return _("hadir, bicara %(count)d kali") % {"count": noted.elements.get(code, 0)}


def unheard(counts: Counts, noted: Voices) -> list[str]:
    """Return the elements of residents that are here and that no line of the notulen names; never the sheltered."""
    if not noted.elements:
        return []
    return [
        str(name)
        for code, name in ELEMENT_NAMES.items()
        if code in RESIDENTS and counts.elements.get(code) and not noted.elements.get(code)
    ]
