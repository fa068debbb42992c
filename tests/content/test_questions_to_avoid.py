import re
from time import process_time

import pytest

from content.loader import ContentError
from content.questions_to_ask import load_question_templates
from content.questions_to_avoid import find_broken_rule, load_avoidance_rules, parse_avoidance_rules

EXAMPLES = [(found.id, text) for found in load_avoidance_rules().values() for text in found.examples]
COUNTEREXAMPLES = [(found.id, text) for found in load_avoidance_rules().values() for text in found.counterexamples]

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
def test_example_breaks_its_rule(rule, text):
    assert find_broken_rule(text).id == rule


@pytest.mark.parametrize(("rule", "text"), COUNTEREXAMPLES)
def test_counterexample_breaks_no_rule(rule, text):
    assert find_broken_rule(text) is None, rule


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in ALSO_CAUGHT.items() for text in texts])
def test_wordings_outside_the_file_break_their_rule(rule, text):
    assert find_broken_rule(text).id == rule


@pytest.mark.parametrize("text", ALSO_FINE)
def test_good_questions_outside_the_file_break_no_rule(text):
    assert find_broken_rule(text) is None


@pytest.mark.parametrize("template", load_question_templates().templates.values(), ids=lambda template: template.id)
def test_no_proposed_question_is_advised_against(template):
    assert find_broken_rule(template.text) is find_broken_rule(template.follow_up) is None


def test_every_rule_has_at_least_eight_examples_each_way_and_both_ways_differ():
    for found in load_avoidance_rules().values():
        assert min(len(found.examples), len(found.counterexamples)) >= 8
        assert not set(found.examples) & set(found.counterexamples)


def test_company_is_recognised_by_its_name():
    assert find_broken_rule("What does Sky (Blue) do?", "Sky (Blue)").id == "on_the_website"
    assert find_broken_rule("What does Sky (Blue) do?") is None
    assert find_broken_rule("What does Sky do when it rains?", "Sky") is None


def test_very_long_text_is_judged_by_its_beginning():
    assert find_broken_rule("What does your company do? " + "no " * 200_000).id == "on_the_website"
    assert find_broken_rule("um, " * 100_000) is None


@pytest.mark.parametrize(
    "text",
    ["no " + "a" * 5_000, "tell me " + "a bit " * 900, "i have no " + "more " * 900, "as your new" + "e" * 5_000],
)
def test_no_text_causes_catastrophic_backtracking(text):
    begun = process_time()
    find_broken_rule(text)
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


def test_unmodified_example_file_is_valid():
    assert parse_avoidance_rules(RULE)["a_rule"].is_broken_by("AAA")


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
def test_error_in_a_rule_names_file_entry_and_field(old, new, told):
    assert old in RULE
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_avoidance_rules(RULE.replace(old, new, 1))


def test_two_rules_with_the_same_id_are_refused():
    with pytest.raises(ContentError, match="a_rule, id: another rule has it"):
        parse_avoidance_rules(RULE + RULE)
