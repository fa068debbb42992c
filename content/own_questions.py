"""Questions in the user's own file: read strictly from TOML or CSV, and written back so that they read the same.

Only the text is needed; what else is missing follows from the kind. A mistake is a `ContentError` with line and field.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from content.loader import ContentError, Entry, parse
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


@dataclass(frozen=True)
class Written:
    """A question as it stands in a file; `kind`, `competency` and `stage` are keys of `content.taxonomy`."""

    text: str
    kind: str = KIND
    competency: str = USUAL[KIND][0]
    stage: str = USUAL[KIND][1]
    target_seconds: tuple[float, ...] = ()  # (shortest, longest), or empty: what the kind calls for
    good_answer: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    answer: str = ""  # the answer the user would like to give, in any number of lines


def read_toml(toml: str, file: str) -> tuple[Written, ...]:
    """The questions of a TOML text, each a [[question]]; raises ContentError."""
    check_size(toml, file)
    top = parse(toml, file)
    top.expect(("question",))
    numbered = enumerate(top.array("question"), start=1)
    return checked((Entry(file, f"question {place}", tidied(entry.values)) for place, entry in numbered), file)


def write_toml(questions: Iterable[Written]) -> str:
    """Questions as a TOML text; what is as usual for the kind is written all the same, what is empty is not."""
    return "\n".join(_table(question) for question in questions)


def checked(entries: Iterable[Entry], file: str) -> tuple[Written, ...]:
    """The questions of some entries, no two alike; raises ContentError."""
    found: dict[str, Written] = {}
    for entry in entries:
        if len(found) == MOST_QUESTIONS:
            raise ContentError(f"{file}: has more than {MOST_QUESTIONS} questions; split it into several files")
        question = _written(entry)
        if question.text.casefold() in found:
            raise entry.error("text", "another question of this file asks the same")
        found[question.text.casefold()] = question
    if not found:
        raise ContentError(f"{file}: has no questions")
    return tuple(found.values())


def check_size(text: str, file: str) -> None:
    """Refuse what is far too long to be somebody's questions."""
    if len(text) > MOST_CHARACTERS:
        raise ContentError(f"{file}: is longer than {MOST_CHARACTERS:,} characters; split it into several files")


def tidied(values: Mapping[str, object]) -> dict[str, object]:
    """Values with the spaces of every text made single; an answer keeps its lines."""
    return {field: _lines(value) if field == "answer" else _tidy(value) for field, value in values.items()}


def _tidy(value: object) -> object:
    if isinstance(value, list):
        return [_tidy(each) for each in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def _lines(value: object) -> object:
    return value.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(value, str) else value


def _written(entry: Entry) -> Written:
    entry.expect(("text",), optional=FIELDS[1:])
    given = entry.values
    kind = entry.choice("kind", sorting().kinds) if "kind" in given else KIND
    competency, stage = USUAL[kind]
    return Written(
        text=_line(entry, "text", entry.text("text")),
        kind=kind,
        competency=entry.choice("competency", sorting().competencies) if "competency" in given else competency,
        stage=entry.choice("stage", sorting().stages) if "stage" in given else stage,
        target_seconds=_seconds(entry) if "target_seconds" in given else (),
        good_answer=_list(entry, "good_answer", MOST_PARTS),
        prompts=_list(entry, "prompts", MOST_PROMPTS),
        answer=_answer(entry) if "answer" in given else "",
    )


def _seconds(entry: Entry) -> tuple[float, ...]:
    low, high = entry.range_of_seconds("target_seconds")
    if low < SECONDS[0] or high > SECONDS[1] or not (low.is_integer() and high.is_integer()):
        raise entry.error("target_seconds", f"should be whole seconds between {SECONDS[0]:g} and {SECONDS[1]:g}")
    return low, high


def _list(entry: Entry, field: str, most: int) -> tuple[str, ...]:
    texts = entry.texts(field, 0, most) if field in entry.values else ()
    return tuple(_line(entry, field, text) for text in texts)


def _answer(entry: Entry) -> str:
    value = entry.values["answer"]
    if not isinstance(value, str):
        raise entry.error("answer", f"should be a text, not {value!r}")
    return _readable(entry, "answer", value, ANSWER)


def _line(entry: Entry, field: str, text: str) -> str:
    return _readable(entry, field, text, LINE)


def _readable(entry: Entry, field: str, text: str, most: int) -> str:
    if len(text) > most:
        raise entry.error(field, f"should be at most {most:,} characters long, not {len(text):,}")
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in text):
        raise entry.error(field, "has control characters, which no page can show")
    return text


def _table(question: Written) -> str:
    values = {field: getattr(question, field) for field in FIELDS}
    # A JSON text, list or number is one of TOML as well, as long as it has no control characters.
    lines = [f"{field} = {json.dumps(value, ensure_ascii=False)}" for field, value in values.items() if value]
    return "\n".join(["[[question]]", *lines]) + "\n"
