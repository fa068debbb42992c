"""Encrypt and decrypt: whole files with AES-256-GCM, sound that is still growing with AES-256 in counter mode.

What is done with a key is done by the library cryptography; it comes with the extra `encryption`.
"""

from __future__ import annotations

import base64
import os
from importlib.util import find_spec
from typing import Final

from store.errors import StoreError

MAGIC: Final = b"Answer Aloud sealed 1\n"  # begins every sealed file; no sound, database or JSON begins like this
PACKAGES = ("cryptography", "sqlcipher3")
NONCE_BYTES = 12
BLOCK_BYTES = 16  # of AES
KEY_BYTES = 32
NOT_INSTALLED = (
    "Encryption needs two packages that aren't installed. Install them with: pip install 'answer-aloud[encryption]'"
)
NOT_READABLE = "{name} is damaged: it can't be decrypted with your passphrase's key."


class SealError(StoreError):
    """A sealed file is damaged, or was sealed with another key."""


class Keys:
    """The keys of one data folder, all made from one random key.

    Args:
        main: That key.
    """

    def __init__(self, main: bytes) -> None:
        self.database = _derive(main, b"database").hex()  # as SQLCipher takes it
        self._files = _derive(main, b"files")
        self._sound = _derive(main, b"sound")

    def seal(self, data: bytes, name: str) -> bytes:
        """Encrypt the content of a file; it can be opened under the same name only."""
        return seal(self._files, data, name)

    def unseal(self, data: bytes, name: str) -> bytes:
        """Decrypt the content of a file; raises SealError."""
        return unseal(self._files, data, name)

    def make_stream(self, name: str) -> StreamCipher:
        """Return what encrypts sound that is still growing.

        Args:
            name: What no other sound is ever called.
        """
        return StreamCipher(_derive(self._sound, name.encode()))


class StreamCipher:
    """Encrypts and decrypts bytes by their place, without making them longer."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def apply(self, offset: int, data: bytes) -> bytes:
        """Return bytes encrypted, or decrypted again.

        Args:
            offset: Where in the sound they begin.
            data: The bytes.
        """
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        block, skipped = divmod(offset, BLOCK_BYTES)
        counter = modes.CTR(block.to_bytes(BLOCK_BYTES, "big"))
        encryptor = Cipher(algorithms.AES(self._key), counter).encryptor()
        encryptor.update(bytes(skipped))
        return encryptor.update(data)


def is_sealed(data: bytes) -> bool:
    """Return whether these bytes begin a sealed file."""
    return data.startswith(MAGIC)


def seal(key: bytes, data: bytes, name: str) -> bytes:
    """Encrypt bytes with a key; they can be opened under the same name only."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE_BYTES)
    return MAGIC + nonce + AESGCM(key).encrypt(nonce, data, name.encode())


def unseal(key: bytes, data: bytes, name: str) -> bytes:
    """Decrypt bytes; raises SealError."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(MAGIC) + NONCE_BYTES
    try:
        return AESGCM(key).decrypt(data[len(MAGIC) : start], data[start:], name.encode())
    except (InvalidTag, ValueError) as error:
        raise SealError(NOT_READABLE.format(name=name)) from error


def stretch(passphrase: str, salt: str, iterations: int, lanes: int, memory_kib: int) -> bytes:
    """Return the key that a passphrase gives, by Argon2id; it takes time and memory on purpose."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    made = Argon2id(
        salt=base64.b64decode(salt), length=KEY_BYTES, iterations=iterations, lanes=lanes, memory_cost=memory_kib
    )
    return made.derive(passphrase.encode())


def require_packages() -> None:
    """Raise StoreError unless what encryption needs is installed."""
    if any(find_spec(name) is None for name in PACKAGES):
        raise StoreError(NOT_INSTALLED)


def _derive(key: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

    return HKDFExpand(SHA256(), KEY_BYTES, b"answer-aloud " + purpose).derive(key)
