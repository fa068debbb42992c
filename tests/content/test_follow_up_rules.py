import re

import pytest

from content.follow_up_rules import get_rule, list_rules, load_follow_up_rules, parse_follow_up_rules
from content.loader import ContentError

FOLLOWUPS = """
[part.note]
label = "Notes"
[event.interview]
label = "the interview"
[[rule]]
id = "a_rule"
part = "note"
title = "Write."
text = "Write a note."
why = "Because."
source = "after_the_interview"
section = "Thank-you and follow-up"
after = "interview"
hours_from = 2
hours_to = 20
numbers = "Ours."
"""


def test_note_is_sent_after_a_few_hours_and_within_24():
    window = get_rule("note_window")
    assert (window.after, window.hours_to) == ("interview", 24)
    assert 2 <= window.hours_from <= 6  # "a few"


def test_a_handwritten_note_is_posted_by_the_next_day():
    assert (get_rule("note_by_hand").after, get_rule("note_by_hand").days_after) == ("interview", 1)


def test_useful_material_is_sent_two_days_after_the_note():
    useful = get_rule("something_of_use")
    assert (useful.after, useful.days_after) == ("thank_you", 2)
    assert len(useful.examples) == 4


def test_calls_begin_after_their_date_and_are_at_most_two():
    for waiting in ("wait_for_their_date", "calls_after_the_date"):
        assert (get_rule(waiting).after, get_rule(waiting).days_after) == ("their_date", 1)
    assert get_rule("calls_after_the_date").at_most == 2


def test_at_most_two_work_samples_are_attached():
    assert get_rule("note_work_sample").at_most == 2


@pytest.mark.parametrize(
    "name", ["not_hr_alone", "note_not_presuming", "no_linkedin_before", "silence_after_two_calls"]
)
def test_rules_on_what_not_to_do_are_marked(name):
    assert get_rule(name).avoid


def test_a_linkedin_request_waits_for_the_decision():
    assert (get_rule("no_linkedin_before").after, get_rule("linkedin_after_no").after) == ("decision", "no")


def test_rules_after_a_rejection_count_from_the_rejection():
    assert {get_rule(name).after for name in ("gracious_after_no", "stay_in_contact", "expect_some_noes")} == {"no"}


def test_an_interview_that_ends_early_leaves_time_for_a_note_on_the_same_day():
    split, window = get_rule("note_early_or_late"), get_rule("note_window")
    assert split.early_until_hour + window.hours_from <= 18
    latest_end = 20  # an interview that ends at 20:00 still gets its note within the window the next morning
    assert latest_end + window.hours_from <= 24 + split.morning_hour <= latest_end + window.hours_to


def test_every_part_and_event_is_used_and_every_number_has_an_origin():
    assert {found.part for found in list_rules()} == set(load_follow_up_rules().parts)
    assert {found.after for found in list_rules()} == set(load_follow_up_rules().events)
    for found in list_rules():
        numbers = (found.hours_from, found.hours_to, found.days_after, found.at_most, found.morning_hour)
        assert found.numbers or all(number is None for number in numbers)


def test_rules_by_part_are_all_rules():
    assert [found.id for part in load_follow_up_rules().parts for found in list_rules(part)] == [
        found.id for found in list_rules()
    ]


def test_unknown_rule_raises_key_error():
    with pytest.raises(KeyError, match="no_such_rule"):
        get_rule("no_such_rule")


def test_unmodified_example_file_is_valid():
    found = parse_follow_up_rules(FOLLOWUPS).rules["a_rule"]
    assert (found.hours_from, found.hours_to, found.days_after, found.avoid) == (2, 20, None, False)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "a_rule"', 'id = "A rule"', "follow_up_rules.toml, A rule, id: should be in snake_case"),
        ('why = "Because."', "", "a_rule, why: is missing"),
        ('why = "Because."', 'why = "Because."\nwhen = 3', "a_rule, when: isn't known here"),
        ('part = "note"', 'part = "notes"', "a_rule, part: 'notes' is none of note"),
        ('after = "interview"', 'after = "lunch"', "a_rule, after: 'lunch' is none of interview"),
        ('numbers = "Ours."', "", "a_rule, numbers: says where the numbers come from"),
        ("hours_from = 2\nhours_to = 20", "", "a_rule, numbers: says where the numbers come from"),
        ("hours_from = 2", "hours_from = 20", "a_rule, hours_to: should be later than hours_from"),
        ("hours_from = 2", "hours_from = -1", "a_rule, hours_from: should be a whole number from 0 to 72, not -1"),
        ("hours_from = 2", "hours_from = 2.5", "a_rule, hours_from: should be a whole number"),
        ("hours_from = 2", "hours_from = true", "a_rule, hours_from: should be a whole number"),
        ("hours_from = 2", 'avoid = "yes"\nhours_from = 2', "a_rule, avoid: should be true or false, not 'yes'"),
        ("hours_from = 2", "examples = []\nhours_from = 2", "a_rule, examples: should be a list of 1 to 6"),
        ('label = "Notes"', 'label = "Notes"\ntext = "x"', "part.note, text: isn't known here; known are label"),
    ],
)
def test_error_in_a_rule_names_file_entry_and_field(old, new, told):
    assert old in FOLLOWUPS
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_follow_up_rules(FOLLOWUPS.replace(old, new, 1))


def test_two_rules_with_the_same_id_are_refused():
    with pytest.raises(ContentError, match="a_rule, id: another rule has it"):
        parse_follow_up_rules(FOLLOWUPS + FOLLOWUPS[FOLLOWUPS.index("[[rule]]") :])
