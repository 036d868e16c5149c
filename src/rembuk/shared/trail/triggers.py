"""A trigger as both databases describe it, and the words with which they refuse."""

import hashlib
from dataclasses import dataclass

NOBODY = "tanpa pelaku"
KEPT = "rembuk: jejak hanya boleh bertambah"
FROZEN = "rembuk: sudah ditetapkan, tidak boleh berubah"
Columns = dict[str, list[tuple[str, bool]]]
TRAIL_TABLES = ("trail_entry", "trail_seal")


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger. *body* is its SQL with ``{name}``; the name carries its digest, so a changed rule is a new name."""

    table: str
    kind: str
    body: str
    extra: str = ""

    @property
    def name(self) -> str:
        digest = hashlib.sha256((self.body + self.extra).encode()).hexdigest()[:16]
        return f"rembuk_{self.kind}_{digest}"

    @property
    def sql(self) -> str:
        return self.body.replace("{name}", self.name)
