"""How long an answer is and how soon it comes to the point.

Conventions: the point is the first clause that answers the question, judged by its words: what remains of it without
common words, courtesies, thinking aloud and the words of the question itself. It is a rule of thumb over words, not an
understanding of the answer. Without a question there is no point to come to: None.

Measures: answer_length, time_to_the_point; point tells which words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.measures.pauses import response, response_time
from analysis.question import AskedQuestion, QuestionKind
from analysis.text.clauses import clauses, ends_sentence, plain, sentences
from analysis.text.stop_words import STOP_WORDS
from analysis.text.word_set import word_set
from speech.segment import Span
from speech.transcript import Transcript, Word, WordKind

ENOUGH = 2  # new content words that make a clause say something, whoever it speaks of

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


def answer_length(transcript: Transcript) -> float | None:
    """T_resp: seconds from the first to the last voiced moment; None when nothing was said."""
    return response_time(transcript)


def time_to_the_point(transcript: Transcript, question: AskedQuestion | None) -> float | None:
    """Seconds from the first voice to the first clause that answers; None without a question or such a clause."""
    whole, found = response(transcript), point(transcript, question)
    return None if whole is None or found is None else max(0.0, found.start - whole.start)


def point(transcript: Transcript, question: AskedQuestion | None) -> Span | None:
    """When the first clause that answers the question was said; None without a question or such a clause."""
    if question is None:
        return None
    spoken = [word for word in transcript.words if word.kind is WordKind.WORD]
    units = sentences(spoken) if question.kind is QuestionKind.CLOSING else clauses(spoken)
    for unit in units:
        if answers(unit, question):
            return Span(unit[0].start, unit[-1].end)
    return None


def answers(words: Sequence[Word], question: AskedQuestion) -> bool:
    """Whether a clause says something that answers; asking back is the answer to "do you have questions for us?"."""
    text = " ".join(plain(word) for word in words)
    is_question = ends_sentence(words[-1]) and "?" in words[-1].text
    if question.kind is QuestionKind.CLOSING:
        return bool(_ASKS.search(text)) and bool(_new(text, question) or is_question) and not _PREAMBLE.search(text)
    if is_question or _PREAMBLE.search(text):
        return False
    new = len(_new(text, question))
    spoken = set(text.split())
    about = spoken & _SUBJECTS or {_stem(word) for word in spoken} & _content_stems(question.text)
    return new >= ENOUGH or (new == 1 and bool(about))


def _new(text: str, question: AskedQuestion) -> set[str]:
    """Stems of the content words that are neither preamble nor taken from the question."""
    words = {word for word in text.split() if word not in _PREAMBLE_WORDS}
    return {_stem(word) for word in words - STOP_WORDS} - _content_stems(question.text)


def _content_stems(text: str) -> set[str]:
    words = set(re.findall(r"[\w']+", text.lower().replace("’", "'")))
    return {_stem(word) for word in words - STOP_WORDS}


def _stem(word: str) -> str:
    """A word without its commonest endings, so that "challenges" meets "challenge"; only ever compared."""
    return _ENDINGS.sub("", word) if len(word) > 4 else word
