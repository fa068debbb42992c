"""Whether names in a note are spelt as they are kept, and whether those of somebody else were left in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.text.word_lists import STOP_WORDS, word_set
from interview.interview import Interview
from interview.person import Person
from interview.thank_you.checks.finding import NoteFinding, change, good, look

RULE = "note_names"
_SHORT, _LONG = 4, 8  # letters: shorter words are too like others to be misspellings, longer ones may have two slips
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# Words that open sentences in notes and are one letter away from somebody's name.
_COMMON = STOP_WORDS | word_set(
    """best dear kind hello thank thanks regards sincerely warm warmly with many one two here may mark march april june
    monday tuesday wednesday thursday friday saturday sunday today data team role work time meeting"""
)


@dataclass(frozen=True)
class Named:
    """Whose names are known when a note is written."""

    person: Person  # to whom
    interview: Interview
    others: tuple[Person, ...] = ()  # whom the user met, or knows
    companies: tuple[str, ...] = ()  # of the user's other interviews
    sender: str = ""


def name_findings(body: str, subject: str, known: Named) -> tuple[NoteFinding, ...]:
    """What to look at or change about names; one good finding when there is nothing."""
    text = f"{subject}\n{body}"
    found = [*_greeting(body, known), *_misspelt(text, known), *_left_in(body, known)]
    return tuple(found) or (good(RULE, f"Names are spelt as you keep them: {known.person.name}."),)


def _greeting(body: str, known: Named) -> Iterable[NoteFinding]:
    line = next((line.strip() for line in body.splitlines() if line.strip()), "")
    greeted = _greeted(line, known)
    if greeted is not None and greeted.id != known.person.id:
        yield change(RULE, f"It greets {greeted.name}, and is for {known.person.name}.", line)
    elif greeted is None and not any(
        _is_near(word, name) for word in _words(line) for name in _words(known.person.name)
    ):
        yield look(RULE, f"It does not begin with the name of {known.person.name}.", line or None)


def _greeted(line: str, known: Named) -> Person | None:
    """Whose name the first line holds most of; for equals, the one the note is for."""
    words = set(_words(line))
    fits = {each: len(words & set(_words(each.name))) + (each.name in line) for each in (known.person, *known.others)}
    best = max(fits, key=lambda each: fits[each])
    return best if fits[best] else None


def _misspelt(text: str, known: Named) -> Iterable[NoteFinding]:
    company = known.interview.company
    people = [known.person, *known.others]
    right = {word for name in (*(each.name for each in people), company, known.sender) for word in _words(name)}
    right |= {word for other in (known.interview.role, *known.companies) for word in _words(other)}
    there = set(_words(text))
    for word in dict.fromkeys(_words(text)):
        if word in right or word.casefold() in _COMMON:
            continue
        for name in (known.person.name, company):
            parts = [part for part in _words(name) if part.casefold() not in _COMMON]
            # Small letters beside the right spelling are an ordinary word: "I hope" in a note to Hope.
            parts = [part for part in parts if not (word.islower() and part in there)]
            if any(_is_near(word, part) for part in parts):
                yield look(RULE, f"“{word}” is spelt otherwise than “{name}”, as you keep it. Which is right?", word)
                break


def _left_in(body: str, known: Named) -> Iterable[NoteFinding]:
    words, own = set(_words(body)), set(_words(f"{known.person.name} {known.interview.company} {known.sender}"))
    for other in known.others:
        named = [word for word in _words(other.name) if word in words - own and word.casefold() not in _COMMON]
        if other.id != known.person.id and named and _greeted(body.strip().partition("\n")[0], known) != other:
            yield look(RULE, f"It mentions {other.name}. Leave it if you mean it.", named[0])
    for company in known.companies:
        is_own = company.casefold() == known.interview.company.casefold()
        name = r"\s".join(map(re.escape, company.split()))
        there = re.search(rf"(?<!\w){name}(?!\w)", body)
        if name and there and not is_own:
            sentence = f"It mentions {company}, where you have another interview. Leave it if you mean it."
            yield look(RULE, sentence, there[0])


def _words(text: str) -> list[str]:
    """The words of a text, without the s of a possessive and with one kind of apostrophe."""
    return [word.removesuffix("'s") for word in _WORD.findall(unicodedata.normalize("NFC", text).replace("’", "'"))]


def _is_near(word: str, name: str) -> bool:
    """Whether a word looks like a name that was meant: other capitals or accents, or a slip or two."""
    if word == name:
        return False
    if _plain(word) == _plain(name):
        return len(name) >= _SHORT - 1
    if min(len(word), len(name)) < _SHORT or not word[0].isupper():
        return False
    return _slips(_plain(word), _plain(name)) <= (2 if len(name) >= _LONG else 1)


def _plain(word: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(each))


def _slips(word: str, name: str) -> int:
    """Letters to add, drop, change or swap with their neighbour to make one word of the other."""
    before: list[int] = []
    row = list(range(len(name) + 1))
    for i, letter in enumerate(word, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(name, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == name[j - 2] and word[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
