"""What the rooms before know about a draft, gathered for the suggestions beside the items."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, Sum

from rembuk.budgeting.comparing import Comparison, amount_of, comparison_of
from rembuk.budgeting.models import ApbdesIncome, ApbdesStep
from rembuk.budgeting.services.law import days_of
from rembuk.core.budget import Traced, consistency
from rembuk.core.checks.plan import check_plan
from rembuk.core.checks.rpjm import lacking
from rembuk.core.errors import Finding
from rembuk.core.guidance.desk_facts import (
    ApbFacts,
    Gathering,
    RkpFacts,
    RpjmFacts,
    Suggestions,
    TeamFacts,
    suggestions_apb,
    suggestions_rkp,
    suggestions_rpjm,
)
from rembuk.core.law.dated import NoLawError, in_force
from rembuk.core.law.deadlines import due_in_year
from rembuk.core.law.terms import RPJMDES_YEARS
from rembuk.core.workflow.apb_evaluation import ApbState
from rembuk.cycles.models import Cycle
from rembuk.deliberation.facts import counts_of
from rembuk.deliberation.models import Meeting
from rembuk.funding.queries import is_of_letter, village_ceilings
from rembuk.guidance.evaluation.models import Mark
from rembuk.guidance.evaluation.subjects import Subject
from rembuk.plans.findings import plan_facts
from rembuk.plans.models import (
    DuRkpdesItem,
    EvaluationRow,
    PolicyLine,
    RkpdesItem,
    RkpdesVersion,
    Rpjmdes,
    RpjmdesItem,
    Team,
)
from rembuk.plans.queries import cost_of, teams_of
from rembuk.plans.rpjm_queries import bidang_of, findings_of_matrix
from rembuk.plans.rpjm_values import facts_of
from rembuk.proposals.models import Proposal

PAY_CODES = ("1.1.01", "1.1.02", "1.1.05", "1.1.06")
FORMAL = ("MUSDES_P", "MUSREN")
UPKEEP = "pemelihara"
ANSWERED = ("shelved", "declined", "forwarded")
NOT_ASKED = ("draft", "withdrawn", "merged", "planned")


def suggestions_of(subject: Subject) -> Suggestions:
    """Return item -> what is known of it. About twenty queries, however large the draft."""
    if subject.rkpdes is not None:
        return suggestions_rkp(rkp_facts(subject.rkpdes, subject.things))
    if subject.rpjmdes is not None:
        return suggestions_rpjm(rpjm_facts(subject.rpjmdes, subject.cycle, subject.things))
    return suggestions_apb(apb_facts(subject))


def said(findings: Iterable[Finding], *codes: str) -> tuple[str, ...]:
    return tuple(one.message for one in findings if one.code in codes and one.severity != "note")


def rkp_facts(plan: RkpdesVersion, items: Sequence[RkpdesItem]) -> RkpFacts:
    facts = plan_facts([plan], {plan.pk: items})[plan.pk]
    found = check_plan(facts, "K11")
    traced = consistency(traced_items(items))
    physical = [item for item in facts.items if item.is_physical]
    ceilings = village_ceilings(plan.village_id, plan.cycle.budget_year)
    asked = Proposal.objects.filter(cycle_id=plan.cycle_id).exclude(state__in=NOT_ASKED)
    states = list(asked.order_by().values_list("state", flat=True))
    ruled = [row for row in ceilings.rows if is_of_letter(row.source)]
    return RkpFacts(
        final=plan.state in ("final", "agreed", "enacted"),
        bpd_number=plan.bpd_agreement_number,
        gatherings=gatherings_of(plan.cycle),
        team=team_facts(teams_of(plan.cycle_id).get("drafting")),
        team_due=due_in_year("D03", plan.cycle.plan_year),
        evaluation_rows=EvaluationRow.objects.filter(cycle_id=plan.cycle_id).count(),
        ceilings=len(ruled),
        ceilings_with_letter=sum(bool(row.letter_number) for row in ruled),
        items=len(items),
        traced_count=traced.permille_by_count,
        traced_value=traced.permille_by_value,
        untraced=said(found, "G05"),
        incomplete=tuple(text for item in items if (text := gaps_of(item))),
        planned=sum(item.cost for item in facts.items),
        ceiling=sum(facts.ceilings.values()),
        over=said(found, "G06"),
        rules=said(found, "G11"),
        physical=len(physical),
        estimated=sum(item.rab_total is not None for item in physical),
        designed=sum(item.has_design for item in physical),
        checked=sum(item.verdict is True for item in physical),
        poor_items=sum(bool(item.beneficiaries_poor) for item in items),
        women_items=sum(bool(item.beneficiaries_female) for item in items),
        declined=len(states),
        answered=sum(state in ANSWERED for state in states),
        du_items=DuRkpdesItem.objects.filter(cycle_id=plan.cycle_id).count(),
        twice=said(found, "G10"),
        upkeep_items=sum(UPKEEP in item.name.casefold() for item in items),
    )


def traced_items(items: Sequence[RkpdesItem]) -> list[Traced]:
    return [Traced(str(item.pk), cost_of(item), str(item.rpjmdes_item_id or "")) for item in items]


def gaps_of(item: RkpdesItem) -> str:
    """Say which cells of an activity are empty; nothing for a whole one."""
    asked = (
        ("lokasi", item.location),
        ("volume", item.volume is not None and item.unit),
        ("sasaran", item.target),
        ("waktu", item.schedule),
        ("biaya", cost_of(item)),
        ("pelaksana", item.planned_implementer or getattr(item, "implementer", None)),
    )
    missing = [name for name, there in asked if not there]
    return f"{item.name}: belum ada {', '.join(missing)}" if missing else ""


def gatherings_of(cycle: Cycle) -> tuple[Gathering, ...]:
    """Return the formal meetings of a cycle that were held, with who came. Five queries."""
    rows = Meeting.objects.filter(cycle=cycle, kind__in=FORMAL, started_at__isnull=False).exclude(state="cancelled")
    meetings = list(rows.order_by("scheduled_at", "id"))
    counts = counts_of(meetings)
    return tuple(
        Gathering(
            title=row.title,
            minutes=row.signed_file_id is not None or bool(row.minutes_number),
            invited=row.invitation_date is not None,
            men=counts[row.pk].men,
            women=counts[row.pk].women,
        )
        for row in meetings
    )


def team_facts(team: Team | None) -> TeamFacts | None:
    """Return the members that count: the patron stands above the team."""
    if team is None:
        return None
    members = [row for row in team.members.all() if row.position != "patron"]
    return TeamFacts(len(members), sum(row.sex == "P" for row in members), team.decree_date)


def rpjm_facts(rpjmdes: Rpjmdes, cycle: Cycle, items: Sequence[RpjmdesItem]) -> RpjmFacts:
    found = findings_of_matrix(items, rpjmdes.period)
    begun = cycle.inauguration_date or cycle.review_date
    try:
        years = in_force(RPJMDES_YEARS, begun).value if begun is not None else None
    except NoLawError:
        years = None
    heard = Meeting.objects.filter(cycle=cycle, kind__in=("MUSDUS", "MUSKEL"), started_at__isnull=False)
    return RpjmFacts(
        bpd_number=rpjmdes.bpd_agreement_number,
        period=(rpjmdes.start_year, rpjmdes.end_year),
        term_years=years,
        vision=bool(rpjmdes.vision.strip()),
        mission=bool(rpjmdes.mission.strip()),
        hamlets_heard=heard.exclude(state="cancelled").count(),
        gatherings=gatherings_of(cycle),
        team=team_facts(teams_of(cycle.pk).get("drafting")),
        regency_programmes=PolicyLine.objects.filter(rpjmdes=rpjmdes, origin="kabupaten").count(),
        with_baseline=sum(bool(item.baseline) for item in items),
        items=len(items),
        fields=frozenset(bidang_of(item) for item in items) - {0},
        incomplete=tuple(
            f"{item.name}: belum ada {', '.join(gaps)}" for item in items if (gaps := lacking(facts_of(item)))
        ),
        sums=said(found, "RPJM-JUMLAH", "RPJM-BAGI", "RPJM-PERIODE"),
        amends=rpjmdes.is_amendment,
    )


def apb_facts(subject: Subject) -> ApbFacts:
    version = subject.apb_lines
    assert version is not None  # a subject of this list has lines
    apbdes = version.apbdes
    lines = subject.things
    days = days_of(apbdes)
    found = comparison_of(subject.cycle)
    money = dict(
        ApbdesIncome.objects.filter(version=version).order_by().values_list("kind").annotate(total=Sum("amount"))
    )
    agreed = ApbdesStep.objects.filter(apbdes=apbdes, event="agree").order_by("-day", "-recorded_at").first()
    earlier = Mark.objects.filter(
        review__village_id=apbdes.village_id, review__checks="EV-APB", review__state="result_signed"
    ).filter(Q(mark="NOTE") | Q(mark="NOT_CONFORM"))
    last = earlier.exclude(review__apbdes=apbdes).order_by("-review__signed_at").values_list("review_id", flat=True)
    total = earlier.filter(review_id=last[0]).count() if last[:1] else 0
    return ApbFacts(
        agreed_date=days.get(ApbState.AGREED.value),
        agreement_number=agreed.number if agreed is not None else "",
        sent_date=days.get(ApbState.SENT_FOR_EVALUATION.value),
        rkp_perdes=version.plan.perdes_number,
        lines=len(lines),
        **linked_facts(found),
        income=money.get("income", 0),
        pay=sum(amount_of(line) for line in lines if line.code in PAY_CODES),
        spending=sum(amount_of(line) for line in lines),
        uncoded=sum(not line.code for line in lines),
        financing_in=money.get("financing_in", 0),
        financing_out=money.get("financing_out", 0),
        disagreements=tuple(str(text) for text in version.disagreements),
        with_accounts=version.lines.filter(accounts__isnull=False).distinct().count(),
        emergency=sum(line.field == 5 for line in lines),
        earlier_notes=total,
    )


def linked_facts(found: Comparison | None) -> dict[str, Any]:
    """Return what the comparison with the plan says."""
    if found is None:
        return {}
    words = {
        "changed": "jumlah berubah",
        "missing": "tidak dianggarkan",
        "added": "tanpa RKP",
        "moved": "sumber pindah",
    }
    return {
        "linked_count": found.from_plan.permille_by_count,
        "linked_value": found.from_plan.permille_by_value,
        "differing": tuple(f"{row.name}: {words[row.kind]}" for row in found.rows if row.kind in words),
        "ceiling": sum(found.ceilings.values()),
        "ceiling_final": found.final,
        "over": tuple(one.message for one in found.over),
    }
