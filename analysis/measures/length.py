"""How long an answer is and how soon it comes to the point.

Conventions: the point is the first clause that answers the question, judged by its words: what remains of it without
common words, courtesies, thinking aloud and the words of the question itself. It is a rule of thumb over words, not an
understanding of the answer. Without a question there is no point to come to: None.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from analysis.finding import Band, Finding, Source
from analysis.measures.measure import (
    COACHING_ADVICE,
    NO_END,
    Answer,
    Display,
    Family,
    Goal,
    Measure,
    Measured,
    Remedy,
    Theme,
)
from analysis.measures.response import compute_response_time, find_response
from analysis.question import AskedQuestion, QuestionKind
from analysis.text.clauses import clauses, ends_sentence, plain, sentences
from analysis.text.word_lists import STOP_WORDS, word_set
from speech.segment import Span
from speech.transcript import Transcript, Word, WordKind

INTERVIEW_GUIDES = Source(
    "Interview guides",
    "Guides give lengths like this one, direct and just detailed enough; no study of the best length was found.",
    is_evidence=False,
)
POINT_BAND = Band(fine=(None, 15), watch=NO_END, source=COACHING_ADVICE)
MIN_NEW_WORDS = 2  # content words that make a clause say something, whoever it speaks of
LONGER_STEP = 1.5  # times the present length, which a speaker can steer
SHORTER_STEP = 0.75  # times the present length

_SUBJECTS = word_set("i i'm i've i'd i'll my we we're we've we'd our me myself mine us it it's")
_PREAMBLE_WORDS = word_set(
    """actually alright anyway appreciate ask asked asking absolutely basically begin beginning certainly chance come
    day definitely difficult easy evening everybody everyone excited fine first glad go going good great guess
    happy hard hello here hey hi honestly honor hear hope interesting interview know like literally little look
    lot love lovely make mean meet mind minute moment morning much name nice obviously of ok okay opportunity
    perfect please pleased pleasure probably question questions quick quickly really right say second see sense
    shall share so sorry start suppose sure talk tell thank thanks thing things think thinking thought time
    today tough tricky try understand want well wonderful wow yeah yep yes you"""
)
_PREAMBLE = re.compile(
    r"thank you|thanks for|(?:great|good|interesting|tough|hard|difficult|tricky|excellent|fair) (?:question|one)"
    r"|(?:glad|nice|happy) (?:that )?you asked|let me (?:think|see|start|begin|tell)|let's see|where (?:do|should) i"
    r"|give me a (?:second|moment|minute)|my name is|nice to meet|pleasure to|happy to be here|for having me"
    r"|to answer (?:your|the|that) question|could you repeat|come to mind|off the top of my head"
    r"|how (?:do|should) i put"
)
_ASKS = re.compile(
    r"(?:^|\b)(?:what|how|who|where|when|why|which|could you|can you|would you|do you|does|is there|are there)\b"
    r"|wonder|curious|like to know|want to know|wanted to ask|interested to hear"
)
_ENDINGS = re.compile(r"(?:'s|ies|ing|ed|es|s|e|y)$")


def compute_answer_length(transcript: Transcript) -> float | None:
    """Return T_resp, the seconds from the first to the last voiced moment; None when nothing was said."""
    return compute_response_time(transcript)


def compute_time_to_the_point(transcript: Transcript, question: AskedQuestion | None) -> float | None:
    """Return the seconds from the first voice to the first clause that answers; None without either of them."""
    whole, found = find_response(transcript), find_point(transcript, question)
    return None if whole is None or found is None else max(0.0, found.start - whole.start)


def find_point(transcript: Transcript, question: AskedQuestion | None) -> Span | None:
    """Return when the first clause that answers the question was said; None without a question or such a clause."""
    if question is None:
        return None
    spoken = [word for word in transcript.words if word.kind is WordKind.WORD]
    units = sentences(spoken) if question.kind is QuestionKind.CLOSING else clauses(spoken)
    for unit in units:
        if is_answer(unit, question):
            return Span(unit[0].start, unit[-1].end)
    return None


def is_answer(words: Sequence[Word], question: AskedQuestion) -> bool:
    """Return whether a clause answers; asking back is the answer to "do you have questions for us?"."""
    text = " ".join(plain(word) for word in words)
    is_question = ends_sentence(words[-1]) and "?" in words[-1].text
    if question.kind is QuestionKind.CLOSING:
        return bool(_ASKS.search(text)) and bool(_new(text, question) or is_question) and not _PREAMBLE.search(text)
    if is_question or _PREAMBLE.search(text):
        return False
    new = len(_new(text, question))
    spoken = set(text.split())
    about = spoken & _SUBJECTS or {_stem(word) for word in spoken} & _content_stems(question.text)
    return new >= MIN_NEW_WORDS or (new == 1 and bool(about))


def _new(text: str, question: AskedQuestion) -> set[str]:
    """Return the stems of the content words that are neither preamble nor taken from the question."""
    words = {word for word in text.split() if word not in _PREAMBLE_WORDS}
    return {_stem(word) for word in words - STOP_WORDS} - _content_stems(question.text)


def _content_stems(text: str) -> set[str]:
    words = set(re.findall(r"[\w']+", text.lower().replace("’", "'")))
    return {_stem(word) for word in words - STOP_WORDS}


def _stem(word: str) -> str:
    """Return a word without its commonest endings, so that "challenges" meets "challenge"; only ever compared."""
    return _ENDINGS.sub("", word) if len(word) > 4 else word


def length_band(low: float, high: float, source: Source = INTERVIEW_GUIDES) -> Band:
    """Return the band of an answer that should take from `low` to `high` seconds."""
    # Twice as long or half as short as advised is where a listener surely notices; advice like the rest.
    return Band(fine=(low, high), watch=(low / 2, high * 2), source=source)


def _describe_answer_length(answer: Answer) -> Measured:
    length = f"{answer.seconds:.0f} s" if answer.seconds >= 10 else f"{answer.seconds:.1f} s"
    detail = f"The answer lasted {length}, from the first to the last sound of the voice."
    return Measured(answer.seconds, detail, moments=(answer.response,))


def _describe_time_to_the_point(answer: Answer) -> Measured:
    value = compute_time_to_the_point(answer.transcript, answer.question)
    found = find_point(answer.transcript, answer.question)
    if answer.question is None:
        return Measured(None, "Whether an answer comes to the point depends on its question, and none was chosen.")
    if value is None or found is None:
        return Measured(None, "No clause was heard that clearly answers the question.")
    return Measured(value, f"The first clause that answers the question begins after {value:.0f} s.", moments=(found,))


def _shorten(finding: Finding, bound: float, _seconds: float) -> Goal:
    most = math.ceil(max(bound, (finding.value or 0) * SHORTER_STEP))
    return Goal(f"an answer of at most {most} s", high=most)


def _lengthen(finding: Finding, bound: float, _seconds: float) -> Goal:
    least = math.floor(min(bound, (finding.value or bound) * LONGER_STEP))
    return Goal(f"an answer of at least {least} s", low=least)


def _answer_sooner(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal(f"the sentence that answers the question within the first {bound:g} s", high=bound)


ANSWER_LENGTH = Measure(
    "answer_length",
    "Answer length",
    "s",
    "How long your answer lasted, from your first to your last sound. What is fitting depends on the kind of question.",
    "T_resp",
    INTERVIEW_GUIDES,
    _describe_answer_length,
    band=length_band(60, 120),
    band_by_kind={
        QuestionKind.SCREENING: length_band(30, 90),
        QuestionKind.ABOUT_YOU: length_band(60, 90),
        QuestionKind.BEHAVIOURAL: length_band(60, 120),
        QuestionKind.TECHNICAL: length_band(90, 180),
        QuestionKind.MOTIVATION: length_band(60, 120),
        QuestionKind.CLOSING: length_band(20, 90),
    },
    priority=40,
    theme=Theme.CONCISE,
    kin="length",
    praise="A fitting length",
    if_below=Remedy(_lengthen, "Speak for at least {low:g} s: add one example with what came of it."),
    if_above=Remedy(_shorten, "Land in {high:g} s: say what came of it, then stop."),
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
        if_above=Remedy(_answer_sooner, "Make the first sentence the answer."),
        shown_in={Display.CARDS: 60, Display.MOCK_SUMMARY: 40},
    ),
)
