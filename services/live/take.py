"""What is known of a recording while it goes on: kept as JSON beside its sound."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from analysis.question import AskedQuestion
from speech.live.spool import BYTES_PER_SAMPLE, MAX_RATE, MIN_RATE

TAKE_ID = re.compile(r"[0-9a-f]{32}")
MAX_TEXT = 4000  # characters; questions and names of devices are shorter


@dataclass(frozen=True)
class Purpose:
    """What a recording is made for, known before it begins."""

    question: AskedQuestion
    name: str  # what the recording is called: "Browser recording"
    part: str = ""  # tells recorders of one question apart: the place in a mock interview
    model: str | None = None  # by the settings of the session that records; None: whatever is set later
    language: str | None = None  # that is spoken for certain; None: to be found out

    def __post_init__(self) -> None:
        texts = (self.question.id, self.question.text, self.name, self.part, self.model or "", self.language or "")
        if any(len(text) > MAX_TEXT for text in texts):
            raise ValueError(f"should have at most {MAX_TEXT} characters")


class TakeFault(StrEnum):
    """What happened to a recording on the disk, worded to follow "the recording"."""

    SHORT = "has lost sound on the disk since it was made"
    UNREADABLE = "can't be read from the disk any more"
    CHANGED = "has changed on the disk since it was made"
    RELABELLED = "has a label that changed on the disk, so its question or its time may be wrong"


@dataclass(frozen=True)
class SoundSeal:
    """What the sound of a recording was when it was last whole."""

    size: int  # bytes, from the first on; there may be more since
    digest: str  # SHA-256 of these, as they are unencrypted


@dataclass(frozen=True)
class LiveTake:
    """A recording that has begun."""

    id: str  # 32 hexadecimal digits
    purpose: Purpose
    rate: int  # samples per second of its sound
    device: str  # what the system calls the microphone; empty where it did not say
    started_at: datetime
    stopped: bool = False  # by the user, or because it was as long as can be; all of it is on the disk then
    damaged: bool = False  # sound was lost on its way here
    clipped_share: float | None = None  # of the device's samples at full scale, where more than the sound's is known
    digest: str | None = None  # of the recording that it was submitted as, once it is
    seal: SoundSeal | None = field(default=None, compare=False)  # since nobody records it any more

    def __post_init__(self) -> None:
        if TAKE_ID.fullmatch(self.id) is None:
            raise ValueError("should be 32 hexadecimal digits")
        if not MIN_RATE <= self.rate <= MAX_RATE:
            raise ValueError(f"should have a rate between {MIN_RATE} and {MAX_RATE}")
        if len(self.device) > MAX_TEXT:
            raise ValueError(f"should have at most {MAX_TEXT} characters")

    def seconds(self, size: int) -> float:
        """Return how long so many bytes of its sound last."""
        return size / BYTES_PER_SAMPLE / self.rate
