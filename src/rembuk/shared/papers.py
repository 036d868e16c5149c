"""Papers by name: a room that knows a paper registers it, any room may ask for it, the archive keeps it.

    papers.register("F26", "RKP Desa", gather=values_of_version, build=document_of_values, village_of=...)
    paper = papers.freeze("F26", f"version:{version.id}", hat=hat, sample=False)
    data, content_type = papers.open_paper(paper, "pdf")

Frozen means: the complete document data is stored with its digest, so the paper stays what it was whatever happens to
the rows it came from. It is rendered when somebody first opens it, and the rendered file is archived too.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.hat import Hat
from rembuk.shared import blobs
from rembuk.shared.models import Paper
from rembuk.shared.trail import acting

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a paper is made: *gather* reads the values of a subject, *build* turns them into document data (JSON).

    village_of: the key of the village (or district, or regency) that the subject belongs to.
    """

    code: str
    title: str
    gather: Callable[[str], Any]
    build: Callable[[Any], Data]
    village_of: Callable[[str], str]


Renderer = Callable[[Paper, str], bytes]
_recipes: dict[str, Recipe] = {}
_renderers: list[Renderer] = []


def register(
    code: str,
    title: str,
    *,
    gather: Callable[[str], Any],
    build: Callable[[Any], Data],
    village_of: Callable[[str], str],
) -> None:
    """Name a paper by its form number; the functions get the part of the subject after its colon."""
    _recipes[code] = Recipe(code, title, gather, build, village_of)


def register_renderer(renderer: Renderer) -> None:
    """Let *renderer* (paper, format -> bytes) turn frozen data into files."""
    _renderers[:] = [renderer]


def recipes() -> list[Recipe]:
    """Return the papers that can be made, ordered by form number."""
    return [_recipes[code] for code in sorted(_recipes)]


def canonical(data: Data) -> bytes:
    """Return *data* as the bytes that its digest covers."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest_of(data: Data) -> str:
    return hashlib.sha256(canonical(data)).hexdigest()


def freeze(
    code: str, subject: str, *, hat: Hat, sample: bool = False, number: str = "", paper_date: date | None = None
) -> Paper:
    """Store the paper *code* of *subject* (``kind:key``) as it is now.

    If nothing has changed since its newest version, that version is returned. The permission to make the paper is the
    caller's to check. Raises: KeyError if no room knows the paper.
    """
    recipe = _recipes[code]
    key = subject.partition(":")[2]
    return keep(
        code,
        recipe.title,
        subject,
        data=recipe.build(recipe.gather(key)),
        village_key=recipe.village_of(key),
        hat=hat,
        sample=sample,
        number=number,
        paper_date=paper_date,
    )


@transaction.atomic
def keep(
    code: str,
    title: str,
    subject: str,
    *,
    data: Data,
    village_key: str,
    hat: Hat,
    sample: bool = False,
    number: str = "",
    paper_date: date | None = None,
) -> Paper:
    """Store document data that the caller already has; same rules as `freeze`."""
    digest = digest_of(data)
    newest = Paper.objects.filter(code=code, subject=subject).order_by("-version_no").select_for_update().first()
    if newest is not None and (newest.sha256, newest.number, newest.paper_date) == (digest, number, paper_date):
        return newest
    with acting(hat, "papers.freeze"):
        return Paper.objects.create(
            code=code,
            title=title,
            subject=subject,
            village_key=village_key,
            number=number,
            paper_date=paper_date,
            version_no=newest.version_no + 1 if newest else 1,
            data=json.loads(canonical(data)),
            sha256=digest,
            verify_code=new_code(),
            made_by=hat.person_id,
            made_by_label=hat.label,
            sample=sample,
        )


def new_code() -> str:
    """Return an unguessable code without letters that are mistaken for digits."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH))


def read_code(text: str) -> str:
    """Return a code as stored from what a person typed: any case, O for 0, I and L for 1, spaces and dashes ignored."""
    plain = "".join(c for c in text.upper() if c not in " -")
    return plain.translate(str.maketrans("OIL", "011"))


def by_code(text: str) -> Paper | None:
    """Return the paper with the verification code *text*, or None."""
    return Paper.objects.filter(verify_code=read_code(text)).first()


def unaltered(paper: Paper) -> bool:
    """Return whether the stored data is still what its digest says."""
    return digest_of(paper.data) == paper.sha256


def open_paper(paper: Paper, fmt: str) -> tuple[bytes, str]:
    """Return the file and its content type, rendering and archiving it on first opening.

    fmt: pdf | docx | xlsx. Raises: BadInputError for another format; RembukError if the frozen data or the archived
    file is no longer what its digest says.
    """
    if fmt not in CONTENT_TYPES:
        raise BadInputError("paper-format", format=fmt)
    known = paper.files.get(fmt)
    if known:
        return blobs.read(known["sha256"]), CONTENT_TYPES[fmt]
    if not unaltered(paper):
        raise RembukError("paper-altered", verify_code=paper.verify_code)
    # Rendering takes seconds: never inside a transaction.
    data = _renderers[0](paper, fmt)
    entry = {"sha256": blobs.put(data), "size": len(data)}
    with transaction.atomic():
        locked = Paper.objects.select_for_update().get(pk=paper.pk)
        kept = locked.files.setdefault(fmt, entry)
        locked.save(update_fields=["files"])
    paper.files = locked.files
    return (data if kept == entry else blobs.read(kept["sha256"])), CONTENT_TYPES[fmt]
