"""The cycle's own duties: open stages for the village, evidence and dates to check, excuses to decide."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.hat import VILLAGE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.cycles.duties import Duty
from rembuk.cycles.labels import DUTY_TITLES
from rembuk.cycles.models import Cycle, Evidence, Excuse, StageRecord
from rembuk.cycles.permissions import MUSDES_STAGES, RECORDERS
from rembuk.cycles.queries import StageState, missing_of, stage_states
from rembuk.regions.queries import place_q

MOST_LINES = 3


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return what the cycle asks of this hat. At most five queries in a village, six above it."""
    if hat.role in VILLAGE_ROLES:
        return village_duties(hat, today)
    return [*verifying(hat), *confirming(hat), *deciding(hat)]


def village_duties(hat: Hat, today: date) -> list[Duty]:
    """Return the stages that can be worked on now and that this role works on. Four queries."""
    cycles = {
        cycle.pk: cycle
        for cycle in Cycle.every.filter(place_q(hat.place), closed_at__isnull=True).select_related("village")
    }
    records: dict[UUID, list[StageRecord]] = defaultdict(list)
    for record in StageRecord.objects.filter(cycle_id__in=cycles):
        records[record.cycle_id].append(record)
    excuses: dict[UUID, list[Excuse]] = defaultdict(list)
    for excuse in Excuse.objects.filter(cycle_id__in=cycles, state=Excuse.State.GRANTED):
        excuses[excuse.cycle_id].append(excuse)
    papers: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    there = Evidence.objects.filter(cycle_id__in=cycles, withdrawn_at__isnull=True).order_by()
    for key, stage, code in there.values_list("cycle_id", "stage", "paper_code"):
        papers[key, stage].add(code)
    found = []
    for key, cycle in cycles.items():
        by_code = {record.stage: record for record in records[key]}
        for state in stage_states(cycle, records[key], excuses[key], today):
            if state.is_open and concerns(hat.role, state.code):
                missing = missing_of(by_code[state.code], frozenset(papers[key, state.code]))
                found.append(stage_duty(hat, cycle, state, missing))
            elif state.done and state.needs_recheck and hat.role in RECORDERS and concerns(hat.role, state.code):
                found.append(recheck_duty(cycle, state))
    return found


def concerns(role: Role, stage: str) -> bool:
    """Return whether a stage is this role's work: the secretary's all, the others' where the procedure names them."""
    if role == Role.SDK:
        return True
    if role == Role.KAD:
        return stage not in MUSDES_STAGES
    return role.value in ALL_STAGES[stage].actors


def stage_duty(hat: Hat, cycle: Cycle, state: StageState, missing: Sequence[str]) -> Duty:
    decides = hat.role == (Role.BPD if state.code in MUSDES_STAGES else Role.KAD)
    button = _("Buka tahapan")
    if hat.role in RECORDERS and missing:
        button = _("Lengkapi bukti")
    elif decides:
        button = _("Nyatakan selesai")
    return Duty(
        title=str(DUTY_TITLES[state.code]),
        link=reverse("cycles:stage", args=(cycle.pk, state.code)),
        button=button,
        due=state.due,
        days_left=-state.days_late if state.days_late else state.days_left,
        state=state.state,
        missing=tuple(missing[:MOST_LINES]) or (_("Semua dokumen ada; tinggal dinyatakan selesai"),),
        place_name=f"{cycle.village.name}, {cycle.title}",
        key=f"cycles:{cycle.pk}:{state.code}",
    )


def recheck_duty(cycle: Cycle, state: StageState) -> Duty:
    return Duty(
        title=_("Periksa ulang: %(stage)s") % {"stage": DUTY_TITLES[state.code]},
        link=reverse("cycles:stage", args=(cycle.pk, state.code)),
        button=_("Periksa ulang"),
        due=state.due,
        days_left=state.days_left,
        state="due",
        missing=(_("Dasar tahapan ini berubah sesudah dinyatakan selesai"),),
        place_name=f"{cycle.village.name}, {cycle.title}",
        key=f"cycles:{cycle.pk}:{state.code}:recheck",
    )


def may_somewhere(hat: Hat, act: str) -> bool:
    return hat.role in TABLE.rows[act].roles


def verifying(hat: Hat) -> list[Duty]:
    """Return the evidence that waits for a second pair of eyes, as one duty. Two queries at most."""
    if not may_somewhere(hat, "cycles.verify_evidence"):
        return []
    waiting = Evidence.objects.filter(
        place_q(hat.place, "cycle__village"), verified_at__isnull=True, withdrawn_at__isnull=True
    ).exclude(added_by=hat.person_id)
    first = list(waiting.select_related("cycle__village").order_by("added_at", "id")[:MOST_LINES])
    if not first:
        return []
    count = waiting.count()
    return [
        Duty(
            title=ngettext("Periksa %(count)d bukti", "Periksa %(count)d bukti", count) % {"count": count},
            link=reverse("cycles:evidence_list"),
            button=_("Buka daftarnya"),
            state="due",
            missing=lines(f"{row.cycle.village.name}: {row.title}" for row in first),
            key="cycles:verify",
            icon="check",
        )
    ]


def confirming(hat: Hat) -> list[Duty]:
    """Return the done stages whose date nobody has confirmed, as one duty. Two queries at most."""
    if not may_somewhere(hat, "cycles.confirm_stage"):
        return []
    waiting: QuerySet[StageRecord] = StageRecord.objects.filter(
        ~Q(completed_by=hat.person_id) | Q(completed_by__isnull=True),
        place_q(hat.place, "cycle__village"),
        state=StageRecord.State.DONE,
        confirmed_at__isnull=True,
        cycle__closed_at__isnull=True,
    )
    ordered = waiting.select_related("cycle__village").defer("result", "rests_on").order_by("completed_at", "id")
    first = list(ordered[:MOST_LINES])
    if not first:
        return []
    count = waiting.count()
    words = ngettext("Konfirmasi tanggal %(count)d tahapan", "Konfirmasi tanggal %(count)d tahapan", count)
    return [
        Duty(
            title=words % {"count": count},
            link=reverse("cycles:stage", args=(first[0].cycle_id, first[0].stage)),
            button=_("Buka tahapan terlama"),
            state="due",
            missing=lines(f"{row.cycle.village.name}: {row.stage}" for row in first),
            key="cycles:confirm",
            icon="check",
        )
    ]


def deciding(hat: Hat) -> list[Duty]:
    """Return the excuses that wait for a decision, as one duty. Two queries at most."""
    if not may_somewhere(hat, "cycles.decide_excuse"):
        return []
    waiting = Excuse.objects.filter(place_q(hat.place, "cycle__village"), state=Excuse.State.PROPOSED).exclude(
        proposed_by=hat.person_id
    )
    first = list(waiting.select_related("cycle__village").order_by("created_at", "id")[:MOST_LINES])
    if not first:
        return []
    count = waiting.count()
    return [
        Duty(
            title=ngettext("Putuskan %(count)d kelonggaran", "Putuskan %(count)d kelonggaran", count)
            % {"count": count},
            link=f"{reverse('cycles:excuses')}?keadaan=proposed",
            button=_("Buka daftarnya"),
            state="due",
            missing=lines(f"{row.cycle.village.name}: {row.reason}" for row in first),
            key="cycles:excuses",
            icon="paused",
        )
    ]


def lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text if len(text) <= 90 else f"{text[:87]}..." for text in texts))
