"""Sound that the server gives a browser from its memory, and takes back once its answer is deleted."""

from __future__ import annotations

from collections.abc import Collection

from streamlit import runtime
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

WAV = "audio/wav"


def serve_sound(sound: bytes, attempt_id: str) -> str:
    """Return the address at which a browser gets a WAV file of an attempt, while a tab shows it."""
    return runtime.get_instance().media_file_mgr.add(sound, WAV, f"listening-{attempt_id}")


def withdraw_sounds(sounds: Collection[bytes] | None) -> None:
    """Stop giving out these sounds, whichever tab still shows them; None: every sound.

    Streamlit keeps what a tab shows until that tab runs again or has been closed for minutes, and has no public way to
    end that sooner.

    Args:
        sounds: The bytes of the files.
    """
    if not runtime.exists():
        return
    manager = runtime.get_instance().media_file_mgr
    storage = manager._storage
    if not isinstance(storage, MemoryMediaFileStorage):
        return
    with manager._lock:
        for file_id in tuple(manager._file_metadata):
            file = storage.get_file(file_id)
            if file.mimetype.startswith("audio/") and (sounds is None or file.content in sounds):
                for shown in manager._files_by_session_and_coord.values():
                    for place in [place for place, shown_id in shown.items() if shown_id == file_id]:
                        del shown[place]
                manager._delete_file(file_id)
