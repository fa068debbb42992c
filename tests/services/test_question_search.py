"""Questions are found by meaning, and no two of the bank mean the same."""

from __future__ import annotations

import numpy as np
import pytest

from content.questions import Question, load_questions
from interview.questions.own_question import make_own_question
from services import question_search
from services.question_bank import QuestionBank
from services.question_search import get_vectors, list_bank_texts, search_questions
from speech.errors import WeightsError

BANK = QuestionBank({}, {}, {})
FIRST = 5  # results that are looked at
FITTING = {
    "weakness": {"greatest_weakness", "working_on_it", "hardest_part_of_this_job"},
    "conflict": {"conflict_with_colleague", "difficult_to_work_with", "disagreed_with_the_team", "team_at_odds"},
    "salary": {"salary_expectation", "salary_too_low"},
    "five years": {"future_goals", "our_work_in_your_career"},
    "leadership": {"led_a_team", "lesson_in_leading", "led_through_change", "management_style", "in_charge_at_school"},
    "deadline": {"missed_a_deadline", "tight_deadline", "competing_priorities"},
    "why should we hire": {"why_choose_you", "what_sets_you_apart", "why_a_good_match", "not_enough_experience"},
    "pressure": {"under_pressure", "handle_stress", "tight_deadline", "busiest_shift", "bounced_back"},
    "gap": {"gap_in_cv", "back_after_a_break"},
    # Words that stand nowhere in the bank.
    "what are you bad at": {"greatest_weakness", "working_on_it", "hardest_part_of_this_job", "your_strengths"},
    "quarrel with a workmate": {"conflict_with_colleague", "difficult_to_work_with", "team_at_odds"},
    "how much money do you want": {"salary_expectation", "salary_too_low"},
    "resume": {"walk_through_resume", "story_behind_a_line", "gap_in_cv", "change_of_direction"},
}

# Pairs that ask the same, to see what cosine the sentence model gives such: 14 of 24 reach LIKE, the others lie between
# 0.42 and 0.58. Below it different questions abound, so it cannot be lowered; above it some different ones remain, so
# it cannot decide alone. Every pair of the bank that reaches it was therefore read, and DIFFERENT lists those that ask
# different things. A new question that comes near another has to be read beside it.
SAME = (
    ("What's your greatest weakness?", "What would you say is your biggest weakness?"),
    ("What are your strengths?", "What is one of your strengths, and when did it make a difference?"),
    ("Where do you see yourself in five years?", "What do you want to be doing five years from now?"),
    ("Why are you leaving your current job?", "What makes you want to leave your present job?"),
    ("Tell me about a conflict with a colleague.", "Describe a disagreement you had with a coworker."),
    ("Tell me about a deadline you missed.", "When did you fail to meet a deadline?"),
    ("What achievement at work are you proudest of?", "Which result of your work are you proud of?"),
    ("Tell me about a mistake you had to own up to.", "Describe a time you admitted a mistake."),
    ("Why do you want to work for us?", "What makes you want to work here?"),
    ("What salary are you looking for?", "What are your salary expectations?"),
    ("Tell me about someone you found difficult to work with.", "Tell me about working with a difficult colleague."),
    ("Tell me about a time you failed. What did you take from it?", "Tell me about something that failed, and why."),
    ("There's a gap in your CV. What were you doing?", "Can you explain the gap in your resume?"),
    ("Do you have any other questions for us?", "Is there anything you'd like to ask us?"),
    ("Why should we hire you?", "Why should we choose you?"),
    ("How do you handle pressure?", "Tell me about a time you were under pressure."),
    (
        "Tell me about a time when several things were urgent at once.",
        "Tell me about a time two teams needed you at once.",
    ),
    ("Tell me about yourself.", "How would you introduce yourself?"),
    ("Tell me about a time you took the lead.", "Describe a situation where you showed leadership."),
    ("What do you know about us?", "What do you know about our company?"),
    ("Where would you like this role to take you?", "How does this role fit your career goals?"),
    ("Tell me about something you had to learn quickly.", "Describe a time you had to pick something up fast."),
    ("How would you go about your first month?", "What would you do in your first thirty days?"),
    ("What are you like to work with?", "How would your colleagues describe working with you?"),
)
LIKE = 0.62
MIN_SAME_ABOVE = 14  # of SAME, that the threshold would have caught
DIFFERENT = frozenset(
    map(
        frozenset,
        (
            ("advert_describes_you", "hardest_part_of_this_job"),
            ("angry_customer", "extra_mile"),
            ("anything_about_the_process", "why_choose_you"),
            ("ask_about_projects", "more_on_that_project"),
            ("ask_about_projects", "past_technical_project"),
            ("ask_about_projects", "project_you_envy"),
            ("beyond_technical_work", "why_care"),
            ("beyond_technical_work", "work_ethic_in_a_sentence"),
            ("bounced_back", "busiest_shift"),
            ("change_of_direction", "story_behind_a_line"),
            ("experience_and_outcome", "made_it_easier"),
            ("experience_and_outcome", "proudest_result"),
            ("explained_simply", "past_technical_project"),
            ("feedback_that_helped", "hard_feedback"),
            ("hardest_part_of_this_job", "liked_least"),
            ("hardest_part_of_this_job", "what_sets_you_apart"),
            ("hardest_part_of_this_job", "why_first_job"),
            ("helped_a_project_succeed", "problem_behind_a_project"),
            ("helped_a_project_succeed", "results_of_a_project"),
            ("hopes_for_next_job", "our_expectations"),
            ("how_interested_are_you", "salary_expectation"),
            ("in_charge_at_school", "school_group"),
            ("influenced_a_strategy", "listening_changed_your_mind"),
            ("influenced_a_strategy", "plans_changed"),
            ("let_go", "liked_least"),
            ("listening_changed_your_mind", "not_comfortable"),
            ("management_style", "working_for_me"),
            ("missing_skill", "useful_spreadsheet"),
            ("money_mix", "money_mix_half_budget"),
            ("more_on_that_project", "past_technical_project"),
            ("not_comfortable", "told_no"),
            ("patient_getting_worse", "short_staffed_queue"),
            ("problem_behind_a_project", "project_you_envy"),
            ("project_you_envy", "working_on_it"),
            ("recent_news_about_us", "what_do_you_know_about_us"),
            ("recent_reading", "whose_work_you_admire"),
            ("school_subject", "what_to_learn_here"),
            ("story_behind_a_line", "walk_through_resume"),
            ("unpopular_decision", "without_all_the_facts"),
            ("what_sets_you_apart", "why_first_job"),
            ("why_choose_you", "why_this_company"),
            ("why_first_job", "why_this_role_now"),
            ("why_leaving", "why_this_role_now"),
        ),
    )
)


def name_first(words: str) -> list[str]:
    return [each.id for each in search_questions(BANK, BANK.offered, words)[:FIRST]]


@pytest.mark.parametrize("words", FITTING)
def test_a_search_finds_at_least_two_fitting_questions_among_the_first_results(words: str) -> None:
    assert len(FITTING[words] & set(name_first(words))) >= 2, name_first(words)


def test_letters_come_before_meaning() -> None:
    assert name_first("deadline")[0] == "missed_a_deadline"
    assert name_first("PRESSURE")[0] == "under_pressure"
    assert name_first("greatest weakness?")[0] == "greatest_weakness"


def test_no_words_find_everything_and_nonsense_nothing() -> None:
    assert search_questions(BANK, BANK.offered, "  ") == BANK.offered
    assert search_questions(BANK, BANK.offered, "zzqx") == ()


def test_an_own_question_is_found_by_meaning_and_by_its_answer() -> None:
    own = make_own_question("1" * 32, "Do you get on with animals?", "screening", "I grew up on a farm in Fife.")
    bank = QuestionBank({own.id: own}, {}, {})
    assert own.id in [each.id for each in search_questions(bank, bank.offered, "dogs and cats")[:FIRST]]
    assert own.id in [each.id for each in search_questions(bank, bank.offered, "Fife")]


def test_without_the_sentence_model_letters_alone_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise WeightsError("The package is not installed.")

    monkeypatch.setattr(question_search, "get_embedder", missing)
    question_search.prepare_search()
    assert name_first("missed")[0] == "missed_a_deadline"
    assert name_first("quarrel with a workmate") == []


def test_every_text_of_the_bank_has_its_stored_vector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_search, "get_embedder", lambda: pytest.fail("run python -m services.question_search"))
    vectors = get_vectors(list_bank_texts())
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-3


def test_stored_vectors_are_those_of_the_sentence_model() -> None:
    texts = list_bank_texts()[::60]
    assert np.abs(get_vectors(texts) - question_search.get_embedder()(texts)).max() < 1e-3


def list_near_pairs(questions: tuple[Question, ...]) -> dict[frozenset[str], float]:
    vectors = get_vectors([each.fill_slots() for each in questions])
    cosines = np.triu(vectors @ vectors.T, 1)
    near = np.argwhere(cosines >= LIKE)
    return {frozenset((questions[a].id, questions[b].id)): round(float(cosines[a, b]), 2) for a, b in near}


def test_every_two_questions_near_in_meaning_were_read_and_found_different() -> None:
    found = list_near_pairs(load_questions())
    assert {tuple(sorted(pair)): near for pair, near in found.items() if pair not in DIFFERENT} == {}
    assert found.keys() >= DIFFERENT  # a pair that is no longer near is taken off the list


def test_the_threshold_catches_a_question_that_says_the_same() -> None:
    caught = 0
    for first, second in SAME:
        a, b = get_vectors([first, second])
        caught += bool(a @ b >= LIKE)
    assert caught >= MIN_SAME_ABOVE
