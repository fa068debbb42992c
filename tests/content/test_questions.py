import re

import pytest

from analysis.measures.length import ANSWER_LENGTH
from analysis.question import QuestionKind
from content.questions import question, questions
from content.sources import sources
from content.taxonomy import sorting

DOCUMENTS = {source.key for source in sources().values() if not source.is_study}


def test_there_are_at_least_120_questions_and_no_two_share_an_id_or_a_text():
    assert len(questions()) >= 120
    assert len({q.id for q in questions()}) == len({q.text for q in questions()}) == len(questions())


@pytest.mark.parametrize(
    "name",
    [
        "tell_me_about_yourself",
        "why_this_company",
        "past_technical_project",
        "strength_with_example",
        "competing_priorities",
        "questions_for_us",
    ],
)
def test_a_question_named_elsewhere_is_found_by_its_id(name):
    assert question(name).id == name


def test_an_unknown_id_is_a_key_error():
    with pytest.raises(KeyError, match="no_such_question"):
        question("no_such_question")


def test_every_kind_the_measures_know_is_asked_and_no_other():
    assert {q.kind for q in questions()} == set(sorting().kinds) == {kind.value for kind in QuestionKind}


def test_every_stage_and_competency_has_at_least_three_questions():
    for field, keys in (("stage", sorting().stages), ("competency", sorting().competencies)):
        counts = {key: sum(getattr(q, field) == key for q in questions()) for key in keys}
        assert min(counts.values()) >= 3, counts


def test_the_length_aimed_for_is_the_length_the_report_judges_by():
    for asked in questions():
        assert asked.target_seconds == ANSWER_LENGTH.band_for(QuestionKind(asked.kind)).fine


def test_every_question_has_two_different_prompts_and_two_to_four_parts_of_a_good_answer():
    for asked in questions():
        assert len(set(asked.prompts)) == 2
        assert 2 <= len(asked.good_answer) <= 4


def test_every_question_cites_a_section_of_a_document_and_every_document_is_cited():
    assert {q.citation.source.key for q in questions()} == DOCUMENTS
    assert len(DOCUMENTS) == 5
    for asked in questions():
        assert asked.citation.section in asked.citation.source.sections


def test_no_question_is_asked_with_an_open_gap():
    for asked in questions():
        assert "{" not in asked.asked()
        assert not re.search(r"[{}]", " ".join((*asked.prompts, *asked.good_answer)))


def test_a_slot_holds_the_users_filling_or_its_example():
    favourite = question("favourite_function")
    assert "Python" in favourite.asked()
    assert "in R do" in favourite.asked({"language": "R", "unused": "x"})
    assert favourite.asked({"language": ""}) == favourite.asked()


# What the bank must hold, by identifier of a question that asks it.

SIX_THINGS = {
    "the cause": ["working_with_purpose", "why_not_the_other_side", "why_here_asked_again"],
    "a nice person": ["helped_a_colleague", "shared_the_credit"],
    "trust": ["owned_a_mistake", "trusted_with_something"],
    "communication": ["explained_simply", "presented_to_a_room"],
    "fitting into the team": ["joined_a_team", "what_is_team_fit"],
    "technical skill": ["favourite_function", "automate_a_process", "money_mix"],
}
SEVEN_TOPICS = {
    "experiences and outcomes": ["experience_and_outcome", "beyond_technical_work"],
    "leading, and what it taught": ["led_a_team", "lesson_in_leading"],
    "several fields, competing priorities": ["cross_functional_project", "competing_priorities"],
    "technical parts and work ethic": ["problem_behind_a_project", "work_ethic_in_a_sentence"],
    "depth": ["deepest_subject", "depth_of_knowledge"],
    "out of the box, few resources": ["unusual_solution", "minimal_resources"],
    "influence": ["influenced_a_strategy", "convinced_a_sceptic"],
}
ALSO = {
    "why here": ["why_this_company", "many_employers_why_us"],
    "past project": ["past_technical_project", "data_behind_a_project", "choice_of_method", "results_of_a_project"],
    "technical assessment": ["assessment_walkthrough", "assessment_more_time", "assessment_choice"],
    "motivation": ["path_into_tech", "why_a_good_match"],
    "strengths by examples": ["strength_with_example"],
    "second interview": [
        "thoughts_since_last_time",
        "found_out_since",
        "more_on_that_project",
        "new_face_at_the_table",
    ],
    "closing lines": ["closing_in_four_sentences", "closing_timing", "closing_open_door", "end_of_the_conversation"],
}


@pytest.mark.parametrize(("subject", "ids"), [*SIX_THINGS.items(), *SEVEN_TOPICS.items(), *ALSO.items()])
def test_every_subject_the_documents_name_is_asked_about(subject, ids):
    assert {question(id_).id for id_ in ids} == set(ids), subject


def test_the_interview_ends_with_the_question_everybody_asks():
    assert question("questions_for_us").asked() == "Do you have any other questions for us?"
    assert question("questions_for_us").stage == "closing"


def test_the_user_can_fill_in_language_company_role_and_process():
    slots = {slot.name: asked for asked in questions() for slot in asked.slots}
    assert slots.keys() >= {"language", "company", "role", "process"}
    assert question("money_mix").asked({"company": "Sky"}).startswith("Sky has a fixed sum")
    assert question("first_month").asked({"role": "data analyst"}).endswith("as data analyst?")


def test_braces_in_a_filling_are_text():
    assert "{language}" in question("favourite_function").asked({"language": "{language}"})
    assert "{0.x}" in question("favourite_function").asked({"language": "{0.x}"})
