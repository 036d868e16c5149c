"""Every word that a person reads can be translated, and the English catalogue is complete."""

import ast
import re
from pathlib import Path

import polib
import pytest

import rembuk
from rembuk.shared.catalogue import catalogue_path, messages

PACKAGE = Path(rembuk.__file__).parent
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
# Proper names and codes that read the same in every language.
SAME_EVERYWHERE = {
    "Rembuk",
    "English",
    "Bahasa Indonesia",
    "RT",
    "Rp",
    "WITA",
    "L",
    "P",
    "CSV",
    "JSON",
    "XLSX",
    "PDF",
    "DOCX",
    "Excel",
    "WhatsApp",
    "SHA",
    "RKP",
    "RKTL",
    "RPJM",
    "DPMD",
    "PTPD",
    "JP",
    "https",
    "LK",
    "PR",
    "RTM",
    "Permendagri",
    "Pasal",
}
TRANSLATED = re.compile(r"{%\s*(blocktrans|blocktranslate)\b.*?{%\s*end(blocktrans|blocktranslate)\s*%}", re.S)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.S)
# A class of the page is no word.
BODY_CLASS = re.compile(r"{%\s*block body_class\s*%}.*?{%\s*endblock[^%]*%}", re.S)
# A key of the keyboard is written on it, and a command is typed as it stands.
SCRIPT = re.compile(r"<(script|style|kbd|code)\b.*?</\1>", re.S)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)
SPOKEN = re.compile(r"""\s(?:aria-label|title|placeholder|alt|data-label|data-words)=(?:"([^"]*)"|'([^']*)')""")
ELEMENT = re.compile(r"<[^>]*>", re.S)
WORD = re.compile(r"[^\W\d_]{2,}")


def bare_words(text: str) -> list[str]:
    """Words of a template that stand outside every translation tag."""
    text = SCRIPT.sub(" ", COMMENT.sub(" ", BODY_CLASS.sub(" ", text)))
    text = TAG.sub("\x00", TRANSLATED.sub("\x00", text))
    spoken = [a or b for a, b in SPOKEN.findall(text)]
    pieces = [*spoken, *re.split(r"[\x00\n]|&\w+;", ELEMENT.sub("\x00", text))]
    left = [piece.strip() for piece in pieces if WORD.search(piece)]
    return [piece for piece in left if not set(WORD.findall(piece)) <= {w for s in SAME_EVERYWHERE for w in s.split()}]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_word_of_a_template_is_beyond_translation(path: Path) -> None:
    assert bare_words(path.read_text(encoding="utf-8")) == []


def test_a_bare_word_would_be_found() -> None:
    page = '<p title="Judul">{% trans "Baik" %} Simpan dulu <kbd>Esc</kbd></p>'
    assert bare_words(page) == ["Judul", "Simpan dulu"]


def plain_messages(path: Path) -> list[int]:
    """Lines where a message to a person is a bare string instead of a marked one."""
    lines = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        owner = (
            node.func.value.id if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) else ""
        )
        shown = (owner == "messages" and name in {"success", "error", "warning", "info"}) or name == "ValidationError"
        texts = node.args[1:2] if owner == "messages" else node.args[:1]
        if shown and any(isinstance(arg, ast.Constant | ast.JoinedStr) for arg in texts):
            lines.append(node.lineno)
    return lines


def test_no_message_of_a_view_or_form_is_beyond_translation() -> None:
    found = {str(path.relative_to(PACKAGE)): plain_messages(path) for path in sorted(PACKAGE.rglob("*.py"))}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_the_english_catalogue_holds_every_message_with_its_translation() -> None:
    known = {entry.msgid for entry in polib.pofile(str(catalogue_path("en"))) if entry.translated()}
    found = {message.msgid: message.place for message in messages() if message.msgid}
    assert sorted(f"{place}: {msgid}" for msgid, place in found.items() if msgid not in known) == []


PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%%")


def test_a_translation_keeps_every_placeholder() -> None:
    wrong = []
    for entry in polib.pofile(str(catalogue_path("en"))):
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            if set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural)):
                wrong.append(entry.msgid)
    assert wrong == []
