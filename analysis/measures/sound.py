"""Get what a report needs from the sound: from the recording, or from an earlier report once that is gone."""

from __future__ import annotations

from analysis.measures.measure import Measurement, Sound
from analysis.measures.pitch import Tracks, compute_pitch_variation, describe_pitch_variation
from analysis.quality import find_quality_notes
from analysis.report import FORMULA_VERSION, Report
from speech.audio.recording import Recording
from speech.transcript import Transcript

NO_RECORDING_DETAIL = "We couldn't analyse this, because the recording wasn't kept."


def from_recording(recording: Recording, transcript: Transcript, known_pitch: Tracks | None = None) -> Sound:
    """Judge and measure a recording; of the transcript only the voice counts.

    `known_pitch` is the F0 of stretches where it was measured before.
    """
    return Sound(
        name=recording.name,
        digest=recording.digest,
        duration=recording.duration,
        quality=find_quality_notes(recording, transcript),
        pitch=describe_pitch_variation(compute_pitch_variation(recording, transcript.voice, known_pitch)),
    )


def from_report(report: Report) -> Sound:
    """Return what a report says about the sound, for a report of the same sound with other words."""
    pitch = report.get_finding("pitch_variation")
    carried = Measurement(pitch.value, pitch.detail) if report.response else Measurement(None, NO_RECORDING_DETAIL)
    return Sound(report.name, report.digest, report.duration, report.quality, carried)


def has_current_sound(report: Report) -> bool:
    """Return whether `from_report` gives the same as measuring the recording again.

    It does if the report was made with the current formulas and something was said.
    """
    return report.formula_version == FORMULA_VERSION and report.response is not None
