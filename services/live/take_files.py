"""The folder of recordings that go on: a sound file and a JSON for each, and the secret their tickets are made with."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from codec.adapters import read_json, read_plain, to_plain
from codec.refusals import Refusal
from services.live.take import TAKE_ID, LiveTake, SoundSeal, TakeFault
from speech.live.spool import BYTES_PER_SAMPLE, SoundCipher, read_sound
from store.encryption.conversion import PLAIN_SOUND, SEALED_SOUND
from store.encryption.sealing import SealError, is_sealed
from store.encryption.vault import find_keys
from store.errors import translate_delete_errors, translate_write_errors
from store.files import write_atomically

FOLDER = "live"
DELETED_SOUND = ".deleted"  # the ending of a sound that is being deleted
SECRET = "secret"  # noqa: S105 - the name of the file that holds it
SECRET_BYTES = 32
SUM = "sum"  # the name under which what is known of a take has its own digest
READ_BYTES = 4_000_000  # of a sound at once


class TakeFiles:
    """Reads and writes the folder `live` of a data folder; raises StoreError.

    Args:
        data: The data folder.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.folder = data / FOLDER

    def sound(self, take_id: str) -> Path:
        """Return the path of the sound of a take; its ending says whether it is encrypted."""
        plain = self.folder / f"{_checked(take_id)}{PLAIN_SOUND}"
        return plain if find_keys(self.data) is None or plain.exists() else plain.with_suffix(SEALED_SOUND)

    def cipher(self, take_id: str) -> SoundCipher | None:
        """Return what the sound of a take is encrypted with; None if it is plain."""
        keys = find_keys(self.data)
        return None if keys is None or self.sound(take_id).suffix == PLAIN_SOUND else keys.make_stream(take_id)

    def save(self, take: LiveTake) -> None:
        """Write what is known of a take, whole and flushed to the disk."""
        path, keys = self._about(take.id), find_keys(self.data)
        plain = to_plain(LiveTake, take)
        text = json.dumps(plain | {SUM: _sum_up(plain)}, indent=1).encode()
        with translate_write_errors(self.folder), write_atomically(path) as file:
            file.write(text if keys is None else keys.seal(text, path.name))

    def load(self, take_id: str) -> LiveTake | None:
        """Return what is known of a take; None where there is nothing that can be read."""
        try:
            take = read_plain(LiveTake, self._read_about(take_id)[0])
        except (OSError, Refusal, SealError):  # deleted meanwhile, or of another version: it stays, and isn't offered
            return None
        return take if take.id == take_id else None

    def _read_about(self, take_id: str) -> tuple[dict[str, Any], str | None]:
        """Return what is known of a take as plain values, and their sum if they have one."""
        plain = read_json(dict[str, Any], self._read(self._about(take_id)))
        return plain, plain.pop(SUM, None)

    def _read(self, path: Path) -> bytes:
        data = path.read_bytes()
        keys = find_keys(self.data) if is_sealed(data) else None
        return data if keys is None else keys.unseal(data, path.name)

    def all(self) -> Iterator[LiveTake]:
        """Yield the takes that can be read."""
        names = [path.stem for path in self.folder.glob("*.json")] if self.folder.is_dir() else []
        for name in filter(TAKE_ID.fullmatch, names):
            if (take := self.load(name)) is not None:
                yield take

    def list_odd_names(self) -> list[str]:
        """Return the names of the files that belong to no take which can be read, in order."""
        if not self.folder.is_dir():
            return []
        kept = (path for path in self.folder.iterdir() if path.suffix in (".json", PLAIN_SOUND, SEALED_SOUND))
        return sorted(path.name for path in kept if not self._is_known(path.stem))

    def _is_known(self, name: str) -> bool:
        return TAKE_ID.fullmatch(name) is not None and self.load(name) is not None

    def size(self, take_id: str) -> int:
        """Return how many bytes of sound there are."""
        try:
            return self.sound(take_id).stat().st_size
        except OSError:
            return 0

    def seal(self, take: LiveTake) -> None:
        """Note what the sound of a take is, unless it is no longer what was noted before."""
        size = self.size(take.id) // BYTES_PER_SAMPLE * BYTES_PER_SAMPLE  # half a sample goes when it is continued
        if (take.seal is not None and take.seal.size == size) or self.find_fault(take) is not None:
            return
        with translate_write_errors(self.folder):
            seal = SoundSeal(size, self._digest(take.id, size))
        self.save(replace(take, seal=seal))

    def is_as_written(self, take_id: str) -> bool:
        """Whether what is known of a take is what was written; so it is where nothing tells."""
        try:
            plain, known = self._read_about(take_id)
        except (OSError, Refusal, SealError):
            return False
        return known in (None, _sum_up(plain))

    def find_fault(self, take: LiveTake, *, thorough: bool = True) -> TakeFault | None:
        """Return what happened to the sound of a take since it was sealed; None where nothing did, or nothing tells.

        Args:
            take: The take.
            thorough: Whether all of it is read, or only its length looked at.
        """
        if take.seal is None:
            return None
        if self.size(take.id) < take.seal.size:
            return TakeFault.SHORT
        if not thorough:
            return None
        try:
            digest = self._digest(take.id, take.seal.size)
        except OSError:
            return TakeFault.UNREADABLE
        return None if digest == take.seal.digest else TakeFault.CHANGED

    def _digest(self, take_id: str, size: int) -> str:
        path, cipher, found = self.sound(take_id), self.cipher(take_id), hashlib.sha256()
        for start in range(0, size, READ_BYTES):
            found.update(read_sound(path, start, min(READ_BYTES, size - start), cipher))
        return found.hexdigest()

    def delete(self, take_id: str) -> None:
        """Delete a take; its sound is given another name first, by which a deletion that was killed is known."""
        sound = self.sound(take_id)
        deleted = sound.with_suffix(DELETED_SOUND)
        with translate_delete_errors(self.folder):
            if sound.exists():
                sound.replace(deleted)
            self._about(take_id).unlink(missing_ok=True)
            deleted.unlink(missing_ok=True)

    def finish_deletions(self) -> None:
        """Carry out what a killed process had begun to delete."""
        for path in self.folder.glob(f"*{DELETED_SOUND}"):
            if TAKE_ID.fullmatch(path.stem) is not None:
                self.delete(path.stem)

    def secret(self) -> bytes:
        """Return the secret, made where there is none yet; readable by its owner only."""
        path = self.folder / SECRET
        with translate_write_errors(self.folder):
            if not path.exists():
                self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                temporary = self.folder / f"{SECRET}.{secrets.token_hex(8)}"
                descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descriptor, "w", encoding="ascii") as writer:
                    writer.write(secrets.token_hex(SECRET_BYTES))
                _place_once(temporary, path)
            return path.read_bytes()

    def ticket(self, take_id: str) -> str:
        """Return what shows that one may record a take: it holds after a restart too, as the secret is on the disk."""
        return hmac.digest(self.secret(), _checked(take_id).encode(), hashlib.sha256).hex()

    def is_ticket(self, take_id: str, given: str) -> bool:
        """Return whether this is the ticket of a take; takes as long for every wrong one."""
        if not (self.folder / SECRET).exists():
            return False  # none was given; asking makes no file
        return hmac.compare_digest(given.encode(), self.ticket(take_id).encode())

    def _about(self, take_id: str) -> Path:
        return self.folder / f"{_checked(take_id)}.json"


def _sum_up(plain: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _place_once(temporary: Path, path: Path) -> None:
    """Give a file its name unless another process was first."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        temporary.replace(path)
        return
    temporary.unlink()


def _checked(take_id: str) -> str:
    if TAKE_ID.fullmatch(take_id) is None:
        raise ValueError(f"the id of a take is 32 hexadecimal digits: {take_id!r}")
    return take_id
