"""Check a draft beside the recorder: what a written answer includes, its marks, and nothing stored."""

from __future__ import annotations

from tests.support.pages import choose, is_shown, list_texts, press

pytest_plugins = ("tests.support.pages",)

STORY = "proudest_result"


def check(page, text):
    (box,) = [each for each in page.text_area if each.key and each.key.startswith("draft_text_")]
    box.set_value(text)
    return press(page, "Check this draft")


def read_draft(page):
    return "".join(each.proto.body for each in page.get("html"))


def test_a_draft_shows_what_it_includes_and_stores_nothing(page, kept, recogniser):
    choose(page, STORY)
    check(
        page,
        "Last winter our ward lost two nurses. I um rewrote the rota. In the end sickness fell by 20 percent.",
    )
    assert is_shown(page, "What your answer includes")
    lines = next(text for text in list_texts(page) if "**Result:**" in text).splitlines()
    assert any(line.startswith("✓ **Result:** there: “") and "sickness fell" in line for line in lines)
    assert any(line.startswith("– **A lesson:** not found") for line in lines)
    assert '<span class="filler_sound">[um]</span>' in read_draft(page)
    assert kept.load_history() == ()
    assert recogniser.asked == 0
    assert not is_shown(page, "words a minute")


def test_an_empty_draft_is_answered_in_a_sentence(page):
    check(page, "  ")
    assert is_shown(page, "There are no words here yet. Write your answer first.")


def test_markup_in_a_draft_is_shown_as_text(page):
    check(page, "I built <b>this</b> [link](http://x.test) and like like it, $x$ :red[no]. In the end it **worked**.")
    assert "&lt;b&gt;this&lt;/b&gt;" in read_draft(page)
    assert not any("**worked**" in text or "](http" in text for text in list_texts(page))


def test_a_draft_stays_with_its_question(page):
    check(page, "I built a shelf.")
    choose(page, "why_this_company")
    assert not is_shown(page, "What your answer includes")
