"""The passphrase is asked for before anything is shown, and can be set, changed and switched off in the settings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.ui.store_access import get_user_store
from store.encryption import vault
from store.locations import get_data_folder
from tests.support.pages import APP
from tests.support.stored_attempts import add_done

pytest_plugins = ("tests.support.pages",)

PASSPHRASE, OTHER = "four plain words here", "another few words then"


@pytest.fixture(autouse=True)
def closed(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(vault.PASSPHRASE_VARIABLE, raising=False)
    yield
    vault._OPEN.clear()


def open_settings(page: AppTest) -> AppTest:
    return page.switch_page("app_pages/settings/page.py").run()


def encrypt(page: AppTest, *, again: str = PASSPHRASE, sure: bool = True) -> AppTest:
    open_settings(page)
    page.text_input(key="encrypt_passphrase").set_value(PASSPHRASE)
    page.text_input(key="encrypt_again").set_value(again)
    page.checkbox(key="encrypt_sure").set_value(sure)
    return page.button(key="encrypt_all").click().run()


def read_texts(page: AppTest) -> str:
    kinds = (page.markdown, page.error, page.warning, page.success, page.title, page.caption)
    return "\n".join(each.value for kind in kinds for each in kind)


def test_by_default_nothing_is_encrypted_and_nothing_is_asked(page: AppTest) -> None:
    page.run()
    assert "locked" not in read_texts(page)
    assert vault.load_vault(get_data_folder()) is None


def test_after_encrypting_the_answers_are_there_still_and_a_new_start_asks_first(page: AppTest) -> None:
    kept = add_done(get_user_store())
    encrypt(page)
    assert "Everything is encrypted" in read_texts(page)
    assert get_user_store().load_attempt(kept).id == kept
    vault.forget_keys(get_data_folder())
    fresh = AppTest.from_file(APP, default_timeout=60).run()
    assert [title.value for title in fresh.title] == ["Your answers are locked"]
    assert not fresh.selectbox
    fresh.text_input(key="passphrase").set_value(OTHER)
    fresh.button(key="open_answers").click().run()
    assert "That isn't the passphrase" in read_texts(fresh)
    fresh.text_input(key="passphrase").set_value(PASSPHRASE)
    fresh.button(key="open_answers").click().run()
    assert "locked" not in "".join(title.value for title in fresh.title)
    assert get_user_store().load_attempt(kept).id == kept


@pytest.mark.parametrize(
    ("again", "sure", "told"), [("something else", True, "two different"), (PASSPHRASE, False, "Tick the box")]
)
def test_a_slip_or_a_missing_consent_changes_nothing(page: AppTest, again: str, sure: bool, told: str) -> None:
    encrypt(page, again=again, sure=sure)
    assert told in read_texts(page)
    assert vault.load_vault(get_data_folder()) is None


def test_that_a_lost_passphrase_means_lost_answers_is_said_before(page: AppTest) -> None:
    open_settings(page)
    assert "If you forget the passphrase, everything is lost" in read_texts(page)


def test_the_passphrase_is_changed_and_encryption_is_switched_off(page: AppTest) -> None:
    kept = add_done(get_user_store())
    encrypt(page)
    for key, typed in (("change_old", PASSPHRASE), ("change_new", OTHER), ("change_again", OTHER)):
        page.text_input(key=key).set_value(typed)
    page.button(key="change_passphrase").click().run()
    assert "The new passphrase holds" in read_texts(page)
    page.text_input(key="decrypt_passphrase").set_value(PASSPHRASE)
    page.button(key="decrypt_all").click().run()
    assert "That isn't the passphrase" in read_texts(page)
    page.text_input(key="decrypt_passphrase").set_value(OTHER)
    page.button(key="decrypt_all").click().run()
    assert "Nothing is encrypted any more" in read_texts(page)
    assert vault.load_vault(get_data_folder()) is None
    assert get_user_store().load_attempt(kept).id == kept


def test_an_export_of_encrypted_answers_says_that_it_is_not_encrypted(page: AppTest) -> None:
    add_done(get_user_store())
    page.switch_page("app_pages/data/page.py").run()
    assert "An export isn't encrypted" not in read_texts(page)
    encrypt(page)
    page.switch_page("app_pages/data/page.py").run()
    assert "An export isn't encrypted" in read_texts(page)
