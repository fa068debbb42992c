import re

import pytest

from content.checklists import get_item, load_checklists, parse_checklists
from content.loader import ContentError
from content.questions import get_question

CHECKLISTS = """
[list.the_day]
label = "The day"
[[item]]
id = "an_item"
list = "the_day"
text = "Do it."
why = "Because."
source = "interview_competencies"
section = "Interview: plan ahead"
practise = ["tell_me_about_yourself"]
"""


def test_every_time_before_an_interview_has_a_checklist_with_items():
    keys = [found.key for found in load_checklists()]
    assert keys[:4] == ["before_applying", "before_screen", "day_before", "the_day"]
    assert all(found.items for found in load_checklists())


def test_checklist_for_the_day_before_has_what_the_document_lists():
    packed = {found.id for found in load_checklists()[2].items}
    assert packed >= {"clothes", "several_resumes", "pen_and_notepad", "work_to_show", "list_of_references"}


def test_no_two_items_share_an_id_or_a_text():
    items = [found for checklist in load_checklists() for found in checklist.items]
    assert len({found.id for found in items}) == len({found.text for found in items}) == len(items)
    assert all(found.list == checklist.key for checklist in load_checklists() for found in checklist.items)


def test_items_refer_to_existing_questions():
    named = {name for checklist in load_checklists() for found in checklist.items for name in found.practise}
    assert len(named) > 40
    assert {get_question(name).id for name in named} == named


def test_item_is_found_by_id_and_unknown_id_raises_key_error():
    assert get_item("clothes").list == "day_before"
    with pytest.raises(KeyError, match="no_such_item"):
        get_item("no_such_item")


def test_unmodified_example_file_is_valid():
    (found,) = parse_checklists(CHECKLISTS)
    assert (found.label, found.items[0].practise) == ("The day", ("tell_me_about_yourself",))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('list = "the_day"', 'list = "the_night"', "checklists.toml, an_item, list: 'the_night' is none of the_day"),
        ('why = "Because."', "", "an_item, why: is missing"),
        ("tell_me_about_yourself", "sing_a_song", "an_item, practise: there is no question 'sing_a_song'"),
        ('["tell_me_about_yourself"]', "[]", "an_item, practise: should be a list of 1 to 8"),
        ('section = "Interview: plan ahead"', "", "an_item, section: is missing"),
        ('label = "The day"', "label = 3", "list.the_day, label: should be text"),
    ],
)
def test_error_in_an_item_names_file_entry_and_field(old, new, told):
    assert old in CHECKLISTS
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_checklists(CHECKLISTS.replace(old, new, 1))


def test_two_items_with_the_same_id_are_refused():
    with pytest.raises(ContentError, match="an_item, id: another item has it"):
        parse_checklists(CHECKLISTS + CHECKLISTS[CHECKLISTS.index("[[item]]") :])
