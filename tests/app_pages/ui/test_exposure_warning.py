"""The warning where other computers can open the app."""

from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from app_pages.ui.exposure_warning import only_here

APP = str(Path(__file__).parents[3] / "streamlit_app.py")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.8.7", "::1", "[::1]", "localhost", "unix:///tmp/a.sock"])
def test_this_machine_alone_is_told_by_its_address(address):
    assert only_here(address)


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.7", "laptop.local", "127.0.0.1.example"])
def test_every_other_address_can_be_reached_from_elsewhere(address):
    assert not only_here(address)


@pytest.fixture
def bound_to(request, monkeypatch, tmp_path):
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path))
    before = config.get_option("server.address")
    config.set_option("server.address", request.param)
    yield request.param
    config.set_option("server.address", before)


@pytest.mark.parametrize("bound_to", ["0.0.0.0", "127.0.0.1"], indirect=True)
def test_the_app_warns_only_where_it_is_not_bound_to_this_machine(bound_to):
    page = AppTest.from_file(APP, default_timeout=60).run()
    warned = any("Other computers can open this page" in warning.value for warning in page.warning)
    assert warned == (bound_to == "0.0.0.0")
