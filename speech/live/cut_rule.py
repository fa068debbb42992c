"""Where a chunk ends, told frame by frame and never looking ahead further than the pause that ends it.

A chunk is closed at the first pause after it has become long enough for the recogniser to know the sentence; where
nobody pauses for too long, at the longest of the short silences, or at the quietest moment. Sound without a voice is
closed as well, so that what is held stays small. Where a long recording ends, the last chunk is parted at a pause, so
that its beginning was recognised already.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from speech.vad.detector import FRAME_SECONDS

MARGIN = round(0.6 / FRAME_SECONDS)  # frames of the silence around a chunk that go with it: a soft uh may be in it


def _frames(seconds: float) -> int:
    return round(seconds / FRAME_SECONDS)


@dataclass(frozen=True)
class CutRule:
    """How chunks are cut; in frames of 32 ms."""

    long_enough: int = _frames(12.0)  # from the first voice of a chunk, after which a pause ends it
    pause: int = _frames(0.5)
    longest: int = _frames(26.0)  # from there; what is longer than 20 s is recognised in pieces (asr/chunking.py)
    closure: int = _frames(0.1)  # a silence that is no pause, but better than none
    part: int = _frames(8.0)  # of a chunk at least, from its first voice, that is split off where the recording ends
    gap: int = _frames(0.3)  # a silence that it is split at
    parted_after: int = _frames(60.0)  # of the recording; a short answer's last chunk holds too many of its words
    silence: int = _frames(5.0)  # after which a chunk that is long enough is closed though the voice didn't come again
    without_voice: int = _frames(10.0)  # after which sound in which nobody spoke is closed
    before_voice: int = _frames(1.0)  # of it that is left for a voice that begins softly

    def __str__(self) -> str:
        earliest, pause, latest = (
            round(frames * FRAME_SECONDS, 1) for frames in (self.long_enough, self.pause, self.longest)
        )
        return (
            f"cut at pauses of {pause:g} s after {earliest:g} s or by {latest:g} s, the last one parted in long answers"
        )


RULE = CutRule()


class OpenChunk:
    """What is known of the frames of the open chunk: which are voice, and how loud each is.

    Args:
        rule: Where it is cut.
        begin: Frame of the recording at which it begins.
    """

    def __init__(self, rule: CutRule, begin: int = 0) -> None:
        self._rule = rule
        self._may_be_parted = begin >= rule.parted_after
        self.split: int | None = None  # frame at which it's parted if the recording ends in it
        self._count = 0
        self._first: int | None = None  # frame with voice
        self._end = 0  # of the last frame with voice
        self._silences: list[tuple[int, int]] = []  # between the first and the last frame with voice
        self._power: list[float] = []

    @property
    def silence(self) -> int:
        """How many frames of silence there are after the last voice; 0 where there was none."""
        return 0 if self._first is None else self._count - self._end

    @property
    def end(self) -> int:
        """Where the chunk ends if the voice doesn't come again for long."""
        return min(self._end + MARGIN, self._count)

    def add(self, is_voice: bool, power: float) -> int | None:
        """Count one more frame; where the chunk is to be cut, before which frame, else None."""
        if is_voice and self._first is not None and self._end < self._count:
            self._silences.append((self._end, self._count))
        began = self._first is not None
        resumed = is_voice and began and self._end < self._count
        self._count += 1
        self._power.append(power)
        if is_voice:
            self._first = self._count - 1 if self._first is None else self._first
            self._end = self._count
        return self._cut(resumed)

    def _cut(self, resumed: bool) -> int | None:
        rule = self._rule
        if self._first is None:
            return self._count - rule.before_voice if self._count >= rule.without_voice else None
        if resumed:
            begin, end = self._silences[-1]
            if end - begin >= rule.pause and end - self._first >= rule.long_enough:
                return _inside(begin, end)
            if self._may_be_parted and end - begin >= rule.gap and begin - (self.split or self._first) >= rule.part:
                self.split = _inside(begin, end)
        if self.silence >= rule.silence and self._count - self._first >= rule.long_enough:
            return self.end
        if self._count - self._first >= rule.longest:
            return self._best(self._first + rule.longest // 2)
        return None

    def _best(self, earliest: int) -> int:
        """The best cut from a frame on."""
        silences = [*self._silences, *([(self._end, self._count)] if self.silence else [])]
        late = [silence for silence in silences if silence[0] >= earliest]
        longest = max(late, key=lambda silence: silence[1] - silence[0], default=(0, 0))
        if longest[1] - longest[0] >= self._rule.closure:
            return _inside(*longest)
        smooth = np.convolve(self._power[earliest:], np.ones(self._rule.closure), mode="valid")
        return earliest + int(np.argmin(smooth)) + self._rule.closure // 2


def _inside(begin: int, end: int) -> int:
    """Where a silence is cut: in its middle, though not further from the voice before it than the margin."""
    return min((begin + end) // 2, begin + MARGIN)
