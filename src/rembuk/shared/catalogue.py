"""Message catalogues without gettext tools: find every message in code and templates, keep the .po files complete.

Indonesian is the source language, so a msgid is what an Indonesian reads; English lies in locale/en. A bare machine has
no xgettext, hence this small extractor: the syntax tree for Python, Django's own templatize for templates.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
MARKERS = frozenset(
    {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
)
LITERAL = r"(u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\")"
SINGLE = re.compile(r"\b(?:_|gettext)\(\s*" + LITERAL + r"\s*\)", re.S)
PLURAL = re.compile(r"\bngettext\(\s*" + LITERAL + r"\s*,\s*" + LITERAL, re.S)


@dataclass(frozen=True, slots=True)
class Message:
    """One message and where it stands, relative to the package."""

    msgid: str
    plural: str
    place: str


def messages(package: Path = PACKAGE) -> Iterator[Message]:
    """Yield every translatable message of the program, in the order of files."""
    for path in sorted(package.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from of_python(path, package)
    for path in sorted([*package.rglob("*.html"), *package.rglob("templates/**/*.txt")]):
        yield from of_template(path, package)


def of_python(path: Path, package: Path) -> Iterator[Message]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and called(node) in MARKERS):
            continue
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if called(node).startswith("pgettext"):
            texts = texts[1:]
        if texts:
            plural = texts[1] if called(node).startswith("ngettext") and len(texts) > 1 else ""
            yield Message(texts[0], plural, f"{path.relative_to(package)}:{node.lineno}")


def called(node: ast.Call) -> str:
    function = node.func
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def of_template(path: Path, package: Path) -> Iterator[Message]:
    source = templatize(path.read_text(encoding="utf-8"))
    place = str(path.relative_to(package))
    for match in PLURAL.finditer(source):
        yield Message(ast.literal_eval(match[1]), ast.literal_eval(match[2]), place)
    for match in SINGLE.finditer(source):
        yield Message(ast.literal_eval(match[1]), "", place)


def catalogue_path(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def update(language: str) -> tuple[int, int]:
    """Bring the catalogue of *language* in line with the program. Returns (messages, untranslated)."""
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    old = {entry.msgid: entry for entry in polib.pofile(str(path))} if path.exists() else {}
    new = polib.POFile(wrapwidth=120)
    new.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": language,
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    found: dict[str, Message] = {}
    for message in messages():
        found.setdefault(message.msgid, message)
    for msgid, message in sorted(found.items()):
        new.append(old.get(msgid) or entry_of(message))
    new.save(str(path))
    return len(new), len(new.untranslated_entries())


def entry_of(message: Message) -> polib.POEntry:
    flags = ["python-format"] if re.search(r"%\(\w+\)[sd]", message.msgid) else []
    if message.plural:
        return polib.POEntry(
            msgid=message.msgid, msgid_plural=message.plural, msgstr_plural={0: "", 1: ""}, flags=flags
        )
    return polib.POEntry(msgid=message.msgid, msgstr="", flags=flags)
