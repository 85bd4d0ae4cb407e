"""What must be readable again but not from a stolen database: sealed with a key of the secret key's making."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Seal:
    """Authenticated encryption (Fernet); one key for each purpose, so that nothing is opened as something else."""

    def __init__(self, secret_key: str, purpose: str) -> None:
        key = HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(secret_key.encode())
        self._box = Fernet(base64.urlsafe_b64encode(key))

    def close(self, text: str) -> str:
        return self._box.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """None when it was sealed with another key, as after a restore with a new one."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None
