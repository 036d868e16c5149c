"""The six digits of a hall: only a slow digest travels in the package. It slows guessing down, it does not stop it."""

import hashlib
import hmac
import secrets
from typing import Final

ROUNDS: Final = 600_000


def seal_pin(pin: str) -> str:
    """Return what is kept of a PIN: rounds, salt and digest."""
    salt = secrets.token_hex(16)
    return f"{ROUNDS}${salt}${stretched(pin, salt, ROUNDS)}"


def fits(pin: str, sealed: str) -> bool:
    """Return whether *pin* is the one that was sealed."""
    rounds, _, rest = sealed.partition("$")
    salt, _, digest = rest.partition("$")
    return rounds.isdigit() and hmac.compare_digest(stretched(pin, salt, int(rounds)), digest)


def stretched(pin: str, salt: str, rounds: int) -> str:
    return hashlib.pbkdf2_hmac("sha256", pin.encode(), salt.encode(), rounds).hex()
