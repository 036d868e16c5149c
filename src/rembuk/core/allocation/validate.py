"""Everything that can be wrong with a problem, said at once."""

from collections.abc import Iterator
from itertools import combinations

from rembuk.core.allocation.ballot_issues import ballot_issues
from rembuk.core.allocation.funding import FloorsTooHighError, FundingNetwork, hard_shares, keys_of, rows_of
from rembuk.core.allocation.model import WHOLE, Issue, Problem
from rembuk.core.money import format_rupiah


def issues_of(problem: Problem) -> list[Issue]:
    """Return all issues in a stable order; rows are looked at for crossing only when the rest is sound."""
    issues = [*_sources(problem), *_proposals(problem), *_links(problem), *_shares(problem), *_exclusions(problem)]
    issues += ballot_issues(problem)
    return issues or [*_crossing(problem), *_floors_together(problem)]


def _twice(ids: list[str]) -> list[str]:
    return sorted({item for item in ids if ids.count(item) > 1}) if len(set(ids)) < len(ids) else []


def _sources(problem: Problem) -> Iterator[Issue]:
    for code in _twice([source.id for source in problem.sources]):
        yield Issue("source-twice", code, f"Sumber {code} tertulis dua kali; gabungkan menjadi satu pagu.")
    for source in sorted(problem.sources, key=lambda source: source.id):
        for amount in (source.ceiling, source.earmarked):
            if amount < 0:
                text = f"Pagu {source.id} tertulis {format_rupiah(amount)}; pagu tidak boleh kurang dari nol."
                yield Issue("ceiling-negative", source.id, text)


def _proposals(problem: Problem) -> Iterator[Issue]:
    for name in _twice([item.id for item in problem.proposals]):
        yield Issue("proposal-twice", name, f"Usulan {name} tertulis dua kali; beri tanda yang berbeda.")
    for item in problem.ranked():
        if item.cost is not None and item.cost < 0:
            text = f"Usulan {item.id} berbiaya {format_rupiah(item.cost)}; biaya tidak boleh kurang dari nol."
            yield Issue("cost-negative", item.id, text)
        if item.mandatory and not item.cost:
            text = f"Usulan {item.id} wajib masuk tetapi biayanya kosong; isi biayanya."
            yield Issue("mandatory-without-cost", item.id, text)


def _links(problem: Problem) -> Iterator[Issue]:
    known = {item.id: item for item in problem.proposals}
    for item in problem.ranked():
        for other in sorted(item.requires):
            if other not in known:
                text = f"Usulan {item.id} mensyaratkan {other}, yang tidak ada dalam daftar."
                yield Issue("prerequisite-unknown", item.id, text)
    for item in problem.ranked():
        seen: set[str] = set()
        queue = [other for other in item.requires if other in known]
        while queue:
            other = queue.pop()
            if other not in seen:
                seen.add(other)
                queue.extend(further for further in known[other].requires if further in known)
        if item.id in seen:
            text = f"Usulan {item.id} mensyaratkan dirinya sendiri lewat usulan lain; hapus salah satu syaratnya."
            yield Issue("prerequisite-circle", item.id, text)


def _shares(problem: Problem) -> Iterator[Issue]:
    codes = {WHOLE, *(source.id for source in problem.sources)}
    for name in _twice([share.name for share in problem.shares]):
        yield Issue("row-twice", name, f"Aturan {name} tertulis dua kali.")
    for share in sorted(problem.shares, key=lambda share: share.name):
        bounds = (share.min, share.max, share.min_amount, share.max_amount, share.base)
        if any(value is not None and value < 0 for value in bounds):
            yield Issue("row-negative", share.name, f"Aturan {share.name} memuat angka di bawah nol.")
            continue
        low, high = problem.bounds(share)
        if share.of in codes and high is not None and low > high:
            text = (
                f"Aturan {share.name}: paling sedikit {format_rupiah(low)} di atas paling banyak {format_rupiah(high)}."
            )
            yield Issue("row-empty", share.name, text)


def _floors_together(problem: Problem) -> Iterator[Issue]:
    """Hard minimums over all money that share no proposal must fit into all money side by side.

    What a minimum asks for counts only as far as it is proposed, as in the rules themselves.
    """
    total = sum(source.ceiling for source in problem.sources)
    floors: list[tuple[str, int, frozenset[str]]] = []
    for share in sorted(problem.shares, key=lambda share: share.name):
        if share.hard and share.of == WHOLE:
            counted = [item for item in problem.proposals if item.cost and share.counts(item)]
            asked = min(problem.bounds(share)[0], sum(item.cost or 0 for item in counted))
            floors.append((share.name, asked, frozenset(item.id for item in counted)))
    apart: list[tuple[str, int, frozenset[str]]] = []
    for name, asked, members in sorted(floors, key=lambda floor: (-floor[1], floor[0])):
        if asked and not any(members & others for _, _, others in apart):
            apart.append((name, asked, members))
    money = sum(asked for _, asked, _ in apart)
    if money > total:
        names = " dan ".join(sorted(name for name, _, _ in apart))
        text = (
            f"Batas paling sedikit dari {names} bersama-sama {format_rupiah(money)}, "
            f"di atas seluruh pagu {format_rupiah(total)}; turunkan salah satunya."
        )
        yield Issue("floors-too-high", names, text)


def _exclusions(problem: Problem) -> Iterator[Issue]:
    known = {item.id for item in problem.proposals}
    for rule in sorted(problem.exclusions, key=lambda rule: (sorted(rule.ids), rule.at_most)):
        name = ", ".join(sorted(rule.ids))
        for other in sorted(rule.ids - known):
            yield Issue("exclusion-unknown", other, f"Kelompok saling meniadakan menyebut {other}, yang tidak ada.")
        if rule.at_most < 0:
            yield Issue("exclusion-negative", name, f"Kelompok {name}: jumlah paling banyak tidak boleh di bawah nol.")


def _crossing(problem: Problem) -> Iterator[Issue]:
    """Rows of one source must be nested or apart, and their minimums must fit into the source."""
    shares = hard_shares(problem)
    keys = [key for item in problem.proposals if item.cost for key in keys_of(problem, item, shares)]
    crossed = False
    for one, two in combinations(rows_of(problem, shares, keys), 2):
        if one.share.of == two.share.of and one.members & two.members and not two.members <= one.members:
            crossed = True
            text = (
                f"Aturan {one.share.name} dan {two.share.name} saling memotong pada sumber {one.share.of}; "
                "beri tiap kegiatan satu tanda saja di antara keduanya."
            )
            yield Issue("rows-cross", one.share.name, text)
    if crossed:
        return
    try:
        FundingNetwork(problem, keys)
    except FloorsTooHighError as error:
        name = str(error.values["row"])
        yield Issue("floors-too-high", name, f"Batas paling sedikit dari aturan {name} tidak muat dalam pagunya.")
