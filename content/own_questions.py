"""Questions in the user's own file: read strictly from TOML or CSV, and written back so that they read the same.

Only the text is needed; what else is missing follows from the kind. A mistake is a `ContentError` with line and field.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from codec.markers import Checked, WrittenAs
from codec.refusals import Complaint
from content.fields import SecondsRange, Text, check_not_empty_array, different, one_of
from content.loader import ContentError, load, load_entry
from content.taxonomy import sorting

MOST_CHARACTERS = 1_000_000  # of a file
MOST_QUESTIONS = 500
LINE = 300  # characters of a question, a prompt, a part of a good answer
ANSWER = 20_000  # characters
MOST_PARTS, MOST_PROMPTS = 4, 2
SECONDS = (5.0, 3600.0)
KIND = "behavioural"  # where no kind is said
# Competency and stage where none is said, by kind.
USUAL = {
    "screening": ("introduction", "screen"),
    "about_you": ("introduction", "screen"),
    "behavioural": ("projects", "first"),
    "technical": ("technical_depth", "technical"),
    "motivation": ("motivation", "first"),
    "closing": ("closing", "closing"),
}
FIELDS = ("text", "kind", "competency", "stage", "target_seconds", "good_answer", "prompts", "answer")


def _readable(text: str, most: int) -> str:
    if len(text) > most:
        raise Complaint(f"should be at most {most:,} characters long, not {len(text):,}")
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in text):
        raise Complaint("has control characters, which no page can show")
    return text


def _whole_seconds(ends: tuple[float, float]) -> tuple[float, float]:
    low, high = ends
    if low < SECONDS[0] or high > SECONDS[1] or not (low.is_integer() and high.is_integer()):
        raise Complaint(f"should be whole seconds between {SECONDS[0]:g} and {SECONDS[1]:g}")
    return ends


Line = Annotated[Text, Checked(lambda text: _readable(text, LINE))]


@dataclass(frozen=True)
class _File:
    question: Annotated[tuple[dict[str, Any], ...], Checked(check_not_empty_array)]


@dataclass(frozen=True)
class Written:
    """A question as it stands in a file; `kind`, `competency` and `stage` are keys of `content.taxonomy`."""

    text: Line
    kind: Annotated[Text, one_of(lambda: sorting().kinds)] = KIND
    competency: Annotated[Text, one_of(lambda: sorting().competencies)] = USUAL[KIND][0]
    stage: Annotated[Text, one_of(lambda: sorting().stages)] = USUAL[KIND][1]
    # (shortest, longest), or empty: what the kind calls for.
    target_seconds: Annotated[tuple[float, ...], WrittenAs(SecondsRange, _whole_seconds, list)] = ()
    good_answer: Annotated[tuple[Line, ...], different(0, MOST_PARTS)] = ()
    prompts: Annotated[tuple[Line, ...], different(0, MOST_PROMPTS)] = ()
    # The answer the user would like to give, in any number of lines.
    answer: Annotated[str, Checked(lambda text: _readable(text, ANSWER))] = ""


def read_toml(toml: str, file: str) -> tuple[Written, ...]:
    """The questions of a TOML text, each a [[question]]; raises ContentError."""
    check_size(toml, file)
    numbered = enumerate(load(_File, toml, file).question, start=1)
    return checked(((f"{file}, question {place}", values) for place, values in numbered), file)


def write_toml(questions: Iterable[Written]) -> str:
    """Questions as a TOML text; what is as usual for the kind is written all the same, what is empty is not."""
    return "\n".join(_table(question) for question in questions)


def checked(entries: Iterable[tuple[str, Mapping[str, object]]], file: str) -> tuple[Written, ...]:
    """Return the questions of some entries, each after the place it stands at, no two alike; raises ContentError."""
    found: dict[str, Written] = {}
    for where, values in entries:
        if len(found) == MOST_QUESTIONS:
            raise ContentError(f"{file}: has more than {MOST_QUESTIONS} questions; split it into several files")
        question = load_entry(Written, _with_usual(_tidied(values)), where)
        if question.text.casefold() in found:
            raise ContentError(f"{where}, text: another question of this file asks the same")
        found[question.text.casefold()] = question
    if not found:
        raise ContentError(f"{file}: has no questions")
    return tuple(found.values())


def check_size(text: str, file: str) -> None:
    """Refuse what is far too long to be somebody's questions."""
    if len(text) > MOST_CHARACTERS:
        raise ContentError(f"{file}: is longer than {MOST_CHARACTERS:,} characters; split it into several files")


def _tidied(values: Mapping[str, object]) -> dict[str, object]:
    """Values with the spaces of every text made single; an answer keeps its lines."""
    return {field: _lines(value) if field == "answer" else _tidy(value) for field, value in values.items()}


def _tidy(value: object) -> object:
    if isinstance(value, list):
        return [_tidy(each) for each in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def _lines(value: object) -> object:
    return value.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(value, str) else value


def _with_usual(values: dict[str, object]) -> dict[str, object]:
    """Values with the competency and stage that are usual for their kind, where they name none."""
    kind = values.get("kind", KIND)
    competency, stage = USUAL[kind] if isinstance(kind, str) and kind in USUAL else USUAL[KIND]
    return {"competency": competency, "stage": stage, **values}


def _table(question: Written) -> str:
    values = {field: getattr(question, field) for field in FIELDS}
    # A JSON text, list or number is one of TOML as well, as long as it has no control characters.
    lines = [f"{field} = {json.dumps(value, ensure_ascii=False)}" for field, value in values.items() if value]
    return "\n".join(["[[question]]", *lines]) + "\n"
