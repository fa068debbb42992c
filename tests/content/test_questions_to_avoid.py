import re
from time import process_time

import pytest

from content.loader import ContentError
from content.questions_to_ask import asking
from content.questions_to_avoid import advised_against, all_against, parse_against

EXAMPLES = [(found.id, text) for found in all_against().values() for text in found.examples]
COUNTEREXAMPLES = [(found.id, text) for found in all_against().values() for text in found.counterexamples]

# Said after the rules had been written, and not in their file.
ALSO_CAUGHT = {
    "no_question": [
        "Nope.",
        "I don't think so, you've been very clear.",
        "No questions from my side.",
        "None at the moment.",
        "I believe all my questions have been answered.",
    ],
    "unaware_of_the_job": [
        "Sorry, what's the job title again?",
        "Could you tell me what this role is about?",
        "What are the responsibilities?",
        "Which department is this for?",
        "What are you hiring for?",
    ],
    "on_the_website": [
        "So what is it that your company does?",
        "What’s the company’s mission?",
        "How many offices do you have?",
        "What kind of company are you?",
        "HOW LONG   have you been around?",
    ],
    "on_the_spot": ["Did I pass?", "Do you think I will get the job?", "Is the job mine?", "What's your decision?"],
    "presumes_the_job": [
        "How soon can I begin?",
        "Which desk will be mine?",
        "Who will be my boss?",
        "I can't wait to start.",
    ],
}
ALSO_FINE = [
    "None of the reports says how you test. How do you?",
    "Not many firms publish their methods. Why do you?",
    "No rush at all, but what happens after today?",
    "Where are you heading in the next year?",
    "How many people would I work with day to day?",
    "What does success in this role look like?",
    "What did you offer the last client that worked so well?",
    "I read that you were founded by teachers. Does it still show?",
    "When would you like somebody to begin?",
    "Does anyone here work from home?",
    "Is there anything that gives you pause about my application?",
    "What happens next, and when do you decide?",
    "When you started here, what surprised you?",
    "What can you tell me now that the news is public?",
    "That's good to know. Thanks.",
    "Will I get feedback after the interview?",
    "Which team is this project in?",
    "How soon can I expect to hear?",
    "",
]


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_an_example_is_caught_by_its_rule(rule, text):
    assert advised_against(text).id == rule


@pytest.mark.parametrize(("rule", "text"), COUNTEREXAMPLES)
def test_a_counterexample_is_caught_by_no_rule(rule, text):
    assert advised_against(text) is None, rule


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in ALSO_CAUGHT.items() for text in texts])
def test_other_wordings_are_caught_too(rule, text):
    assert advised_against(text).id == rule


@pytest.mark.parametrize("text", ALSO_FINE)
def test_other_good_questions_are_left_alone(text):
    assert advised_against(text) is None


@pytest.mark.parametrize("template", asking().templates.values(), ids=lambda template: template.id)
def test_no_question_that_is_proposed_is_advised_against(template):
    assert advised_against(template.text) is advised_against(template.follow_up) is None


def test_every_rule_has_at_least_eight_examples_each_way_and_both_ways_differ():
    for found in all_against().values():
        assert min(len(found.examples), len(found.counterexamples)) >= 8
        assert not set(found.examples) & set(found.counterexamples)


def test_a_company_may_be_called_by_its_name():
    assert advised_against("What does Sky (Blue) do?", "Sky (Blue)").id == "on_the_website"
    assert advised_against("What does Sky (Blue) do?") is None
    assert advised_against("What does Sky do when it rains?", "Sky") is None


def test_a_very_long_text_is_judged_by_its_beginning_and_at_once():
    assert advised_against("What does your company do? " + "no " * 200_000).id == "on_the_website"
    assert advised_against("um, " * 100_000) is None


@pytest.mark.parametrize(
    "text",
    ["no " + "a" * 5_000, "tell me " + "a bit " * 900, "i have no " + "more " * 900, "as your new" + "e" * 5_000],
)
def test_no_text_keeps_a_rule_busy(text):
    begun = process_time()
    advised_against(text)
    assert process_time() - begun < 1  # s; a backtracking pattern took 13


RULE = """
[[rule]]
id = "a_rule"
label = "Label"
reason = "Reason."
instead = "Instead."
source = "acing_the_interview"
section = "Your chance to ask"
patterns = ['a+']
examples = ["a", "b", "c", "d", "e", "f", "g", "h"]
counterexamples = ["s", "t", "u", "v", "w", "x", "y", "z"]
"""


def test_the_small_file_used_below_is_right_as_it_stands():
    assert parse_against(RULE)["a_rule"].applies("AAA")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("'a+'", "'(a'", "questions_to_avoid.toml, a_rule, patterns: '(a' is no regular expression: missing )"),
        ('"a", "b"', '"b"', "a_rule, examples: should be a list of 8 to 40"),
        ('"s", "t"', '"t"', "a_rule, counterexamples: should be a list of 8 to 40"),
        ('instead = "Instead."', "", "a_rule, instead: is missing"),
        ('id = "a_rule"', 'id = "A rule"', "A rule, id: should be in snake_case"),
    ],
)
def test_a_mistake_in_a_rule_is_told_by_file_entry_and_field(old, new, told):
    assert old in RULE
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_against(RULE.replace(old, new, 1))


def test_two_rules_of_one_id_are_refused():
    with pytest.raises(ContentError, match="a_rule, id: another rule has it"):
        parse_against(RULE + RULE)
