"""Checking a draft: what it holds, and sentences for what cannot be read."""

from __future__ import annotations

import pytest

from analysis.structure.understanding import Content
from services.analyze import MAX_DRAFT_WORDS, DraftError, check_draft


def test_a_draft_is_read_as_an_answer():
    draft = check_draft("Last year we lost a client. I called him every day. In the end he came back.")
    assert draft.content.is_heard(Content.ACTION)
    assert draft.content.is_heard(Content.RESULT)


@pytest.mark.parametrize("text", ["", " \n ", "...", "– –"])
def test_a_draft_without_words_is_answered_in_a_sentence(text):
    with pytest.raises(DraftError, match="There are no words here yet"):
        check_draft(text)


def test_a_draft_of_a_whole_book_is_answered_in_a_sentence():
    check_draft("word " * MAX_DRAFT_WORDS)
    with pytest.raises(DraftError, match="5001 words, too many for one answer"):
        check_draft("word " * (MAX_DRAFT_WORDS + 1))
