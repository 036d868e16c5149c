"""What the tests of forms ask of a document."""

from rembuk.core.documents.model import Document, Signatures


def letters(document: Document, table: int = 0) -> str:
    """Return the column letters of a table as one word, ``-`` for a column without one."""
    return "".join(column.letter or "-" for column in document.tables[table].leaves)


def roles(document: Document) -> list[list[tuple[str, str]]]:
    """Return (lead, role) of every signature, a list for each line."""
    return [
        [(sign.lead, sign.role) for sign in line]
        for part in document.parts
        if isinstance(part, Signatures)
        for line in part.lines
    ]
