"""How long an answer is, and how soon it comes to the point.

Conventions: the point is the first clause that answers the question. Whether a clause answers is
judged by the words that remain once common words, courtesies, thinking aloud and the words of the
question are removed. This is a rule of thumb over words, not an understanding of the answer.
Without a question there is no point to find: None.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from analysis.finding import Band, Finding, Source
from analysis.measures.measure import (
    COACHING_ADVICE,
    NO_ACT_RANGE,
    Answer,
    Display,
    Family,
    Goal,
    Measure,
    Measurement,
    Remedy,
    Theme,
)
from analysis.measures.response import compute_response_time, find_response
from analysis.question import AskedQuestion, QuestionKind
from analysis.text.clauses import has_sentence_end, normalise_word, split_clauses, split_sentences
from analysis.text.word_lists import STOP_WORDS, make_word_set
from speech.segment import Segment
from speech.transcript import Transcript, Word, WordKind

INTERVIEW_GUIDES = Source(
    "Interview guides",
    "Guides give lengths like this one, direct and just detailed enough; no study of the best length was found.",
    is_evidence=False,
)
POINT_BAND = Band(fine=(None, 15), watch=NO_ACT_RANGE, source=COACHING_ADVICE)
MIN_NEW_WORDS = 2  # content words that make a clause say something, whoever it speaks of
LENGTHENING_FACTOR = 1.5  # times the present length, which a speaker can steer
SHORTENING_FACTOR = 0.75  # times the present length

_SUBJECTS = make_word_set("i i'm i've i'd i'll my we we're we've we'd our me myself mine us it it's")
_PREAMBLE_WORDS = make_word_set(
    """actually alright anyway appreciate ask asked asking absolutely basically begin beginning certainly chance come
    day definitely difficult easy evening everybody everyone excited fine first glad go going good great guess
    happy hard hello here hey hi honestly honor hear hope interesting interview know like literally little look
    lot love lovely make mean meet mind minute moment morning much name nice obviously of ok okay opportunity
    perfect please pleased pleasure probably question questions quick quickly really right say second see sense
    shall share so sorry start suppose sure talk tell thank thanks thing things think thinking thought time
    today tough tricky try understand want well wonderful wow yeah yep yes you"""
)
_PREAMBLE_PATTERN = re.compile(
    r"thank you|thanks for|(?:great|good|interesting|tough|hard|difficult|tricky|excellent|fair) (?:question|one)"
    r"|(?:glad|nice|happy) (?:that )?you asked|let me (?:think|see|start|begin|tell)|let's see|where (?:do|should) i"
    r"|give me a (?:second|moment|minute)|my name is|nice to meet|pleasure to|happy to be here|for having me"
    r"|to answer (?:your|the|that) question|could you repeat|come to mind|off the top of my head"
    r"|how (?:do|should) i put"
)
_QUESTION_PATTERN = re.compile(
    r"(?:^|\b)(?:what|how|who|where|when|why|which|could you|can you|would you|do you|does|is there|are there)\b"
    r"|wonder|curious|like to know|want to know|wanted to ask|interested to hear"
)
_WORD_ENDINGS = re.compile(r"(?:'s|ies|ing|ed|es|s|e|y)$")


def compute_answer_length(transcript: Transcript) -> float | None:
    """Return T_resp, the seconds from the first to the last voiced moment; None when nothing was said."""
    return compute_response_time(transcript)


def compute_time_to_the_point(transcript: Transcript, question: AskedQuestion | None) -> float | None:
    """Return the seconds from the first voice to the first clause that answers the question.

    None if nothing was said, no question is known, or no clause answers it.
    """
    whole, found = find_response(transcript), find_point(transcript, question)
    return None if whole is None or found is None else max(0.0, found.start - whole.start)


def find_point(transcript: Transcript, question: AskedQuestion | None) -> Segment | None:
    """Return the span of the first clause that answers the question; None without a question or such a clause."""
    if question is None:
        return None
    spoken = [word for word in transcript.words if word.kind is WordKind.WORD]
    units = split_sentences(spoken) if question.kind is QuestionKind.CLOSING else split_clauses(spoken)
    for unit in units:
        if is_answer(unit, question):
            return Segment(unit[0].start, unit[-1].end)
    return None


def is_answer(words: Sequence[Word], question: AskedQuestion) -> bool:
    """Return whether a clause answers the question.

    To a closing question ("do you have any questions for us?"), asking something back is the answer.
    """
    text = " ".join(normalise_word(word) for word in words)
    is_question = has_sentence_end(words[-1]) and "?" in words[-1].text
    if question.kind is QuestionKind.CLOSING:
        return (
            bool(_QUESTION_PATTERN.search(text))
            and bool(_find_new_stems(text, question) or is_question)
            and not _PREAMBLE_PATTERN.search(text)
        )
    if is_question or _PREAMBLE_PATTERN.search(text):
        return False
    new = len(_find_new_stems(text, question))
    spoken = set(text.split())
    about = spoken & _SUBJECTS or {_stem(word) for word in spoken} & _find_content_stems(question.text)
    return new >= MIN_NEW_WORDS or (new == 1 and bool(about))


def _find_new_stems(text: str, question: AskedQuestion) -> set[str]:
    """Return the stems of the content words that belong neither to the preamble nor to the question."""
    words = {word for word in text.split() if word not in _PREAMBLE_WORDS}
    return {_stem(word) for word in words - STOP_WORDS} - _find_content_stems(question.text)


def _find_content_stems(text: str) -> set[str]:
    words = set(re.findall(r"[\w']+", text.lower().replace("’", "'")))
    return {_stem(word) for word in words - STOP_WORDS}


def _stem(word: str) -> str:
    """Return a word without its commonest endings, so that "challenges" equals "challenge".

    Stems are only compared, never shown.
    """
    return _WORD_ENDINGS.sub("", word) if len(word) > 4 else word


def make_length_band(low: float, high: float, source: Source = INTERVIEW_GUIDES) -> Band:
    """Return the band for an answer that should last `low` to `high` seconds."""
    # Twice as long or half as short as advised is where a listener surely notices; advice like the rest.
    return Band(fine=(low, high), watch=(low / 2, high * 2), source=source)


def _describe_answer_length(answer: Answer) -> Measurement:
    length = f"{answer.seconds:.0f} s" if answer.seconds >= 10 else f"{answer.seconds:.1f} s"
    detail = f"The answer lasted {length}, from the first to the last sound of the voice."
    return Measurement(answer.seconds, detail, moments=(answer.response,))


def _describe_time_to_the_point(answer: Answer) -> Measurement:
    value = compute_time_to_the_point(answer.transcript, answer.question)
    found = find_point(answer.transcript, answer.question)
    if answer.question is None:
        return Measurement(None, "Whether an answer comes to the point depends on its question, and none was chosen.")
    if value is None or found is None:
        return Measurement(None, "No clause was heard that clearly answers the question.")
    return Measurement(
        value, f"The first clause that answers the question begins after {value:.0f} s.", moments=(found,)
    )


def _ask_to_shorten(finding: Finding, bound: float, _seconds: float) -> Goal:
    most = math.ceil(max(bound, (finding.value or 0) * SHORTENING_FACTOR))
    return Goal(f"an answer of at most {most} s", high=most)


def _ask_to_lengthen(finding: Finding, bound: float, _seconds: float) -> Goal:
    least = math.floor(min(bound, (finding.value or bound) * LENGTHENING_FACTOR))
    return Goal(f"an answer of at least {least} s", low=least)


def _ask_to_answer_sooner(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal(f"the sentence that answers the question within the first {bound:g} s", high=bound)


ANSWER_LENGTH = Measure(
    "answer_length",
    "Answer length",
    "s",
    "How long your answer lasted, from your first to your last sound. What is fitting depends on the kind of question.",
    "T_resp",
    INTERVIEW_GUIDES,
    _describe_answer_length,
    band=make_length_band(60, 120),
    band_by_kind={
        QuestionKind.SCREENING: make_length_band(30, 90),
        QuestionKind.ABOUT_YOU: make_length_band(60, 90),
        QuestionKind.BEHAVIOURAL: make_length_band(60, 120),
        QuestionKind.TECHNICAL: make_length_band(90, 180),
        QuestionKind.MOTIVATION: make_length_band(60, 120),
        QuestionKind.CLOSING: make_length_band(20, 90),
    },
    priority=40,
    theme=Theme.CONCISE,
    kin="length",
    praise="A fitting length",
    if_below=Remedy(_ask_to_lengthen, "Speak for at least {low:g} s: add one example with what came of it."),
    if_above=Remedy(_ask_to_shorten, "Land in {high:g} s: say what came of it, then stop."),
    shown_in={Display.CARDS: 50, Display.TABLE: 40},
)
LENGTH: Family = (
    ANSWER_LENGTH,
    Measure(
        "time_to_the_point",
        "Time to the point",
        "s",
        "How long it took until the first sentence that answers the question, after greetings and preamble.",
        "start of the first answering sentence - first voiced moment",
        COACHING_ADVICE,
        _describe_time_to_the_point,
        band=POINT_BAND,
        priority=60,
        theme=Theme.CONCISE,
        kin="length",
        praise="The point comes early",
        if_above=Remedy(_ask_to_answer_sooner, "Make the first sentence the answer."),
        shown_in={Display.CARDS: 60, Display.MOCK_SUMMARY: 40},
    ),
)
