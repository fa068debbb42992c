"""What one user without a sign-in sees after an answer, somebody who signed in sees too.

The tests are those of tests/e2e; here their server is a centre's.
"""

from __future__ import annotations

import pytest

from tests.e2e.test_practice import (
    spoken,
    test_a_click_on_a_mark_plays_it_with_half_a_second_before_and_after,
    test_filled_pauses_are_found_at_their_times_and_marked_on_the_page,
    test_no_other_host_is_contacted,
    test_the_report_is_that_of_the_chosen_question,
    test_the_report_stays_after_using_other_widgets_and_reloading,
)
from tests.support.centre.centre_server import Centre

__all__ = (  # the tests and what they need, which pytest finds here too
    "spoken",
    "test_a_click_on_a_mark_plays_it_with_half_a_second_before_and_after",
    "test_filled_pauses_are_found_at_their_times_and_marked_on_the_page",
    "test_no_other_host_is_contacted",
    "test_the_report_is_that_of_the_chosen_question",
    "test_the_report_stays_after_using_other_widgets_and_reloading",
)
pytestmark = [pytest.mark.browser, pytest.mark.postgres]


@pytest.fixture(scope="module")
def server(signed_in: Centre) -> str:
    return signed_in.address
