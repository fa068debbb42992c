"""Make a report from a recording and its transcript."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from analysis.feedback.priority import group_by_theme
from analysis.feedback.takeaways import NO_VOICE_FOUND, NOTHING_SAID, choose_next_step, choose_strength
from analysis.finding import Band, Finding, Verdict
from analysis.measures.fillers.labelling import label_filler_words
from analysis.measures.fillers.own_fillers import add_own_fillers, normalise_phrases
from analysis.measures.measure import Answer, Measurement, Sound
from analysis.measures.pace_curve import compute_pace_curve
from analysis.measures.pitch import Tracks
from analysis.measures.registry import MEASURES, choose_bands
from analysis.measures.repetition import label_repetitions
from analysis.measures.response import compute_response_time, find_pauses, find_response
from analysis.measures.sound import from_recording
from analysis.measures.stutter import STUTTER_NOTE, choose_fair_bands, drop_uncounted_sounds, leave_uncounted
from analysis.quality import LITTLE_SPEECH, NO_VOICE
from analysis.question import AskedQuestion
from analysis.report import Report
from speech.audio.recording import Recording
from speech.segment import Segment
from speech.transcript import Transcript

NO_SPEECH_DETAIL = "We couldn't hear any speech."


def analyze(
    recording: Recording,
    transcript: Transcript,
    question: AskedQuestion | None = None,
    bands: Mapping[str, Band] | None = None,
    own_filler_words: Sequence[str] = (),
    known_pitch: Tracks | None = None,
    *,
    stutters: bool = False,
) -> Report:
    """Measure one answer; `bands` by key of the measure take the place of the default ones.

    `own_filler_words` are words and phrases that count as filler words wherever they are said; the report's settings
    name them. `known_pitch` is the F0 of voiced stretches where it was measured while they were spoken. `stutters`
    leaves ums and uhs, restarts and pauses uncounted, for people who stutter.

    Nothing said, that is no voice or not one word or filler sound, is decided here once: every finding is there and
    undefined, there is no strength, and the next step says that nothing was heard.
    """
    return make_report(
        from_recording(recording, transcript, known_pitch),
        transcript,
        question,
        bands,
        own_filler_words,
        stutters=stutters,
    )


def make_report(
    sound: Sound,
    transcript: Transcript,
    question: AskedQuestion | None = None,
    bands: Mapping[str, Band] | None = None,
    own_filler_words: Sequence[str] = (),
    meant: Collection[Segment] = (),
    *,
    stutters: bool = False,
) -> Report:
    """Make the report of a transcript and of what was measured from its sound.

    Args:
        sound: What was measured from the recording.
        transcript: The words and the voice.
        question: The question that was answered; None: not known.
        bands: By measure key, bands that replace the default ones.
        own_filler_words: Words and phrases that count as filler words wherever they are said.
        meant: Times of words that the user has marked as meaningful; they never count as filler words.
        stutters: Whether the speaker stutters, so that ums and uhs, restarts and pauses stay uncounted.
    """
    own, sound = normalise_phrases(own_filler_words), _allow_short_answer(sound, question)
    words = label_filler_words(transcript.words, own, meant)
    words = drop_uncounted_sounds(words) if stutters else label_repetitions(words)
    settings = add_own_fillers(transcript.settings + STUTTER_NOTE * stutters, own_filler_words)
    transcript = replace(
        transcript,
        words=words,
        possible_fillers=() if stutters else transcript.possible_fillers,
        settings=settings,
    )
    used = choose_bands(question.kind if question else None, bands)
    said = find_response(transcript) if compute_response_time(transcript) else None
    if said is None:
        is_loud = any(note.key == NO_VOICE for note in sound.quality)
        found, keep, change = make_undefined_findings(used), None, NO_VOICE_FOUND if is_loud else NOTHING_SAID
    else:
        answer = Answer(sound, transcript, said, question, used, own)
        found = make_findings(answer, choose_fair_bands(used, bands) if stutters else used)
        found = leave_uncounted(found) if stutters else found
        change = choose_next_step(found, sound.quality, said.duration, words, question)
        keep = choose_strength(found, change, words, question)
    return Report(
        name=sound.name,
        digest=sound.digest,
        duration=sound.duration,
        response=said,
        question=question,
        words=transcript.words,
        possible_fillers=transcript.possible_fillers,
        pauses=() if stutters else find_pauses(transcript),
        pace=compute_pace_curve(transcript),
        findings=found,
        groups=group_by_theme(found),
        quality=sound.quality,
        strength=keep,
        next_step=change,
        model=transcript.model,
        settings=transcript.settings,
    )


def _allow_short_answer(sound: Sound, question: AskedQuestion | None) -> Sound:
    """Leave out the note that little was said where a sentence or two is all that was asked for."""
    if question is None or not question.is_follow_up:
        return sound
    return replace(sound, quality=tuple(note for note in sound.quality if note.key != LITTLE_SPEECH))


def make_findings(answer: Answer, bands: Mapping[str, Band]) -> tuple[Finding, ...]:
    """Return one finding for every measure, in the order of `MEASURES`, judged by bands by key of the measure."""
    return tuple(_judge(key, measure.describe(answer), bands.get(key)) for key, measure in MEASURES.items())


def make_undefined_findings(bands: Mapping[str, Band]) -> tuple[Finding, ...]:
    """Return one undefined finding for every measure, for a recording in which nothing was said."""
    return tuple(_judge(key, Measurement(None, NO_SPEECH_DETAIL), bands.get(key)) for key in MEASURES)


def _judge(key: str, measured: Measurement, band: Band | None) -> Finding:
    """Judge a value by its band.

    Without a band the verdict is INFO; without a value it is UNDEFINED, and the detail says why.
    """
    value = measured.value
    if value is None:
        return Finding(key, None, Verdict.UNDEFINED, None, measured.detail, band)
    return Finding(
        measure=key,
        value=float(value),
        verdict=band.judge(value) if band else Verdict.INFO,
        side=band.find_side(value) if band else None,
        detail=measured.detail,
        band=band,
        interval=measured.interval,
        moments=measured.moments,
    )
