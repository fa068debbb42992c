"""Whatever a file is called, its display name is one readable line."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.audio.display_name import INVISIBLE_CATEGORIES, MAX_NAME_LENGTH, to_display_name


@pytest.mark.parametrize("name", ["answer é.wav", 'it\'s "mine".mp3', "../../etc/passwd", "👩🏽.m4a", "<b>{x}</b>.wav"])
def test_a_name_of_one_short_line_stays_as_it_is(name):
    assert to_display_name(name) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [("two\nlines.wav", "two lines.wav"), ("\u202egpj.wav", "gpj.wav"), ("\udcff.wav", ".wav"), ("\x00", "recording")],
)
def test_line_breaks_and_direction_marks_are_removed(name, shown):
    assert to_display_name(name) == shown


def test_a_long_name_keeps_its_beginning_and_its_ending():
    shown = to_display_name("a" * 300 + ".wav")
    assert len(shown) == MAX_NAME_LENGTH - 1
    assert shown.startswith("aaa")
    assert shown.endswith("….wav"[1:])


@given(st.text(max_size=400))
def test_any_name_becomes_one_line_that_can_be_written(name):
    shown = to_display_name(name)
    assert 0 < len(shown) <= MAX_NAME_LENGTH
    assert not any(unicodedata.category(sign) in INVISIBLE_CATEGORIES for sign in shown)
    assert shown.encode()
    assert to_display_name(shown) == shown
