"""Every line of advice on the time around an interview is shown by a page, at the moment it is for.

A moment is a page in a state (`tests.docs.moments`). Each is opened once, and the texts of all rules, lists and closing
lines that belong to it have to be on it. Lines of questions, reports and warnings are tested where they belong.
"""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.ui import current_time
from content.checklists import load_checklists
from content.follow_up_rules import get_rule, list_rules
from store.store import Store
from tests.docs.moments import ELSEWHERE, EVENING, HELD, MOMENTS, SECOND, Moment, list_items
from tests.support.pages import APP, list_texts

pytest_plugins = ("tests.support.pages",)


def open_page(moment: Moment) -> AppTest:
    tab = AppTest.from_file(APP, default_timeout=60).run()
    tab.switch_page(f"app_pages/{moment.page}/page.py")
    if moment.names_interview:
        tab.query_params["interview"] = moment.documents[-1].id if moment.documents[-1] is SECOND else HELD.id
    if moment.section:
        tab.query_params["section"] = moment.section
    return tab.run()


def read_page(tab: AppTest) -> str:
    links = [each.proto.label for each in tab.get("page_link")]
    texts = [*list_texts(tab), *(each.label for each in tab.checkbox), *links]
    return "\n".join(texts).replace("\\", "").replace(":small[]", "")


@pytest.mark.parametrize("name", MOMENTS)
def test_the_lines_of_a_moment_are_on_its_page(name: str, page: AppTest, kept: Store, monkeypatch) -> None:
    moment = MOMENTS[name]
    monkeypatch.setattr(current_time, "now", lambda: moment.now)
    for document in moment.documents:
        kept.save(document)
    tab = open_page(moment)
    assert not tab.exception
    shown = read_page(tab)
    wanted = [get_rule(each).text for each in moment.rules] + [*moment.others]
    wanted += [text for key in moment.lists for text in list_items(key)]
    assert [text for text in wanted if text not in shown] == []


def test_every_rule_and_every_line_of_a_list_has_a_moment() -> None:
    shown = {rule for moment in MOMENTS.values() for rule in moment.rules}
    assert {rule.id for rule in list_rules()} - shown - ELSEWHERE.keys() == set()
    assert {each.key for each in load_checklists()} == {key for moment in MOMENTS.values() for key in moment.lists}
    assert set(ELSEWHERE.values()) <= {item.id for each in load_checklists() for item in each.items}


def test_a_line_that_is_not_on_a_page_is_found_missing(page: AppTest, kept: Store) -> None:
    shown = read_page(open_page(Moment("follow_ups", EVENING, (), names_interview=False)))
    assert get_rule("expect_some_noes").text not in shown
