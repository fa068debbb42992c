"""Which recordings a path on the command line stands for."""

from __future__ import annotations

from pathlib import Path

from speech.errors import AnswerAloudError

SOUND_FILES = frozenset(
    {".aac", ".aif", ".aiff", ".flac", ".m4a", ".mka", ".mkv", ".mov", ".mp3", ".mp4", ".oga", ".ogg", ".opus"}
    | {".wav", ".webm", ".wma"}
)


class UsageError(AnswerAloudError):
    """The command line asks for something that does not exist or cannot be done."""


def recordings(path: Path) -> list[Path]:
    """The path itself, or the sound files right inside a folder by name; raises UsageError for a folder without any."""
    try:
        inside = sorted(path.iterdir()) if path.is_dir() else None
    except OSError as error:
        raise UsageError(f"The folder {path} cannot be read ({error.strerror}). Name one that you may open.") from None
    if inside is None:
        return [path]
    found = [file for file in inside if file.suffix.lower() in SOUND_FILES and not file.name.startswith(".")]
    if not found:
        raise UsageError(f"There is no recording in the folder {path}. Name a folder with sound files in it.")
    return found
