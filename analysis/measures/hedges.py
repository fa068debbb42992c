"""Words that soften what is said: maybe, I guess, sort of. Some are honest, so this is information, never a fault.

Conventions: a hedge is looked for in the plain words of a sentence, filler sounds looked through; what stands before or
after it can show that it means something else ("I think about customers", "that's very kind of you", "a bit of code").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.measures.fillers.marker_rules import is_kindness
from analysis.measures.measure import NO_WORDS_DETAIL, PRACTICE, Answer, Display, Family, Measure, Measurement
from analysis.measures.poisson_interval import compute_rate_interval
from analysis.report import Report
from analysis.text.clauses import normalise_word, split_sentences
from analysis.text.verbalize import count_words
from analysis.wording import format_count
from speech.segment import Segment
from speech.transcript import Transcript, Word


@dataclass(frozen=True)
class _Hedge:
    """A softening phrase as a pattern, and what right before or right after it takes it back."""

    phrase: str
    unless_after: str | None = None  # matched against the end of the text before the phrase
    unless_before: str | None = None  # matched against the beginning of the text after it


_MARKS = (",", ";", ":")
_BROKEN_BY_MARKS = ("kind of", "sort of")  # "she was kind, of course"
_ASKED = r"\b(?:do|what|who|whom|which|whatever|that's what|is what|how|why|where|as|the way|than)"
_THOUGHT_OF = (
    r"about|of|in|through|on|ahead|back|outside|out|like|critically|big|fast|quickly|clearly|differently|carefully"
    r"|a lot|twice|hard|long|aloud|only of|first about|strategically|creatively"
)
_KIND_NOUNS = (
    r"\b(?:a|an|the|this|that|what|some|any|another|every|each|which|these|those|one|two|three|four|all|certain"
    r"|different|same|new|right|wrong|best|only|particular|special|other|no|my|your|our|their|his|her|its|whatever"
    r"|many|most|various|several|weird|strange|good|bad|interesting|funny|odd)"
)
_SAID_TO = r"yes|no|hello|hi|thanks|thank|sorry|goodbye|something|anything|nothing|to|it (?:out loud|aloud|again)|so"
_NOUN_OF = r"of(?! an? )"
_SOFT_AFTER_LITTLE = (
    r"late|early|hard|difficult|nervous|worried|upset|unsure|slow|slower|tricky|tired|confused|scared|surprised|rough"
    r"|tense|too|more|less|better|worse|different|unusual|unclear|stuck|lost|behind|\w+er(?= )"
)
_HEDGES = (
    _Hedge("maybe|perhaps|probably|possibly|presumably|hopefully|somewhat|apparently|arguably|supposedly|potentially"),
    _Hedge("most likely|kinda|sorta|pretty much|more or less|give or take|or thereabouts|ish"),
    _Hedge(r"i(?: would|'d)? (?:just )?guess|i'm guessing", _ASKED, r"the|what|which|right|correctly|wrong"),
    _Hedge("i would think|i'd think|i'd like to think|i would like to think|i'd imagine|i would imagine|i imagine"),
    _Hedge("i (?:just )?think", _ASKED, _THOUGHT_OF),
    _Hedge("i suppose|i reckon|i presume|i assume", r"\b(?:do|shall|should|can|may|could|what|how)"),
    _Hedge("i believe", _ASKED, r"in|him|her|you|them|it(?! (?:was|is|has|had|would|will|can|could|might|may|should))"),
    _Hedge("i feel (?:like|that)", r"\b(?:how|what|when)", r"an? "),
    _Hedge("i'd say|i would say|i'd have to say", r"\b(?:what|whatever|as|then|and)", _SAID_TO),
    _Hedge(
        "i (?:wanna|want to|would want to|wanted to) say(?= it| that was| around| about| like| two| three| four| five)"
    ),
    _Hedge("i just (?:wanted|wondered|thought|feel|felt)(?: to| that)?"),
    _Hedge("i hope", r"\b(?:and|what|all)", r"to\b(?! god)"),
    _Hedge("sort of|kind of", _KIND_NOUNS, None),
    _Hedge("or something(?: like that)?|something like that|or so", None, r"many|much|long|far|that|i "),
    _Hedge("a (?:little |tiny |wee )?bit", r"\b(?:quite|wait|not|every|for|after|just for)", _NOUN_OF),
    _Hedge(rf"a little(?= (?:{_SOFT_AFTER_LITTLE})\b)"),
    _Hedge("i'm not (?:really |quite |entirely |too |completely |so |very |that |a hundred percent |totally )?sure"),
    _Hedge("i am not (?:really |quite |entirely |too |completely |so |very |that |totally )?sure|i'm no expert"),
    _Hedge("as far as i (?:know|remember|can tell|recall|understand)|to my knowledge|from what i (?:know|remember)"),
    _Hedge("if i (?:remember|recall)(?: it)?(?: correctly| rightly| right| well)?|if i'm not (?:mistaken|wrong)"),
    _Hedge("if (?:that|this|it) makes (?:any )?sense|to (?:some|a certain|a) (?:extent|degree)"),
    _Hedge("in a way", None, r"that|which|to|we|they|she|he|i|you|of|the|people|everyone|nobody"),
    _Hedge(
        "(?:it|there|that|this|he|she|they|everyone|people) (?:just )?seem(?:s|ed)?(?: to| that| like)?", None, "an? "
    ),
    _Hedge("it (?:appears|appeared)(?: to| that)|it looks like(?= it| we| they| the)"),
    _Hedge("might", r"\b(?:my|his|her|their|our|its|the|all|full|and|with)", r"i (?:ask|add)|as well"),
    _Hedge("may(?= have| not| be| well)", r"\b(?:in|on|of|last|this|next|since|by|until)"),
    _Hedge(
        "could be(?! \\w+(?:ed|en)\\b(?! (?:that|about)))",
        r"\b(?:if|so|so that|what|that|who|which)",
        r"done|made|built|sent|put|cut|run|set|sold|brought",
    ),
    _Hedge("i'm (?:pretty|fairly|reasonably|almost) sure|i am (?:pretty|fairly|reasonably|almost) sure"),
    _Hedge("(?:i'm|i am) not (?:really |quite |entirely |too |so |that |totally )?certain|i'm not an expert"),
    _Hedge("i could be wrong|i may be wrong|correct me if|i would have thought|i'd have thought|so to speak"),
    _Hedge("it's possible(?= (?:that|we|i|they|it|he|she)\\b)|it is possible(?= (?:that|we|i|they|it|he|she)\\b)"),
    _Hedge("or whatever", None, r"\w+ "),
    _Hedge("i have (?:a|the) (?:feeling|impression)|i had the (?:feeling|impression)|i would argue|i'd argue"),
)
_PATTERNS = tuple(
    (re.compile(rf"(?<![\w'])(?:{hedge.phrase})(?![\w'])"), hedge.unless_after, hedge.unless_before)
    for hedge in _HEDGES
)


def find_hedges(words: Sequence[Word]) -> tuple[Segment, ...]:
    """Return the span of each hedge; a phrase of several words is one hedge, and filler sounds are skipped."""
    return tuple(span for row in split_sentences(words) for span in _hedges_in(row))


def _hedges_in(row: Sequence[Word]) -> Iterator[Segment]:
    texts = [normalise_word(word) for word in row]
    text = " ".join(texts)
    taken = 0
    found = sorted(
        (match.start(), -match.end())
        for pattern, after, before in _PATTERNS
        for match in pattern.finditer(text)
        if not _means_else(text, match, after, before)
    )
    for start, negative_end in found:
        end = len(text[:-negative_end].rstrip())
        if start >= taken:
            first, last = text.count(" ", 0, start), text.count(" ", 0, end - 1)
            taken = end
            if text[start:end] not in _BROKEN_BY_MARKS or not row[first].text.endswith(_MARKS):
                yield Segment(row[first].start, row[last].end)


def _means_else(text: str, match: re.Match[str], after: str | None, before: str | None) -> bool:
    said_before, said_after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    if match[0] == "kind of" and is_kindness(said_before.split(" ")[-1], said_after.split(" ")[0]):
        return True
    if after and re.search(rf"(?:{after})$", said_before):
        return True
    return bool(
        before and re.match(rf"(?:{before})" if before.endswith(" ") else rf"(?:{before})(?![\w'])", said_after)
    )


def compute_hedges(transcript: Transcript) -> float | None:
    """Return the hedges per 100 words, 100 hedges / W; None without words."""
    words = count_words(transcript.words)
    return 100 * len(find_hedges(transcript.words)) / words if words else None


def _describe_hedges(answer: Answer) -> Measurement:
    value = compute_hedges(answer.transcript)
    if value is None:
        return Measurement(None, NO_WORDS_DETAIL)
    found, words = find_hedges(answer.transcript.words), count_words(answer.transcript.words)
    many = format_count(len(found), "softening phrase")
    return Measurement(
        value,
        f"You used {many}, such as “maybe” or “I guess”, in {format_count(words, 'word')}."
        if found
        else "You used no softening phrases.",
        compute_rate_interval(len(found), words, 100),
        found,
    )


def _count_events(report: Report) -> tuple[int, float]:
    return len(report.get_finding("hedges").moments), count_words(report.words) / 100


HEDGES: Family = (
    Measure(
        "hedges",
        "Hedges",
        "per 100 words",
        "How often you softened what you said with maybe, I guess or the like, in every 100 words. Some are honest: "
        "“I think” can be right.",
        "100 hedges / W",
        PRACTICE,
        _describe_hedges,
        decimals=1,
        count_events=_count_events,
        shown_in={Display.MOCK_SUMMARY: 30},
    ),
)
