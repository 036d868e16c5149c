"""What the minutes say of an adopted choice: rule, settings, lot, decisions against the count, money, the list."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from rembuk.budgeting.choice import EQUAL, Choice, choice_from
from rembuk.budgeting.labels import (
    BASIS_NAMES,
    COMPLETION_NAMES,
    CRITERION_NAMES,
    ORDER_NOTES,
    RULE_NAMES,
    UTILITY_NAMES,
    VOTER_NAMES,
)
from rembuk.budgeting.models import AllocationRun
from rembuk.budgeting.stored import Stored
from rembuk.core.allocation import Decision
from rembuk.core.money import format_rupiah
from rembuk.core.scoring import CRITERIA
from rembuk.funding.labels import source_name


def choice_decision(run: AllocationRun, found: Stored) -> str:
    """Return the one sentence the hall decides."""
    chosen = len(found.outcome.selected)
    used = sum(state.used for state in found.outcome.sources)
    return _(
        "Menyepakati %(chosen)s dari %(total)s usulan senilai %(used)s masuk RKP %(year)s dengan cara %(rule)s, "
        "menurut hitungan bersidik %(digest)s."
    ) % {
        "chosen": chosen,
        "total": len(found.outcome.decisions),
        "used": format_rupiah(used),
        "year": run.cycle.budget_year,
        "rule": RULE_NAMES.get(run.rule, run.rule),
        "digest": run.digest[:12],
    }


def choice_paragraphs(run: AllocationRun, found: Stored, titles: Mapping[str, str]) -> list[str]:
    """Return the section of the minutes, a paragraph each; titles: proposal key -> number and title."""
    choice = choice_from(found.context.get("choice", {}))
    lines = [f"{name}: {value}" for name, value in settings_lines(found, choice)]
    lines += [_("Keputusan musyawarah: %(line)s") % {"line": line} for line in override_lines(found, titles)]
    lines += [money_line(state.id, state.used, state.ceiling) for state in found.outcome.sources if state.ceiling]
    chosen = [decision for decision in found.outcome.decisions if decision.chosen]
    lines += [f"{number}. {listed(decision, titles)}" for number, decision in enumerate(chosen, 1)]
    lines.append(_("Sidik hitungan (SHA-256): %(digest)s.") % {"digest": run.digest})
    return lines


def settings_lines(found: Stored, choice: Choice) -> list[tuple[str, str]]:
    """Return (name, value) of everything that may change the result, for the minutes and for the page."""
    settings, context = found.outcome.settings, found.context
    basis = str(context.get("basis", "order"))
    votes = basis != "order"
    order = ORDER_NOTES.get(str(context.get("order", "")), "")
    lines = [(_("Cara memilih"), str(RULE_NAMES.get(settings.rule, settings.rule)))]
    lines += [(_("Yang dihitung"), str(BASIS_NAMES[basis] if votes else order))]
    lines += [(_("Bobot C1 sampai C5"), weights_text(choice))] if choice.weights != EQUAL else []
    if votes:
        lines.append((_("Suara"), str(VOTER_NAMES[choice.voters])))
        lines.append((_("Manfaat bagi pendukung"), str(UTILITY_NAMES[settings.utility])))
    if settings.rule in ("mes", "mes-repair"):
        lines.append((_("Sisa uang diisi"), str(COMPLETION_NAMES[settings.completion])))
    if choice.floor:
        lines.append(
            (_("Bagian terkecil tiap dusun"), _("%(percent)s %% dari bagian jiwa") % {"percent": choice.floor})
        )
    lines.append((_("Benih undian"), settings.ties.seed or _("tidak diundi")))
    return lines


def weights_text(choice: Choice) -> str:
    return ", ".join(f"{CRITERION_NAMES[code]} {weight}" for code, weight in zip(CRITERIA, choice.weights, strict=True))


def override_lines(found: Stored, titles: Mapping[str, str]) -> list[str]:
    """Return what the hall decided against the count, each with its reason."""
    put_in = [(item.id, item.mandatory) for item in found.problem.proposals if item.mandatory]
    left_out = sorted(found.context.get("left_out", {}).items())
    lines = [
        _("memasukkan %(title)s, karena %(reason)s") % {"title": titles.get(key, key), "reason": reason}
        for key, reason in sorted(put_in)
    ]
    return lines + [
        _("tidak memasukkan %(title)s, karena %(reason)s") % {"title": titles.get(key, key), "reason": reason}
        for key, reason in left_out
    ]


def money_line(code: str, used: int, ceiling: int) -> str:
    return _("%(name)s: terpakai %(used)s dari %(ceiling)s, sisa %(left)s.") % {
        "name": source_name(code),
        "used": format_rupiah(used),
        "ceiling": format_rupiah(ceiling),
        "left": format_rupiah(ceiling - used),
    }


def listed(decision: Decision, titles: Mapping[str, str]) -> str:
    money = ", ".join(f"{code} {format_rupiah(amount)}" for code, amount in decision.amounts)
    return f"{titles.get(decision.id, decision.id)}: {money}"
