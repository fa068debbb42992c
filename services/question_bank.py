"""The user's question bank: questions of the content and their own, hidden ones, placeholder values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.finding import Band, Source
from analysis.measures.length import ANSWER_LENGTH, make_length_band
from analysis.progress.attempt import Attempt
from analysis.question import AskedQuestion
from content.questions import Question, get_question
from content.questions import load_questions as content_questions
from interview.questions.own_question import HiddenQuestion, OwnQuestion, make_hidden_id
from interview.questions.own_question_files import ImportedQuestions, read_question_file
from interview.questions.placeholder_values import PlaceholderValues
from services.asked_questions import is_practice, make_asked_question, parse_follow_up_id
from services.undo import pack
from store.attempt import Filters
from store.store import Store

FOLLOW_UP_SECONDS = (5.0, 60.0)  # s: from a sentence with a number to one occasion, told briefly; this app's reading
NO_LIMITS = (None, None)
NO_SHARED_BAND = Band(
    NO_LIMITS, NO_LIMITS, Source("Your own ranges", "You set different ranges for these questions.", False)
)


@dataclass(frozen=True)
class QuestionBank:
    """All questions as stored at one moment."""

    own: Mapping[str, OwnQuestion]  # by id
    hidden: Mapping[str, HiddenQuestion]  # by the question's id
    fillings: Mapping[str, PlaceholderValues]  # by the question's id

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, including hidden ones."""
        return (*content_questions(), *(each.question for each in self.own.values()))

    @property
    def offered(self) -> tuple[Question, ...]:
        """The questions that are not hidden; all questions if every one is hidden."""
        return tuple(each for each in self.questions if each.id not in self.hidden) or self.questions

    def find(self, question_id: str) -> Question | None:
        """Return the question with this id, hidden, retired or not; None if it was deleted."""
        if question_id in self.own:
            return self.own[question_id].question
        try:
            return get_question(question_id)
        except KeyError:
            return None

    def offered_in(self, field: str) -> tuple[Question, ...]:
        """Return the questions to draw from at random in a field of work; without a field, those of every job."""
        return tuple(each for each in self.offered if each.suits(field)) or self.offered

    def format_text(self, question: Question) -> str:
        """Return the text of a question with the user's placeholder values."""
        return self.format_text_with(question, {})

    def format_text_with(self, question: Question, values: Mapping[str, str]) -> str:
        """Return the text of a question with the given placeholder values.

        Args:
            question: the question.
            values: values by placeholder name; for missing or empty ones the user's value is used, else the
                example of the content.
        """
        filled = self.fillings.get(question.id)
        own = filled.by_slot if filled else {}
        return question.fill_slots({**own, **{name: text for name, text in values.items() if text}})

    def to_asked_question(self, question: Question) -> AskedQuestion:
        """Return a question in the form that the analysis and the store use."""
        return make_asked_question(question, self.format_text(question))


def load_question_bank(store: Store) -> QuestionBank:
    """Load the question bank; raises StoreError."""
    return QuestionBank(
        {each.id: each for each in store.load_documents(OwnQuestion)},
        {each.question: each for each in store.load_documents(HiddenQuestion)},
        {each.question: each for each in store.load_documents(PlaceholderValues)},
    )


def find_target_bands(question_id: str) -> dict[str, Band]:
    """Return the range of the answer length that the content gives a question, which has a ceiling and no floor.

    None for other ids.
    """
    try:
        _, high = get_question(question_id).target_seconds
    except KeyError:
        return {}
    return {ANSWER_LENGTH.key: make_length_band(None, high)}


def find_own_bands(store: Store, question_id: str) -> dict[str, Band]:
    """Return the target ranges, by measure, that a question has of its own: the user's, or a follow-up's short one.

    Raises:
        StoreError: the user's questions cannot be read.
    """
    if parse_follow_up_id(question_id) is not None:
        return {ANSWER_LENGTH.key: make_length_band(None, FOLLOW_UP_SECONDS[1])}
    return next((each.bands for each in store.load_documents(OwnQuestion) if each.id == question_id), {})


def find_shared_bands(attempts: Iterable[Attempt], bank: QuestionBank, settings: Mapping[str, Band]) -> dict[str, Band]:
    """Return the user's target range for these answers, by measure.

    The range of an own question takes precedence over that of the settings, and that over the length that the content
    gives a single question. If the questions have different ranges, the range is open.

    Args:
        attempts: the answers.
        bank: the question bank.
        settings: the ranges in the settings, by measure.
    """
    asked = {attempt.question for attempt in attempts}
    own = {each.id: each.bands for each in bank.own.values()}
    shared = find_target_bands(next(iter(asked)) or "") if len(asked) == 1 else {}
    found = [{**shared, **settings, **own.get(question or "", {})} for question in asked]
    measures = {measure for bands in found for measure in bands}
    return {measure: _merge_bands([bands.get(measure) for bands in found]) for measure in measures}


def is_open(band: Band) -> bool:
    """Whether a range sets no limit, as when several questions have different ranges."""
    return band.fine == NO_LIMITS


def load_own_answers(store: Store, question_id: str | None = None) -> tuple[Attempt, ...]:
    """Return the user's analysed answers in order of recording, without samples, debriefs and silence.

    Args:
        store: where they are stored.
        question_id: the question they answer; None for all questions.

    Raises:
        StoreError: they cannot be read.
    """
    measured = store.load_measured(Filters(question=question_id))
    return tuple(attempt for attempt in measured if attempt.seconds > 0 and is_practice(attempt.question or ""))


def load_question_texts(store: Store, attempts: Iterable[Attempt], bank: QuestionBank) -> dict[str | None, str]:
    """Return the text of each question that was answered, by its id; raises StoreError.

    It is the current text, or that of its latest answer if the question was deleted.
    """
    latest = {attempt.question: attempt.id for attempt in attempts}
    known = {question.id: question for question in bank.questions}
    return {
        question: bank.format_text(known[question])
        if question in known
        else store.load_attempt(attempt_id).question.text
        for question, attempt_id in latest.items()
    }


def import_own_questions(store: Store, bank: QuestionBank, name: str, data: bytes) -> ImportedQuestions:
    """Store the questions of a CSV or TOML file that the user does not have yet; raises EntryError or StoreError."""
    found = read_question_file(name, data, (each.text for each in bank.own.values()))
    for each in found.new:
        store.save(each)
    return found


def toggle_hidden(store: Store, bank: QuestionBank, question_id: str) -> None:
    """Hide a question, or offer a hidden one again; raises StoreError."""
    if question_id in bank.hidden:
        store.delete_document(make_hidden_id(question_id))
    else:
        store.save(HiddenQuestion(make_hidden_id(question_id), question_id))


def delete_own_question(store: Store, bank: QuestionBank, question_id: str) -> bytes | None:
    """Delete an own question; its answers stay. Returns it as `services.undo.pack` does; raises StoreError."""
    ids = [question_id, *([bank.hidden[question_id].id] if question_id in bank.hidden else [])]
    packed = pack(store, ids)
    for each in ids:
        store.delete_document(each)
    return packed


def _merge_bands(bands: list[Band | None]) -> Band:
    first = bands[0]
    return first if first is not None and all(band == first for band in bands) else NO_SHARED_BAND
