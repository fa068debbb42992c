"""Read and write files of the user's own questions: strict parsing, lossless round trip.

Only the text is required; other missing fields default by the kind of question. A mistake is a
`ContentError` with the line and field.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from codec.markers import Checked, WrittenAs
from codec.refusals import Complaint
from content.fields import SecondsRange, Text, check_not_empty_array, require_different_texts, require_one_of
from content.loader import ContentError, load_content, load_entry
from content.taxonomy import load_taxonomy

MAX_FILE_CHARACTERS = 1_000_000  # of a file
MAX_QUESTIONS = 500
MAX_LINE_CHARACTERS = 300  # characters of a question, a prompt, a part of a good answer
MAX_ANSWER_CHARACTERS = 20_000  # characters
MAX_GOOD_ANSWER_PARTS, MAX_PROMPTS = 4, 2
TARGET_SECONDS_LIMITS = (5.0, 3600.0)
DEFAULT_KIND = "behavioural"  # where no kind is said
# Competency and stage where none is said, by kind.
DEFAULTS_BY_KIND = {
    "screening": ("introduction", "screen"),
    "about_you": ("introduction", "screen"),
    "behavioural": ("projects", "first"),
    "technical": ("technical_depth", "technical"),
    "motivation": ("motivation", "first"),
    "closing": ("closing", "closing"),
}
FIELDS = ("text", "kind", "competency", "stage", "target_seconds", "good_answer", "prompts", "answer")


def _check_readable(text: str, most: int) -> str:
    if len(text) > most:
        raise Complaint(f"should be at most {most:,} characters long, not {len(text):,}")
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in text):
        raise Complaint("has control characters, which no page can show")
    return text


def _check_whole_seconds(ends: tuple[float, float]) -> tuple[float, float]:
    low, high = ends
    if (
        low < TARGET_SECONDS_LIMITS[0]
        or high > TARGET_SECONDS_LIMITS[1]
        or not (low.is_integer() and high.is_integer())
    ):
        raise Complaint(
            f"should be whole seconds between {TARGET_SECONDS_LIMITS[0]:g} and {TARGET_SECONDS_LIMITS[1]:g}"
        )
    return ends


Line = Annotated[Text, Checked(lambda text: _check_readable(text, MAX_LINE_CHARACTERS))]


@dataclass(frozen=True)
class _File:
    question: Annotated[tuple[dict[str, Any], ...], Checked(check_not_empty_array)]


@dataclass(frozen=True)
class OwnQuestionEntry:
    """A question in a file; `kind`, `competency` and `stage` are keys of `content.taxonomy`."""

    text: Line
    kind: Annotated[Text, require_one_of(lambda: load_taxonomy().kinds)] = DEFAULT_KIND
    competency: Annotated[Text, require_one_of(lambda: load_taxonomy().competencies)] = DEFAULTS_BY_KIND[DEFAULT_KIND][
        0
    ]
    stage: Annotated[Text, require_one_of(lambda: load_taxonomy().stages)] = DEFAULTS_BY_KIND[DEFAULT_KIND][1]
    # (shortest, longest), or empty: what the kind calls for.
    target_seconds: Annotated[tuple[float, ...], WrittenAs(SecondsRange, _check_whole_seconds, list)] = ()
    good_answer: Annotated[tuple[Line, ...], require_different_texts(0, MAX_GOOD_ANSWER_PARTS)] = ()
    prompts: Annotated[tuple[Line, ...], require_different_texts(0, MAX_PROMPTS)] = ()
    # The answer the user would like to give, in any number of lines.
    answer: Annotated[str, Checked(lambda text: _check_readable(text, MAX_ANSWER_CHARACTERS))] = ""


@dataclass(frozen=True)
class QuestionFile:
    """The questions of a file, and a sentence for each that could not be read."""

    questions: tuple[OwnQuestionEntry, ...]
    mistakes: tuple[str, ...] = ()


def read_toml(toml: str, file: str) -> QuestionFile:
    """Read the [[question]] entries of a TOML text; raises ContentError."""
    check_size(toml, file)
    numbered = enumerate(load_content(_File, toml, file).question, start=1)
    return parse_entries(((f"{file}, question {place}", partial(dict, values)) for place, values in numbered), file)


def write_toml(questions: Iterable[OwnQuestionEntry]) -> str:
    """Write questions as TOML; default values are included, empty ones are left out."""
    return "\n".join(_format_table(question) for question in questions)


def parse_entries(entries: Iterable[tuple[str, Callable[[], Mapping[str, object]]]], file: str) -> QuestionFile:
    """Parse entries into questions; those with a mistake, or with the text of an earlier one, are left out and named.

    Args:
        entries: for each question its place in the file, for error messages, and what returns its fields or raises
            ContentError.
        file: name of the file, for error messages.

    Raises:
        ContentError: no entry can be read, or there are none or too many.
    """
    found: dict[str, OwnQuestionEntry] = {}
    mistakes: list[str] = []
    for where, build in entries:
        if len(found) == MAX_QUESTIONS:
            raise ContentError(f"{file}: has more than {MAX_QUESTIONS} questions; split it into several files")
        try:
            question = _parse_entry(where, build())
            if question.text.casefold() in found:
                raise ContentError(f"{where}, text: another question of this file asks the same")
        except ContentError as mistake:
            mistakes.append(str(mistake))
        else:
            found[question.text.casefold()] = question
    if not found:
        raise ContentError(mistakes[0] if mistakes else f"{file}: has no questions")
    return QuestionFile(tuple(found.values()), tuple(mistakes))


def _parse_entry(where: str, values: Mapping[str, object]) -> OwnQuestionEntry:
    return load_entry(OwnQuestionEntry, _fill_defaults(_name_keys(_clean_values(values), where)), where)


def _name_keys(values: dict[str, object], where: str) -> dict[str, object]:
    """Put the keys of the taxonomy where their labels were written; refuse what is neither, with the labels."""
    taxonomy = load_taxonomy()
    known = {
        "kind": {key: kind.label for key, kind in taxonomy.kinds.items()},
        "competency": taxonomy.competencies,
        "stage": taxonomy.stages,
    }
    named = dict(values)
    for field, labels in known.items():
        written = values.get(field)
        if not isinstance(written, str) or written in labels:
            continue
        by_label = {label.casefold(): key for key, label in labels.items()}
        key = by_label.get(written.casefold(), written.casefold().replace(" ", "_"))
        if key not in labels:
            raise ContentError(
                f"{where}, {field}: “{written[:40]}” isn't one we know. Use {', '.join(labels.values())}"
            )
        named[field] = key
    return named


def check_size(text: str, file: str) -> None:
    """Raise ContentError if a text is far too long to be a file of questions."""
    if len(text) > MAX_FILE_CHARACTERS:
        raise ContentError(f"{file}: is longer than {MAX_FILE_CHARACTERS:,} characters; split it into several files")


def _clean_values(values: Mapping[str, object]) -> dict[str, object]:
    """Collapse spaces in every text except the answer, which keeps its lines."""
    return {
        field: _normalize_newlines(value) if field == "answer" else _collapse_spaces(value)
        for field, value in values.items()
    }


def _collapse_spaces(value: object) -> object:
    if isinstance(value, list):
        return [_collapse_spaces(each) for each in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def _normalize_newlines(value: object) -> object:
    return value.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(value, str) else value


def _fill_defaults(values: dict[str, object]) -> dict[str, object]:
    """Add the default competency and stage of the kind where they are missing."""
    kind = values.get("kind", DEFAULT_KIND)
    competency, stage = (
        DEFAULTS_BY_KIND[kind] if isinstance(kind, str) and kind in DEFAULTS_BY_KIND else DEFAULTS_BY_KIND[DEFAULT_KIND]
    )
    return {"competency": competency, "stage": stage, **values}


def _format_table(question: OwnQuestionEntry) -> str:
    values = {field: getattr(question, field) for field in FIELDS}
    # A JSON text, list or number is one of TOML as well, as long as it has no control characters.
    lines = [f"{field} = {json.dumps(value, ensure_ascii=False)}" for field, value in values.items() if value]
    return "\n".join(["[[question]]", *lines]) + "\n"
