"""Frozen data to files. A paper of the archive carries its code as QR; its PDF is PDF/A.

A light PDF for slow phones is made on wish.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

from django.conf import settings
from django.urls import reverse

from rembuk.core.documents.model import Document
from rembuk.core.errors import BadInputError, RembukError
from rembuk.documents.recipes import unpacked
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.renderers.errors import RenderError
from rembuk.documents.renderers.pdf import render_pdf
from rembuk.documents.renderers.xlsx import render_xlsx
from rembuk.shared import papers
from rembuk.shared.models import Paper

WRITERS: Mapping[str, Callable[[Sequence[Document]], bytes]] = {
    "pdf": render_pdf,
    "docx": render_docx,
    "xlsx": render_xlsx,
}
"""Format -> what writes papers in it."""
LARGE = 12
"""Papers in one file from which only one such file is made at a time."""
LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
_one_at_a_time = threading.Lock()


def verify_address(code: str) -> str:
    """Return what the QR of a paper says: the public address that checks it, or the bare code while no host is set."""
    host = next(
        (name for name in settings.ALLOWED_HOSTS if name.strip(".") and name not in LOCAL and "*" not in name), ""
    )
    if not host:
        return shown_code(code)
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    return f"{scheme}://{host.lstrip('.')}{reverse('documents:verify', args=(code,))}"


def shown_code(code: str) -> str:
    """Return a code in groups of four, as people read it aloud."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def documents_of(paper: Paper) -> tuple[Document, ...]:
    """Return the papers of an archived one, with version, digest and the address that verifies it.

    Raises: RembukError when the frozen data is no paper.
    """
    try:
        frozen = unpacked(paper.data)
    except (ValueError, KeyError, TypeError) as error:
        raise RembukError("paper-altered", verify_code=paper.verify_code) from error
    address = verify_address(paper.verify_code)
    return tuple(
        replace(
            one,
            number=one.number or paper.number,
            version=str(paper.version_no),
            provenance=f"Sidik {paper.sha256[:12]}",
            sample=one.sample or paper.sample,
            verify_url=address,
        )
        for one in frozen
    )


def render_paper(paper: Paper, fmt: str) -> bytes:
    """Return the file of an archived paper; the PDF is the archive copy. Raises: RembukError with a sentence."""
    return render(documents_of(paper), fmt, archive=True, title=paper.title)


def render(
    documents: Sequence[Document], fmt: str, *, archive: bool = False, light: bool = False, title: str = ""
) -> bytes:
    """Return papers as one file. fmt: pdf | docx | xlsx. archive: PDF/A. light: a PDF a tenth as big, without tags.

    Raises: BadInputError for another format or no paper at all; RembukError("paper-not-rendered").
    """
    if fmt not in papers.CONTENT_TYPES:
        raise BadInputError("paper-format", format=fmt)
    if not documents:
        raise BadInputError("paper-empty")
    try:
        with turn(len(documents)):
            if fmt == "pdf":
                return render_pdf(documents, archive=archive, tagged=not light, title=title)
            return WRITERS[fmt](documents)
    except RenderError as error:
        raise RembukError(error.code.replace("documents.", "paper-").replace("_", "-"), **error.values) from error


@contextmanager
def turn(count: int) -> Iterator[None]:
    """Let many small papers through at once, but one large bundle after the other."""
    if count < LARGE:
        yield
        return
    with _one_at_a_time:
        yield


def one_at_a_time() -> AbstractContextManager[object]:
    """Return the turn of a bundle: in one process only one is typeset at a time."""
    return _one_at_a_time
