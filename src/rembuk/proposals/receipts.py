"""Receipt codes: ten Crockford characters that open the status of one proposal. Only their digest is stored."""

from uuid import UUID

import segno
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def normal_code(text: str) -> str:
    """Return the ten characters of a code as a person typed it, look-alikes mended; empty when it is not one."""
    code = "".join(c for c in text.upper() if c.isalnum()).translate(_LOOKALIKES)
    return code if len(code) == CODE_LENGTH and set(code) <= set(CROCKFORD) else ""


def digest_of(code: str) -> str:
    """Return the keyed digest of a code. The key of the installation keeps a copied database from telling the codes."""
    return salted_hmac("rembuk.proposals.receipt", code, algorithm="sha256").hexdigest()


def shown_code(code: str) -> str:
    """Return the code in two groups, as it is printed: ``7KQ4M-2XP9R``."""
    return f"{code[:5]}-{code[5:]}" if code else ""


def qr_of(address: str) -> SafeString:
    """Return the QR code of an address as SVG to stand in a page; it carries no style, which the page would not allow.

    Its size comes from the stylesheet, its words from what stands around it.
    """
    code = segno.make(address, error="m", micro=False)
    # Made of numbers alone: the address is drawn as squares.
    return mark_safe(code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, light="#fff"))  # noqa: S308


def code_from(key: UUID) -> str:
    """Return the receipt code that belongs to a key made on a device, the same each time.

    The key of the installation makes it unguessable; so a form that is sent twice, since the first answer was lost on
    the way, shows the same code again although it is stored nowhere.
    """
    digest = salted_hmac("rembuk.proposals.receipt.code", key.hex, algorithm="sha256").digest()
    number = int.from_bytes(digest[:8], "big")
    return "".join(CROCKFORD[(number >> 5 * place) % 32] for place in range(CODE_LENGTH))
