"""What the code of a budget row names: section, bidang, activity, package or account, however it is punctuated.

Activities and accounts share the first digits (5.3.00 is an activity, 5.3.1 an account), so the place in the sheet and
the number of digits decide. Source: Permendagri 20/2018 lampiran.
"""

import re
from dataclasses import dataclass
from typing import Literal

from rembuk.core.lists import account_codes, is_kegiatan, kegiatan_codes

Kind = Literal["section", "field", "subfield", "activity", "package", "account", "number"]
Section = Literal["", "income", "spending", "financing"]
SECTIONS: dict[str, Section] = {"4": "income", "5": "spending", "6": "financing"}
_CODE = re.compile(r"[0-9]+(?:\s*[.\s]\s*[0-9]+)*\s*\.?")
_LOCAL = range(90, 100)


@dataclass(frozen=True, slots=True)
class Code:
    """One code as read. parts: as many as were written; text: the normal form (``2.3.10``, ``5.3.5.01``)."""

    kind: Kind
    text: str
    package: str = ""

    @property
    def depth(self) -> int:
        """Return how many levels the code goes down."""
        return self.text.count(".") + 1


def parse_code(written: str, *, section: Section = "", below_activity: bool = False, words: str = "") -> list[Code]:
    """Return the codes that stand in *written*: an activity, an account, or both; empty when it is no code.

    section: where in the sheet the row stands. below_activity: an activity with a code is open above the row. words:
    the text beside the code, which tells ``5.1 Belanja Pegawai`` from the first sub bidang of bidang 5.
    """
    text = written.strip()
    if not text or not _CODE.fullmatch(text):
        return []
    parts = re.findall(r"[0-9]+", text)
    if len(parts) > 4:
        return _joined(parts)
    if len(parts) == 1:
        return [_single(parts[0], words)]
    code = _account(parts) if section in ("income", "financing") else None
    if code is None:
        code = (_pair, _triple, _four)[len(parts) - 2](parts, below_activity, words)
    return [code]


def is_activity(code: str) -> bool:
    """Say whether *code* is an activity of the list, or one of a village's own (x.y.90 to 99) in a known sub bidang."""
    parts = code.split(".")
    if is_kegiatan(code):
        return True
    return len(parts) == 3 and int(parts[2]) in _LOCAL and ".".join(parts[:2]) in kegiatan_codes()


def is_account(code: str) -> bool:
    """Say whether *code* is an account of the list, or a village's own (last part 90 to 99) in a known kind."""
    parts = code.split(".")
    if code in account_codes():
        return True
    return len(parts) == 4 and int(parts[3]) in _LOCAL and ".".join(parts[:3]) in account_codes()


def accepted_beside(code: str) -> str:
    """Return which codes would be accepted in the sub bidang of an unknown activity code."""
    head = ".".join(code.split(".")[:2])
    known = sorted(
        line.code
        for line in kegiatan_codes().values()
        if line.parent == head and line.level == "kegiatan" and int(line.code.split(".")[2]) not in _LOCAL
    )
    if not known:
        return "1.1.01 sampai 5.3.00"
    return f"{known[0]} sampai {known[-1]}, atau {head}.90 sampai {head}.99"


def activity_text(parts: list[str]) -> str:
    return f"{int(parts[0])}.{int(parts[1])}.{int(parts[2]):02d}"


def account_text(parts: list[str]) -> str:
    head = [str(int(part)) for part in parts[:3]]
    return ".".join([*head, *(f"{int(part):02d}" for part in parts[3:])])


def _single(part: str, words: str) -> Code:
    plain = words.strip().lower()
    if part in SECTIONS and re.match(r"pendapatan|belanja|pembia?ya?an", plain) and len(plain) < 30:
        return Code("section", part)
    if part in "12345" and re.match(r"(?:bidang|penanggulangan)\b", plain):
        return Code("field", part)
    return Code("number", part)


def _account(parts: list[str]) -> Code | None:
    if parts[0] not in ("4", "5", "6"):
        return None
    return Code("account", account_text(parts))


def _pair(parts: list[str], below_activity: bool, words: str) -> Code:
    text = f"{int(parts[0])}.{int(parts[1])}"
    if re.match(r"\s*(?::\s*)?bidang\b|\s*penanggulangan\b", words, re.IGNORECASE) and parts[0] == "5":
        return Code("field", str(int(parts[1])))
    if text in account_codes() and (below_activity or re.match(r"\s*(belanja|pendapatan|pen)", words, re.IGNORECASE)):
        return Code("account", text)
    if parts[0] in ("4", "6") and text in account_codes() and text not in kegiatan_codes():
        return Code("account", text)
    return Code("subfield", text)


def _triple(parts: list[str], below_activity: bool, words: str) -> Code:
    one_digit = len(parts[2]) == 1
    account = account_text(parts)
    if parts[0] == "5" and one_digit and (below_activity or account in account_codes()):
        return Code("account", account)
    if parts[0] in ("4", "6") and one_digit and account in account_codes() and not below_activity:
        return Code("account", account)
    return Code("activity", activity_text(parts))


def _four(parts: list[str], below_activity: bool, words: str) -> Code:
    if parts[0] in ("4", "5", "6") and (below_activity or len(parts[2]) == 1):
        return Code("account", account_text(parts))
    return Code("package", activity_text(parts), f"{int(parts[3]):02d}")


def _joined(parts: list[str]) -> list[Code]:
    """Split ``2.3.10.5.3.5.01`` and ``2.3.10.01.5.3.5.01`` into activity (package) and account."""
    activity, rest = Code("activity", activity_text(parts)), parts[3:]
    if rest[0] == "5" and 2 <= len(rest) <= 4 and len(rest[-1]) <= 2:
        return [activity, Code("account", account_text(rest))]
    if len(rest) in (3, 4, 5) and rest[1] == "5":
        package = Code("package", activity.text, f"{int(rest[0]):02d}")
        return [package, Code("account", account_text(rest[1:]))]
    return []
