"""Have a stress test run on an encrypted store: the passphrase is in the environment, for every process of it."""

from __future__ import annotations

import os
from pathlib import Path

from store.encryption import conversion
from store.encryption.vault import PASSPHRASE_VARIABLE
from store.locations import build_database_url
from store.store import open_store

PASSPHRASE = "four plain words here"


def encrypt_store(folder: Path) -> None:
    """Encrypt the store in a folder, which is made if there is none."""
    open_store(folder=folder).close()
    conversion.encrypt(folder, build_database_url(folder), PASSPHRASE)
    give_passphrase()


def give_passphrase() -> None:
    """Put the passphrase into this process's environment: one that another process forks may have an older one."""
    os.environ[PASSPHRASE_VARIABLE] = PASSPHRASE
