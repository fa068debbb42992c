"""What a report takes from the sound itself: from the recording, or, once that is gone, from a report made of it."""

from __future__ import annotations

from analysis.measures.measure import Measured, Sound
from analysis.measures.pitch import Tracks, describe_pitch_variation, pitch_variation
from analysis.quality import quality_notes
from analysis.report import FORMULA_VERSION, Report
from speech.audio.recording import Recording
from speech.transcript import Transcript

NOT_KEPT = "The melody was not measured: no word had been heard at first, and the recording was not kept."


def from_recording(recording: Recording, transcript: Transcript, known_pitch: Tracks | None = None) -> Sound:
    """Judge and measure a recording; of the transcript only the voice counts.

    `known_pitch` is the F0 of stretches where it was measured before.
    """
    return Sound(
        name=recording.name,
        digest=recording.digest,
        duration=recording.duration,
        quality=quality_notes(recording, transcript),
        pitch=describe_pitch_variation(pitch_variation(recording, transcript.voice, known_pitch)),
    )


def from_report(report: Report) -> Sound:
    """What a report said of the sound, to be carried over into a report of the same sound with other words."""
    pitch = report.finding("pitch_variation")
    carried = Measured(pitch.value, pitch.detail) if report.response else Measured(None, NOT_KEPT)
    return Sound(report.name, report.digest, report.duration, report.quality, carried)


def tells_all(report: Report) -> bool:
    """Whether `from_report` gives what measuring the recording again would: today's formulas, and something said."""
    return report.formula_version == FORMULA_VERSION and report.response is not None
