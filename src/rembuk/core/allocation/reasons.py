"""One plain Indonesian sentence for each decision, from its values."""

from collections.abc import Iterable, Mapping

from rembuk.core.allocation.model import Decision
from rembuk.core.law import reasons
from rembuk.core.money import format_rupiah


def _list(names: Iterable[str]) -> str:
    items = list(names)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} dan {items[-1]}" if items else ""


def sentence(
    decision: Decision, titles: Mapping[str, str] | None = None, row_titles: Mapping[str, str] | None = None
) -> str:
    """Return why a proposal was chosen or not, in one sentence.

    titles: proposal id -> its name; row_titles: rule row name -> what it says. Missing names print as the id.
    """
    names = [(titles or {}).get(other, other) for other in decision.others]
    rows = [(row_titles or {}).get(row, row) for row in decision.blocked_rows]
    sources = _list(decision.blocked_sources)
    lacking = format_rupiah(decision.missing)
    if decision.chosen:
        money = _list(f"{code} {format_rupiah(amount)}" for code, amount in decision.amounts)
        if decision.code == reasons.SET_BY_MEETING:
            return f"Masuk karena wajib: {decision.note}; dibiayai {money}."
        return f"Terpilih menurut peringkat; dibiayai {money}."
    if decision.code == reasons.COST_UNREADABLE:
        return "Biaya kosong atau tidak terbaca sebagai satu angka, jadi belum dapat dipilih; lengkapi biayanya."
    if decision.code == reasons.DEARER_THAN_SOURCES:
        if not sources:
            return "Tidak ada sumber berpagu yang boleh membiayai usulan ini."
        return f"Biaya {format_rupiah(decision.cost or 0)} melebihi seluruh pagu {sources}; kurang {lacking}."
    if decision.code == reasons.CEILING_USED_UP:
        return f"Pagu {sources} sudah terpakai usulan berperingkat lebih tinggi; kurang {lacking}."
    if decision.code == reasons.RULE_ROW:
        rule = _list(rows) or "aturan penggunaan dana"
        return f"Dibatasi aturan: {rule}; kurang {lacking}."
    if decision.code == reasons.EXCLUDED:
        return f"Tidak dipilih karena {_list(names)} sudah terpilih dan keduanya tidak boleh bersama."
    if decision.code == reasons.PREREQUISITE_MISSING:
        return f"Menunggu {_list(names)}, yang harus ada lebih dulu dan belum terpilih."
    return reasons.REASON_CODES[decision.code]
