"""Find questions by letters and by meaning: "weakness" also finds "What's something you're working on?".

The vectors of the content's questions stand in question_vectors.npz, so that a search embeds only what was typed;
`python -m services.question_search` computes them anew after a question was changed. A question whose words have no
vector there, such as one of the user's own, is embedded once and remembered.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from analysis.text.sentence_embedding import VECTOR_WIDTH, Embedder, Floats, load_embedder
from content.questions import Question, load_questions
from content.taxonomy import load_taxonomy
from services.question_bank import QuestionBank
from speech.errors import WeightsError

FILE = Path(__file__).parent / "question_vectors.npz"
DIGEST_BYTES = 8  # of SHA-256, which tells the texts apart
MIN_SIMILARITY = 0.3  # cosine; below it hardly anything fits, as tests/services/test_question_search.py shows
MAX_BY_MEANING = 12  # questions that hold none of the letters
WORD_VARIANTS = {"resume": "cv", "résumé": "cv", "coworker": "colleague"}  # as the questions have it
_own_vectors: dict[str, Floats] = {}
_loading = threading.Lock()


def prepare_search() -> None:
    """Start to load the sentence model in the background; no effect when repeated."""
    threading.Thread(target=_load_quietly, name="sentence-model", daemon=True).start()


def search_questions(bank: QuestionBank, questions: Sequence[Question], words: str) -> tuple[Question, ...]:
    """Return the questions that fit some words, best first; all of them without words.

    First those with all words in their text or in what people call them, then those that are near in meaning, then
    those with the words elsewhere: in what a good answer contains, a label, or the user's own answer. Without the
    sentence model letters alone count.

    Args:
        bank: the question bank.
        questions: those to search in.
        words: what was typed.
    """
    sought = [WORD_VARIANTS.get(word, word) for word in words.casefold().split()]
    if not sought:
        return tuple(questions)
    texts = {each.id: bank.format_text(each) for each in questions}
    by_letters = [each for each in questions if any(_holds(text, sought) for text in _list_names(each, texts))]
    near = _rank_by_meaning(" ".join(sought), questions, texts)
    elsewhere = [each for each in questions if _holds(_make_search_text(bank, each), sought)]
    by_text = [each for each in by_letters if _holds(texts[each.id].casefold(), sought)]
    by_letters = [*_sort_near(by_text, near), *_sort_near(by_letters, near)]
    found = {each.id: each for each in (*by_letters, *_list_near(questions, near), *elsewhere)}
    return tuple(found.values())


def list_bank_texts() -> tuple[str, ...]:
    """Return every text of the content that is compared by meaning: questions with their examples, and other names."""
    return tuple(dict.fromkeys(text for each in load_questions() for text in (each.fill_slots(), *each.also)))


@cache
def get_embedder() -> Embedder:
    """Return the sentence model, loaded once per process; raises WeightsError."""
    return load_embedder()


def _load_quietly() -> None:
    try:
        _embed(["question"])
    except WeightsError:
        return  # the search says nothing of it: letters alone count


def _embed(texts: Sequence[str]) -> Floats:
    with _loading:  # one thread loads the model, the other waits for it
        embedder = get_embedder()
    return embedder(texts)


def _holds(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _list_names(question: Question, texts: Mapping[str, str]) -> list[str]:
    return [texts[question.id].casefold(), *question.also]


def _rank_by_meaning(words: str, questions: Sequence[Question], texts: Mapping[str, str]) -> dict[str, float]:
    """Return the highest cosine of each question's names with what was typed, by its id; empty without the model."""
    named = [(each.id, name) for each in questions for name in (texts[each.id], *each.also)]
    try:
        cosines = get_vectors([name for _, name in named]) @ _embed([words])[0]
    except WeightsError:
        return {}
    near: dict[str, float] = {}
    for (question_id, _), cosine in zip(named, cosines, strict=True):
        near[question_id] = max(near.get(question_id, -1.0), float(cosine))
    return near


def get_vectors(texts: Sequence[str]) -> Floats:
    """Return the vectors of texts, of shape (texts, VECTOR_WIDTH); those of the bank are only read.

    Raises:
        WeightsError: a text has no stored vector, and the sentence model cannot be loaded.
    """
    known = _read_vectors()
    digests = [_digest(text) for text in texts]
    new = {key: text for key, text in zip(digests, texts, strict=True) if key not in known and key not in _own_vectors}
    if new:
        _own_vectors.update(zip(new, _embed(list(new.values())), strict=True))
    rows = [known[key] if key in known else _own_vectors[key] for key in digests]
    return np.array(rows, np.float32).reshape(-1, VECTOR_WIDTH)


def _list_near(questions: Sequence[Question], near: Mapping[str, float]) -> list[Question]:
    ranked = _sort_near(questions, near)
    return [each for each in ranked if near.get(each.id, 0.0) >= MIN_SIMILARITY][:MAX_BY_MEANING]


def _sort_near(questions: Sequence[Question], near: Mapping[str, float]) -> list[Question]:
    return sorted(questions, key=lambda each: -near.get(each.id, 0.0))


def _make_search_text(bank: QuestionBank, question: Question) -> str:
    taxonomy, mine = load_taxonomy(), bank.own.get(question.id)
    labels = (
        taxonomy.kinds[question.kind].label,
        taxonomy.competencies[question.competency],
        taxonomy.stages[question.stage],
        *(taxonomy.fields[field] for field in question.fields),
    )
    return " ".join((*labels, *question.good_answer, *question.prompts, mine.answer if mine else "")).casefold()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[: 2 * DIGEST_BYTES]


@cache
def _read_vectors() -> Mapping[str, Floats]:
    """Return the stored vectors by digest."""
    with np.load(FILE) as held:
        digests, vectors = held["digests"], held["vectors"].astype(np.float32)
    return {digest.tobytes().hex(): vector for digest, vector in zip(digests, vectors, strict=True)}


def write_vectors() -> None:
    """Write the vectors of the content's questions, rounded to half precision."""
    texts = list_bank_texts()
    digests = np.array([list(bytes.fromhex(_digest(text))) for text in texts], np.uint8)
    np.savez_compressed(FILE, digests=digests, vectors=load_embedder()(texts).astype(np.float16))


if __name__ == "__main__":
    write_vectors()
