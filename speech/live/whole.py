"""The chunks of a whole recording and the voice in them, as a live recogniser has them: for training and trying out."""

from __future__ import annotations

from collections.abc import Iterator

from speech.audio.recording import Recording
from speech.live.chunks import Chunk, ChunkCutter
from speech.segment import Segment
from speech.vad.detector import merge_segments, place_voice


def chunks(recording: Recording, *, condition: bool = True) -> Iterator[Chunk]:
    """Yield the chunks of a recording; `condition` as for ChunkCutter."""
    cutter = ChunkCutter(condition=condition)
    yield from cutter.feed(recording.samples)
    yield from cutter.finish()


def voiced(recording: Recording, *, condition: bool = True) -> tuple[Segment, ...]:
    """Return the voiced stretches of a recording in time order."""
    return merge_segments(
        Segment(span.start + chunk.start, span.end + chunk.start)
        for chunk in chunks(recording, condition=condition)
        for span in place_voice(chunk.recording, chunk.probabilities)
    )
