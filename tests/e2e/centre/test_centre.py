"""People of a centre sign in and agree in a real browser, with a real provider; nothing opens without that."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from contextlib import closing

import pytest
from playwright.sync_api import Browser, expect

from store.accounts import Role
from store.db.owner import Owner
from store.store import open_store
from tests.support.app_server import ROOT
from tests.support.centre.centre_server import Centre, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
URL_PATHS = re.findall(r'url_path="(\w+)"', (ROOT / "streamlit_app.py").read_text(encoding="utf-8"))


def find_owner(centre: Centre, name: str) -> Owner:
    with closing(open_store(centre.database, centre.data)) as store:
        return next(each.owner for each in store.accounts.list_everybody() if each.owner.subject == name)


def test_who_is_not_signed_in_sees_only_where_to_sign_in(browser: Browser, centre: Centre) -> None:
    page = browser.new_context().new_page()
    for path in ("", *URL_PATHS, "account", "people", "shared"):
        page.goto(f"{centre.address}/{path}")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        expect(page.get_by_role("link", name="Practise")).to_have_count(0)
    page.context.close()


def test_consent_comes_before_anything_else_and_is_kept(browser: Browser, centre: Centre) -> None:
    page = sign_in(browser, centre, "cam", agree=False)
    expect(page.get_by_text("recordings are deleted after 3650 days")).to_be_visible()
    page.goto(f"{centre.address}/data")
    expect(page.get_by_role("heading", name="Before you start")).to_be_visible()
    page.get_by_role("button", name="I've read this and agree").click()
    expect(page.get_by_role("link", name="Practise").first).to_be_visible()
    with closing(open_store(centre.database, centre.data, find_owner(centre, "cam"))) as store:
        account = store.accounts.load()
    assert account.consent is not None
    assert (account.name, account.role) == ("Cam", Role.ADMINISTRATOR)
    page.context.close()


def test_sound_needs_the_cookie_of_somebody_who_signed_in(centre: Centre) -> None:
    for path in ("/media/0123.wav", "/_stcore/upload_file/1/2", "/live/1"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{centre.address}{path}")
        assert refused.value.code == 403
    forged = urllib.request.Request(f"{centre.address}/media/0123.wav", headers={"Cookie": "_streamlit_user=forged"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(forged)
    assert refused.value.code == 403
