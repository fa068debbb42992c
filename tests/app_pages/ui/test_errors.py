"""Test the warning that other computers can open the app."""

from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[3] / "streamlit_app.py")


@pytest.fixture
def bound_to(request, monkeypatch, tmp_path):
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path))
    before = config.get_option("server.address")
    config.set_option("server.address", request.param)
    yield request.param
    config.set_option("server.address", before)


@pytest.mark.parametrize("bound_to", ["0.0.0.0", "127.0.0.1"], indirect=True)
def test_the_app_warns_only_if_other_computers_can_reach_it(bound_to):
    page = AppTest.from_file(APP, default_timeout=60).run()
    warned = any("Other computers can open this page" in warning.value for warning in page.warning)
    assert warned == (bound_to == "0.0.0.0")
