"""How allauth stores a second factor here: its secrets encrypted with the key of the data folder."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class EncryptedMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """A copied database alone gives no one's second factor away."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    key = salted_hmac("rembuk.accounts.mfa", "totp", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
