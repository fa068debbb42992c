"""Whether the recording of an answer is whole, and the digest that tells so without decoding it again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import update

from speech.audio.encoding import Damage, find_damage
from store.db import mapping
from store.db.database import Database
from store.db.tables import attempts
from store.errors import StoreError
from store.files import Recordings

MISSING = "is gone"
RELABELLED = "has changed since it was made, outside of its sound, which is whole"
MAX_QUESTION_CHARACTERS = 60  # of a question in a sentence


def describe_answer(row: Any) -> str:
    """Return the row of an attempt as it is named in a sentence."""
    question = str(row.question_text)
    shortened = question if len(question) <= MAX_QUESTION_CHARACTERS else f"{question[:MAX_QUESTION_CHARACTERS]}…"
    at = mapping.localize(row.recorded_at, row.zone_offset)
    return f"your answer of {at.day} {at:%B %Y, %H:%M} to “{shortened}”"


def find_sound_fault(recordings: Recordings, attempt_id: str, sound_digest: str | None) -> str | None:
    """Return what is wrong with a recording, worded to follow "the recording"; None if it is whole.

    Args:
        recordings: The recordings.
        attempt_id: The attempt.
        sound_digest: SHA-256 of the file when it was whole; None if that is not known.
    """
    return read_sound(recordings, attempt_id, sound_digest)[1]


def read_sound(recordings: Recordings, attempt_id: str, sound_digest: str | None) -> tuple[bytes | None, str | None]:
    """Return a recording and what is wrong with it: no bytes if nothing of it can be read, no words if it is whole."""
    if not recordings.has(attempt_id):
        return None, MISSING
    try:
        data = recordings.read(attempt_id)
    except StoreError:
        return None, Damage.UNREADABLE.value
    if sound_digest is not None and hashlib.sha256(data).hexdigest() == sound_digest:
        return data, None  # hundreds of times faster than to decode it
    damage = find_damage(data)
    if damage is None and sound_digest is not None:
        return data, RELABELLED
    return (None if damage is Damage.UNREADABLE else data), damage and damage.value


def seal_recordings(database: Database, found_whole: Sequence[tuple[str, str]]) -> None:
    """Note the digests of recordings that were found whole, so that they need not be decoded again.

    Args:
        database: The database.
        found_whole: Ids of attempts, and the SHA-256 of their recordings' files.
    """
    if not found_whole:
        return
    with database.begin_write() as connection:
        for attempt_id, digest in found_whole:
            connection.execute(update(attempts).where(attempts.c.id == attempt_id).values(sound_digest=digest))
