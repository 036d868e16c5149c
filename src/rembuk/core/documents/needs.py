"""Needs that the lists of several kinds of cycle share: the papers of a meeting, a decision of an office."""

from typing import Final

from rembuk.core.documents.completeness import Need

Name = tuple[str, str]
"""A form and what the list calls it."""
MINUTES: Final[Name] = ("F03", "berita acara")
PRESENT: Final[Name] = ("F04", "daftar hadir")
NOTES: Final[Name] = ("F05", "notulen")


def of_meeting(stage: str, *names: Name, every: bool = False) -> tuple[Need, ...]:
    """Return the papers of a meeting. every: of each meeting that the stage holds, as those of the hamlets."""
    return tuple(Need(form, (stage,), name, name, anywhere=False, every=every) for form, name in names)


def invitation(stage: str) -> Need:
    """Return the invitation to a meeting: the one of its page, or a letter."""
    return Need("undangan", (stage,), "undangan", "undangan", anywhere=False, also=("F36",))


def decision(stage: str, name: str, word: str) -> Need:
    """Return a decision, view or set of rules, told from the others of its form by its title."""
    return Need("F35", (stage,), name, word, told_by_word=True, anywhere=False)
