"""Speech to text: recordings, voice activity detection, and verbatim transcripts.

The names that other programs use are listed here and imported on first use, so that `import speech`
alone is quick:

    from speech import load_recording, load_transcriber

Nothing leaves this machine: usage statistics of the libraries are switched off before they are
imported.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING

from speech.asr.memory import limit_heaps

if TYPE_CHECKING:
    from speech.audio.recording import Recording as Recording
    from speech.audio.recording import from_bytes as load_recording_bytes
    from speech.audio.recording import from_file as load_recording
    from speech.errors import AnswerAloudError as AnswerAloudError
    from speech.errors import LanguageError as LanguageError
    from speech.errors import MicrophoneError as MicrophoneError
    from speech.errors import RecordingError as RecordingError
    from speech.errors import UnexpectedError as UnexpectedError
    from speech.errors import WeightsError as WeightsError
    from speech.segment import Segment as Segment
    from speech.transcript import Transcriber as Transcriber
    from speech.transcript import Transcript as Transcript
    from speech.transcript import Word as Word
    from speech.transcript import WordKind as WordKind
    from speech.whisper import load as load_transcriber

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime otherwise looks up its maker's host some seconds after import
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

limit_heaps()  # before the libraries below start threads; app_pages/launch imports this before the server has any

__all__ = [
    "AnswerAloudError",
    "LanguageError",
    "MicrophoneError",
    "Recording",
    "RecordingError",
    "Segment",
    "Transcriber",
    "Transcript",
    "UnexpectedError",
    "WeightsError",
    "Word",
    "WordKind",
    "load_recording",
    "load_recording_bytes",
    "load_transcriber",
]

_PUBLIC_NAMES = {  # where a public name is made, and what it is called there
    "Recording": "speech.audio.recording.Recording",
    "load_recording": "speech.audio.recording.from_file",
    "load_recording_bytes": "speech.audio.recording.from_bytes",
    "AnswerAloudError": "speech.errors.AnswerAloudError",
    "LanguageError": "speech.errors.LanguageError",
    "MicrophoneError": "speech.errors.MicrophoneError",
    "RecordingError": "speech.errors.RecordingError",
    "UnexpectedError": "speech.errors.UnexpectedError",
    "WeightsError": "speech.errors.WeightsError",
    "Segment": "speech.segment.Segment",
    "Transcriber": "speech.transcript.Transcriber",
    "Transcript": "speech.transcript.Transcript",
    "Word": "speech.transcript.Word",
    "WordKind": "speech.transcript.WordKind",
    "load_transcriber": "speech.whisper.load",
}


def __getattr__(name: str) -> object:
    """Import a public name on first use (PEP 562)."""
    if name not in _PUBLIC_NAMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, made_as = _PUBLIC_NAMES[name].rpartition(".")
    globals()[name] = getattr(import_module(module), made_as)
    return globals()[name]
