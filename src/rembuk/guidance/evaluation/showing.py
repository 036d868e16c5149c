"""What the page of a review shows: the items with marks, facts and earlier notes, and what changed since last round."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rembuk.core.guidance.desk_changes import ChangedRow, changed_rows
from rembuk.core.guidance.desk_checklists import UNREAD, CheckItem, list_version
from rembuk.core.guidance.desk_facts import Suggestion
from rembuk.core.hat import Hat
from rembuk.guidance.evaluation.gathering import suggestions_of
from rembuk.guidance.evaluation.labels import ANSWERS, HELD, HELD_CHIPS, MARK_CHIPS, MARK_PROBLEMS, MARKS
from rembuk.guidance.evaluation.models import Mark, Review
from rembuk.guidance.evaluation.permissions import REVIEWERS, SIGNERS, allows
from rembuk.guidance.evaluation.queries import marks_of
from rembuk.guidance.evaluation.subjects import Subject


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item as the page shows it. typed: what stands in its fields. earlier: the note of the round before."""

    item: CheckItem
    mark: Mark | None
    mark_words: object
    chip: str
    typed: Mapping[str, str]
    fact: Suggestion | None
    lean: object
    earlier: Mark | None
    problem: object
    unread: str

    @property
    def plain(self) -> str:
        """The item as a village reads it."""
        return self.item.plain or self.item.words


def sees_marks(hat: Hat | None, review: Review) -> bool:
    """Return whether the hat reads what was found: a village only what was signed."""
    return review.signed or (hat is not None and not hat.place.village)


def works_here(hat: Hat | None, review: Review) -> bool:
    """Return whether facts are of use to the hat: it evaluates or signs."""
    return hat is not None and hat.role in REVIEWERS | SIGNERS and not review.signed


def item_lines(
    review: Review,
    hat: Hat | None,
    subject: Subject | None,
    *,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[int, str] | None = None,
) -> list[ItemLine]:
    """Return the items of a review. typed: a form that was refused, as it was sent."""
    marks = marks_of(review.pk) if sees_marks(hat, review) else {}
    earlier = marks_of(review.previous_id) if review.previous_id is not None else {}
    facts = suggestions_of(subject) if subject is not None and works_here(hat, review) else {}
    return [
        line_of(item, marks.get(item.number), earlier.get(item.number), facts.get(item.number), typed, problems or {})
        for item in list_version(review.checks, review.list_version).items
    ]


def line_of(
    item: CheckItem,
    mark: Mark | None,
    earlier: Mark | None,
    fact: Suggestion | None,
    typed: Mapping[str, str] | None,
    problems: Mapping[int, str],
) -> ItemLine:
    code = problems.get(item.number, "")
    return ItemLine(
        item=item,
        mark=mark,
        mark_words=MARKS[mark.mark] if mark is not None else "",
        chip=MARK_CHIPS[mark.mark] if mark is not None else "next",
        typed=typed_of(item.number, typed) if typed is not None else kept_of(mark),
        fact=fact,
        lean=MARKS.get(fact.lean, "") if fact is not None else "",
        earlier=earlier if earlier is not None and earlier.fix else None,
        problem=MARK_PROBLEMS[code] if code else "",
        unread=UNREAD if item.certainty == "?" else "",
    )


FIELDS = {"mark": "nilai", "found": "temuan", "fix": "ubah", "due": "batas", "mended": "beres"}


def typed_of(number: int, typed: Mapping[str, str]) -> dict[str, str]:
    return {name: typed.get(f"{field}-{number}", "") for name, field in FIELDS.items()}


def kept_of(mark: Mark | None) -> dict[str, str]:
    if mark is None:
        return dict.fromkeys(FIELDS, "")
    due = mark.due_date.isoformat() if mark.due_date else ""
    return {"mark": mark.mark, "found": mark.found, "fix": mark.fix, "due": due, "mended": mark.mended}


def changes_of(review: Review) -> list[ChangedRow] | None:
    """Return what the village changed since the round before; None in the first round."""
    if review.previous is None:
        return None
    return changed_rows(review.previous.content, review.content)


def papers_of(review: Review) -> list[dict[str, Any]]:
    """Return the papers that came with the draft, with words and chips."""
    return [{**row, "words": HELD[row["held"]], "chip": HELD_CHIPS[row["held"]]} for row in review.completeness]


def answers_of(review: Review) -> list[tuple[CheckItem, object, str]]:
    """Return the village's own answers as they were sent along: question, answer, note."""
    answers = review.self_check.get("answers", {})
    items = list_version(review.checks, review.list_version).items
    return [
        (item, ANSWERS.get(row.get("answer", ""), "–"), row.get("note", ""))
        for item in items
        if (row := answers.get(str(item.number))) is not None
    ]


def yes_count(answers: Mapping[str, Mapping[str, str]]) -> tuple[int, int]:
    """Return how many questions were answered with yes, of those that apply."""
    given = [row.get("answer", "") for row in answers.values()]
    return given.count("yes"), given.count("yes") + given.count("no")


def rights(hat: Hat | None, review: Review) -> dict[str, bool]:
    """Return which buttons the hat sees."""
    acts = ("register", "assess", "recuse", "forward", "sign")
    return {f"may_{act}": allows(hat, act, review) for act in acts}
