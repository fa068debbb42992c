"""Recordings with known filled pauses, word times and speakers."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from speech.audio.recording import Recording, from_file
from speech.fillers.filled_pauses import is_filled_pause
from speech.segment import Segment

UNSURE_MARGIN_SECONDS = 0.2  # s around a disputed filler, or another person's voice, that teaches nothing

# One person spoke several clips: they are left out together. All others speak one clip each.
SAME_SPEAKER = {"g01": "mfa", "g02": "mfa", "m01": "mfa", "m03": "mfa", "m04": "mfa"}
CLIPS_WITHOUT_SPEECH = ("z01", "z04", "z06")  # room, silence, music: everything in them is no filler
OTHER_VOICES = {"g06": (Segment(11.0, 11.8),), "g07": (Segment(8.1, 8.9),)}  # another person's "mm-hmm", by their truth


@dataclass(frozen=True, eq=False)
class Clip:
    """A recording with its ground truth."""

    name: str
    speaker: str
    recording: Recording
    fillers: tuple[Segment, ...]
    words: tuple[tuple[str, Segment], ...]  # all others
    unsure: tuple[Segment, ...]  # neither learned from nor counted
    is_synthetic: bool = False


def load_real_clips(folder: Path) -> tuple[Clip, ...]:
    """Load the clips that have word times, and those without speech."""
    names = sorted(path.stem for path in folder.glob("*.json"))
    truths = {name: _load_truth(folder / f"{name}.json") for name in names}
    return tuple(
        _load_clip(folder, name, find_speaker(name), truth)
        for name, truth in truths.items()
        if truth.get("words") or name.startswith(CLIPS_WITHOUT_SPEECH)
    )


def load_synthetic_clips(folder: Path) -> tuple[Clip, ...]:
    """Load synthetic speech made by `samples`, each voice a speaker of its own."""
    found = ((path.stem, _load_truth(path)) for path in sorted(folder.glob("*.json")))
    return tuple(
        replace(_load_clip(folder, name, f"voice {truth['voice']}", truth), is_synthetic=True) for name, truth in found
    )


def _load_truth(path: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return truth


def find_speaker(name: str) -> str:
    """Return who speaks in a clip of the real recordings, by the clip's name."""
    short = name.split("_")[0]
    return SAME_SPEAKER.get(short, short)


def _load_clip(folder: Path, name: str, speaker: str, truth: dict[str, Any]) -> Clip:
    said = [(word["w"], Segment(word["start"], word["end"])) for word in truth.get("words", ())]
    disputed = [
        Segment(max(0.0, one["start"] - UNSURE_MARGIN_SECONDS), one["end"] + UNSURE_MARGIN_SECONDS)
        for one in truth.get("uncertain_fillers", ())
    ]
    others = OTHER_VOICES.get(name.split("_")[0], ())
    return Clip(
        name,
        speaker,
        from_file(folder / f"{name}.flac"),
        fillers=tuple(span for text, span in said if is_filled_pause(re.sub(r"[^\w-]", "", text))),
        words=tuple((text, span) for text, span in said if not is_filled_pause(re.sub(r"[^\w-]", "", text))),
        unsure=(*disputed, *others),
    )
