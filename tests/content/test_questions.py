import re

import pytest

from analysis.question import QuestionKind
from content.questions import get_question, load_questions
from content.sources import PRACTICE_SOURCE, load_sources
from content.taxonomy import load_taxonomy

DOCUMENTS = {source.key for source in load_sources().values() if not source.is_study}


def test_there_are_at_least_220_questions_and_no_two_share_an_id_or_a_text():
    assert len(load_questions()) >= 220
    assert len({q.id for q in load_questions()}) == len({q.text for q in load_questions()}) == len(load_questions())


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
def test_question_used_elsewhere_is_found_by_its_id(name):
    assert get_question(name).id == name


def test_unknown_id_raises_key_error():
    with pytest.raises(KeyError, match="no_such_question"):
        get_question("no_such_question")


def test_questions_have_exactly_the_kinds_that_measures_know():
    assert {q.kind for q in load_questions()} == set(load_taxonomy().kinds) == {kind.value for kind in QuestionKind}


def test_every_stage_and_competency_has_at_least_three_questions():
    for field, keys in (("stage", load_taxonomy().stages), ("competency", load_taxonomy().competencies)):
        counts = {key: sum(getattr(q, field) == key for q in load_questions()) for key in keys}
        assert min(counts.values()) >= 3, counts


def test_every_question_has_a_target_length_of_its_own_with_a_mild_floor():
    for asked in load_questions():
        assert asked.own_seconds is not None, asked.id
        low, high = asked.target_seconds
        assert 10 <= low <= 60, asked.id
        assert 1.5 * low <= high <= 240, asked.id


def test_every_question_has_two_different_prompts_and_two_to_four_parts_of_a_good_answer():
    for asked in load_questions():
        assert len(set(asked.prompts)) == 2
        assert 2 <= len(asked.good_answer) <= 4


def test_every_question_cites_a_section_of_a_document_or_common_practice_and_every_document_is_cited():
    assert {q.citation.source.key for q in load_questions()} == DOCUMENTS | {PRACTICE_SOURCE.key}
    assert len(DOCUMENTS) == 5
    for asked in load_questions():
        if asked.source != PRACTICE_SOURCE.key:
            assert asked.citation.section in asked.citation.source.sections
    assert str(get_question("salary_expectation").citation) == "Common practice"


def test_no_question_is_asked_with_an_unfilled_placeholder():
    for asked in load_questions():
        assert "{" not in asked.fill_slots()
        assert not re.search(r"[{}]", " ".join((*asked.prompts, *asked.good_answer)))


def test_slot_is_filled_with_the_users_value_or_its_example():
    favourite = get_question("favourite_function")
    assert "Python" in favourite.fill_slots()
    assert "function in R," in favourite.fill_slots({"language": "R", "unused": "x"})
    assert favourite.fill_slots({"language": ""}) == favourite.fill_slots()


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
def test_every_subject_in_the_documents_has_questions(subject, ids):
    assert {get_question(id_).id for id_ in ids} == set(ids), subject


def test_the_classics_and_people_management_and_first_jobs_are_asked():
    for asked in (
        "What's your greatest weakness?",
        "Why should we hire you?",
        "Where do you see yourself in five years?",
    ):
        assert asked in {each.text for each in load_questions()}
    for practice in ("salary_expectation", "notice_period", "gap_in_cv", "why_leaving", "conflict_with_colleague"):
        assert get_question(practice).source == PRACTICE_SOURCE.key
    assert get_question("conflict_with_colleague").text == "Tell me about a conflict with a colleague."
    for id_ in ("hired_someone", "hard_feedback", "underperformance"):
        assert (get_question(id_).competency, get_question(id_).fields) == ("people", ("managing",))
    assert get_question("school_group").fields == ("first_job",)


def test_every_field_of_work_has_questions_of_its_own_and_of_the_technical_kind():
    for field in set(load_taxonomy().fields) - {"managing", "first_job"}:
        own = [each for each in load_questions() if field in each.fields]
        assert len(own) >= 8, field
        assert sum(each.kind == "technical" for each in own) >= 4, field


def test_questions_on_politics_are_asked_in_campaigns_alone():
    for id_ in ("working_with_purpose", "why_not_the_other_side", "why_here_asked_again", "on_the_doorstep"):
        assert get_question(id_).fields == ("campaigns",)
        assert not get_question(id_).suits("health")
        assert not get_question(id_).suits("")
        assert get_question(id_).suits("campaigns")
    assert get_question("tell_me_about_yourself").suits("health")


def test_a_retired_question_is_read_by_its_id_and_not_offered():
    assert get_question("two_teams_two_deadlines").text == "Tell me about a time two teams needed you at once."
    assert "two_teams_two_deadlines" not in {each.id for each in load_questions()}


FOREIGN = re.compile(
    r"\b(whom|somebody|anybody|resume|of all|gladly|the place|do not|did not|is not|would not|are not|you have met)\b"
)


def test_no_question_is_worded_as_nobody_speaks():
    for asked in load_questions():
        for text in (asked.text, *asked.good_answer, *asked.prompts, *([asked.example.text] if asked.example else [])):
            assert not FOREIGN.search(text), (asked.id, text)
    assert sum("'" in each.text for each in load_questions()) >= 80  # contractions
    stories = [each.text for each in load_questions() if each.kind == "behavioural"]
    assert sum(text.startswith("Tell me about") for text in stories) >= 0.9 * len(stories)


def test_at_least_40_questions_have_an_example_answer_of_60_to_150_words_in_a_voice_of_its_own():
    examples = [each.example for each in load_questions() if each.example]
    assert len(examples) >= 40
    assert all(60 <= len(each.text.split()) <= 150 for each in examples)
    assert len({each.voice for each in examples}) >= 35


def test_closing_stage_has_the_question_that_everybody_asks():
    assert get_question("questions_for_us").fill_slots() == "Do you have any other questions for us?"
    assert get_question("questions_for_us").stage == "closing"


def test_the_user_can_fill_in_language_company_role_and_process():
    slots = {slot.name: asked for asked in load_questions() for slot in asked.slots}
    assert slots.keys() >= {"language", "company", "role", "process"}
    assert get_question("money_mix").fill_slots({"company": "Sky"}).startswith("Sky has a fixed advertising budget")
    assert get_question("first_month").fill_slots({"role": "data analyst"}).endswith("as data analyst?")


def test_braces_in_a_slot_value_are_plain_text():
    assert "{language}" in get_question("favourite_function").fill_slots({"language": "{language}"})
    assert "{0.x}" in get_question("favourite_function").fill_slots({"language": "{0.x}"})
