"""What the program has of each form: who builds it, in which formats, which files prove it, its empty one.

Nothing here is typed in: builders come from the registry of papers, formats from rendering a paper, golden files from
the tests where a checkout has them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rembuk.core.documents.families import FORM_LAWS
from rembuk.core.documents.register import REGISTER, FormEntry
from rembuk.documents.blanks import WITHOUT
from rembuk.documents.recipes import FORMS
from rembuk.documents.rendering import WRITERS
from rembuk.shared import papers

GOLDEN = Path(__file__).resolve().parents[3] / "tests" / "golden" / "documents"
FAMILIES = {"A": ("A",), "B": ("B",), "A+B": ("A", "B"), "praktik": ("praktik",)}


@dataclass(frozen=True, slots=True)
class FormState:
    """One form as found. builder: dotted name, or empty. missing: what it should have and has not, in words."""

    entry: FormEntry
    builder: str
    formats: tuple[str, ...]
    golden: tuple[str, ...]
    blank: bool
    families: tuple[str, ...]
    missing: tuple[str, ...]


def states(golden: Path = GOLDEN) -> tuple[FormState, ...]:
    """Return every form of the register as the program has it. golden: folder of the golden files."""
    return tuple(state_of(entry, golden) for entry in REGISTER)


def state_of(entry: FormEntry, golden: Path) -> FormState:
    form = FORMS.get(entry.code)
    build = form.build if form is not None else None
    builder = f"{build.__module__.removeprefix('rembuk.core.documents.')}.{build.__name__}" if build else ""
    law = FORM_LAWS.get(entry.code)
    formats = tuple(fmt for fmt in papers.CONTENT_TYPES if fmt in WRITERS) if form is not None else ()
    files = tuple(sorted(path.stem for path in golden.glob("*.txt") if path.stem.split("-")[0] == entry.code))
    families = law.origins if law is not None else ()
    missing = tuple(lacks(entry, builder, formats, files if golden.is_dir() else None, families))
    return FormState(entry, builder, formats, files, entry.code in WITHOUT, families, missing)


def lacks(
    entry: FormEntry,
    builder: str,
    formats: Sequence[str],
    golden: Sequence[str] | None,
    families: Sequence[str],
) -> Iterator[str]:
    """Yield what a form should have and has not. golden: None where no tests lie beside the program."""
    if not builder:
        yield "penyusun data"
        return
    gone = [fmt for fmt in papers.CONTENT_TYPES if fmt not in formats]
    if gone:
        yield f"bentuk {', '.join(gone)}"
    if entry.code not in WITHOUT:
        yield "formulir kosong"
    absent = [family for family in FAMILIES[entry.families] if family not in families]
    if absent:
        yield f"keluarga {', '.join(absent)}"
    if golden is None:
        return
    if entry.layouts and not any(name.startswith(f"{entry.code}-B") for name in golden):
        yield "uji emas keluarga B"
    if not golden:
        yield "uji emas"
