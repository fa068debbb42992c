"""What holds for one user without a sign-in holds for who signed in, with rows and a folder of their own.

The tests are those of tests/e2e; here their app is a centre's.
"""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace

import pytest

from services.live.live_takes import LiveTakes
from store.db.owner import Owner
from store.store import PEOPLE_FOLDER
from tests.e2e.centre.conftest import PERSON
from tests.e2e.test_recorder import (
    test_space_and_enter_start_and_stop_and_the_focus_goes_on_to_the_report,
    test_the_check_plays_two_seconds_back_and_judges_them_in_words,
    test_the_chosen_microphone_is_remembered,
)
from tests.e2e.test_recorder_losses import (
    test_a_device_that_goes_away_leaves_what_came_to_go_on_with,
    test_a_full_disk_is_told_and_the_recording_goes_on,
    test_a_lost_connection_loses_nothing,
    test_a_page_drawn_anew_does_not_disturb_the_recording,
    test_another_page_ends_the_recording_and_the_way_back_offers_all_of_it,
    test_leaving_while_recording_is_asked_about_and_a_reload_offers_what_came_at_once,
    test_what_is_said_is_on_the_disk_while_it_is_said_and_the_meter_moves,
)
from tests.support.centre.centre_server import Centre

__all__ = (  # the tests, which pytest finds here too
    "test_a_device_that_goes_away_leaves_what_came_to_go_on_with",
    "test_a_full_disk_is_told_and_the_recording_goes_on",
    "test_a_lost_connection_loses_nothing",
    "test_a_page_drawn_anew_does_not_disturb_the_recording",
    "test_another_page_ends_the_recording_and_the_way_back_offers_all_of_it",
    "test_leaving_while_recording_is_asked_about_and_a_reload_offers_what_came_at_once",
    "test_space_and_enter_start_and_stop_and_the_focus_goes_on_to_the_report",
    "test_the_check_plays_two_seconds_back_and_judges_them_in_words",
    "test_the_chosen_microphone_is_remembered",
    "test_what_is_said_is_on_the_disk_while_it_is_said_and_the_meter_moves",
)
pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.usefixtures("nothing_left")]


@pytest.fixture(scope="module")
def app(signed_in: Centre) -> SimpleNamespace:
    folder = signed_in.data / PEOPLE_FOLDER / Owner(signed_in.issuer, PERSON).id
    return SimpleNamespace(address=signed_in.address, takes=LiveTakes(folder), open=partial(signed_in.open, PERSON))
