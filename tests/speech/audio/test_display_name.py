"""Names of recordings: whatever a file is called, one readable line is shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.audio.display_name import LONGEST, UNSEEN, readable


@pytest.mark.parametrize("name", ["answer é.wav", 'it\'s "mine".mp3', "../../etc/passwd", "👩🏽.m4a", "<b>{x}</b>.wav"])
def test_a_name_of_one_short_line_stays_as_it_is(name):
    assert readable(name) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [("two\nlines.wav", "two lines.wav"), ("\u202egpj.wav", "gpj.wav"), ("\udcff.wav", ".wav"), ("\x00", "recording")],
)
def test_what_breaks_a_line_or_turns_its_direction_is_left_out(name, shown):
    assert readable(name) == shown


def test_a_long_name_keeps_its_beginning_and_its_ending():
    shown = readable("a" * 300 + ".wav")
    assert len(shown) == LONGEST - 1
    assert shown.startswith("aaa")
    assert shown.endswith("….wav"[1:])


@given(st.text(max_size=400))
def test_any_name_becomes_one_line_that_can_be_written(name):
    shown = readable(name)
    assert 0 < len(shown) <= LONGEST
    assert not any(unicodedata.category(sign) in UNSEEN for sign in shown)
    assert shown.encode()
    assert readable(shown) == shown
