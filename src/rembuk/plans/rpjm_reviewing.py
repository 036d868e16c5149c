"""What a review of an RPJM Desa shows: every activity in the plan in force and in the amendment, and why it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from rembuk.core.errors import Finding
from rembuk.core.money import Rupiah
from rembuk.core.workflow.versions import Change, ChangeKind, VersionRow, compare, unexplained
from rembuk.plans.amending import KINDS
from rembuk.plans.models import Rpjmdes, RpjmdesItem, RpjmdesReason
from rembuk.plans.rpjm_queries import rpjm_items
from rembuk.plans.rpjm_values import RpjmValues, values_of

SOURCE = "PP 43/2014 Pasal 120; Permendagri 114/2014 Pasal 28"
LINK = "plans:rpjm_review"
RpjmItemChange = Change[RpjmValues]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An amendment beside the plan it supersedes. reasons: subject (see `Change.subject`) -> sentence.

    items: row of the amendment by key, for its version.
    """

    changes: tuple[RpjmItemChange, ...]
    reasons: Mapping[str, str]
    items: Mapping[str, RpjmdesItem]

    @property
    def moved(self) -> tuple[RpjmItemChange, ...]:
        """Everything that is not as before."""
        return tuple(change for change in self.changes if change.kind is not ChangeKind.KEPT)

    @property
    def without_reason(self) -> tuple[RpjmItemChange, ...]:
        return unexplained(self.changes, self.reasons)


def version_rows(items: Sequence[RpjmdesItem]) -> tuple[VersionRow[RpjmValues], ...]:
    """Return the activities as they are compared."""
    return tuple(
        VersionRow(
            str(item.id), values_of(item), Rupiah(item.cost or 0), str(item.previous_id) if item.previous_id else ""
        )
        for item in items
    )


def reviewed(rpjmdes: Rpjmdes) -> Reviewed:
    """Return what an amendment changes against the plan it supersedes. Three queries."""
    assert rpjmdes.supersedes_id is not None
    after = rpjm_items(rpjmdes.id)
    changes = compare(version_rows(rpjm_items(rpjmdes.supersedes_id)), version_rows(after))
    return Reviewed(changes, reasons_of(rpjmdes.id), {str(item.id): item for item in after})


def reasons_of(rpjmdes_id: UUID) -> dict[str, str]:
    """Return subject -> reason of an amendment. One query."""
    rows = RpjmdesReason.objects.filter(rpjmdes_id=rpjmdes_id).values_list("previous_id", "item_id", "text")
    return {str(previous or item): text for previous, item, text in rows}


def name_of(change: RpjmItemChange) -> str:
    row = change.after or change.before
    return row.values.name if row is not None else ""


def review_findings(rpjmdes: Rpjmdes) -> list[Finding]:
    """Return what holds an amendment back: nothing changed, or a change that nobody has explained."""
    found = reviewed(rpjmdes)
    if not found.moved:
        return [
            Finding("G12", "block", _("Belum ada kegiatan yang berubah terhadap RPJM yang berlaku."), SOURCE, "", LINK)
        ]
    words = _("%(name)s: %(kind)s tanpa alasan.")
    return [
        Finding("G12", "block", words % {"name": name_of(change), "kind": KINDS[change.kind]}, SOURCE, "", LINK)
        for change in found.without_reason
    ]


def only_of_changes(rpjmdes: Rpjmdes, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings of an amendment's matrix; what is wrong with a row left as it was is said, but holds nothing.

    A plan that came from a file often lacks columns that were not asked for when it was set.
    """
    moved = {change.after.key for change in reviewed(rpjmdes).moved if change.after is not None}
    return [
        finding
        if finding.severity != "block" or not finding.subject or finding.subject in moved
        else replace(finding, severity="warn")
        for finding in findings
    ]
