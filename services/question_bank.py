"""The questions as this user has them: those of the content and their own, some hidden, with their gaps filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.finding import Band, Source
from analysis.progress.attempt import Attempt
from analysis.question import AskedQuestion
from content.questions import Question
from content.questions import questions as content_questions
from interview.questions.own_question import HiddenQuestion, OwnQuestion, hidden_id
from interview.questions.own_question_files import Imported, import_questions
from interview.questions.placeholder_values import Fillings
from services.asked_questions import asked_question, is_practice
from store.attempt import Filters
from store.store import Store

OPEN = (None, None)
NONE_SHARED = Band(OPEN, OPEN, Source("Your own ranges", "You set different ones with these questions.", False))


@dataclass(frozen=True)
class QuestionBank:
    """Everything there is to practise, as it is kept at one moment."""

    own: Mapping[str, OwnQuestion]  # by id
    hidden: Mapping[str, HiddenQuestion]  # by the question's id
    fillings: Mapping[str, Fillings]  # by the question's id

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, hidden ones too."""
        return (*content_questions(), *(each.question for each in self.own.values()))

    @property
    def offered(self) -> tuple[Question, ...]:
        """The questions to practise; all of them as long as all are hidden."""
        return tuple(each for each in self.questions if each.id not in self.hidden) or self.questions

    def find(self, question_id: str) -> Question | None:
        """Return the question with this id, hidden or not; None where it was deleted."""
        return next((each for each in self.questions if each.id == question_id), None)

    def text(self, question: Question) -> str:
        """Return a question as it is asked, with the user's words in its gaps."""
        return self.text_with(question, {})

    def text_with(self, question: Question, values: Mapping[str, str]) -> str:
        """Return a question as it is asked, with these values by name of the gap where they are not empty.

        The other gaps hold the user's words, else the examples of the content.
        """
        filled = self.fillings.get(question.id)
        own = filled.by_slot if filled else {}
        return question.asked({**own, **{name: text for name, text in values.items() if text}})

    def asked(self, question: Question) -> AskedQuestion:
        """Return a question as the measures and the store know it."""
        return asked_question(question, self.text(question))


def load_question_bank(store: Store) -> QuestionBank:
    """Return what is kept now; raises StoreError."""
    return QuestionBank(
        {each.id: each for each in store.things(OwnQuestion)},
        {each.question: each for each in store.things(HiddenQuestion)},
        {each.question: each for each in store.things(Fillings)},
    )


def own_bands(store: Store, question_id: str) -> dict[str, Band]:
    """Return the target ranges that the user set with a question of their own, by measure; raises StoreError."""
    return next((each.bands for each in store.things(OwnQuestion) if each.id == question_id), {})


def shared_own_bands(attempts: Iterable[Attempt], bank: QuestionBank, settings: Mapping[str, Band]) -> dict[str, Band]:
    """Return the user's target range for these answers, by measure.

    That of a question counts where it has one, else that of the settings; where the questions have different ones it
    is open.
    """
    asked = {attempt.question for attempt in attempts}
    own = {each.id: each.bands for each in bank.own.values()}
    found = [{**settings, **own.get(question or "", {})} for question in asked]
    measures = {measure for bands in found for measure in bands}
    return {measure: _shared([bands.get(measure) for bands in found]) for measure in measures}


def is_open(band: Band) -> bool:
    """Whether a range sets no limit, as where several questions share none."""
    return band.fine == OPEN


def own_answers(store: Store, question_id: str | None = None) -> tuple[Attempt, ...]:
    """Return the user's analysed answers in the order they were given, without samples and debriefs.

    Args:
        store: where they are kept.
        question_id: the question they answer; None for all of them.

    Raises:
        StoreError: they cannot be read.
    """
    measured = store.measured(Filters(question=question_id))
    return tuple(attempt for attempt in measured if is_practice(attempt.question or ""))


def question_texts(store: Store, attempts: Iterable[Attempt], bank: QuestionBank) -> dict[str | None, str]:
    """Return the words of each question these answers belong to, by its id; raises StoreError.

    They are those it is asked in now, or those of its latest answer where the question is gone.
    """
    latest = {attempt.question: attempt.id for attempt in attempts}
    known = {question.id: question for question in bank.questions}
    return {
        question: bank.text(known[question]) if question in known else store.attempt(attempt_id).question.text
        for question, attempt_id in latest.items()
    }


def import_own_questions(store: Store, bank: QuestionBank, name: str, data: bytes) -> Imported:
    """Store the questions of a CSV or TOML file that the user does not have yet; raises EntryError or StoreError."""
    found = import_questions(name, data, (each.text for each in bank.own.values()))
    for each in found.new:
        store.keep(each)
    return found


def toggle_hidden(store: Store, bank: QuestionBank, question_id: str) -> None:
    """Hide a question that is offered and offer one that is hidden; raises StoreError."""
    if question_id in bank.hidden:
        store.forget(hidden_id(question_id))
    else:
        store.keep(HiddenQuestion(hidden_id(question_id), question_id))


def delete_own_question(store: Store, bank: QuestionBank, question_id: str) -> None:
    """Delete a question of the user's own; answers to it stay. Raises StoreError."""
    store.forget(question_id)
    if question_id in bank.hidden:
        store.forget(bank.hidden[question_id].id)


def _shared(bands: list[Band | None]) -> Band:
    first = bands[0]
    return first if first is not None and all(band == first for band in bands) else NONE_SHARED
