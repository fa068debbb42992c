"""Test the people of an interview over a real store; open forms belong to one person and interview."""

from __future__ import annotations

from dataclasses import replace

from interview.ids import make_id
from interview.interview import Interview
from interview.person import Person, PersonRole
from services.undo import NOT_ALL
from tests.app_pages.interviews.helpers import open_page
from tests.support.interviews import MARIA, ONE, TOM
from tests.support.pages import find_field, is_shown, list_button_labels, press

pytest_plugins = ("tests.support.pages", "tests.app_pages.interviews.helpers")


def test_people_are_added_changed_and_deleted(held):
    tab = press(open_page("People"), "Add a person")
    find_field(tab.text_input, "person_name").set_value("Ines  Roth")
    find_field(tab.text_input, "person_email").set_value("front@harbour")
    find_field(tab.selectbox, "person_part").select(PersonRole.STAFF)
    press(tab, "Save")
    (ines,) = held.load_documents(Person)
    assert (ines.name, ines.interview, ines.part) == ("Ines Roth", ONE, PersonRole.STAFF)
    tab = open_page("People")
    assert is_shown(tab, "Staff who helped · front@harbour")
    tab.button(key=f"change_{ines.id}").click().run()
    find_field(tab.checkbox, "person_everywhere").check()
    press(tab, "Save")
    assert held.load_document(Person, ines.id) == replace(ines, interview=None)
    tab = open_page("People")
    assert is_shown(tab, "for every interview")
    tab.button(key=f"delete_{ines.id}").click().run()
    press(tab, "Yes, delete it")
    assert held.load_documents(Person) == ()


def test_a_deleted_person_comes_back_where_they_were(held):
    for person in (MARIA, TOM):
        held.save(person)
    tab = open_page("People")
    tab.button(key=f"delete_{MARIA.id}").click().run()
    assert is_shown(tab, "Delete Maria Okafor and what you noted about them?")
    press(tab, "Yes, delete it")
    assert [each.value.replace("\\", "") for each in tab.success] == [
        "Deleted: Maria Okafor. You can undo this until you leave this page."
    ]
    assert held.load_documents(Person) == (TOM,)
    press(tab, "Undo")
    assert [each.value.replace("\\", "") for each in tab.success] == ["Maria Okafor is back."]
    assert held.load_documents(Person) == (MARIA, TOM)


def test_a_person_whose_interview_was_deleted_meanwhile_stays_deleted_and_it_says_so(held):
    other = Interview(make_id(), "Ferry Works")
    held.save(other)
    held.save(MARIA)
    tab = open_page("People")
    tab.button(key=f"delete_{MARIA.id}").click().run()
    press(tab, "Yes, delete it")
    held.delete_document(ONE)
    tab.button(key="undo_delete").click().run()
    assert is_shown(tab, NOT_ALL)
    assert held.load_documents(Person) == ()


def test_an_invalid_email_address_shows_an_error_and_nothing_is_stored(held):
    tab = press(open_page("People"), "Add a person")
    find_field(tab.text_input, "person_name").set_value("Ines")
    find_field(tab.text_input, "person_email").set_value("nobody")
    press(tab, "Save")
    assert is_shown(tab, "The email address should look like")
    assert held.load_documents(Person) == ()


def test_a_person_deleted_in_another_tab_shows_an_error_and_the_form_stays(held):
    held.save(MARIA)
    tab = open_page("People")
    tab.button(key=f"change_{MARIA.id}").click().run()
    held.delete_document(MARIA.id)
    press(tab, "Save")
    assert is_shown(tab, "This has been deleted.")
    assert find_field(tab.text_input, "person_name").value == MARIA.name


def test_a_form_never_shows_text_typed_for_another_person(held):
    held.save(MARIA)
    held.save(TOM)
    tab = open_page("People")
    tab.button(key=f"change_{MARIA.id}").click().run()
    find_field(tab.text_input, "person_name").set_value("Somebody else")
    tab.button(key=f"change_{TOM.id}").click().run()
    assert find_field(tab.text_input, "person_name").value == TOM.name
    press(tab, "Save")
    assert held.load_documents(Person) == (MARIA, TOM)


def test_an_open_form_closes_when_the_page_shows_another_interview(held):
    other = Interview(make_id(), "Ferry Works")
    held.save(other)
    held.save(MARIA)
    tab = open_page("People")
    tab.button(key=f"change_{MARIA.id}").click().run()
    tab.query_params["interview"] = other.id
    tab.run()
    assert is_shown(tab, "Ferry Works")
    assert "Save" not in list_button_labels(tab)
    tab.query_params["interview"] = ONE
    assert "Save" not in list_button_labels(tab.run())
