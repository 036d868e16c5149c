"""Proposals taken down in the field, and support counted at a meeting."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rembuk.core.errors import BadInputError
from rembuk.cycles.calendar import local_day
from rembuk.deliberation.models import Meeting
from rembuk.offline.models import Envelope
from rembuk.offline.services.appliers.base import Applier, Job, meeting_key
from rembuk.offline.services.base import HeldError
from rembuk.proposals.models import Proposal, Support
from rembuk.proposals.services import count_support, create_proposal, submit_proposal
from rembuk.proposals.values import places_of, read_values
from rembuk.regions.models import Village
from rembuk.shared.models import Origin

TEXTS = ("title", "problem", "location_text", "unit", "proposer_kind", "proposer_group")
NUMBERS = ("latitude", "longitude", "volume", "beneficiaries_male", "beneficiaries_female")


def propose(job: Job) -> UUID:
    """Make the proposal under the key of the phone and hand it in: it gets its number on arrival."""
    village = Village.objects.select_related("regency").get(pk=job.village_id)
    typed: dict[str, object] = {name: job[name] for name in TEXTS if job[name]}
    typed |= {name: str(job[name]) for name in NUMBERS if job[name] is not None}
    typed |= {"hamlet": str(job["hamlet"] or ""), "rt": str(job["rt"] or ""), "groups": list(job["groups"])}
    # On the phone a person typed into a form that knows no markup: a "<" is a "<".
    values, problems = read_values(typed, places_of(village), markup=True)
    if problems:
        raise BadInputError("offline-proposal", problems=" ".join(problem.sentence for problem in problems))
    create_proposal(
        proposal_id=job.key,
        village_id=village.pk,
        values=values,
        actor=job.hat,
        at=job.at,
        captured_at=job.made,
        origin=Origin.OFFLINE.value,
    )
    submit_proposal(proposal_id=job.key, actor=job.hat, at=job.at)
    return job.key


def proposal_now(job: Job) -> Mapping[str, Any] | None:
    row = Proposal.objects.filter(pk=job.key).first()
    return {name: getattr(row, name) for name in job.kind.versus} if row is not None else None


def support(job: Job) -> UUID:
    """Record how many at a meeting were for a proposal, on the day and under the name of that meeting."""
    if not Proposal.objects.filter(pk=job["proposal"]).exists():
        come = Envelope.objects.filter(envelope_id=job["proposal"], kind="proposal", state=Envelope.State.SET_ASIDE)
        if not come.exists():
            raise HeldError("parent-missing", parent=str(job["proposal"]))
    meeting = Meeting.objects.filter(pk=meeting_key(job)).first() if job["meeting"] else None
    village = Village.objects.select_related("regency").get(pk=job.village_id)
    made = count_support(
        key=job.key,
        proposal_id=job["proposal"],
        count=job["count"],
        on_date=local_day(village.regency, job.made),
        note=meeting.title if meeting is not None else "",
        actor=job.hat,
        at=job.at,
    )
    return made.pk


def support_now(job: Job) -> Mapping[str, Any] | None:
    row = Support.objects.filter(pk=job.key).first()
    return {"count": row.count} if row is not None else None


PROPOSAL = Applier(propose, proposal_now)
SUPPORT = Applier(support, support_now)
