"""The passphrase of the user's data: ask for it, switch encryption on and off, change it."""

from __future__ import annotations

import getpass
import sys
from dataclasses import replace
from pathlib import Path

from store.encryption import conversion
from store.encryption.sealing import require_packages
from store.encryption.vault import (
    PASSPHRASE_VARIABLE,
    VaultState,
    WrongPassphraseError,
    adopt_keys,
    change_passphrase,
    find_keys,
    is_locked,
    load_vault,
    save_vault,
    unlock,
)
from store.errors import StoreError
from store.locations import find_database_url, get_data_folder
from store.store import Store

DIFFERENT = "You typed two different passphrases. Type the same one twice."
MAX_TRIES = 3  # at the terminal


def needs_passphrase() -> bool:
    """Return whether the user's data is encrypted and the passphrase was not given yet; raises StoreError."""
    try:
        folder = get_data_folder()
    except StoreError:  # the settings cannot be read; every page says so, and one of them mends it
        return False
    return is_locked(folder)


def is_encrypted() -> bool:
    """Return whether the user's data is encrypted; raises StoreError."""
    return load_vault(get_data_folder()) is not None


def open_data(passphrase: str) -> None:
    """Open the user's data for this process.

    Raises:
        WrongPassphraseError: The passphrase is another one.
        StoreError: What opens it cannot be read.
    """
    unlock(get_data_folder(), passphrase)


def ask_at_terminal() -> None:
    """Ask for the passphrase at a terminal if it is needed.

    Raises:
        StoreError: It was not given, or there is no terminal.
    """
    if not needs_passphrase():
        return
    if not sys.stdin.isatty():
        raise StoreError(f"Your answers are encrypted. Set {PASSPHRASE_VARIABLE} to the passphrase, or use a terminal.")
    for left in reversed(range(MAX_TRIES)):
        try:
            open_data(getpass.getpass("Passphrase: "))
            return
        except WrongPassphraseError as error:
            if not left:
                raise
            print(error)


def encrypt_data(store: Store, passphrase: str, again: str) -> None:
    """Encrypt the user's data; raises StoreError, and then nothing has changed.

    Args:
        store: The user's store; its connections are closed, and opened anew when they are needed.
        passphrase: The passphrase.
        again: The same, typed a second time.
    """
    require_packages()
    _compare(passphrase, again)
    store.close()
    conversion.encrypt(get_data_folder(), find_database_url(), passphrase)


def decrypt_data(store: Store, passphrase: str) -> None:
    """Decrypt the user's data for good; raises StoreError, and then nothing has changed.

    Args:
        store: As for `encrypt_data`.
        passphrase: The passphrase.
    """
    store.close()
    conversion.decrypt(get_data_folder(), find_database_url(), passphrase)


def give_new_passphrase(old: str, new: str, again: str) -> None:
    """Change the passphrase; raises StoreError."""
    _compare(new, again)
    change_passphrase(get_data_folder(), old, new)


def carry_over(old: Path, new: Path) -> None:
    """Have another data folder encrypted like the one used so far, with the same passphrase; raises StoreError."""
    vault, keys = load_vault(old), find_keys(old)
    if vault is None or keys is None or load_vault(new) is not None:
        return
    save_vault(new, replace(vault, state=VaultState.LOCKING))
    adopt_keys(new, keys)


def _compare(passphrase: str, again: str) -> None:
    if passphrase != again:
        raise StoreError(DIFFERENT)
