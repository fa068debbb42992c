"""One recording and its transcript to one report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.answer import Answer
from analysis.fillers import label_filler_words
from analysis.finding import Band
from analysis.findings import findings, nothing_said
from analysis.groups import groups
from analysis.pace import pace_curve
from analysis.pauses import pauses, response, response_time
from analysis.quality import quality_notes
from analysis.question import AskedQuestion
from analysis.repetition import label_repetitions
from analysis.report import Report
from analysis.takeaways import NOTHING_SAID, next_step, strength
from analysis.targets import bands_for
from speech.recording import Recording
from speech.transcript import Transcript


def analyze(
    recording: Recording,
    transcript: Transcript,
    question: AskedQuestion | None = None,
    bands: Mapping[str, Band] | None = None,
) -> Report:
    """Measure one answer; `bands` by key of the measure take the place of the default ones.

    Nothing said, that is no voice or not one word or filler sound, is decided here once: every finding is there and
    undefined, there is no strength, and the next step says that nothing was heard.
    """
    transcript = replace(transcript, words=label_repetitions(label_filler_words(transcript.words)))
    used = bands_for(question.kind if question else None, bands)
    said = response(transcript) if response_time(transcript) else None
    quality = quality_notes(recording, transcript)
    if said is None:
        found, keep, change = nothing_said(used), None, NOTHING_SAID
    else:
        found = findings(Answer(recording, transcript, said, question, used))
        change = next_step(found, quality, said.duration)
        keep = strength(found, change)
    return Report(
        name=recording.name,
        digest=recording.digest,
        duration=recording.duration,
        response=said,
        question=question,
        words=transcript.words,
        possible_fillers=transcript.possible_fillers,
        pauses=pauses(transcript),
        pace=pace_curve(transcript),
        findings=found,
        groups=groups(found),
        quality=quality,
        strength=keep,
        next_step=change,
        model=transcript.model,
        settings=transcript.settings,
    )
