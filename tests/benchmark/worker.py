"""One whole process for the speed comparison: start, load, transcribe a file, end.

Imports happen inside the branches, as each system's user pays for its own.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def plain(folder: str, sound: Path) -> int:
    """Plain faster-whisper: beam 5, word times, 2 threads; returns how many words it wrote."""
    from faster_whisper import WhisperModel

    whisper = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=2)
    segments, _ = whisper.transcribe(str(sound), beam_size=5, word_timestamps=True)
    return sum(len(segment.words or ()) for segment in segments)


def ours(model: str, sound: Path) -> int:
    """What the app runs, from the file to the transcript; returns how many words it wrote."""
    from speech.audio.recording import from_file
    from speech.whisper import load

    return len(load(model)(from_file(sound)).words)


if __name__ == "__main__":
    system, model, path = sys.argv[1:]
    count = {"plain": plain, "ours": ours}[system](model, Path(path))
    print(json.dumps({"words": count}))
