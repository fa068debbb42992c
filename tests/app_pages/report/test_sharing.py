"""A listener's comments beside the report: added from their file, shown as text with their moments, and removed."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from services.listener_comments import load_listener_comments
from tests.support.listeners import make_comments_file
from tests.support.pages import assert_fine, is_shown, list_drawn, open_tab, press
from tests.support.stored_attempts import CONFLICT, add_done

pytest_plugins = ("tests.support.pages",)

HOSTILE = "<script>alert(1)</script> ![x](http://192.0.2.1/x.png) **b**"


def send(page: AppTest, data: bytes) -> AppTest:
    field = next(each for each in page.file_uploader if each.key.startswith("comments_file_"))
    return field.set_value(("comments.json", data, "application/json")).run()


def list_news(page: AppTest) -> list[str]:
    return [each.value.replace("\\", "") for each in page.success]


def list_folds(page: AppTest) -> list[str]:
    return [each.label for each in page.expander]


@pytest.fixture
def attempt(kept):
    return add_done(kept)


def send_comments(page: AppTest, kept, attempt: str, **changes: object) -> AppTest:
    return send(page, make_comments_file(kept.load_attempt(attempt).digest, **changes))


def test_comments_are_shown_with_who_said_them_and_each_moment_to_play(kept, attempt):
    page = open_tab(take=attempt)
    assert "Your notes and a listener's comments" in list_folds(page)
    assert_fine(send_comments(page, kept, attempt))
    assert list_news(page) == ["Added: comments on 2 moments from Sam."]
    assert "Your notes and comments from Sam" in list_folds(page)
    (said,) = load_listener_comments(kept, attempt)
    (data,) = list_drawn(page, "moments", f"comments_{said.id}")
    assert data["playable"]
    assert data["take"] == attempt
    end = kept.load_attempt(attempt).duration  # less than 5 s after both
    assert [group["moments"] for group in data["groups"]] == [
        [{"start": start, "end": end, "text": text, "name": "Comment"}]
        for start, text in [(0.5, "Slower here."), (1.5, "Good pause.")]
    ]
    assert [each.value for each in page.text] == ["Clear."]


def test_a_moment_without_a_comment_and_a_listener_without_a_name_are_named_in_words(kept, attempt):
    page = open_tab(take=attempt)
    send_comments(page, kept, attempt, name="", overall="", moments=[{"at": 1, "comment": ""}])
    assert "Your notes and comments from a listener" in list_folds(page)
    assert is_shown(page, "**A listener**")
    (said,) = load_listener_comments(kept, attempt)
    (data,) = list_drawn(page, "moments", f"comments_{said.id}")
    assert data["groups"][0]["moments"][0]["text"] == "Marked without a comment."


def test_several_listeners_are_counted(kept, attempt):
    page = open_tab(take=attempt)
    send_comments(page, kept, attempt)
    send_comments(page, kept, attempt, listener="c" * 32, name="Ada")
    assert "Your notes and comments from 2 listeners" in list_folds(page)
    assert is_shown(page, "**Sam**")
    assert is_shown(page, "**Ada**")


def test_markup_in_a_comment_is_shown_as_text(kept, attempt):
    page = open_tab(take=attempt)
    send_comments(page, kept, attempt, name=HOSTILE[:60], overall=HOSTILE, moments=[{"at": 1, "comment": HOSTILE}])
    (said,) = load_listener_comments(kept, attempt)
    assert [each.value for each in page.text] == [HOSTILE]
    assert list_drawn(page, "moments", f"comments_{said.id}")[0]["groups"][0]["moments"][0]["text"] == HOSTILE
    named = [each.value for each in (*page.markdown, *page.success) if "alert" in each.value]
    assert len(named) == 2
    assert all(r"\<script\>" in each for each in named)


def test_a_file_that_cannot_be_added_says_why_once_and_changes_nothing(kept, attempt):
    page = open_tab(take=attempt)
    send(page, b"{}")
    (error,) = page.error
    assert error.value.replace("\\", "").startswith("comments.json isn't a file of comments.")
    send(page, make_comments_file("e" * 64))
    (error,) = page.error
    assert "a recording you don't have here" in error.value.replace("\\", "")
    assert load_listener_comments(kept, attempt) == ()
    assert not page.run().error


def test_a_file_that_is_added_twice_says_so(kept, attempt):
    page = open_tab(take=attempt)
    send_comments(page, kept, attempt)
    send_comments(page, kept, attempt)
    assert list_news(page) == ["You already have these comments from Sam."]
    assert len(load_listener_comments(kept, attempt)) == 1


def test_comments_can_be_removed_and_brought_back(kept, attempt):
    page = open_tab(take=attempt)
    send_comments(page, kept, attempt)
    before = load_listener_comments(kept, attempt)
    press(page, "Remove")
    assert load_listener_comments(kept, attempt) == ()
    assert list_news(page) == ["Removed the comments from Sam."]
    press(page, "Undo")
    assert load_listener_comments(kept, attempt) == before
    assert list_news(page) == ["The comments from Sam are back."]


def test_comments_stay_with_their_answer(kept, attempt):
    other = add_done(kept, CONFLICT)
    page = open_tab(take=attempt)
    send_comments(page, kept, attempt)
    assert "Your notes and a listener's comments" in list_folds(open_tab(take=other))
    assert load_listener_comments(kept, other) == ()
