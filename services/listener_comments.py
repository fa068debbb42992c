"""What listeners say of an answer: add the files they send back, one set of comments for each, and remove them."""

from __future__ import annotations

from interview.listener_comments import (
    CommentsFile,
    ListenerComments,
    make_listener_comments_id,
    read_comments_file,
)
from interview.validation import EntryError
from store.attempt import Filters, StoredAttempt
from store.store import Store

MAX_LISTENERS = 20  # of one answer
UNNAMED = "A listener"
_MAX_QUESTION_CHARACTERS = 80  # of a question in a sentence


def load_listener_comments(store: Store, attempt_id: str) -> tuple[ListenerComments, ...]:
    """Return what listeners say of an answer, in the order it was first added; raises StoreError."""
    return tuple(each for each in store.load_documents(ListenerComments) if each.attempt == attempt_id)


def count_listeners(store: Store) -> dict[str, int]:
    """Return how many listeners there are of each answer that has any, by its id; raises StoreError."""
    counts: dict[str, int] = {}
    for each in store.load_documents(ListenerComments):
        counts[each.attempt] = counts.get(each.attempt, 0) + 1
    return counts


def name_listener(comments: ListenerComments | CommentsFile) -> str:
    """Return who said it."""
    return comments.name or UNNAMED


def add_listener_comments(store: Store, attempt_id: str, name: str, data: bytes) -> tuple[ListenerComments, bool]:
    """Add the comments in a file to an answer, in the place of earlier ones of the same listener.

    Args:
        store: where they are stored.
        attempt_id: the answer.
        name: of the file.
        data: its bytes.

    Returns:
        The comments, and whether they are new: False if they had been added before.

    Raises:
        EntryError: it is no such file, of another answer, or older than what is stored.
        StoreError: it cannot be stored, or the answer was deleted.
    """
    found, attempt = read_comments_file(name, data), store.load_attempt(attempt_id)
    if found.recording != attempt.digest:
        raise EntryError(_describe_other_answer(store, found))
    if any(each.at > attempt.duration for each in found.moments):
        raise EntryError(
            "One of these comments is about a moment after the end of your recording, so nothing was added. Ask your "
            "listener to save the file again."
        )
    known = {each.id: each for each in load_listener_comments(store, attempt_id)}
    new = _make_comments(found, attempt)
    seen = known.get(new.id)
    if seen == new:
        return seen, False
    if seen is not None and seen.saved_at > new.saved_at:
        raise EntryError(f"You already have newer comments from {name_listener(seen)}, so nothing was changed.")
    if seen is None and len(known) >= MAX_LISTENERS:
        raise EntryError(f"An answer can have comments from {MAX_LISTENERS} listeners. Remove some first.")
    store.save(new, expected=seen)
    return new, True


def remove_listener_comments(store: Store, comments_id: str) -> None:
    """Delete what a listener says of an answer; nothing if it was deleted before. Raises StoreError."""
    store.delete_document(comments_id)


def restore_listener_comments(store: Store, comments: ListenerComments) -> None:
    """Store comments that were removed; raises StoreError."""
    store.load_attempt(comments.attempt)
    store.save(comments)


def _make_comments(found: CommentsFile, attempt: StoredAttempt) -> ListenerComments:
    return ListenerComments(
        make_listener_comments_id(attempt.id, found.listener),
        attempt.id,
        found.listener,
        found.saved_at,
        found.name,
        found.overall,
        tuple(sorted(found.moments, key=lambda each: each.at)),
    )


def _describe_other_answer(store: Store, found: CommentsFile) -> str:
    """Say that a file is about another answer, and which one if it is here."""
    about = store.load_history(Filters(digest=found.recording))
    if not about:
        return (
            "These comments are about a recording you don't have here, so nothing was added. Check that you chose the "
            "right file, and that the answer wasn't deleted."
        )
    question = about[-1].question.text
    short = question if len(question) <= _MAX_QUESTION_CHARACTERS else f"{question[:_MAX_QUESTION_CHARACTERS]}…"
    return (
        f"These comments are about another answer: “{short}”, take {about[-1].take}. Open that answer and add them "
        "there."
    )
