"""Everything that can be wrong with the ballots, counted by proposal or hamlet: no sentence points at one voter."""

from collections.abc import Iterator
from fractions import Fraction

from rembuk.core.allocation.ballots import ApprovalTable
from rembuk.core.allocation.model import Ballot, Issue, Problem


def ballot_issues(problem: Problem) -> list[Issue]:
    """Return all issues of the ballots in a stable order; sound ballots cost one look at their ids."""
    known = {item.id for item in problem.proposals}
    if isinstance(problem.ballots, ApprovalTable) and known.issuperset(problem.ballots.ids):
        return []
    wrong = [ballot for ballot in problem.ballots if not _sound(ballot, known)]
    if not wrong:
        return []
    return [*_weights(wrong), *_kinds(wrong), *_unknown(wrong, known), *_twice(wrong), *_points(wrong)]


def _sound(ballot: Ballot, known: set[str]) -> bool:
    approvals, points, ranking = ballot.approvals, ballot.points, ballot.ranking
    if ballot.weight < 0:
        return False
    if not points and not (approvals and ranking):
        names = approvals or ranking
        return len(known.intersection(names)) == len(names)  # neither unknown ones nor one twice
    if approvals or ranking:
        return False
    return all(given >= 0 for _, given in points) and len(known.intersection(name for name, _ in points)) == len(points)


def _names(ballot: Ballot) -> Iterator[str]:
    yield from ballot.approvals
    yield from ballot.ranking
    yield from (name for name, _ in ballot.points)


def _count(ballots: list[Ballot]) -> str:
    """Say how many voters stand behind the ballots, where that is a whole number."""
    voters = sum((max(ballot.weight, Fraction(0)) for ballot in ballots), Fraction(0))
    return str(voters) if voters.denominator == 1 and voters else str(len(ballots))


def _weights(wrong: list[Ballot]) -> Iterator[Issue]:
    for hamlet in sorted({ballot.hamlet for ballot in wrong if ballot.weight < 0}):
        count = sum(1 for ballot in wrong if ballot.weight < 0 and ballot.hamlet == hamlet)
        place = f" dari {hamlet}" if hamlet else ""
        text = f"{count} surat suara{place} berbobot di bawah nol; bobot paling kecil nol."
        yield Issue("ballot-weight-negative", hamlet, text)


def _kinds(wrong: list[Ballot]) -> Iterator[Issue]:
    mixed = [item for item in wrong if bool(item.approvals) + bool(item.points) + bool(item.ranking) > 1]
    if mixed:
        text = (
            f"{_count(mixed)} surat suara memuat lebih dari satu cara menandai; "
            "pakai satu saja: centang, poin atau peringkat."
        )
        yield Issue("ballot-two-kinds", "", text)


def _unknown(wrong: list[Ballot], known: set[str]) -> Iterator[Issue]:
    for name in sorted({name for ballot in wrong for name in _names(ballot)} - known):
        count = _count([ballot for ballot in wrong if name in _names(ballot)])
        yield Issue("ballot-unknown", name, f"{count} surat suara menandai {name}, yang tidak ada dalam daftar usulan.")


def _twice(wrong: list[Ballot]) -> Iterator[Issue]:
    """A proposal marked twice in one way; two ways on one ballot are another issue."""
    found: dict[str, list[Ballot]] = {}
    for ballot in wrong:
        for names in (ballot.approvals, ballot.ranking, tuple(name for name, _ in ballot.points)):
            for name in {name for name in names if names.count(name) > 1}:
                found.setdefault(name, []).append(ballot)
    for name in sorted(found):
        text = f"{_count(found[name])} surat suara menandai {name} dua kali; satu usulan ditandai sekali."
        yield Issue("ballot-twice", name, text)


def _points(wrong: list[Ballot]) -> Iterator[Issue]:
    found: dict[str, list[Ballot]] = {}
    for ballot in wrong:
        for name, given in ballot.points:
            if given < 0:
                found.setdefault(name, []).append(ballot)
    for name in sorted(found):
        text = f"{_count(found[name])} surat suara memberi {name} poin di bawah nol; poin paling kecil nol."
        yield Issue("ballot-points-negative", name, text)
