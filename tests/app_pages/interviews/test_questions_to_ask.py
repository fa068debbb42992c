"""Research, questions to ask and the card on the page of an interview, over a real store."""

from __future__ import annotations

from dataclasses import replace

from interview.ask_card import AskCard, CardQuestion, make_ask_card_id
from interview.research import Research, research_id
from tests.app_pages.interviews.helpers import opened
from tests.support.interviews import MARIA, ONE
from tests.support.pages import field, labels, press, shows

pytest_plugins = ("tests.support.pages", "tests.app_pages.interviews.helpers")


def test_research_notes_are_kept_a_line_each_and_make_questions(held):
    tab = opened("Research")
    tab.text_area(key=f"in_values_{ONE}").set_value("  open  data \n\nkindness\nopen data\n")
    press(tab, "Save the notes")
    assert held.things(Research) == (Research(research_id(ONE), ONE, ("open data", "kindness")),)
    assert opened("Research").text_area(key=f"in_values_{ONE}").value == "open data\nkindness"
    asked = opened("Questions to ask")
    assert shows(asked, "“open data”")
    assert shows(asked, "“kindness”")
    tab.text_area(key=f"in_values_{ONE}").set_value("kindness")
    press(tab, "Save the notes")
    assert held.things(Research)[0].values == ("kindness",)


def test_notes_changed_in_another_tab_meanwhile_are_told_and_stay(held):
    tab = opened("Research")
    other = Research(research_id(ONE), ONE, (), ("a port",))
    held.keep(other)
    tab.text_area(key=f"in_values_{ONE}").set_value("kindness")
    press(tab, "Save the notes")
    assert shows(tab, "This was changed in another window")
    assert held.things(Research) == (other,)


def test_a_proposed_question_goes_on_the_card_with_its_follow_up_once(held):
    tab = opened("Questions to ask")
    first = next(each for each in tab.button if each.label == "Put on the card")
    first.click().run()
    (card,) = held.things(AskCard, interview=ONE)
    assert len(card.questions) == len(card.questions[0].follow_ups) == 1
    assert labels(tab).count("✓ On the card") == 1
    assert tab.button(key=first.key).disabled


def test_an_own_question_is_warned_of_before_and_on_the_card_with_reason_and_source(held):
    tab = opened("Questions to ask")
    tab.text_input(key="own_ask").set_value("What does Harbour Analytics do?").run()
    (warned,) = [each.value for each in tab.warning]
    assert "Instead:" in warned
    assert ":small[" in warned
    tab.text_input(key="own_then").set_value("And why?")
    tab.button(key="ask_own").click().run()
    asked = CardQuestion("What does Harbour Analytics do?", ("And why?",))
    assert held.things(AskCard)[0].questions == (asked,)
    assert tab.text_input(key="own_ask").value == ""
    assert [each.value for each in opened("Card").warning] == [warned]


def test_a_good_own_question_is_not_warned_of_and_an_empty_one_not_kept(held):
    tab = opened("Questions to ask")
    tab.button(key="ask_own").click().run()
    assert shows(tab, "Write the question first.")
    tab.text_input(key="own_ask").set_value("How do you decide which maps to draw next?").run()
    assert not tab.warning
    assert held.things(AskCard) == ()


def test_the_card_is_ordered_reworded_and_emptied(held):
    held.keep(MARIA)
    held.keep(AskCard(make_ask_card_id(ONE), ONE, tuple(CardQuestion(f"Question {letter}?") for letter in "abc")))
    tab = opened("Card")
    assert tab.button(key="up_0").disabled
    assert tab.button(key="down_2").disabled
    tab.button(key="down_0").click().run()
    assert "".join(each.text[9] for each in held.things(AskCard)[0].questions) == "bac"
    tab.button(key="reword_1").click().run()
    field(tab.text_input, "card_question_text").set_value("Question  A?")
    field(tab.text_area, "card_question_then").set_value("Why?\nWhen?")
    field(tab.selectbox, "card_question_whom").select("Maria Okafor")
    press(tab, "Save")
    assert held.things(AskCard)[0].questions[1] == CardQuestion("Question A?", ("Why?", "When?"), "Maria Okafor")
    for _ in range(3):
        tab.button(key="off_0").click().run()
    assert held.things(AskCard)[0].questions == ()
    assert shows(tab, "Nothing is on the card yet.")


def test_a_card_changed_in_another_tab_meanwhile_is_told_and_stays(held):
    card = AskCard(make_ask_card_id(ONE), ONE, (CardQuestion("One?"), CardQuestion("Two?")))
    held.keep(card)
    tab = opened("Card")
    other = replace(card, questions=(CardQuestion("Three?"),))
    held.keep(other, instead_of=card)
    tab.button(key="off_0").click().run()
    assert shows(tab, "This was changed in another window")
    assert held.things(AskCard) == (other,)
    assert shows(tab, "Three?")


def test_a_question_taken_off_in_another_tab_while_it_is_reworded_is_told(held):
    card = AskCard(make_ask_card_id(ONE), ONE, (CardQuestion("One?"),))
    held.keep(card)
    tab = opened("Card")
    tab.button(key="reword_0").click().run()
    held.keep(replace(card, questions=()), instead_of=card)
    field(tab.text_input, "card_question_text").set_value("Another?")
    press(tab, "Save")
    assert shows(tab, "This was changed in another window")
    assert field(tab.text_input, "card_question_text").value == "Another?"
