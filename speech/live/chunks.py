"""Cutting sound into chunks while it comes in, each ready to be recognised on its own.

Whatever is decided here looks at the sound up to a chunk's end only: its level, whether it lacks a fundamental, what
the detector remembers. So a chunk is the same whether the sound comes in blocks of a tenth of a second or as a whole.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from speech.audio.recording import SAMPLE_RATE, Recording, Samples
from speech.audio.signal import Floats, from_decibels, measure_frame_power
from speech.live.cut_rule import RULE, CutRule, OpenChunk
from speech.live.filtering import ListeningFilters, Versions
from speech.vad.detector import FRAME_SAMPLES, FRAME_SECONDS, Memory, Probabilities, detect, hysteresis
from speech.vad.fundamental import is_believed, is_missing_fundamental
from speech.vad.preprocessing import TARGET_LEVEL_DBFS, Counts, compute_gain, count_levels, no_levels

FRAMES = 4  # that the detector is given at a time
MIN_FAINTER = 4.0  # times, 12 dB, that a chunk is fainter than what came before it, to be heard at its own level
LOUD_POWER = float(from_decibels(TARGET_LEVEL_DBFS - 12.0))  # of a frame in which a voice would be heard
SURELY_NONE = 0.2  # probability of voice
SURE_PROBABILITY = 0.8  # of voice in a frame
MIN_FOUND = round(0.8 / FRAME_SECONDS)  # frames with a sure voice that its own level has to bring
MAX_FOUND_BEFORE = 0.8  # of these, that there may have been without
RECENT = round(3.0 / FRAME_SECONDS / FRAMES)  # steps of the last 3 s
FORESEEN = round(0.7 / FRAME_SECONDS)  # frames of silence after which a chunk is decoded in advance


@dataclass(frozen=True, eq=False)
class Chunk:
    """A stretch of sound as it's listened to, and the detector's probability of voice for each of its frames."""

    begin: int  # sample of the recording
    recording: Recording  # times in it begin with the chunk
    probabilities: Probabilities

    @property
    def key(self) -> tuple[int, int]:
        """What tells it from other chunks of the same recording."""
        return self.begin, len(self.recording.samples)

    @property
    def start(self) -> float:
        """When it begins, in seconds from the start of the recording."""
        return self.begin / SAMPLE_RATE


@dataclass(frozen=True, eq=False)
class _Frame:
    """One frame of the open chunk; the last one of a recording may be shorter."""

    plain: Samples
    restored: Samples
    power: float
    low_power: float
    is_voice: bool  # as heard at once, for the cut; a closed chunk is listened to again at its own level


@dataclass(frozen=True, eq=False)
class _Past:
    """What is remembered of all closed chunks."""

    begin: int = 0  # sample at which the open chunk begins
    levels: Counts = field(default_factory=no_levels)
    power: float = 0.0  # sums over all frames
    low_power: float = 0.0
    memory: Memory = field(default_factory=Memory)
    restored_memory: Memory = field(default_factory=Memory)
    heard: float = 0.0  # sums of the probabilities, of chunks that were heard both ways
    restored: float = 0.0


class ChunkCutter:
    """Takes sound at 16 kHz in blocks of any size and gives chunks; every sample belongs to one of them.

    Args:
        rule: where it cuts.
        condition: whether rumble is taken away and the level made one.
        restore_fundamental: whether a fundamental that is missing is brought back for the detector.
    """

    def __init__(self, rule: CutRule = RULE, *, condition: bool = True, restore_fundamental: bool = True) -> None:
        self._rule = rule
        self._condition = condition
        self._restores = restore_fundamental
        self._filters = ListeningFilters(remove_rumble=condition)
        self._past = _Past()
        self._frames: list[_Frame] = []  # of the open chunk
        self._open = OpenChunk(rule)
        self._foreseen: dict[tuple[int, int], tuple[Chunk, _Past]] = {}  # by their keys, from the open chunk on
        self._recent: deque[Counts] = deque(maxlen=RECENT)  # of the last seconds
        self._levels = no_levels()  # of all sound so far, and so are these:
        self._power = self._low_power = 0.0
        self._memory, self._restored_memory = Memory(), Memory()
        self._is_voice = False

    def feed(self, samples: Samples) -> list[Chunk]:
        """Return the chunks that this sound closes."""
        return self._take(self._filters.feed(samples))

    def foresee(self) -> list[Chunk]:
        """Return the chunks that `finish` will give where the voice doesn't come again, as far as they are certain."""
        split, ends = self._open.split, [] if self._open.silence < FORESEEN else [self._open.end]
        past, begin, chunks = self._past, 0, list[Chunk]()
        for end in [*([] if split is None else [split]), *ends]:
            chunk, past = self._close(past, begin, end)
            chunks.append(chunk)
            begin = end
        return chunks

    def finish(self) -> list[Chunk]:
        """Return the last chunks, when there is no more sound."""
        chunks = self._take(self._filters.finish())
        if self._open.split is not None:
            left = self._frames[self._open.split :]
            chunks.append(self._cut(self._open.split))
            chunks.extend(chunk for frame in left for chunk in self._add(frame))
        if self._open.silence:
            left = self._frames[self._open.end :]
            chunks.append(self._cut(self._open.end))
            self._frames = left
        if self._frames:
            chunks.append(self._cut(len(self._frames)))
        return chunks

    def _take(self, sound: Versions) -> list[Chunk]:
        return [
            chunk
            for begin in range(0, len(sound.plain), FRAME_SAMPLES * FRAMES)
            for frame in self._listen(sound.cut(begin, begin + FRAME_SAMPLES * FRAMES))
            for chunk in self._add(frame)
        ]

    def _listen(self, sound: Versions) -> Iterator[_Frame]:
        """Some frames, with what is heard in them at the level of all sound so far."""
        power, low_power = _frame_power(sound.plain), _frame_power(sound.low)
        self._levels = self._levels + count_levels(power)
        self._power += float(power.sum())
        self._low_power += float(low_power.sum())
        peak = float(np.abs(sound.plain).max())
        # Before the first word the level is not known; a silence made loud must not make that word deafening.
        self._recent.append(count_levels(power))
        factor = np.float32(min(self._choose_gain(), 1 / peak) if self._condition and peak else 1)
        heard, self._memory = detect(sound.plain * factor, self._memory)
        if self._restores and is_missing_fundamental(self._low_power, self._power):
            restored, self._restored_memory = detect(sound.restored * factor, self._restored_memory)
            heard = np.maximum(heard, restored)
        is_voice = hysteresis(heard, is_voice=self._is_voice)
        self._is_voice = bool(is_voice[-1])
        for index in range(len(power)):
            at = slice(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES)
            yield _Frame(
                sound.plain[at], sound.restored[at], float(power[index]), float(low_power[index]), bool(is_voice[index])
            )

    def _choose_gain(self) -> float:
        """Return the gain of all sound so far; where something far louder has ended, that of what came since."""
        whole, recent = compute_gain(self._levels), compute_gain(np.sum(self._recent, axis=0))
        return recent if len(self._recent) == RECENT and recent >= MIN_FAINTER * whole else whole

    def _add(self, frame: _Frame) -> Iterator[Chunk]:
        """Put a frame to the open chunk; what stays after a cut begins the next one."""
        waiting = deque([frame])
        while waiting:
            self._frames.append(waiting.popleft())
            at = self._open.add(self._frames[-1].is_voice, self._frames[-1].power)
            if at is not None:
                waiting.extendleft(reversed(self._frames[at:]))
                yield self._cut(at)

    def _cut(self, at: int) -> Chunk:
        chunk, self._past = self._close(self._past, 0, at)
        self._frames, self._open = [], OpenChunk(self._rule, self._past.begin // FRAME_SAMPLES)
        self._foreseen = {key: known for key, known in self._foreseen.items() if key[0] >= self._past.begin}
        return chunk

    def _close(self, past: _Past, begin: int, end: int) -> tuple[Chunk, _Past]:
        """The frames of the open chunk from one up to another as a chunk, and what is remembered after it."""
        frames = self._frames[begin:end]
        plain = np.concatenate([frame.plain for frame in frames])
        first, key = past.begin, (past.begin, len(plain))
        if key in self._foreseen:
            return self._foreseen[key]
        levels = past.levels + count_levels(np.array([frame.power for frame in frames]))
        power = past.power + sum(frame.power for frame in frames)
        low_power = past.low_power + sum(frame.low_power for frame in frames)
        factor = np.float32(compute_gain(levels) if self._condition else 1)
        probabilities, memory = detect(plain * factor, past.memory)
        gains: Samples = np.full(len(plain), factor, np.float32)
        gain = _find_own_gain(np.array([frame.power for frame in frames]), probabilities, factor)
        if self._condition and gain.max() >= MIN_FAINTER * factor:  # louder came before: tones, another person
            own = np.repeat(gain, FRAME_SAMPLES)[: len(plain)]
            found, found_memory = detect(plain * own, past.memory)
            if _is_voice_found(found, probabilities):
                gains, probabilities, memory = own, found, found_memory
        plain *= gains
        past = replace(
            past, begin=past.begin + len(plain), levels=levels, power=power, low_power=low_power, memory=memory
        )
        if self._restores and is_missing_fundamental(low_power, power):
            sound = np.concatenate([frame.restored for frame in frames]) * gains
            restored, restored_memory = detect(sound, past.restored_memory)
            past = replace(
                past,
                restored_memory=restored_memory,
                heard=past.heard + float(probabilities.sum()),
                restored=past.restored + float(restored.sum()),
            )
            probabilities = restored if is_believed(past.restored, past.heard) else probabilities
        self._foreseen[key] = Chunk(first, Recording(plain, "a chunk", ""), probabilities), past
        return self._foreseen[key]


def _find_own_gain(power: Floats, probabilities: Probabilities, factor: np.float32) -> Samples:
    """Return for each frame of a chunk the gain it would have if the chunk were all there is, shape (frames,).

    What is loud and surely no voice, such as tones, has no say in it and stays as it is.

    Args:
        power: Mean power of each frame, shape (frames,).
        probabilities: Of voice, for each frame, at the gain that the chunk has by what came before it.
        factor: That gain.
    """
    is_noise = (power * factor**2 >= LOUD_POWER) & (probabilities[: len(power)] < SURELY_NONE)
    return np.where(is_noise, factor, np.float32(compute_gain(count_levels(power[~is_noise])))).astype(np.float32)


def _is_voice_found(found: Probabilities, before: Probabilities) -> bool:
    """Return whether sound made louder has a voice in it that was not there before, by the detector's probabilities."""
    surely = np.count_nonzero(found >= SURE_PROBABILITY)
    return bool(surely >= MIN_FOUND and np.count_nonzero(before >= SURE_PROBABILITY) < MAX_FOUND_BEFORE * surely)


def _frame_power(samples: Samples) -> Floats:
    return measure_frame_power(np.pad(samples, (0, -len(samples) % FRAME_SAMPLES)), FRAME_SAMPLES)
