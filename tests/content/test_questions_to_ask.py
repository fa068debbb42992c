import re
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.loader import ContentError
from content.questions_to_ask import Research, asking, parse_asking, proposed

ASKING = """
[topic.values]
label = "Values"
[[template]]
id = "a_template"
topic = "values"
text = "What of {value} at {company}?"
follow_up = "Why?"
listen_for = "reasons"
source = "biggest_interview_opportunity"
section = "Listen closely"
"""

WORDS = st.text(ascii_letters, min_size=1, max_size=12)
SIX = st.lists(WORDS, max_size=6).map(tuple)
RESEARCH = st.builds(Research, company=WORDS, values=SIX, news=SIX, projects=SIX, people=SIX)


def test_without_notes_only_questions_that_need_none_are_proposed():
    found = proposed(Research())
    assert all(each.note is None for each in found)
    assert {each.template.id for each in found} == {t.id for t in asking().templates.values() if "{" not in t.text} | {
        "helped_each_other"
    }
    assert any("people at your company helped" in each.text for each in found)


def test_next_steps_and_timing_are_always_proposed_and_come_last():
    for research in (Research(), Research("Sky", ("care",), ("news",), ("x",), ("y",))):
        found = proposed(research)
        assert [each.template.id for each in found[-2:]] == ["next_steps", "when_to_hear"]
        assert [each.template.id for each in found if each.template.always] == ["next_steps", "when_to_hear"]


@given(RESEARCH)
def test_every_note_and_every_template_with_a_note_is_used_and_nothing_twice(research):
    found = proposed(research)
    assert len({each.text for each in found}) == len(found)
    for slot, notes in (
        ("value", research.values),
        ("news", research.news),
        ("project", research.projects),
        ("person", research.people),
    ):
        made = [each for each in found if each.template.note == slot]
        assert {each.note for each in made} == set(notes)
        templates = {t.id for t in asking().templates.values() if t.note == slot}
        assert {each.template.id for each in made} == (templates if notes else set())
        assert len(made) == (max(len(set(notes)), len(templates)) if notes else 0)
        assert all(each.note in each.text for each in made)


@given(RESEARCH)
def test_no_question_is_proposed_with_an_open_gap(research):
    for each in proposed(research):
        assert not re.search(r"[{}]", each.text + each.follow_up)


def test_braces_and_spaces_in_a_note_are_text():
    found = proposed(Research(values=("  {company}\n {x.y} 100 %. ", "   ")))
    assert {each.note for each in found if each.note} == {"{company} {x.y} 100 %"}


def test_the_topics_the_documents_name_are_all_there_and_used():
    used = {template.topic for template in asking().templates.values()}
    assert used == set(asking().topics)
    assert used >= {"values", "culture", "team", "role", "projects", "news", "next_steps", "timing"}


def test_every_question_has_a_follow_up_that_is_a_question_or_an_offer():
    for template in asking().templates.values():
        assert template.text.endswith("?")
        assert template.follow_up.endswith("?")
        assert template.follow_up != template.text


def test_the_small_file_used_below_is_right_as_it_stands():
    assert parse_asking(ASKING).templates["a_template"].note == "value"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{value}", "{vlaue}", "questions_to_ask.toml, a_template, text: ['vlaue'] are none of the slots value, news"),
        ("{company}", "{project}", "a_template, text: should have one slot for a note at most"),
        ('"Why?"', '"Why {news}?"', "a_template, follow_up: has a slot that the text has not"),
        ('topic = "values"', 'topic = "pay"', "a_template, topic: 'pay' is none of values"),
        ('listen_for = "reasons"', "", "a_template, listen_for: is missing"),
        ('listen_for = "reasons"', 'listen_for = "reasons"\nalways = 1', "a_template, always: should be true or false"),
    ],
)
def test_a_mistake_in_a_template_is_told_by_file_entry_and_field(old, new, told):
    assert old in ASKING
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_asking(ASKING.replace(old, new, 1))


def test_two_templates_of_one_id_are_refused():
    with pytest.raises(ContentError, match="a_template, id: another template has it"):
        parse_asking(ASKING + ASKING[ASKING.index("[[template]]") :])
