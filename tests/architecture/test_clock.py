"""Every room asks the one clock."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_clock_is_asked_and_never_copied():
    """A name bound at import keeps the clock of that moment: a test, or the example, could not set it any more."""
    copied = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "src/rembuk").rglob("*.py")
        if re.search(r"^\s*from rembuk\.shared\.clock import .*\b(now|today)\b", path.read_text("utf-8"), re.M)
    ]
    assert copied == []
