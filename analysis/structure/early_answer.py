"""When an answer comes to its point: the first clause that answers the question, and whether that was early.

A clause may answer if it says something new: what remains of it without common words, courtesies, thinking aloud and
the words of the question itself. Of those, a small model (fitted by tools/content_training) tells the answer from what
only leads up to it: where one comes from, how one got there, what one thinks of questions like this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.element import Element, ElementState, build_element
from analysis.structure.model.features import ReadClause, read_clauses
from analysis.structure.model.regression import ContentModel, load_content_model
from analysis.text.amounts import is_amount
from analysis.text.clauses import has_sentence_end, normalise_word, split_sentences
from analysis.text.word_lists import STOP_WORDS, make_word_set
from analysis.wording import format_seconds
from speech.segment import Segment
from speech.transcript import Word, WordKind

SURER = 2.0  # times the probability of the first clause, from which a later one is taken for the answer
MAX_SECONDS_EARLY = 15.0  # from the first word; the band of the measure "time to the point" ends here

_YES_OR_NO = re.compile(
    r"^(?:(?:so|well|um|and|but|oh) )*(?:yes|no|yeah|not|never|absolutely|sure|of course|i do|i have|i am)\b"
)
_WHEN_AND_WHERE = make_word_set("when while after before in at on during as since last two three one once")
_PREAMBLE_WORDS = make_word_set(
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
_ASKED_FOR: Mapping[str, re.Pattern[str]] = {
    form: re.compile(pattern)
    for form, pattern in {
        "why": r"^why\b|draws you|interests? you|attract|motivat|appeal|caught your eye|why you\b",
        "how much": r"^how (?:many|much|long|often)|experience (?:with|in)|salary|notice period|years",
        "yes or no": r"^(?:are|do|does|did|have|can|could|would|will|is) ",
        "occasion": r"\btime (?:when |you|that)|^when did|^describe|an? (?:example|mistake|conflict|situation)",
        "who you are": r"about yourself|your (?:cv|resume)|walk me through",
        "plan": r"^how would|^how do you|would you (?:do|go|find)|estimate",
        "fact": r"^what|^which|^where|^who",
    }.items()
}
_MARKS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{pattern})\b")
    for name, pattern in {
        "because": "because|reason|that's why|which is why",
        "in short": "in the end|short answer|all in all|in short|really it's|what draws me|to be honest|so yes|so no"
        "|at work|formally|i guess it's|i'd say|honestly|anyway|the answer is|overall|ultimately|what it comes down to"
        "|main thing",
        "yes": "yes|no|not|never|yeah|sure|absolutely|certainly|i have|i haven't|i can|i am|fine for me",
        "wanting": "i want|i'd like|i would like|i'm after|i'm looking for|i admire|i care|i love what|draws|appeals",
        "you": "you|your|you're|you've",
        "background": "i've always|i started|i grew up|my first|at university|at school|when i was|back then|years ago"
        "|in my old|in my current|to understand this|you need to know|context|background|i should say|up front"
        "|in general|usually|i think everyone|everybody|people|my (?:husband|wife|mum|mother|dad|father|friend|friends"
        "|flatmate|brother|sister|parents|grandmother|colleagues|daughter|partner)|friend of mine|the pandemic",
        "others say": "(?:he|she|they|who|always|used to) (?:said|says|say|told|tell|think)|a saying|they say",
        "on the question": "question|trumpet|that one|this one|a tricky|tough one|what to say|big word|blank|prepare"
        "|homework|where do i|thinking about that|thought about it|asked me|i was expecting|depends on",
        "occasion": "one|once|last|when (?:our|the|my)|there was|the (?:one|last)|two weeks|on (?:black friday|new)",
        "the one": "for example|for instance|an example|(?:one|the) (?:instance|case|time|occasion)|comes to mind"
        "|that'd be|would be it|might be|may be when|twice|i remember|it did happen"
        "|this (?:spring|summer|autumn|winter|january|march)"
        "|(?:that )?i(?:'d| would| will| could| can| do)? (?:tell you|mention|remember|think of|say)",
        "in general": "always|usually|never|normally|nowadays|everybody|everyone|anyone|anybody|nobody|most people"
        "|people|you (?:have|need|can|can't|must|should|get|see|know|learn)|it's (?:all )?about|for me|for us"
        "|in my opinion|i believe|i'd say i'm|i'm (?:a|an|very|quite|always|not)"
        "|in our (?:trade|line|culture|family|house|country)|as they say|joke",
        "plan": "i'd|i would|let's say|first|i'll",
    }.items()
}


def find_point(
    words: Sequence[Word], question: AskedQuestion | None, model: ContentModel | None = None
) -> Segment | None:
    """Return when the first clause that answers the question was said; None without a question or such a clause.

    Args:
        words: the words with their kinds.
        question: what was answered.
        model: another than the one that is shipped, to measure it.
    """
    if question is None:
        return None
    if question.kind is QuestionKind.CLOSING:
        spoken = [word for word in words if word.kind is WordKind.WORD]
        return next((_span(row) for row in split_sentences(spoken) if _asks_back(row, question)), None)
    read = read_clauses(words)
    asking = _find_asking(read)
    open_to = [
        place for place, clause in enumerate(read) if place not in asking and says_something(clause.words, question)
    ]
    if not open_to:
        return None
    model = model or load_content_model("point")
    scores = [float(model.score(point_features(read, place, question))[0]) for place in open_to]
    found = next((place for place, score in zip(open_to, scores, strict=True) if score >= model.heard[0]), None)
    if found is None:  # where nothing is sure, the speaker has the benefit of the doubt
        likeliest = max(scores)
        found = open_to[scores.index(likeliest) if likeliest > SURER * scores[0] else 0]
    return _begun(read, found, question)


def _find_asking(read: Sequence[ReadClause]) -> frozenset[int]:
    """Return the places of the clauses of sentences that ask: who only asks back has not answered."""
    asking: set[int] = set()
    begin = 0
    for place, clause in enumerate(read):
        if clause.is_last_of_sentence:
            if clause.words[-1].text.endswith("?"):
                asking.update(range(begin, place + 1))
            begin = place + 1
    return frozenset(asking)


def _begun(read: Sequence[ReadClause], place: int, question: AskedQuestion) -> Segment:
    """A clause, or the one before it in its sentence that only says when and where it happened."""
    begin = place
    while (
        begin
        and not read[begin - 1].is_last_of_sentence
        and read[begin - 1].texts[:1]
        and (read[begin - 1].texts[0] in _WHEN_AND_WHERE and says_something(read[begin - 1].words, question))
    ):
        begin -= 1
    return Segment(read[begin].words[0].start, read[place].words[-1].end)


def find_early_answer(words: Sequence[Word], question: AskedQuestion | None, label: str) -> Element:
    """Return whether the question was answered early, with the clause that does."""
    key = "early_answer"
    where = find_point(words, question)
    if where is None:
        return build_element(key, label, (), note="We couldn't tell where you answer the question.")
    seconds = max(0.0, where.start - words[0].start)
    note = f"You got to the point after {format_seconds(seconds)}." if seconds >= 1 else "You got to the point at once."
    if seconds > MAX_SECONDS_EARLY:
        return build_element(key, label, (), note=note)
    said = [
        word for word in words if word.kind is WordKind.WORD and where.start <= word.start and word.end <= where.end
    ]
    return build_element(key, label, said, ElementState.HEARD, note)


def says_something(words: Sequence[Word], question: AskedQuestion) -> bool:
    """Return whether a clause may be an answer: it says something that is neither courtesy nor the question itself."""
    text = " ".join(normalise_word(word) for word in words)
    if (has_sentence_end(words[-1]) and "?" in words[-1].text) or _PREAMBLE.search(text):
        return False
    is_yes_or_no = _asked_for(question) == "yes or no" and bool(_YES_OR_NO.search(text))
    return is_yes_or_no or bool(_new(text, question))


def point_features(read: Sequence[ReadClause], place: int, question: AskedQuestion) -> dict[str, float]:
    """Return what tells a clause that answers from one that leads up to the answer."""
    return dict.fromkeys(_point_features(read, place, question), 1.0)


def _point_features(read: Sequence[ReadClause], place: int, question: AskedQuestion) -> Iterator[str]:
    clause = read[place]
    text = " ".join(clause.texts)
    form = _asked_for(question)
    marks = [name for name, pattern in _MARKS.items() if pattern.search(text)]
    begin = place
    while begin and not read[begin - 1].is_last_of_sentence:
        begin -= 1
    sentence = " ".join(text for other in read[begin : place + 1] for text in other.texts)
    marks += [f"sentence {name}" for name, pattern in _MARKS.items() if pattern.search(sentence)]
    told = [f"{clause.grammar.subject} {clause.grammar.tense}", clause.grammar.tense, clause.grammar.subject]
    told += ["number"] if any(is_amount(word) for word in clause.words) else []
    told += ["first"] if place == 0 else []
    told += ["early"] if place < 3 else []
    told += ["deed"] if clause.grammar.is_deed else []
    told += ["opens with " + clause.texts[0]] if clause.texts else []
    overlap = {_stem(word) for word in clause.texts} & _content_stems(question.text)
    told += ["words of the question"] if overlap else []
    told += [f"left {min(3, (len(read) - 1 - place) // 2)}"]
    for name in (*marks, *told):
        if not name.endswith("in general"):  # which answers "how do you" and leads up to "tell me about a time"
            yield name
        yield f"{form}: {name}"


def _asked_for(question: AskedQuestion) -> str:
    text = question.text.lower()
    if question.kind is QuestionKind.BEHAVIOURAL:
        return "occasion"
    return next((form for form, pattern in _ASKED_FOR.items() if pattern.search(text)), "fact")


def _asks_back(words: Sequence[Word], question: AskedQuestion) -> bool:
    """Whether a sentence asks something, which is the answer to "do you have any questions for us?"."""
    text = " ".join(normalise_word(word) for word in words)
    is_question = has_sentence_end(words[-1]) and "?" in words[-1].text
    return bool(_ASKS.search(text)) and bool(_new(text, question) or is_question) and not _PREAMBLE.search(text)


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


def _span(words: Sequence[Word]) -> Segment:
    return Segment(words[0].start, words[-1].end)
