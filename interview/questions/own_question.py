"""Questions the user adds to those of the content, and those they do not want to see."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.finding import Band
from analysis.finding import Source as BandSource
from analysis.measures.length import ANSWER_LENGTH, length_band
from content.own_questions import MOST_PARTS, MOST_PROMPTS, SECONDS, USUAL, Written
from content.questions import Question
from content.sources import OWN
from content.taxonomy import sorting
from interview.ids import same_id
from interview.validation import (
    EntryError,
    check_between,
    check_id,
    check_key,
    check_most,
    check_named,
    check_text,
    refuse,
)

LENGTH_SOURCE = BandSource("Your own question", "You set this length with the question.", is_evidence=False)


def hidden_id(question: str) -> str:
    """The id of the hiding of one question, so that it is hidden once."""
    return same_id("hidden_question", question)


@dataclass(frozen=True)
class OwnQuestion:
    """One question; `kind`, `competency` and `stage` are keys of `content.taxonomy`."""

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
        check_named("A question", self.text)
        for what, key, keys in (
            ("The kind of a question", self.kind, sorting().kinds),
            ("The competency of a question", self.competency, sorting().competencies),
            ("The stage of a question", self.stage, sorting().stages),
        ):
            if key not in keys:
                refuse(what, f"be one of {', '.join(keys)}", key)
        check_most("The parts of a good answer", self.good_answer, MOST_PARTS)
        check_most("The prompts to a question", self.prompts, MOST_PROMPTS)
        check_named("A part of a good answer", *self.good_answer)
        check_named("A prompt", *self.prompts)
        check_text("An answer", self.answer)
        self._check_seconds()

    def _check_seconds(self) -> None:
        for seconds in self.target_seconds:
            check_between("The length to aim for in seconds", seconds, *SECONDS)
        if self.target_seconds and not self._seconds_rise:
            raise EntryError("The length to aim for should be a shortest and a longest number of seconds.")

    @property
    def _seconds_rise(self) -> bool:
        return len(self.target_seconds) == 2 and self.target_seconds[0] < self.target_seconds[1]

    @property
    def question(self) -> Question:
        """The same as a question to practise."""
        sorted_by, target = (self.kind, self.competency, self.stage), self.target_seconds
        return Question(
            *(self.id, self.text, *sorted_by, self.good_answer, self.prompts),
            own_seconds=(target[0], target[1]) if target else None,
            source=OWN.key,
        )

    @property
    def bands(self) -> dict[str, Band]:
        """By measure, the range that answers are judged by where the user set a length with the question."""
        if not self.target_seconds:
            return {}
        low, high = self.target_seconds
        return {ANSWER_LENGTH.key: length_band(low, high, LENGTH_SOURCE)}

    @property
    def written(self) -> Written:
        """The same as it is written into a file."""
        sorted_by = (self.kind, self.competency, self.stage)
        return Written(self.text, *sorted_by, self.target_seconds, self.good_answer, self.prompts, self.answer)


@dataclass(frozen=True)
class HiddenQuestion:
    """A question that is not offered; to see it again, this is deleted."""

    id: str
    question: str  # its id

    def __post_init__(self) -> None:
        check_id("The id of a hidden question", self.id)
        check_key("The hidden question", self.question)


def from_written(id: str, written: Written) -> OwnQuestion:  # noqa: A002 - the field has this name
    """A question of a file, or one that was only given a text, as one to keep."""
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


def own_question(id: str, text: str, kind: str, answer: str = "") -> OwnQuestion:  # noqa: A002 - the field's name
    """A question of one kind, with the competency and stage that are usual for it; raises EntryError."""
    if kind not in USUAL:
        refuse("The kind of a question", f"be one of {', '.join(USUAL)}", kind)
    return OwnQuestion(id, text, kind, *USUAL[kind], answer=answer)
