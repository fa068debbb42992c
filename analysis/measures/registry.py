"""Every measure of a report: its name, unit, formula, meaning, source, and default band.

Letters in formulas: W spoken words without filler sounds, numbers as they are spoken; S their syllables; T_resp seconds
from the first to the last voiced moment; P silent pauses of 0.25 s or more in it, from voice activity;
T_speech = T_resp - sum(P); F_s filler sounds; F_w filler words in filler use.
"""

from __future__ import annotations

from collections.abc import Mapping

from analysis.finding import Band, Measure
from analysis.measures import bands, sources
from analysis.measures.bands import answer_length_band
from analysis.question import QuestionKind

__all__ = ["MEASURES", "answer_length_band", "bands_for"]

_PACE = (
    Measure(
        "speaking_rate",
        "Speaking rate",
        "words/min",
        "How many words you said in a minute, pauses included. Numbers count as they are spoken; um and uh do not.",
        "60 W / T_resp",
        sources.FEILER_POWELL,
        bands.SPEAKING_RATE,
    ),
    Measure(
        "articulation_rate",
        "Articulation rate",
        "syllables/s",
        "How fast you spoke while you were speaking, pauses left out. It differs by dialect, age and person, so "
        "compare it with your own earlier answers.",
        "S / T_speech",
        sources.AMIR,
        decimals=1,
    ),
    Measure(
        "articulation_rate_words",
        "Articulation rate in words",
        "words/min",
        "How many words you said in a minute of actual speech, pauses left out. Compare it with your own earlier "
        "answers.",
        "60 W / T_speech",
        sources.DEFINITION,
    ),
    Measure(
        "steady_pace",
        "Time outside a steady pace",
        "s",
        "How many seconds belong to stretches of 10 seconds or more that ran clearly too fast or too slow.",
        "sum of stretches of 10 s or more whose pace, in windows of 15 s of which the voiced time counts, is outside "
        "the speaking rate's range",
        sources.PRACTICE,
        bands.STEADY_PACE,
    ),
)

_FILLERS = (
    Measure(
        "filler_sounds",
        "Filler sounds",
        "per min",
        "How many sounds such as um, uh and er were heard in a minute. On real recordings with known truth about one "
        "in five was not heard, so the true number may be a little higher.",
        "60 F_s / T_resp",
        sources.LASKE,
        bands.FILLER_SOUNDS,
        decimals=1,
    ),
    Measure(
        "filler_words",
        "Filler words",
        "per min",
        "How many words such as like, so or you know were heard in a minute, counted only where they fill and mean "
        "nothing. Filler words that you named in the settings are counted wherever you said them.",
        "60 F_w / T_resp",
        sources.LASKE,
        bands.FILLER_WORDS,
        decimals=1,
    ),
    Measure(
        "filler_density",
        "Filler density",
        "per 100 words",
        "How many of every 100 things you said were filler sounds or filler words.",
        "100 (F_s + F_w) / (W + F_s + F_w), W here without the filler words",
        sources.READ_AI,
        bands.FILLER_DENSITY,
        decimals=1,
    ),
    Measure(
        "filler_cluster",
        "Filler clusters",
        "clusters",
        "How many times three or more fillers came within ten seconds.",
        "groups of 3 or more fillers within 10 s",
        sources.COACHING_ADVICE,
        bands.FILLER_CLUSTER,
    ),
)

_PAUSES = (
    Measure(
        "pause_count",
        "Pauses",
        "pauses",
        "How many silences of a quarter of a second or more lay inside your answer. Pauses are normal and useful.",
        "number of P",
        sources.DEFINITION,
    ),
    Measure(
        "pause_rate",
        "Pause rate",
        "per min",
        "How many silent pauses you made in a minute.",
        "60 P / T_resp",
        sources.DEFINITION,
        decimals=1,
    ),
    Measure(
        "mean_pause",
        "Mean pause",
        "s",
        "How long your silent pauses were on average.",
        "sum(P) / number of P",
        sources.LIU,
        decimals=2,
    ),
    Measure(
        "longest_pause",
        "Longest pause",
        "s",
        "How long your longest silence lasted. Up to 1 second is natural, up to 2 seconds is thinking; over 4 seconds "
        "a listener may think the thread is lost.",
        "max(P)",
        sources.COACHING_ADVICE,
        bands.LONGEST_PAUSE,
        decimals=1,
    ),
    Measure(
        "pause_placement",
        "Pauses inside a clause",
        "share",
        "Which share of your pauses of half a second or more broke into the middle of a clause. Pauses between clauses "
        "help the listener.",
        "P of 0.5 s or more inside a clause / P of 0.5 s or more",
        sources.KAHNG,
        bands.PAUSE_PLACEMENT,
        decimals=2,
    ),
    Measure(
        "pause_instead_of_filler",
        "Pause instead of filler",
        "share",
        "Of the moments where you took time to think, the share that was a quiet pause rather than a filler sound. "
        "Rising is good.",
        "P of 0.25-2 s / (P of 0.25-2 s + F_s)",
        sources.HABIT_REVERSAL,
        decimals=2,
    ),
    Measure(
        "phonation_ratio",
        "Share of time speaking",
        "share",
        "Which share of your answer was speech rather than pause; 0.65 to 0.90 is usual.",
        "T_speech / T_resp",
        sources.PRACTICE,
        decimals=2,
    ),
    Measure(
        "mean_length_of_run",
        "Mean length of run",
        "words",
        "How many words you said on average from one pause to the next.",
        "W / (number of P + 1)",
        sources.DEFINITION,
        decimals=1,
    ),
    Measure(
        "time_to_first_word",
        "Time to first word",
        "s",
        "How long after the recording began you started to speak. Pressing the button takes part of it.",
        "first voiced moment",
        sources.MATZINGER,
        bands.TIME_TO_FIRST_WORD,
        decimals=1,
    ),
)

_CONTENT = (
    Measure(
        "answer_length",
        "Answer length",
        "s",
        "How long your answer lasted, from your first to your last sound. What is fitting depends on the kind of "
        "question.",
        "T_resp",
        sources.INTERVIEW_GUIDES,
        bands.ANSWER_LENGTH,
    ),
    Measure(
        "time_to_the_point",
        "Time to the point",
        "s",
        "How long it took until the first sentence that answers the question, after greetings and preamble.",
        "start of the first answering sentence - first voiced moment",
        sources.COACHING_ADVICE,
        bands.TIME_TO_THE_POINT,
    ),
    Measure(
        "repetitions",
        "Repetitions and restarts",
        "times",
        'How many times you said a word or phrase again at once ("I I"), or gave one up and started anew.',
        "count of immediate repetitions and cut-offs",
        sources.PRACTICE,
    ),
    Measure(
        "hedges",
        "Hedges",
        "per 100 words",
        "How many words such as maybe or I guess soften every 100 words. Some are honest: I think can be the right "
        "thing to say.",
        "100 hedges / W",
        sources.PRACTICE,
        decimals=1,
    ),
    Measure(
        "lexical_variety",
        "Variety of words",
        "share",
        "Which share of any 50 words in a row are different words, averaged over the answer.",
        "MATTR-50: mean of distinct words / 50 over every window of 50 words",
        sources.NAIM,
        decimals=2,
    ),
    Measure(
        "outcome",
        "Outcome stated",
        "of 3",
        "Whether a result or a lesson learnt was heard in the answer, and a number with it. Told by wording alone: "
        "what is worded unusually is not heard.",
        "count of the kinds heard: result, number, lesson; 0 without a result or a lesson",
        sources.ACCOMPLISHMENTS,
        bands.OUTCOME,
    ),
    Measure(
        "pitch_variation",
        "Pitch variation",
        "semitones",
        "How far your voice moves up and down around its middle. Below 2 semitones it sounds rather even.",
        "standard deviation of F0 in semitones over voiced frames",
        sources.HINCKS_EDLUND,
        decimals=1,
    ),
)

MEASURES: Mapping[str, Measure] = {measure.key: measure for measure in (*_PACE, *_FILLERS, *_PAUSES, *_CONTENT)}


def bands_for(kind: QuestionKind | None, own: Mapping[str, Band] | None = None) -> dict[str, Band]:
    """By measure, the bands that answers to a kind of question are judged by; the user's own take precedence.

    Raises ValueError for own bands of measures that do not exist.
    """
    used = {key: measure.band for key, measure in MEASURES.items() if measure.band is not None}
    length = answer_length_band(kind)
    if length is not None:
        used["answer_length"] = length
    if kind is QuestionKind.CLOSING:
        del used["outcome"]  # one's own questions to the interviewer have no result to tell
    unknown = (own or {}).keys() - MEASURES.keys()
    if unknown:
        raise ValueError(f"bands for measures that do not exist: {', '.join(sorted(unknown))}")
    return used | dict(own or {})
