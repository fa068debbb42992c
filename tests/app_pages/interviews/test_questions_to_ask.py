"""Test research, questions to ask and the card on the page of an interview, over a real store."""

from __future__ import annotations

from dataclasses import replace

from interview.ask_card import AskCard, CardQuestion, make_ask_card_id
from interview.research import ResearchNotes, make_research_id
from tests.app_pages.interviews.helpers import open_page
from tests.support.interviews import MARIA, ONE
from tests.support.pages import find_field, is_shown, list_button_labels, press

pytest_plugins = ("tests.support.pages", "tests.app_pages.interviews.helpers")


def test_research_notes_are_stored_one_per_line_and_produce_questions(held):
    tab = open_page("Research")
    tab.text_area(key=f"in_values_{ONE}").set_value("  open  data \n\nkindness\nopen data\n")
    press(tab, "Save notes")
    assert held.load_documents(ResearchNotes) == (ResearchNotes(make_research_id(ONE), ONE, ("open data", "kindness")),)
    assert open_page("Research").text_area(key=f"in_values_{ONE}").value == "open data\nkindness"
    asked = open_page("Questions to ask")
    assert is_shown(asked, "“open data”")
    assert is_shown(asked, "“kindness”")
    tab.text_area(key=f"in_values_{ONE}").set_value("kindness")
    press(tab, "Save notes")
    assert held.load_documents(ResearchNotes)[0].values == ("kindness",)


def test_notes_changed_in_another_tab_are_not_overwritten(held):
    tab = open_page("Research")
    other = ResearchNotes(make_research_id(ONE), ONE, (), ("a port",))
    held.save(other)
    tab.text_area(key=f"in_values_{ONE}").set_value("kindness")
    press(tab, "Save notes")
    assert is_shown(tab, "You changed this in another window")
    assert held.load_documents(ResearchNotes) == (other,)


def test_a_suggested_question_is_put_on_the_card_once_with_its_follow_up(held):
    tab = open_page("Questions to ask")
    first = next(each for each in tab.button if each.label == "Add to card" and each.key != "ask_own")
    first.click().run()
    (card,) = held.load_documents(AskCard, interview=ONE)
    assert len(card.questions) == len(card.questions[0].follow_ups) == 1
    assert list_button_labels(tab).count("✓ On your card") == 1
    assert tab.button(key=first.key).disabled


def test_an_inadvisable_question_has_a_warning_both_before_and_on_the_card(held):
    tab = open_page("Questions to ask")
    tab.text_input(key="own_ask").set_value("What does Harbour Analytics do?").run()
    (warned,) = [each.value for each in tab.warning]
    assert "Instead:" in warned
    assert ":small[" in warned
    tab.text_input(key="own_then").set_value("And why?")
    tab.button(key="ask_own").click().run()
    asked = CardQuestion("What does Harbour Analytics do?", ("And why?",))
    assert held.load_documents(AskCard)[0].questions == (asked,)
    assert tab.text_input(key="own_ask").value == ""
    assert [each.value for each in open_page("Card").warning] == [warned]


def test_a_good_question_has_no_warning_and_an_empty_one_is_not_stored(held):
    tab = open_page("Questions to ask")
    tab.button(key="ask_own").click().run()
    assert is_shown(tab, "Enter a question first.")
    tab.text_input(key="own_ask").set_value("How do you decide which maps to draw next?").run()
    assert not tab.warning
    assert held.load_documents(AskCard) == ()


def test_questions_on_the_card_can_be_ordered_edited_and_removed(held):
    held.save(MARIA)
    held.save(AskCard(make_ask_card_id(ONE), ONE, tuple(CardQuestion(f"Question {letter}?") for letter in "abc")))
    tab = open_page("Card")
    assert tab.button(key="up_0").disabled
    assert tab.button(key="down_2").disabled
    tab.button(key="down_0").click().run()
    assert "".join(each.text[9] for each in held.load_documents(AskCard)[0].questions) == "bac"
    tab.button(key="reword_1").click().run()
    find_field(tab.text_input, "card_question_text").set_value("Question  A?")
    find_field(tab.text_area, "card_question_then").set_value("Why?\nWhen?")
    find_field(tab.selectbox, "card_question_whom").select("Maria Okafor")
    press(tab, "Save")
    assert held.load_documents(AskCard)[0].questions[1] == CardQuestion(
        "Question A?", ("Why?", "When?"), "Maria Okafor"
    )
    for _ in range(3):
        tab.button(key="off_0").click().run()
    assert held.load_documents(AskCard)[0].questions == ()
    assert is_shown(tab, "they'll appear on this card")


def test_a_card_changed_in_another_tab_is_not_overwritten(held):
    card = AskCard(make_ask_card_id(ONE), ONE, (CardQuestion("One?"), CardQuestion("Two?")))
    held.save(card)
    tab = open_page("Card")
    other = replace(card, questions=(CardQuestion("Three?"),))
    held.save(other, expected=card)
    tab.button(key="off_0").click().run()
    assert is_shown(tab, "You changed this in another window")
    assert held.load_documents(AskCard) == (other,)
    assert is_shown(tab, "Three?")


def test_editing_a_question_removed_in_another_tab_shows_an_error(held):
    card = AskCard(make_ask_card_id(ONE), ONE, (CardQuestion("One?"),))
    held.save(card)
    tab = open_page("Card")
    tab.button(key="reword_0").click().run()
    held.save(replace(card, questions=()), expected=card)
    find_field(tab.text_input, "card_question_text").set_value("Another?")
    press(tab, "Save")
    assert is_shown(tab, "You changed this in another window")
    assert find_field(tab.text_input, "card_question_text").value == "Another?"
