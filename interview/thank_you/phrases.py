"""Put what somebody typed into a sentence of a note, whatever it is: a phrase, a clause, or whole sentences.

A noun phrase ("the move to a stream") goes into a sentence; everything else stands as it is, behind a colon where it
is about the people it is written to ("They are moving" becomes "you are moving"), or as a sentence of its own where
the writer speaks in it ("I liked how calm you were").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile

from analysis.text.grammar import is_past, parse
from analysis.text.word_lists import make_word_set

_WORD = re.compile(r"[\w’'-]+")
_END = re.compile(r"[.!?…][\"'”’)]*$")
_FUNCTION_WORDS = make_word_set(
    """the a an this that these those they their there he she his her it its we our you your in on at by for from with
    how what why when where who which whether some many most all both each every one two three no nobody everyone
    because after before while since until if as to of about and but so next last more my also not very really
    quite such"""
)
_DETERMINERS = make_word_set("the a an your our their his her its this that these those my how what why whether when")
_QUESTION_OPENERS = make_word_set("how what why whether when where who which")
_PREPOSITIONS = make_word_set(
    "of for from to in at on with without about between behind over under into by after before during against"
)
_AFTER_NOUN = _PREPOSITIONS | make_word_set("you i we they he she that which who whose where when")
_MANY = make_word_set(  # people, whose verb has no -s
    "people children men women staff team board council company committee police crew management everyone everybody"
)
_NOT_MANY = make_word_set("was is has this always as its us does focus process yes perhaps press business")
_FELT = re.compile(
    r"(?:very |really |quite )?(?:impressed|surprised|struck|touched|moved|fascinated) by\b", re.IGNORECASE
)
_DID = re.compile(
    r"(?:really |very much )?(?:loved|liked|enjoyed|appreciated|admired|learned|learnt|noticed)\b", re.IGNORECASE
)
_DOING = re.compile(r"(?!during|nothing|something|anything|everything|morning|evening)\w{2,}ing\b", re.IGNORECASE)
_TELL_ABOUT = re.compile(r"tell you about (?=(?:how|why|what|whether|when)\b)")
_REGRETS = re.compile(r"(?:i|we) (?:should|would|could) have\b|i'd have\b|i wish\b", re.IGNORECASE)
_SAID = "(?:said|told|mentioned|explained|asked|showed|described|talked|spoke|pointed|thought|wanted)"
MIN_CLAUSE_WORDS = 2  # "that one" is no clause
MAX_HEAD_WORDS = 4  # between an article and what follows its noun
MAX_TOPIC_WORDS = 4  # a reason so short names a topic
_SELF = make_word_set("i i'd i'm i've i'll me my mine myself we us")
_PRONOUN = re.compile(r"\b(they're|they've|they'll|they'd|they|their|theirs|them|themselves)\b", re.IGNORECASE)
_YOURS = {
    "they": "you",
    "they're": "you're",
    "they've": "you've",
    "they'll": "you'll",
    "they'd": "you'd",
    "their": "your",
    "theirs": "yours",
    "them": "you",
    "themselves": "yourselves",
}
_TO_ONESELF = re.compile(
    r"^(?:to )?(?:ask|send|check|read|look|remember|tell|call|write|find|google|prepare|mention|bring|note|email|buy"
    r"|follow up|find out|don't forget|do not forget)\b",
    re.IGNORECASE,
)
_AUXILIARIES = make_word_set("are is was were do does did have has had can could would will should may might am")
_ASKS = make_word_set(
    """how what why when where who which whom whose are is was were do does did have has had can could would will should
    may might tell describe walk give talk explain name imagine suppose show"""
)
_OWN_WORK = re.compile(r"\b(?:i|i've|my|mine|our)\b", re.IGNORECASE)
_KINDS = {
    "read": make_word_set("book books article articles paper essay blog post novel chapter column study magazine"),
    "attend": make_word_set("talk event conference lecture meetup workshop exhibition webinar seminar fair festival"),
    "hear": make_word_set("podcast interview radio programme broadcast episode"),
    "watch": make_word_set("film documentary video"),
    "take": make_word_set("course class"),
}
_SAMPLE_SENTENCES = {
    "read": "I have been reading {}{}.",
    "attend": "I went to {}{}.",
    "hear": "I listened to {}{}.",
    "watch": "I watched {}{}.",
    "take": "I took {}{}.",
}
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


@dataclass(frozen=True)
class Frames:
    """How a part is introduced: `noun` for a noun phrase, `clause` for everything else, both with one gap."""

    noun: str  # "I keep thinking about {}."
    clause: str  # "One thing has stayed with me: {}."
    that: str = ""  # "What has stayed with me most is {}.", for "that you are moving"; empty: as a clause
    question: str = "One question has stayed with me: {}"


def is_sentence(text: str) -> bool:
    """Whether a part ends like a sentence."""
    return bool(_END.search(text.strip()))


def write_part(text: str, frames: Frames, *, introduces_writer: bool = False, reader: str = "") -> str:
    """Return what was typed as one or more sentences; empty for an empty text.

    Args:
        text: phrases, clauses or sentences, one or more on lines of their own.
        frames: the sentences that it may go into.
        introduces_writer: whether what the writer says of themselves is introduced too.
        reader: the name of the person it is written to; empty where that plays no part.
    """
    lines = [_address(line, reader) for line in map(_strip, text.splitlines()) if line]
    if introduces_writer:
        lines = [f"I am {_lower(line[:1].lower() + line[1:])}" if _DOING.match(line) else line for line in lines]
    if len(lines) > 1 and not any(map(_is_clause, lines)):
        frame = frames.noun if all(map(is_noun_phrase, lines)) else frames.clause
        bare = [_lower(line.rstrip(" ,;")) for line in lines]
        return frame.format(f"{', '.join(bare[:-1])} and {bare[-1]}")
    return " ".join(
        _write_line(line, frames, introduces_writer) if place == 0 else end_sentence(_capitalise(line))
        for place, line in enumerate(lines)
    )


def _write_line(text: str, frames: Frames, introduces_writer: bool) -> str:
    if _speaks_for_itself(text) and not introduces_writer:
        return end_sentence(_capitalise(text))
    first, rest = _split_first(text)
    bare = _lower(first.rstrip(" .;,:"))
    opener = _plain(bare)[:1]
    if first.endswith("?"):
        framed = frames.question.format(_lower(first))
    elif opener == ("that",) and frames.that and len(_plain(bare)) > MIN_CLAUSE_WORDS:
        framed = frames.that.format(bare)
    elif opener == ("about",) and not is_sentence(first):
        framed = frames.noun.format(_lower(bare[len("about ") :]))
    elif first.endswith(("!", "…")):
        framed = frames.clause.removesuffix(".").format(_lower(first))
    elif is_noun_phrase(bare) and not is_sentence(first):
        framed = frames.noun.format(bare)
    else:
        framed = frames.clause.format(bare)
    framed = _TELL_ABOUT.sub("tell you ", framed)
    return f"{framed} {end_sentence(rest)}" if rest else framed


def is_noun_phrase(text: str) -> bool:
    """Whether a text surely is a noun phrase, or a clause that stands for one: "how you plan".

    "The shop opens at six" and "the shop windows at night" look alike to anyone who knows no verbs, so neither is
    sure.
    """
    words = _plain(text)
    if len(words) < 2 or "," in text:
        return False
    if words[0] in _QUESTION_OPENERS:
        return words[1] not in _AUXILIARIES  # "how you plan", but not "how do you plan"
    if words[0] not in _DETERMINERS:
        return False
    head = list(takewhile(lambda word: word not in _AFTER_NOUN, words[1:]))
    following = words[1 + len(head) : 2 + len(head)]
    if not head or (following and following[0] in _PREPOSITIONS and parse(words).tense != "none"):
        return False
    if not following and parse(words).tense != "none":
        return False
    may_be_verb = any(word.endswith("s") or word in _MANY for word in head) and len(head) > 1
    return len(head) <= MAX_HEAD_WORDS and not may_be_verb and not set(head) & _DETERMINERS


def is_note_to_oneself(text: str) -> bool:
    """Whether a line of a debrief is for its writer alone, as "ask about shifts" is."""
    return bool(_TO_ONESELF.match(text.strip()))


def write_question(text: str) -> str:
    """Return "You asked: “...?”", or "You asked about ..." where no question but its topic was typed."""
    text = _strip(text)
    if is_sentence(text) or (_plain(text) and _plain(text)[0] in _ASKS):
        return f"You asked: “{_capitalise(text if is_sentence(text) else text + '?')}”"
    return f"You asked about {_lower(re.sub('^about ', '', text, flags=re.IGNORECASE))}."


def write_answer(text: str, opening: str) -> str:
    """Return an answer after an opening, such as "This is what I would say now"; without it, where it needs none."""
    text = re.sub(r"^because\s+(?=\w)", "", _strip(text), flags=re.IGNORECASE)
    return end_sentence(_capitalise(text) if _REGRETS.match(text) else f"{opening}: {_lower(text)}")


def write_reason(text: str) -> str:
    """Return why a question matters as a sentence; empty for an empty text."""
    text = _strip(text)
    words = _plain(text)
    if not words:
        return ""
    if words[0] == "because":
        return end_sentence(f"I think the question matters {_lower(text)}")
    if _speaks_for_itself(text):
        return end_sentence(_capitalise(text))
    if words[0] == "it" or len(words) > MAX_TOPIC_WORDS or is_sentence(text):
        return end_sentence(f"I think the question matters: {_lower(text)}")
    return end_sentence(f"For me the question is about {_lower(text)}")


def write_samples(samples: tuple[str, ...], verb: str) -> str:
    """Return the sentences on samples of work, and on what was read, heard or visited.

    Args:
        samples: as they were typed.
        verb: "attach" or "enclose", for what can be.
    """
    attached = list_attachments(samples)
    others = [_strip(each) for each in samples if each not in attached]
    told = [_write_sample(each) if place == 0 else _write_sample(each, "") for place, each in enumerate(others)]
    plain = " and ".join(_lower(_strip(each).rstrip(" .")) for each in attached)
    return " ".join([f"I {verb} {plain}, as it has to do with what we talked about."] * bool(plain) + told)


def list_attachments(samples: tuple[str, ...]) -> tuple[str, ...]:
    """Return the samples that can be attached: work of one's own, and nothing that was read, heard or visited."""
    return tuple(each for each in samples if _find_kind(each) is None and not _is_told(each))


def end_sentence(text: str) -> str:
    """Return a text that ends like a sentence."""
    text = text.rstrip()
    return text if is_sentence(text) else f"{text.rstrip(',;:')}."


def _write_sample(text: str, tail: str = ", and our conversation made me think of it again") -> str:
    kind = _find_kind(text)
    if _LINK.search(text):
        return f"Here is a link that may be of use: {text}" if _LINK.match(text) else text
    if _is_told(text) or kind is None:
        return end_sentence(_capitalise(text))
    sentence = "It may interest you, too: {}." if _OWN_WORK.search(text) else _SAMPLE_SENTENCES[kind]
    return sentence.format(_lower(text.rstrip(" .")), tail)


def _is_told(text: str) -> bool:
    """Whether a sample is told in a sentence or is a link, and so stands as it is."""
    words = _plain(text)
    return is_sentence(text) or bool(_LINK.search(text)) or words[:1] in (("i",), ("i've",), ("last",), ("here",))


def _find_kind(text: str) -> str | None:
    """Which of the things one reads, hears or goes to a sample is; None for work of one's own that can be attached."""
    words = _plain(text)
    kind = next((kind for word in words for kind, names in _KINDS.items() if word in names), None)
    return None if kind in ("read", "watch") and _OWN_WORK.search(text) else kind


def _speaks_for_itself(text: str) -> bool:
    """Whether the writer speaks in a text, or it speaks to its reader, so that it needs no introduction."""
    words = _plain(text)
    if words[:1] and (words[0].split("'")[0] == "i" or (words[0] == "we" and parse(words).tense != "none")):
        return True
    first = _plain(_split_first(text)[0])
    return is_sentence(text) and (any(word in _SELF for word in first) or words[:1] in (("thank",), ("thanks",)))


def _address(text: str, reader: str) -> str:
    """Return a text written to its reader: the people spoken of are "you", and who speaks is said."""
    for wording, start in ((_FELT, "I was "), (_DID, "I ")):
        if wording.match(text):
            text = f"{start}{_lower(text[:1].lower() + text[1:])}"
    names = {reader, *reader.split()[:1]} - {""}
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"^{re.escape(name)} (?={_SAID}\b)", "You ", text)
    return _turn_to_reader(text)


def _is_clause(text: str) -> bool:
    return is_sentence(text) or parse(_plain(text)).tense != "none" or _speaks_for_itself(text)


def _split_first(text: str) -> tuple[str, str]:
    """The first sentence of a text, and what follows."""
    found = re.match(r"(.+?[.!?…][\"'”’)]*)\s+(?=[A-Z“\"'(])(.+)", text, re.DOTALL)
    return (found[1], found[2]) if found else (text, "")


def _turn_to_reader(text: str) -> str:
    """Return a text in which "they" are the reader, unless other people were named before."""
    text = _turn_one_to_reader(text)
    found = _PRONOUN.search(text)
    if found is None or any(_is_many(word) for word in _plain(text[: found.start()])):
        return text

    def turn(found: re.Match[str]) -> str:
        new = _YOURS[found[0].lower()]
        return new.capitalize() if found[0][0].isupper() else new

    return _PRONOUN.sub(turn, text)


def _turn_one_to_reader(text: str) -> str:
    """Return a text in which "he" or "she", who did something that is over, is the reader."""
    words = text.split()
    for place, (word, following) in enumerate(pairwise(words)):
        if word.lower() in ("he", "she") and is_past(following.lower().strip(",.")):
            words[place] = "You" if word[0].isupper() else "you"
    return " ".join(words)


def _is_many(word: str) -> bool:
    return word in _MANY or (word.endswith("s") and word not in _NOT_MANY)


def _strip(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).lstrip("-–•*· ").strip()


def _plain(text: str) -> tuple[str, ...]:
    return tuple(word.lower().replace("’", "'") for word in _WORD.findall(text))


def _lower(text: str) -> str:
    """Return a text that may stand within a sentence: its first word small unless that may be a name."""
    first = (_plain(text) or ("",))[0]
    is_common = first.split("'")[0] in _FUNCTION_WORDS
    return text[:1].lower() + text[1:] if is_common else text


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]
