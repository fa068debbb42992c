"""Check the names in a note: spelling, and names left over from a note to somebody else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.text.word_lists import STOP_WORDS, make_word_set
from interview.interview import Interview
from interview.person import Person
from interview.thank_you.checks.finding import NoteFinding, approve, flag_for_change, flag_for_review

RULE = "note_names"
_SHORT_NAME_LETTERS, _LONG_NAME_LETTERS = (
    4,
    8,
)  # letters: shorter words are too like others to be misspellings, longer ones may have two slips
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# Words that open sentences in notes and are one letter away from somebody's name.
_COMMON_WORDS = STOP_WORDS | make_word_set(
    """best dear kind hello thank thanks regards sincerely warm warmly with many one two here may mark march april june
    monday tuesday wednesday thursday friday saturday sunday today data team role work time meeting"""
)


@dataclass(frozen=True)
class KnownNames:
    """The names that are known when a note is reviewed."""

    person: Person  # to whom
    interview: Interview
    others: tuple[Person, ...] = ()  # whom the user met, or knows
    companies: tuple[str, ...] = ()  # of the user's other interviews
    sender: str = ""


def check_names(body: str, subject: str, known: KnownNames) -> tuple[NoteFinding, ...]:
    """Check the names in a note; returns one good finding if nothing is wrong."""
    text = f"{subject}\n{body}"
    found = [*_check_greeting(body, known), *_find_misspellings(text, known), *_find_leftover_names(body, known)]
    return tuple(found) or (approve(RULE, f"Names match the ones you saved: {known.person.name}."),)


def _check_greeting(body: str, known: KnownNames) -> Iterable[NoteFinding]:
    line = next((line.strip() for line in body.splitlines() if line.strip()), "")
    greeted = _find_greeted_person(line, known)
    if greeted is not None and greeted.id != known.person.id:
        yield flag_for_change(RULE, f"It greets {greeted.name}, and is for {known.person.name}.", line)
    elif greeted is None and not any(
        _is_near(word, name) for word in _split_words(line) for name in _split_words(_list_names(known.person))
    ):
        yield flag_for_review(RULE, f"It doesn't begin with {known.person.name}'s name.", line or None)


def _find_greeted_person(line: str, known: KnownNames) -> Person | None:
    """Return whose name matches the first line best; ties go to the recipient, None if no name matches."""
    words = set(_split_words(line))
    fits = {
        each: len(words & set(_split_words(_list_names(each)))) + (each.name in line)
        for each in (known.person, *known.others)
    }
    best = max(fits, key=lambda each: fits[each])
    return best if fits[best] else None


def _list_names(person: Person) -> str:
    """Return every name of a person: as it is spelt, and as they like to be called."""
    return f"{person.name} {person.called}"


def _find_misspellings(text: str, known: KnownNames) -> Iterable[NoteFinding]:
    company = known.interview.company
    people = [known.person, *known.others]
    right = {word for name in (*map(_list_names, people), company, known.sender) for word in _split_words(name)}
    right |= {word for other in (known.interview.role, *known.companies) for word in _split_words(other)}
    there = set(_split_words(text))
    for word in dict.fromkeys(_split_words(text)):
        if word in right or word.casefold() in _COMMON_WORDS:
            continue
        for name in (known.person.name, company):
            parts = [part for part in _split_words(name) if part.casefold() not in _COMMON_WORDS]
            # Small letters beside the right spelling are an ordinary word: "I hope" in a note to Hope.
            parts = [part for part in parts if not (word.islower() and part in there)]
            if any(_is_near(word, part) for part in parts):
                yield flag_for_review(RULE, f"“{word}” and “{name}”, the name you saved, differ. Which is right?", word)
                break


def _find_leftover_names(body: str, known: KnownNames) -> Iterable[NoteFinding]:
    words, own = (
        set(_split_words(body)),
        set(_split_words(f"{known.person.name} {known.interview.company} {known.sender}")),
    )
    for other in known.others:
        named = [
            word for word in _split_words(other.name) if word in words - own and word.casefold() not in _COMMON_WORDS
        ]
        if (
            other.id != known.person.id
            and named
            and _find_greeted_person(body.strip().partition("\n")[0], known) != other
        ):
            yield flag_for_review(RULE, f"It mentions {other.name}. Leave it if you mean it.", named[0])
    for company in known.companies:
        is_own = company.casefold() == known.interview.company.casefold()
        name = r"\s".join(map(re.escape, company.split()))
        there = re.search(rf"(?<!\w){name}(?!\w)", body)
        if name and there and not is_own:
            sentence = f"It mentions {company}, where you have another interview. Leave it if you mean it."
            yield flag_for_review(RULE, sentence, there[0])


def _split_words(text: str) -> list[str]:
    """Split a text into words, without possessive s and with straight apostrophes."""
    return [word.removesuffix("'s") for word in _WORD.findall(unicodedata.normalize("NFC", text).replace("’", "'"))]


def _is_near(word: str, name: str) -> bool:
    """Whether a word may be a misspelling of a name: capitals, accents, or one or two typing errors."""
    if word == name:
        return False
    if _normalize(word) == _normalize(name):
        return len(name) >= _SHORT_NAME_LETTERS - 1
    if min(len(word), len(name)) < _SHORT_NAME_LETTERS or not word[0].isupper():
        return False
    return _compute_edit_distance(_normalize(word), _normalize(name)) <= (2 if len(name) >= _LONG_NAME_LETTERS else 1)


def _normalize(word: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(each))


def _compute_edit_distance(word: str, name: str) -> int:
    """Return the edit distance of two words; swapping neighbours counts as one edit."""
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
