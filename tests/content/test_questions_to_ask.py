import re
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.loader import ContentError
from content.questions_to_ask import (
    CompanyResearch,
    load_question_templates,
    parse_question_templates,
    propose_questions,
)

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
RESEARCH = st.builds(CompanyResearch, company=WORDS, values=SIX, news=SIX, projects=SIX, people=SIX)


def test_only_questions_without_a_note_are_proposed_without_notes():
    found = propose_questions(CompanyResearch())
    assert all(each.note is None for each in found)
    assert {each.template.id for each in found} == {
        t.id for t in load_question_templates().templates.values() if "{" not in t.text
    } | {"helped_each_other"}
    assert any("people at your company helped" in each.text for each in found)


def test_next_steps_and_timing_are_always_proposed_and_come_last():
    for research in (CompanyResearch(), CompanyResearch("Sky", ("care",), ("news",), ("x",), ("y",))):
        found = propose_questions(research)
        assert [each.template.id for each in found[-2:]] == ["next_steps", "when_to_hear"]
        assert [each.template.id for each in found if each.template.always] == ["next_steps", "when_to_hear"]


@given(RESEARCH)
def test_every_note_and_its_templates_are_used_without_duplicates(research):
    found = propose_questions(research)
    assert len({each.text for each in found}) == len(found)
    for slot, notes in (
        ("value", research.values),
        ("news", research.news),
        ("project", research.projects),
        ("person", research.people),
    ):
        made = [each for each in found if each.template.note == slot]
        assert {each.note for each in made} == set(notes)
        templates = {t.id for t in load_question_templates().templates.values() if t.note == slot}
        assert {each.template.id for each in made} == (templates if notes else set())
        assert len(made) == (max(len(set(notes)), len(templates)) if notes else 0)
        assert all(each.note in each.text for each in made)


@given(RESEARCH)
def test_no_question_is_proposed_with_an_unfilled_placeholder(research):
    for each in propose_questions(research):
        assert not re.search(r"[{}]", each.text + each.follow_up)


def test_braces_in_a_note_are_plain_text_and_spaces_are_collapsed():
    found = propose_questions(CompanyResearch(values=("  {company}\n {x.y} 100 %. ", "   ")))
    assert {each.note for each in found if each.note} == {"{company} {x.y} 100 %"}


def test_every_topic_in_the_documents_has_templates():
    used = {template.topic for template in load_question_templates().templates.values()}
    assert used == set(load_question_templates().topics)
    assert used >= {"values", "culture", "team", "role", "projects", "news", "next_steps", "timing"}


def test_every_question_has_a_follow_up_that_is_a_question_or_an_offer():
    for template in load_question_templates().templates.values():
        assert template.text.endswith("?")
        assert template.follow_up.endswith("?")
        assert template.follow_up != template.text


def test_unmodified_example_file_is_valid():
    assert parse_question_templates(ASKING).templates["a_template"].note == "value"


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
def test_error_in_a_template_names_file_entry_and_field(old, new, told):
    assert old in ASKING
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_question_templates(ASKING.replace(old, new, 1))


def test_two_templates_with_the_same_id_are_refused():
    with pytest.raises(ContentError, match="a_template, id: another template has it"):
        parse_question_templates(ASKING + ASKING[ASKING.index("[[template]]") :])
