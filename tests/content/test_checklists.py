import re

import pytest

from content.checklists import checklists, item, parse_checklists
from content.loader import ContentError
from content.questions import question

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


def test_there_is_a_list_for_every_time_before_an_interview_and_none_is_empty():
    keys = [found.key for found in checklists()]
    assert keys[:4] == ["before_applying", "before_screen", "day_before", "the_day"]
    assert all(found.items for found in checklists())


def test_what_to_pack_the_day_before_is_what_the_document_lists():
    packed = {found.id for found in checklists()[2].items}
    assert packed >= {"clothes", "several_resumes", "pen_and_notepad", "work_to_show", "list_of_references"}


def test_no_two_items_share_an_id_or_a_text():
    items = [found for checklist in checklists() for found in checklist.items]
    assert len({found.id for found in items}) == len({found.text for found in items}) == len(items)
    assert all(found.list == checklist.key for checklist in checklists() for found in checklist.items)


def test_what_an_item_names_to_practise_can_be_practised():
    named = {name for checklist in checklists() for found in checklist.items for name in found.practise}
    assert len(named) > 40
    assert {question(name).id for name in named} == named


def test_an_item_is_found_by_its_id_and_an_unknown_one_is_a_key_error():
    assert item("clothes").list == "day_before"
    with pytest.raises(KeyError, match="no_such_item"):
        item("no_such_item")


def test_the_small_file_used_below_is_right_as_it_stands():
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
        ('label = "The day"', "label = 3", "list.the_day, label: should be a text"),
    ],
)
def test_a_mistake_in_an_item_is_told_by_file_entry_and_field(old, new, told):
    assert old in CHECKLISTS
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_checklists(CHECKLISTS.replace(old, new, 1))


def test_two_items_of_one_id_are_refused():
    with pytest.raises(ContentError, match="an_item, id: another item has it"):
        parse_checklists(CHECKLISTS + CHECKLISTS[CHECKLISTS.index("[[item]]") :])
