import re

import pytest

from content.advice import parse_advice
from content.loader import ContentError, read_packaged
from content.questions import parse_questions
from content.sources import parse_sources
from content.taxonomy import parse_taxonomy

CONTENT_FILES = [
    "questions.toml",
    "advice.toml",
    "taxonomy.toml",
    "sources.toml",
    "checklists.toml",
    "follow_up_rules.toml",
    "questions_to_ask.toml",
    "questions_to_avoid.toml",
]

QUESTION = """
[[question]]
id = "a_question"
text = "What do you like in {language}?"
kind = "technical"
competency = "technical_depth"
stage = "technical"
source = "acing_the_interview"
section = "What interviewers look for"
good_answer = ["one thing", "another thing"]
prompts = ["First.", "Second."]
slots = { language = "Python" }
"""

ADVICE = """
[speaking_rate.above]
text = "Breathe."
why = "Because."
source = "acing_the_interview"
section = "What interviewers look for"
example = 200
counterexample = 140
"""

SORTING = """
[kind.technical]
label = "Technical"
target_seconds = [90, 180]
[stage.first]
label = "First"
[competency.trust]
label = "Trust"
[field.health]
label = "Health"
"""

SOURCES = """
[document.a]
title = "A"
description = "About A."
sections = ["One"]
[study.b_2020]
title = "B 2020"
description = "Found B."
"""


def test_unmodified_example_files_are_valid():
    assert parse_questions(QUESTION)[0].fill_slots() == "What do you like in Python?"
    assert parse_advice(ADVICE)["speaking_rate", "above"].example == 200
    assert parse_taxonomy(SORTING).kinds["technical"].target_seconds == (90, 180)
    assert set(parse_sources(SOURCES)) == {"a", "b_2020"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "a_question"', "", "questions.toml, question 1, id: is missing"),
        ('id = "a_question"', 'id = "A question"', "questions.toml, A question, id: should be in snake_case"),
        ('kind = "technical"', "", "a_question, kind: is missing"),
        ('kind = "technical"', 'kind = "tecnical"', "a_question, kind: 'tecnical' is none of screening"),
        ('kind = "technical"', "kind = 3", "a_question, kind: should be text"),
        ('stage = "technical"', 'stage = "third"', "a_question, stage: 'third' is none of"),
        ('competency = "technical_depth"', 'competency = "charm"', "a_question, competency: 'charm' is none of"),
        ('source = "acing_the_interview"', 'source = "hearsay"', "a_question, source: 'hearsay' is none of"),
        ("What interviewers look for", "No such part", "a_question, section: 'No such part' is none of"),
        ('section = "What interviewers look for"', "", "a_question, section: is missing"),
        ('["one thing", "another thing"]', '["one thing"]', "a_question, good_answer: should be a list of 2 to 4"),
        ('["First.", "Second."]', '["First."]', "a_question, prompts: should be a list of 2 different"),
        ('["First.", "Second."]', '["First.", "First."]', "a_question, prompts: should be a list of 2 different"),
        ('["First.", "Second."]', '["First.", 2]', "a_question, prompts: should be text"),
        ('text = "What', 'txt = "What', "a_question, text: is missing"),
        ('text = "What', 'text = " What', "a_question, text: should be text with single spaces"),
        ('kind = "technical"', 'kind = "technical"\nhint = "x"', "a_question, hint: isn't known here"),
        ("{ language =", "{ tongue =", "a_question, slots: ['tongue'] are not the gaps of the text, ['language']"),
        ('{ language = "Python" }', '{ language = "" }', "a_question, language: should be text"),
        ('{ language = "Python" }', '"Python"', "a_question, slots: should be a table"),
        ('slots = { language = "Python" }', "", "a_question, slots: [] are not the gaps"),
        ("{language}?", "{language} or {language}?", "a_question, slots: ['language'] are not the gaps"),
        ("{language}?", "{language} {?", "a_question, slots: ['language'] are not the gaps"),
        ("[[question]]", "[question]", "questions.toml, top level, question: should be an array of tables"),
        ("[[question]]", "[[questions]]", "questions.toml, top level, question: is missing"),
        ("[[question]]", "[[question]", "questions.toml, top level, TOML: "),
    ],
)
def test_error_in_a_question_names_file_entry_and_field(old, new, told):
    assert old in QUESTION
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_questions(QUESTION.replace(old, new, 1))


def test_two_questions_with_the_same_id_are_refused():
    with pytest.raises(ContentError, match="a_question, id: another question has it"):
        parse_questions(QUESTION + QUESTION)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (".above]", ".over]", "advice.toml, speaking_rate.over, side: 'over' is none of below, inside, above"),
        ('why = "Because."', "", "speaking_rate.above, why: is missing"),
        ('why = "Because."', 'why = "Because."\nwhen = "now"', "speaking_rate.above, when: isn't known here"),
        ("example = 200", 'example = "200"', "speaking_rate.above, example: should be a number"),
        ("example = 200", "example = nan", "speaking_rate.above, example: should be a number"),
        ("example = 200", "example = true", "speaking_rate.above, example: should be a number"),
        ("example = 200", "example = 140", "speaking_rate.above, counterexample: is the example itself"),
        ("acing_the_interview", "liu_2022", "speaking_rate.above, section: Liu 2022 is a study and is cited whole"),
        ("[speaking_rate.above]", "[speaking_rate]", "speaking_rate.text: should be a table, not 'Breathe.'"),
    ],
)
def test_error_in_advice_names_file_entry_and_field(old, new, told):
    assert old in ADVICE
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_advice(ADVICE.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[90, 180]", "[180, 90]", "taxonomy.toml, kind.technical, target_seconds: should rise"),
        ("[90, 180]", "[0, 90]", "kind.technical, target_seconds: should rise from above 0"),
        ("[90, 180]", "[90]", "kind.technical, target_seconds: should be [low, high]"),
        ("[90, 180]", '["a", "b"]', "kind.technical, target_seconds: should be a number"),
        ('label = "First"', "", "stage.first, label: is missing"),
        ("[stage.first]", "[stages.first]", "top level, stage: is missing"),
    ],
)
def test_error_in_the_taxonomy_names_file_entry_and_field(old, new, told):
    assert old in SORTING
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_taxonomy(SORTING.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('sections = ["One"]', "", "sources.toml, document.a, sections: is missing"),
        ('sections = ["One"]', "sections = []", "document.a, sections: should be a list"),
        ('"Found B."', '"Found B."\nsections = ["One"]', "study.b_2020, sections: isn't known here"),
        ("study.b_2020", "study.a", "top level, a: stands there as a document and as a study"),
    ],
)
def test_error_in_the_sources_names_file_entry_and_field(old, new, told):
    assert old in SOURCES
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_sources(SOURCES.replace(old, new, 1))


@pytest.mark.parametrize("file", CONTENT_FILES)
def test_content_file_is_read_from_the_package(file):
    assert read_packaged(file).startswith("#")
