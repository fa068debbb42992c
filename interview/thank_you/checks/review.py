"""Review a thank-you note by the rules of the content; what cannot be judged is left unsaid.

Of phrases that take the job or the decision for granted, only statements about this job count: "when I joined Acme" is
about the past; "I would look forward to working with you", and anything after "if" or "hope", presumes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from functools import cache

from analysis.text.word_lists import STOP_WORDS
from analysis.wording import format_count
from content.follow_up_rules import get_rule
from interview.debrief import Debrief
from interview.person import Person
from interview.thank_you.checks.finding import NoteFinding, approve, flag_for_change, flag_for_review
from interview.thank_you.checks.names import KnownNames, check_names
from interview.thank_you.compose import HIRING_ROLES
from interview.thank_you.note import ThankYou
from interview.thank_you.phrases import list_attachments
from interview.thank_you.sending_time import find_note_window
from interview.validation import to_one_line
from interview.working_days import format_day

MIN_SIMILARITY = (
    0.8  # share of words in the same order; notes composed from other moments stay well below, copies above
)
MIN_SHARED_WORDS = 2  # words of a moment in common with the note that make it mention the moment
_LETTER_WORD = re.compile(r"[\w']+")
_THANKS = re.compile(r"\b(?:thank|grateful|appreciat|obliged|kind of you)", re.IGNORECASE)
_INTEREST = re.compile(
    r"\b(?:interest(?:ed)?\b(?! rate)|enthusias|excited|keen\b|eager\b|hope to (?:work|join|be)"
    r"|would (?:\w+ )?(?:love|like|enjoy|welcome|value|be (?:\w+ )?(?:glad|happy|delighted|proud|pleased))\b"
    r"(?! to (?:mention|add|thank|ask|say|know|answer|send|share))[^.!?\n]{0,60}"
    r"\b(?:work|working|join|job|role|position|opportunity|chance|part of|contribute|team)\b)",
    re.IGNORECASE,
)
_ASKS_WHEN = re.compile(
    r"\b(?:when (?:can|could|may|might|should|will|would|do) (?:i|we|you)\b|timeline|time ?frame|next steps?|by when"
    r"|how long|(?:ask|tell|know|say|wonder)[^.!?\n]{0,30} when (?:i|we|you)\b)",
    re.IGNORECASE,
)
_GAP = re.compile(r"\[[^\]\n]{0,60}\]|\{[^}\n]{0,60}\}|<[^>\n]{0,60}>|_{3,}|\b[Xx]{3,}\b|\b(?:TODO|TBD)\b|lorem ipsum")
_ATTACHED = re.compile(r"\b(?:i (?:attach|have attached)|attached)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True)
class ReviewContext:
    """What a note is reviewed with."""

    names: KnownNames
    debrief: Debrief | None = None
    others: tuple[tuple[Person, ThankYou], ...] = ()  # the notes to other people


def review_note(note: ThankYou, around: ReviewContext, now: datetime) -> tuple[NoteFinding, ...]:
    """Return every finding about a note, in reading order.

    Args:
        note: the note.
        around: names, debrief and other notes.
        now: when it would be sent if it was not sent yet, with a zone.
    """
    if not note.body.strip():
        return (flag_for_change("note_to_everyone", "There's no text yet."),)
    company = around.names.interview.company
    return (
        *_check_timing(note, around, now),
        *check_names(note.body, note.subject, around.names),
        *_check_thanks(note),
        *_check_specificity(note, around),
        *_check_interest(note, around),
        *_check_presumption(note, company),
        *_check_length(note),
        *_check_gaps(note),
        *_check_similarity(note, around),
    )


def measure_similarity(body: str, other: str, names: tuple[str, ...]) -> float:
    """Return the share of words that two notes have in the same order, 0..1.

    The greeting and the given names are left out.
    """
    first, second = _extract_words(body, names), _extract_words(other, names)
    if not first or not second:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _extract_words(body: str, names: tuple[str, ...]) -> list[str]:
    left_out = {word for name in names for word in _LETTER_WORD.findall(name.casefold())}
    _greeting, _, letter = body.strip().partition("\n")
    return [word for word in _LETTER_WORD.findall(letter.casefold().replace("’", "'")) if word not in left_out]


def _check_timing(note: ThankYou, around: ReviewContext, now: datetime) -> Iterator[NoteFinding]:
    window, interview = find_note_window(around.names.interview), around.names.interview
    if window is None or interview.ends is None:
        return
    moment = (note.sent_at or now).astimezone(interview.ends.tzinfo)
    sent, stamp = note.sent_at is not None, moment.timestamp()
    if stamp < interview.ends.timestamp():
        yield flag_for_review("note_window", "The interview isn't over yet.")
    elif stamp < window.opens.timestamp():
        until = f"Wait until {_format_moment(window.best)}; an instant note looks pre-written."
        yield flag_for_review("note_window", "You sent it soon after the interview." if sent else until)
    elif stamp > window.closes.timestamp():
        late = "It's more than a day since the interview. Send it anyway: late is better than never."
        yield flag_for_review("note_window", "You sent it more than a day after the interview." if sent else late)
    else:
        left = f"You have until {_format_moment(window.closes)}."
        yield approve("note_window", "You sent it within a day." if sent else left)


def _format_moment(moment: datetime) -> str:
    return f"{format_day(moment.date())}, {moment:%H:%M}"


def _check_thanks(note: ThankYou) -> Iterator[NoteFinding]:
    if _THANKS.search(to_one_line(note.body)):
        yield approve("note_thanks", "It says thank you.")
    else:
        yield flag_for_change("note_thanks", "It doesn't say thank you.")


def _check_specificity(note: ThankYou, around: ReviewContext) -> Iterator[NoteFinding]:
    said = _extract_content_words(note.body)
    parts = [note.moment, note.added_point, note.question, note.answer, *note.samples]
    if around.debrief is not None:
        parts += [around.debrief.remember.text, *(each.question for each in around.debrief.wished)]
    noted = [words for part in parts if (words := _extract_content_words(part))]
    if not noted:
        yield flag_for_review("note_specific", "Mention one moment of the conversation.")
    elif any(len(words & said) >= min(MIN_SHARED_WORDS, len(words)) for words in noted):
        yield approve("note_specific", "It mentions what you talked about.")
    else:
        yield flag_for_review(
            "note_specific", "Mention one moment of the conversation: nothing you noted is in it yet."
        )
    attached = list_attachments(note.samples)
    if attached and _ATTACHED.search(to_one_line(note.body)):
        yield flag_for_review("note_work_sample", f"Attach {' and '.join(attached)} before you send it.")


def _check_interest(note: ThankYou, around: ReviewContext) -> Iterator[NoteFinding]:
    if around.names.person.part not in HIRING_ROLES:
        return
    body = to_one_line(note.body)
    if _INTEREST.search(body):
        yield approve("note_interest", "It says you're interested.")
    else:
        yield flag_for_review("note_interest", "Say that you'd like the job: it doesn't yet.")
    if around.names.interview.decision_by is None and not _ASKS_WHEN.search(body):
        yield flag_for_review("note_asks_when", "They named no date. Ask when you can expect to hear.")


def _check_presumption(note: ThankYou, company: str) -> Iterator[NoteFinding]:
    found = find_presumptions(note.body, company)
    for stretch in found:
        advice = "reads as if the job were yours already. Say it with “would”, or leave it out."
        yield flag_for_change("note_not_presuming", f"“{stretch}” {advice}", stretch)
    if not found:
        yield approve("note_not_presuming", "You don't sound as if you already have the job.")


def _check_length(note: ThankYou) -> Iterator[NoteFinding]:
    words, most = len(_WORD.findall(note.body)), get_rule("note_brief").most_words or 0
    if words <= most:
        yield approve("note_brief", f"It is brief: {format_count(words, 'word')}.")
    else:
        yield flag_for_change("note_brief", f"It has {words} words. Keep it under {most}, so it gets read to the end.")


def _check_gaps(note: ThankYou) -> Iterator[NoteFinding]:
    for gap in dict.fromkeys(_GAP.findall(f"{note.subject}\n{note.body}")):
        yield flag_for_change("note_gaps", f"Fill in “{gap}”.", gap)


def _check_similarity(note: ThankYou, around: ReviewContext) -> Iterator[NoteFinding]:
    named = around.names
    names = (named.person.name, named.interview.company, named.interview.role, named.sender)
    for person, other in around.others:
        if other.id != note.id and measure_similarity(note.body, other.body, (*names, person.name)) >= MIN_SIMILARITY:
            yield flag_for_change(
                "note_alike", f"It is almost the note to {person.name}. Give each of them something of their own."
            )


def _extract_content_words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if word not in STOP_WORDS and len(word) > MIN_SHARED_WORDS}


# What stands for what in the patterns below; HERE is also this company by its name. A space is one or a line break.
_PLACEHOLDERS = {
    "JOB": r"(?:job|role|position|post)",
    "ON_DAY": r"(?:on (?:monday|tuesday|wednesday|thursday|friday)\b|next (?:week|month)\b)",
    "HERE": r"(?:(?:at |with |for )?(?:here|you|your|the team|COMPANY)(?!\w))",
    "WILL": r"(?:'ll| will)(?: soon)?",
    "SURE": r"(?:i know|i'm sure|i am sure|i'm certain|i am certain|no doubt|obviously|of course)(?: that)?",
}
_PRESUMPTIONS = (
    r"when i (?:start|begin|join)(?: work(?:ing)?)? (?:HERE|ON_DAY)",
    r"(?:once|as soon as|after) i(?:'m| am| have been|'ve been) (?:on board|hired|on your team|in the JOB)",
    r"(?:once|as soon as) i(?: have|'ve)? (?:join(?:ed)?|start(?:ed)?|begin|begun) HERE",
    r"my (?:new|future) (?:JOB|team|colleagues|boss|manager|desk|office|employer|company)\b",
    r"as your (?:new|next|future) (?!step|stage|round)\w+",
    r"(?<!would )(?<!'d )look(?:ing)? forward to (?:working|starting|joining|collaborating|my (?:first|new))\b",
    r"(?<!would )(?<!'d )look(?:ing)? forward to being (?:part|on|a member) of\b",
    r"(?:can't|cannot) wait to (?:start|join|begin|work|get to work)\b",
    r"(?<!would be )(?<!'d be )(?:excited|thrilled|delighted|happy|glad) to (?:start HERE|(?:be )?join|be starting)",
    r"see you (?:on my first day|at work|(?:at|in) the office)",
    r"(?:on|before|until|from|for) my first (?:day|week|month)(?! at (?!COMPANY)| of| as| there)",
    r"SURE (?:i|you)(?:'ve| have|WILL)? (?:got|get|won|hire|offer|choose|pick|be hiring|be offering)\b",
    r"(?:the|this) JOB is (?:already |as good as )?mine\b",
    r"you (?:won't|will not|can't|cannot) find (?:anyone|anybody|someone|somebody|a) (?:better|more|as)\b",
    r"i(?:'m| am)(?: clearly| obviously)? the (?:perfect|ideal|best|only|right) (?:candidate|person|choice|fit|one)\b",
    r"i(?: deserve|'m entitled to| am entitled to) (?:this|the|your) JOB\b",
    r"iWILL (?:be joining|join) HERE",
    r"iWILL (?:be starting|start)(?: work)? (?:HERE|ON_DAY)",
    r"iWILL be (?:working HERE|part of your|on your team|your (?:new|next))",
    r"weWILL (?:work|be working) together",
    r"my start(?:ing)? date\b|when (?:should|can|do|may|shall) i start\b",
    r"i(?:'ll| will| shall)? (?:happily |gladly )?accept (?:the|your|this) (?:JOB|offer)\b",
    r"(?:when|once|after) you(?:'ve| have)? (?:hired?|chosen?|choose) me\b",
)
_CONDITIONAL = re.compile(
    r"\b(?:if|hope|hoping|wish|should you|were to|in case|chance|opportunity|whether)\b", re.IGNORECASE
)
_SENTENCE_ENDS = re.compile(r"\A[^\n]*\n|[.!?]\s|\n\s*\n")  # of the greeting, a sentence, a paragraph


def find_presumptions(text: str, company: str = "") -> tuple[str, ...]:
    """Return the phrases of a note that presume the job is already the writer's, in order.

    Args:
        text: the note.
        company: its name, which counts like "here"; empty if unknown.
    """
    plain = text.replace("’", "'")
    found = {match.span() for pattern in _compile_patterns(company) for match in pattern.finditer(plain)}
    spans = [span for span in found if not _is_conditional(plain, span[0]) and not _is_inside_another(span, found)]
    return tuple(text[start:end].strip() for start, end in sorted(spans))


def _is_conditional(text: str, at: int) -> bool:
    """Whether the sentence has "if", "hope" or the like before this index."""
    begins = max((end.end() for end in _SENTENCE_ENDS.finditer(text, 0, at)), default=0)
    return _CONDITIONAL.search(text, begins, at) is not None


def _is_inside_another(span: tuple[int, int], spans: set[tuple[int, int]]) -> bool:
    return any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in spans)


@cache
def _compile_patterns(company: str) -> tuple[re.Pattern[str], ...]:
    called = r"\s".join(map(re.escape, company.split())) or "here"
    return tuple(re.compile(rf"\b(?:{_expand_placeholders(words, called)})", re.IGNORECASE) for words in _PRESUMPTIONS)


def _expand_placeholders(words: str, company: str) -> str:
    for name, pattern in _PLACEHOLDERS.items():
        words = words.replace(name, pattern)
    return words.replace(" ", r"\s").replace("COMPANY", company)
