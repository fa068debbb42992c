"""Recordings whose fillers are known: the sound, when each word is said, who speaks."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from speech.audio.recording import Recording, from_file
from speech.fillers.filled_pauses import is_filler_sound
from speech.segment import Span

UNSURE = 0.2  # s around a disputed filler, or another person's voice, that teaches nothing

# One person spoke several clips: they are left out together. All others speak one clip each.
SAME_SPEAKER = {"g01": "mfa", "g02": "mfa", "m01": "mfa", "m03": "mfa", "m04": "mfa"}
WITHOUT_VOICE = ("z01", "z04", "z06")  # room, silence, music: everything in them is no filler
OTHER_VOICES = {"g06": (Span(11.0, 11.8),), "g07": (Span(8.1, 8.9),)}  # another person's "mm-hmm", by their truth


@dataclass(frozen=True, eq=False)
class Clip:
    """A recording with its truth."""

    name: str
    speaker: str
    recording: Recording
    fillers: tuple[Span, ...]
    words: tuple[tuple[str, Span], ...]  # all others
    unsure: tuple[Span, ...]  # neither learned from nor counted
    is_synthetic: bool = False


def real_clips(folder: Path) -> tuple[Clip, ...]:
    """The clips with word times, and those without a voice."""
    names = sorted(path.stem for path in folder.glob("*.json"))
    truths = {name: _truth(folder / f"{name}.json") for name in names}
    return tuple(
        _clip(folder, name, speaker(name), truth)
        for name, truth in truths.items()
        if truth.get("words") or name.startswith(WITHOUT_VOICE)
    )


def spoken_clips(folder: Path) -> tuple[Clip, ...]:
    """Synthetic speech made by `samples`, each voice a speaker of its own."""
    found = ((path.stem, _truth(path)) for path in sorted(folder.glob("*.json")))
    return tuple(
        replace(_clip(folder, name, f"voice {truth['voice']}", truth), is_synthetic=True) for name, truth in found
    )


def _truth(path: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return truth


def speaker(name: str) -> str:
    """Who speaks in a clip of the real recordings, by the clip's name."""
    short = name.split("_")[0]
    return SAME_SPEAKER.get(short, short)


def _clip(folder: Path, name: str, speaker: str, truth: dict[str, Any]) -> Clip:
    said = [(word["w"], Span(word["start"], word["end"])) for word in truth.get("words", ())]
    disputed = [
        Span(max(0.0, one["start"] - UNSURE), one["end"] + UNSURE) for one in truth.get("uncertain_fillers", ())
    ]
    others = OTHER_VOICES.get(name.split("_")[0], ())
    return Clip(
        name,
        speaker,
        from_file(folder / f"{name}.flac"),
        fillers=tuple(span for text, span in said if is_filler_sound(re.sub(r"[^\w-]", "", text))),
        words=tuple((text, span) for text, span in said if not is_filler_sound(re.sub(r"[^\w-]", "", text))),
        unsure=(*disputed, *others),
    )
