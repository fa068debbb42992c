"""People on the page of an interview, over a real store; forms stay with what they are about."""

from __future__ import annotations

from dataclasses import replace

from interview.ids import new_id
from interview.interview import Interview
from interview.person import Part, Person
from tests.app_pages.interviews.helpers import opened
from tests.support.interviews import MARIA, ONE, TOM
from tests.support.pages import field, labels, press, shows

pytest_plugins = ("tests.support.pages", "tests.app_pages.interviews.helpers")


def test_people_are_added_changed_and_deleted(held):
    tab = press(opened("People"), "Add a person")
    field(tab.text_input, "person_name").set_value("Ines  Roth")
    field(tab.text_input, "person_email").set_value("front@harbour")
    field(tab.selectbox, "person_part").select(Part.STAFF)
    press(tab, "Save")
    (ines,) = held.things(Person)
    assert (ines.name, ines.interview, ines.part) == ("Ines Roth", ONE, Part.STAFF)
    tab = opened("People")
    assert shows(tab, "Staff who helped · front@harbour")
    tab.button(key=f"change_{ines.id}").click().run()
    field(tab.checkbox, "person_everywhere").check()
    press(tab, "Save")
    assert held.thing(Person, ines.id) == replace(ines, interview=None)
    tab = opened("People")
    assert shows(tab, "for every interview")
    tab.button(key=f"delete_{ines.id}").click().run()
    press(tab, "Delete for good")
    assert held.things(Person) == ()


def test_a_bad_email_address_is_told_and_nothing_is_kept(held):
    tab = press(opened("People"), "Add a person")
    field(tab.text_input, "person_name").set_value("Ines")
    field(tab.text_input, "person_email").set_value("nobody")
    press(tab, "Save")
    assert shows(tab, "The email address should look like")
    assert held.things(Person) == ()


def test_a_person_deleted_in_another_tab_meanwhile_is_told_and_the_form_stays(held):
    held.keep(MARIA)
    tab = opened("People")
    tab.button(key=f"change_{MARIA.id}").click().run()
    held.forget(MARIA.id)
    press(tab, "Save")
    assert shows(tab, "This was deleted in the meantime.")
    assert field(tab.text_input, "person_name").value == MARIA.name


def test_a_form_never_shows_what_was_typed_into_another(held):
    held.keep(MARIA)
    held.keep(TOM)
    tab = opened("People")
    tab.button(key=f"change_{MARIA.id}").click().run()
    field(tab.text_input, "person_name").set_value("Somebody else")
    tab.button(key=f"change_{TOM.id}").click().run()
    assert field(tab.text_input, "person_name").value == TOM.name
    press(tab, "Save")
    assert held.things(Person) == (MARIA, TOM)


def test_a_form_does_not_go_along_to_another_interview(held):
    other = Interview(new_id(), "Ferry Works")
    held.keep(other)
    held.keep(MARIA)
    tab = opened("People")
    tab.button(key=f"change_{MARIA.id}").click().run()
    tab.query_params["interview"] = other.id
    tab.run()
    assert shows(tab, "Ferry Works")
    assert "Save" not in labels(tab)
    tab.query_params["interview"] = ONE
    assert "Save" not in labels(tab.run())
