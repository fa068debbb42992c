"""Questions the user adds to the question bank, and questions they hide."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.finding import Band
from analysis.finding import Source as BandSource
from analysis.measures.length import ANSWER_LENGTH, make_length_band
from content.own_questions import (
    DEFAULTS_BY_KIND,
    MAX_GOOD_ANSWER_PARTS,
    MAX_PROMPTS,
    TARGET_SECONDS_LIMITS,
    OwnQuestionEntry,
)
from content.questions import Question
from content.sources import OWN_SOURCE
from content.taxonomy import load_taxonomy
from interview.ids import make_stable_id
from interview.validation import (
    EntryError,
    check_between,
    check_filled_line,
    check_id,
    check_key,
    check_max_count,
    check_text,
    refuse,
)

LENGTH_SOURCE = BandSource("Your own question", "You set this length with the question.", is_evidence=False)


def make_hidden_id(question: str) -> str:
    """Return the id of the document that hides a question: one per question."""
    return make_stable_id("hidden_question", question)


@dataclass(frozen=True)
class OwnQuestion:
    """A question of the user; `kind`, `competency` and `stage` are keys of `content.taxonomy`."""

    id: str  # the question's id for answers, points and plans, too
    text: str
    kind: str
    competency: str
    stage: str
    good_answer: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    target_seconds: tuple[float, ...] = ()  # (shortest, longest), or empty: what the kind calls for
    answer: str = ""  # the answer the user would like to give

    def __post_init__(self) -> None:
        check_id("The id of a question", self.id)
        check_filled_line("A question", self.text)
        for what, key, keys in (
            ("The kind of a question", self.kind, load_taxonomy().kinds),
            ("The competency of a question", self.competency, load_taxonomy().competencies),
            ("The stage of a question", self.stage, load_taxonomy().stages),
        ):
            if key not in keys:
                refuse(what, f"be one of {', '.join(keys)}", key)
        check_max_count("The parts of a good answer", self.good_answer, MAX_GOOD_ANSWER_PARTS)
        check_max_count("The prompts to a question", self.prompts, MAX_PROMPTS)
        check_filled_line("A part of a good answer", *self.good_answer)
        check_filled_line("A prompt", *self.prompts)
        check_text("An answer", self.answer)
        self._check_seconds()

    def _check_seconds(self) -> None:
        for seconds in self.target_seconds:
            check_between("The length to aim for in seconds", seconds, *TARGET_SECONDS_LIMITS)
        if self.target_seconds and not self._has_valid_range:
            raise EntryError("The length to aim for should be a shortest and a longest number of seconds.")

    @property
    def _has_valid_range(self) -> bool:
        return len(self.target_seconds) == 2 and self.target_seconds[0] < self.target_seconds[1]

    @property
    def question(self) -> Question:
        """The same as a question of the bank."""
        sorted_by, target = (self.kind, self.competency, self.stage), self.target_seconds
        return Question(
            *(self.id, self.text, *sorted_by, self.good_answer, self.prompts),
            own_seconds=(target[0], target[1]) if target else None,
            source=OWN_SOURCE.key,
        )

    @property
    def bands(self) -> dict[str, Band]:
        """The target range of the answer length, by measure; empty if the user set none."""
        if not self.target_seconds:
            return {}
        low, high = self.target_seconds
        return {ANSWER_LENGTH.key: make_length_band(low, high, LENGTH_SOURCE)}

    @property
    def written(self) -> OwnQuestionEntry:
        """The same as an entry of a question file."""
        sorted_by = (self.kind, self.competency, self.stage)
        return OwnQuestionEntry(self.text, *sorted_by, self.target_seconds, self.good_answer, self.prompts, self.answer)


@dataclass(frozen=True)
class HiddenQuestion:
    """A question that is not offered; deleting this offers it again."""

    id: str
    question: str  # its id

    def __post_init__(self) -> None:
        check_id("The id of a hidden question", self.id)
        check_key("The hidden question", self.question)


def from_written(id: str, written: OwnQuestionEntry) -> OwnQuestion:  # noqa: A002 - the field has this name
    """Make an own question from an entry of a question file."""
    return OwnQuestion(
        id,
        written.text,
        written.kind,
        written.competency,
        written.stage,
        written.good_answer,
        written.prompts,
        written.target_seconds,
        written.answer,
    )


def make_own_question(id: str, text: str, kind: str, answer: str = "") -> OwnQuestion:  # noqa: A002 - the field's name
    """Make an own question with the usual competency and stage of its kind.

    Args:
        id: of the question.
        text: its words, one line.
        kind: key of a question kind.
        answer: the answer the user would like to give.

    Raises:
        EntryError: a value does not fit.
    """
    if kind not in DEFAULTS_BY_KIND:
        refuse("The kind of a question", f"be one of {', '.join(DEFAULTS_BY_KIND)}", kind)
    return OwnQuestion(id, text, kind, *DEFAULTS_BY_KIND[kind], answer=answer)
