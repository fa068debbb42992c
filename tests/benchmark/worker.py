"""One whole process for the speed comparison: start, load, transcribe a file, exit.

Imports are inside the functions, so that each system pays only for its own.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def transcribe_plain(folder: str, sound: Path) -> int:
    """Transcribe with plain faster-whisper (beam 5, word timestamps, 2 threads); return the word count."""
    from faster_whisper import WhisperModel

    whisper = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=2)
    segments, _ = whisper.transcribe(str(sound), beam_size=5, word_timestamps=True)
    return sum(len(segment.words or ()) for segment in segments)


def transcribe_ours(model: str, sound: Path) -> int:
    """Transcribe a file as the app does; return the word count."""
    from speech.audio.recording import from_file
    from speech.whisper import load

    return len(load(model)(from_file(sound)).words)


if __name__ == "__main__":
    system, model, path = sys.argv[1:]
    count = {"plain": transcribe_plain, "ours": transcribe_ours}[system](model, Path(path))
    print(json.dumps({"words": count}))
