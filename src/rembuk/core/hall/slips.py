"""Slips of a quiet vote: six characters that nobody misreads, and a box that forgets who put what into it when."""

import secrets
from collections.abc import Callable, Sequence
from typing import Final

ALPHABET: Final = "ABCDEFGHJKMNPQRTUVWXY2346789"
"""Without letters and digits that look alike on paper: I L O S Z 0 1 5."""
LENGTH: Final = 6
FEW: Final = 5
"""A box with fewer ballots is counted with the others: one paper of a hamlet would be somebody's paper."""

Ballots = list[list[object]]
"""Sorted [how many equal ballots, sorted proposal keys]."""


def new_slip(pick: Callable[[str], str] = secrets.choice) -> str:
    """Return six characters drawn at random."""
    return "".join(pick(ALPHABET) for _ in range(LENGTH))


def read_slip(text: str) -> str:
    """Return a typed code as it was drawn; "" when it cannot be one. Spaces, hyphens and small letters are forgiven."""
    code = "".join(text.upper().split()).replace("-", "")
    return code if len(code) == LENGTH and not set(code) - set(ALPHABET) else ""


def shown(code: str) -> str:
    """Return the code as people read it aloud: ``K7M 4QX``."""
    return f"{code[:3]} {code[3:]}"


def with_digest(digests: Sequence[str], digest: str) -> list[str]:
    """Return the digests with one more, sorted, so that no order of coming is left."""
    return sorted({*digests, digest})


def with_ballot(ballots: Sequence[Sequence[object]], keys: Sequence[str]) -> Ballots:
    """Return the ballots with one more: equal ones counted together, sorted by what stands on them."""
    counted: dict[tuple[str, ...], int] = {}
    for count, marked in ballots:
        counted[tuple(str(key) for key in marked)] = int(str(count))  # type: ignore[attr-defined]
    mine = tuple(sorted(set(keys)))
    counted[mine] = counted.get(mine, 0) + 1
    return [[count, list(marked)] for marked, count in sorted(counted.items())]


def merged(boxes: Sequence[Sequence[Sequence[object]]]) -> Ballots:
    """Return several boxes as one."""
    counted: dict[tuple[str, ...], int] = {}
    for ballots in boxes:
        for count, marked in ballots:
            key = tuple(str(each) for each in marked)  # type: ignore[attr-defined]
            counted[key] = counted.get(key, 0) + int(str(count))
    return [[count, list(marked)] for marked, count in sorted(counted.items())]
