"""The pages of a centre without a browser, behind a proxy that says who somebody is, with a real Postgres."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app_pages.ui import identity
from interview.listener_comments import ListenerComments
from services.centre import coaching, membership
from services.centre.sign_in import PROXY_ISSUER, SIGN_IN_VARIABLE
from store.accounts import Role
from store.db.owner import Owner
from store.groups import NO_GROUP
from store.sharing import SharedKind
from store.store import Store, open_store
from tests.support.pages import APP, is_shown, list_button_labels, list_texts
from tests.support.stored_attempts import CONFLICT, add_done

pytest_plugins = ("tests.support.centre.homes", "tests.support.pages")
pytestmark = pytest.mark.postgres

MARK = "Ann's own words"
ACCOUNT, GROUPS, PEOPLE, SHARED, DATA, PRACTICE, SETTINGS = (
    f"app_pages/{name}.py"
    for name in (
        "centre/account",
        "centre/groups",
        "centre/people",
        "centre/shared",
        "data/page",
        "practice/page",
        "settings/page",
    )
)


@dataclass
class Centre:
    """A centre, and who the proxy says opens the next page."""

    open: Callable[[str], Store]
    claims: dict[str, Any] = field(default_factory=dict)

    def sign_in(self, name: str, *, agree: bool = True) -> Store:
        """Let somebody open the pages from now on; return their store."""
        self.claims = {"proxy_user": name, "proxy_name": name.title(), "proxy_email": f"{name}@uni.example"}
        store = self.open(name)
        if agree:
            membership.give_consent(store, datetime.now(UTC))
        return store


@pytest.fixture
def centre(
    recogniser: object, empty_centre: tuple[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Centre]:
    app = empty_centre[1]
    monkeypatch.setenv("ANSWER_ALOUD_DATABASE", app)
    monkeypatch.setenv(SIGN_IN_VARIABLE, "proxy")
    monkeypatch.setenv(membership.KEEP_VARIABLE, "3650")  # answers of the tests are of a fixed day
    with closing(open_store(app, tmp_path / "data")) as base:
        made = Centre(lambda name: base.for_owner(Owner(PROXY_ISSUER, name)))

        def read_claims() -> Mapping[str, Any]:
            return made.claims

        monkeypatch.setattr(identity, "read_claims", read_claims)
        yield made
        st.cache_resource.clear()  # the stores of this centre, whose database goes


def open_page(path: str = PRACTICE) -> AppTest:
    page = AppTest.from_file(APP, default_timeout=60).run()
    return page.switch_page(path).run()


def test_who_is_not_named_by_the_proxy_sees_nothing(centre: Centre) -> None:
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert [error.value for error in page.error] != []
    assert "didn't say who you are" in page.error[0].value
    assert list_button_labels(page) == []


def test_consent_is_asked_for_once(centre: Centre) -> None:
    ann = centre.sign_in("ann", agree=False)
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert [title.value for title in page.title] == ["Before you start"]
    page.button(key="give_consent").click().run()
    assert not page.exception
    assert ann.accounts.load().consent is not None
    assert [title.value for title in open_page(DATA).title] == ["Your data"]


def test_a_file_is_no_place_for_a_centre(recogniser: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(SIGN_IN_VARIABLE, "proxy")
    monkeypatch.setattr(identity, "read_claims", lambda: {"proxy_user": "ann"})
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert "the answers are in a file" in page.error[0].value
    assert not page.button


def test_a_role_that_row_level_security_does_not_hold_is_no_place_either(
    recogniser: object, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SIGN_IN_VARIABLE, "proxy")
    monkeypatch.setenv("ANSWER_ALOUD_DATABASE", postgres)
    monkeypatch.setattr(identity, "read_claims", lambda: {"proxy_user": "ann"})
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert "the role tester may bypass row-level security" in page.error[0].value.replace("\\", "")


def test_a_page_that_stays_open_after_the_sign_in_ended_gives_nothing(centre: Centre) -> None:
    ann = centre.sign_in("ann")
    add_done(ann, CONFLICT)
    page = open_page(DATA)
    assert is_shown(page, CONFLICT.text)
    centre.claims = {}
    page.run()
    assert not is_shown(page, CONFLICT.text)


def test_each_sees_their_own_answers(centre: Centre) -> None:
    ann = centre.sign_in("ann")
    ann.add_note(add_done(ann, CONFLICT), MARK)
    assert is_shown(open_page(DATA), CONFLICT.text)
    centre.sign_in("ben")
    page = open_page(DATA)
    assert not page.exception
    assert not is_shown(page, CONFLICT.text)
    assert MARK not in " ".join(list_texts(page))


@pytest.mark.parametrize(
    ("role", "more"), [(Role.MEMBER, ()), (Role.COACH, (SHARED,)), (Role.ADMINISTRATOR, (PEOPLE,))]
)
def test_a_role_has_its_pages_and_no_others(centre: Centre, role: Role, more: tuple[str, ...]) -> None:
    ann = centre.sign_in("ann")
    ann.accounts.set_role(ann.owner.id, role)
    for path, title in ((ACCOUNT, "Account"), (SHARED, "Shared with you"), (PEOPLE, "People")):
        if path == ACCOUNT or path in more:
            assert [each.value for each in open_page(path).title] == [title]
        else:
            with pytest.raises(ValueError, match="Could not find a navigation page"):
                open_page(path)


def test_an_administrator_makes_somebody_a_coach_and_sees_nothing_of_theirs(centre: Centre) -> None:
    ben = centre.sign_in("ben")
    ben.add_note(add_done(ben, CONFLICT), MARK)
    open_page(DATA)  # who comes is known from then on
    cam = centre.sign_in("cam")
    cam.accounts.set_role(cam.owner.id, Role.ADMINISTRATOR)
    page = open_page(PEOPLE)
    shown = " ".join(list_texts(page))
    assert "Ben" in shown
    assert MARK not in shown
    assert CONFLICT.text not in shown
    page.selectbox(key=f"role_{ben.owner.id}").select(Role.COACH).run()
    assert not page.exception
    assert ben.accounts.load().role is Role.COACH
    assert page.selectbox(key=f"role_{cam.owner.id}").disabled


def test_an_answer_is_shared_heard_commented_and_taken_back(centre: Centre) -> None:
    ben = centre.sign_in("ben")
    open_page(DATA)
    ben.accounts.set_role(ben.owner.id, Role.COACH)
    ann = centre.sign_in("ann")
    answer = add_done(ann, CONFLICT)
    ann.add_note(answer, MARK)
    page = AppTest.from_file(APP, default_timeout=60)
    page.query_params["take"] = answer
    page.run()
    page.button(key=f"share_now_{answer}").click().run()
    assert not page.exception
    (given,) = ann.sharing.list_given()
    assert (given.coach, given.kind) == (ben.owner.id, SharedKind.ANSWER)

    centre.sign_in("ben")
    shared, key = open_page(SHARED), f"{given.id}_{answer}"
    assert MARK not in " ".join(list_texts(shared))
    assert ann.sharing.list_hearings() == ()
    shared.button(key=f"listen_{key}").click().run()
    shared.run()  # drawing the page again is no other hearing
    assert len(ann.sharing.list_hearings()) == 1
    shared.text_input(key=f"at_{key}").set_value("0:01")
    shared.text_input(key=f"comment_{key}").set_value("Slower here.")
    next(button for button in shared.button if button.label == "Add comment").click().run()
    assert not shared.exception
    (said,) = ann.load_documents(ListenerComments)
    assert [(each.at, each.comment) for each in said.moments] == [(1.0, "Slower here.")]

    centre.sign_in("ann")
    own = open_page(ACCOUNT)
    assert is_shown(own, "Heard on")
    own.button(key=f"take_back_{given.id}").click().run()
    assert is_shown(own, "You took it back on")
    centre.sign_in("ben")
    shared.run()
    assert is_shown(shared, "Nobody shares anything with you")
    assert "Slower here." not in " ".join(list_texts(shared))


def test_a_coach_gives_a_group_a_question_and_a_member_finds_it(centre: Centre) -> None:
    ben = centre.sign_in("ben")
    open_page(DATA)
    ben.accounts.set_role(ben.owner.id, Role.COACH)
    page = open_page(GROUPS)
    page.text_input(key="group_name").set_value("Nurses of May").run()
    page.button(key="make_group").click().run()
    (group,) = ben.groups.list_all()
    page.selectbox(key=f"ask_{group.id}").select("why_this_company").run()
    page.button(key=f"give_{group.id}").click().run()
    assert not page.exception
    assert not page.error
    assert is_shown(page, "Counts show once at least 5 people are in the group")
    (code,) = (each.value for each in page.code)

    centre.sign_in("ann")
    own = open_page(GROUPS)
    assert is_shown(own, "in no group")
    own.text_input(key="group_code").set_value("a guess").run()
    own.button(key="join_group").click().run()
    assert [each.value.replace("\\", "") for each in own.error] == [NO_GROUP]
    own.text_input(key="group_code").set_value(code).run()
    own.button(key="join_group").click().run()
    assert not own.error
    assert is_shown(own, "Nurses of May")
    assert is_shown(own, "From Ben")
    assert is_shown(own, "Until")
    practice = open_page()
    assert is_shown(practice, "Everything stays on your centre's server")
    assert not is_shown(practice, "this computer")
    assert "make_group" not in {each.key for each in own.button}
    own.button(key=f"leave_{group.id}").click().run()
    assert is_shown(own, "in no group")


@pytest.mark.parametrize("typed", ["", "soon", "99:00"])
def test_a_moment_that_is_none_is_refused_with_a_sentence(centre: Centre, typed: str) -> None:
    ben = centre.sign_in("ben")
    ben.accounts.set_role(ben.owner.id, Role.COACH)
    ann = centre.sign_in("ann")
    answer = add_done(ann, CONFLICT)
    made = coaching.share(ann, ben.owner.id, SharedKind.ANSWER, answer, datetime.now(UTC))
    centre.sign_in("ben")
    page, key = open_page(SHARED), f"{made.id}_{answer}"
    page.text_input(key=f"at_{key}").set_value(typed)
    next(button for button in page.button if button.label == "Add comment").click().run()
    assert len(page.error) == 1
    assert ann.load_documents(ListenerComments) == ()


def test_a_shorter_period_deletes_older_recordings_at_once(centre: Centre) -> None:
    ann = centre.sign_in("ann")
    answer = add_done(ann, CONFLICT)  # of March, half a year ago and more
    page = open_page(ACCOUNT)
    page.selectbox(key="keep_days").select(30).run()
    assert not page.exception
    assert not ann.load_attempt(answer).has_recording
    assert ann.load_report(answer)


def test_closing_the_account_needs_the_phrase_and_leaves_nothing(centre: Centre) -> None:
    ann = centre.sign_in("ann")
    add_done(ann, CONFLICT)
    page = open_page(ACCOUNT)
    assert page.button(key="close_account").disabled
    page.text_input(key="close_phrase").set_value("close my account").run()
    page.button(key="close_account").click().run()
    assert not page.exception
    assert [success.value for success in page.success] == [
        "Your account is closed and everything in it is deleted. You can close this page."
    ]
    assert [each.owner.subject for each in centre.open("ben").accounts.list_everybody()] == []


def test_nothing_of_the_server_is_offered(centre: Centre) -> None:
    centre.sign_in("ann")
    data, settings = open_page(DATA), open_page(SETTINGS)
    keys = {widget.key for page in (data, settings) for widget in (*page.text_input, *page.selectbox, *page.button)}
    assert not keys & {"import_path", "export_path", "save_export", "set_data_folder", "set_database", "set_model"}
    assert not keys & {"encrypt_all", "try_model", "set_aside"}
    assert not is_shown(data, "Where it's stored")


def test_a_single_user_meets_none_of_it(page: AppTest) -> None:
    assert not page.error
    assert [tab.label for tab in page.tabs][-1] == "Other ways"
    assert not [button for button in page.button if button.label in ("Sign in", "Share")]
