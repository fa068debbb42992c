"""The passphrase of a data folder: the file that says it is encrypted, and the keys that are open in this process.

A random key encrypts everything; `encryption.json` holds it, encrypted by the passphrase. So a new passphrase takes
effect at once, and without the passphrase, or without that file, nothing can be read. The file is kept twice.
"""

from __future__ import annotations

import base64
import json
import os
import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from codec.adapters import read_json, to_plain
from codec.refusals import Refusal
from store.encryption.sealing import KEY_BYTES, Keys, SealError, require_packages, seal, stretch, unseal
from store.errors import StoreError, translate_delete_errors, translate_write_errors
from store.files import write_atomically

PASSPHRASE_VARIABLE = "ANSWER_ALOUD_PASSPHRASE"  # noqa: S105 - the name of the variable
FILES = ("encryption.json", "encryption-copy.json")
MIN_CHARACTERS = 8
SALT_BYTES = 16
KEY_NAME = "key"
WRONG = "That isn't the passphrase of this data. Check the spelling and upper and lower case, then try again."
TOO_SHORT = "Use at least {count} characters. A few words that nobody would guess are easiest to remember."
LOCKED = "Your answers are encrypted. Type your passphrase first."
DAMAGED = (
    "The file {path}, which opens your encrypted answers, is damaged. Put it back from a backup of the folder; without "
    "it nobody can read them."
)


class LockedError(StoreError):
    """What is asked for is encrypted, and the passphrase was not given yet."""


class WrongPassphraseError(StoreError):
    """The passphrase is another one."""


class VaultState(StrEnum):
    """How far the encryption of a folder is."""

    ON = "on"
    LOCKING = "locking"  # some of it is encrypted already
    UNLOCKING = "unlocking"  # some of it is not encrypted any more


@dataclass(frozen=True)
class Stretching:
    """How a passphrase becomes a key: Argon2id with what RFC 9106 recommends where memory is not plenty."""

    salt: str  # base64
    iterations: int = 3
    lanes: int = 4
    memory_kib: int = 64 * 1024


@dataclass(frozen=True)
class Vault:
    """What `encryption.json` holds."""

    state: VaultState
    stretching: Stretching
    key: str = field(repr=False)  # the key of everything, encrypted by the passphrase; base64
    version: int = 1


_OPEN: dict[Path, Keys] = {}


def load_vault(folder: Path) -> Vault | None:
    """Return what is known of a folder's encryption; None for a plain folder. Raises StoreError."""
    paths = [path for path in (folder / name for name in FILES) if path.exists()]
    for path in paths:
        try:
            return read_json(Vault, path.read_bytes())
        except (OSError, Refusal):  # the second is as good
            continue
    if paths:
        raise StoreError(DAMAGED.format(path=paths[0]))
    return None


def is_locked(folder: Path) -> bool:
    """Return whether a folder is encrypted and its passphrase still has to be given; raises StoreError."""
    try:
        find_keys(folder)
    except (LockedError, WrongPassphraseError):  # or the environment has another one
        return True
    return False


def find_keys(folder: Path) -> Keys | None:
    """Return the keys of a folder; None for a plain one.

    A passphrase in the environment is used without asking.

    Raises:
        LockedError: The passphrase has not been given.
        StoreError: What opens it cannot be read, or the passphrase in the environment is another one.
    """
    known = _OPEN.get(_name(folder))
    if known is not None:
        return known
    vault = load_vault(folder)
    if vault is None:
        return None
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if not given:
        raise LockedError(LOCKED)
    return unlock(folder, given)


def find_database_key(folder: Path) -> str | None:
    """Return the key of the database and its copies; as `find_keys`."""
    keys = find_keys(folder)
    return None if keys is None else keys.database


def unlock(folder: Path, passphrase: str) -> Keys:
    """Open the keys of a folder for this process.

    Raises:
        WrongPassphraseError: The passphrase is another one.
        StoreError: What opens it cannot be read.
    """
    keys = Keys(_open_key(folder, passphrase))
    _OPEN[_name(folder)] = keys
    return keys


def adopt_keys(folder: Path, keys: Keys) -> None:
    """Use open keys for another folder, which is opened by the same passphrase."""
    _OPEN[_name(folder)] = keys


def forget_keys(folder: Path) -> None:
    """Close the keys of a folder: the passphrase is asked for again."""
    _OPEN.pop(_name(folder), None)


def make_vault(folder: Path, passphrase: str) -> Keys:
    """Begin the encryption of a plain folder; raises StoreError."""
    require_packages()
    main = os.urandom(KEY_BYTES)
    save_vault(folder, _wrap(main, passphrase, VaultState.LOCKING))
    _OPEN[_name(folder)] = keys = Keys(main)
    return keys


def change_passphrase(folder: Path, old: str, new: str) -> None:
    """Give a folder another passphrase; what was encrypted stays as it is. Raises StoreError."""
    vault = load_vault(folder)
    if vault is not None:
        save_vault(folder, _wrap(_open_key(folder, old), new, vault.state))


def save_state(folder: Path, state: VaultState) -> None:
    """Note how far the encryption of a folder is; raises StoreError."""
    vault = load_vault(folder)
    if vault is not None and vault.state is not state:
        save_vault(folder, replace(vault, state=state))


def save_vault(folder: Path, vault: Vault) -> None:
    """Write what opens a folder, twice; raises StoreError."""
    text = json.dumps(to_plain(Vault, vault), indent=1).encode()
    with translate_write_errors(folder):
        for name in FILES:
            with write_atomically(folder / name) as file:
                file.write(text)


def remove_vault(folder: Path) -> None:
    """Say that a folder is plain now; raises StoreError."""
    with translate_delete_errors(folder):
        for name in FILES:
            (folder / name).unlink(missing_ok=True)
    forget_keys(folder)


def _open_key(folder: Path, passphrase: str) -> bytes:
    vault = load_vault(folder)
    if vault is None:
        raise StoreError("Your answers aren't encrypted, so there's no passphrase.")
    require_packages()
    try:
        return unseal(_stretch(passphrase, vault.stretching), base64.b64decode(vault.key), KEY_NAME)
    except SealError as error:
        raise WrongPassphraseError(WRONG) from error


def _wrap(main: bytes, passphrase: str, state: VaultState) -> Vault:
    if len(passphrase) < MIN_CHARACTERS:
        raise StoreError(TOO_SHORT.format(count=MIN_CHARACTERS))
    stretching = Stretching(base64.b64encode(os.urandom(SALT_BYTES)).decode())
    sealed = seal(_stretch(passphrase, stretching), main, KEY_NAME)
    return Vault(state, stretching, base64.b64encode(sealed).decode())


def _stretch(passphrase: str, by: Stretching) -> bytes:
    typed = unicodedata.normalize("NFKC", passphrase)  # an é is one sign on one keyboard and two on another
    return stretch(typed, by.salt, by.iterations, by.lanes, by.memory_kib)


def _name(folder: Path) -> Path:
    return Path(os.path.realpath(folder))
