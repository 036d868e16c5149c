"""One-time codes that people can read aloud, copy from paper and type: ten Crockford characters."""

import secrets
from dataclasses import dataclass
from datetime import datetime

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_LOOK_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0", " ": None, "-": None})


def new_code() -> str:
    """Return a fresh code, 50 bits of chance."""
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


def read_code(text: str) -> str | None:
    """Return the code that *text* means (small letters, spaces, dashes, I, L and O are forgiven), or None."""
    code = text.strip().upper().translate(_LOOK_ALIKE)
    return code if len(code) == LENGTH and all(letter in LETTERS for letter in code) else None


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed once and stored nowhere: the code, and until when it opens."""

    code: str
    expires_at: datetime

    @property
    def words(self) -> str:
        """The code in two halves, as people copy it: ``7KQ2M-X9D4T``."""
        return f"{self.code[:5]}-{self.code[5:]}"
