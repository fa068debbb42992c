"""The file that a listener sends back: what it may hold, and with which sentence anything else is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from interview import listener_comments
from interview.listener_comments import CommentsFile, MarkedMoment, read_comments_file
from interview.validation import EntryError
from tests.support.listeners import make_comments_file


def read(file: str = "comments.json", /, **changes: Any) -> CommentsFile:
    return read_comments_file(file, make_comments_file("a" * 64, **changes))


def test_a_file_is_read_as_it_was_written() -> None:
    found = read(moments=[{"at": 2, "comment": "Louder."}, {"at": 1.25, "comment": ""}])
    assert found == CommentsFile(
        "answer-aloud-comments",
        1,
        "a" * 64,
        "b" * 32,
        datetime(2026, 3, 1, 10, tzinfo=UTC),
        "Sam",
        "Clear.",
        (MarkedMoment(2, "Louder."), MarkedMoment(1.25, "")),
    )


def test_markup_in_a_comment_stays_the_text_that_it_is() -> None:
    text = "<script>alert(1)</script>\n![x](http://192.0.2.1/x.png)"
    assert read(moments=[{"at": 1, "comment": text}]).moments[0].comment == text


def test_the_largest_file_that_the_page_can_save_is_read() -> None:
    moments = [{"at": at, "comment": "語" * listener_comments.MAX_COMMENT_CHARACTERS} for at in range(100)]
    overall = "\n" * (listener_comments.MAX_OVERALL_CHARACTERS - 1) + "\\"
    found = read(moments=moments, overall=overall)
    assert len(found.moments) == listener_comments.MAX_MARKS


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 2, "colour": "red", "moments": [{"at": 1, "until": 2}]}, "newer version. Update Answer Aloud"),
        ({"version": 0}, "version should be 1, not 0"),
        ({"format": "answer-aloud"}, "isn't a file of comments"),
        ({"colour": "red"}, "colour isn't known here"),
        ({"overall": None}, "overall should be text"),
        ({"moments": [{"at": float("nan"), "comment": ""}]}, "should be a number, not nan"),
        ({"moments": [{"at": float("inf"), "comment": ""}]}, "should be a number, not inf"),
        ({"moments": [{"at": "1", "comment": ""}]}, "should be a number, not '1'"),
        ({"moments": [{"at": -0.01, "comment": ""}]}, "between 0 and 43200, not -0.01"),
        ({"moments": [{"at": 1e9, "comment": ""}]}, "between 0 and 43200"),
        ({"moments": [{"at": 1, "comment": "x" * 501}]}, "at most 500 characters"),
        ({"moments": [{"at": 1, "comment": "a\0b"}]}, "no control characters"),
        ({"moments": [{"at": 1, "comment": ""}] * 101}, "at most 100, not 101"),
        ({"overall": "x" * 4001}, "at most 4000 characters"),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"name": "Sam\nAda"}, "one line"),
        ({"listener": "../../x"}, "32 hexadecimal digits"),
        ({"recording": "A" * 64}, "64 hexadecimal digits"),
        ({"saved_at": "2026-03-01T10:00:00"}, "a moment with its zone"),
        ({"saved_at": "0001-01-01T00:00:00+00:00"}, "between 1970 and 2199"),
        ({"moments": [], "overall": " \n"}, "no comments in it"),
    ],
)
def test_a_file_that_is_nearly_right_is_refused_with_what_is_wrong(changes: Mapping[str, Any], said: str) -> None:
    with pytest.raises(EntryError) as refused:
        read("../folder/comments.json", **changes)
    assert said in str(refused.value)
    assert str(refused.value).startswith("comments.json ")
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"[]", b"{}", b"\xff\xfe{", b"[" * 100_000, b"PK\x03\x04", json.dumps({"format": 1}).encode()],
)
def test_another_file_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(EntryError, match=r"isn't a file of comments\. Choose the small file that your listener saved"):
        read_comments_file("notes.json", data)


def test_a_file_that_is_too_large_is_not_even_read() -> None:
    with pytest.raises(EntryError, match="too large"):
        read_comments_file("notes.json", b" " * (listener_comments.MAX_FILE_BYTES + 1))
