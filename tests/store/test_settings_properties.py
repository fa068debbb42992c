"""Properties: all settings survive writing and reading; any text is valid or refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.finding import Band
from analysis.measures.registry import MEASURES
from store.errors import StoreError
from store.own_bands import OWN_SOURCE, get_max_end
from store.setting_values import MAX_FILLER_WORDS
from store.settings import (
    Settings,
    get_settings_path,
    read_settings,
    write_settings,
)
from tests.support.settings_file import write_settings_file

pytest_plugins = ("tests.support.settings_file",)
pytestmark = pytest.mark.usefixtures("file")


def draw_bands(key: str) -> st.SearchStrategy[Band]:
    number = st.floats(0, get_max_end(key), allow_nan=False) | st.integers(0, int(get_max_end(key)))
    rising = st.lists(number, min_size=4, max_size=4).map(sorted)
    chosen = st.tuples(rising, st.tuples(*[st.booleans()] * 4), st.booleans())

    def band(drawn: tuple[list[float], tuple[bool, ...], bool]) -> Band:
        (watch_low, fine_low, fine_high, watch_high), (low, high, below, above), both = drawn
        low, high = (low, high) if low or high else (both, not both)
        fine = (fine_low if low else None, fine_high if high else None)
        return Band(fine, (watch_low if low and below else None, watch_high if high and above else None), OWN_SOURCE)

    return chosen.map(band)


WORDS = st.lists(st.from_regex(r"[A-Za-zäß]{1,9}", fullmatch=True), min_size=1, max_size=MAX_FILLER_WORDS).map(" ".join)
ALL = st.builds(
    Settings,
    model=st.none() | st.sampled_from(["base", "/a/folder with 'quotes' and \"more\"", "ünï/cödé #1"]),
    language=st.sampled_from([None, "en"]),
    bands=st.fixed_dictionaries({}, optional={key: draw_bands(key) for key in MEASURES}),
    filler_words=st.lists(WORDS, max_size=5, unique_by=str.casefold).map(tuple),
    stutters=st.booleans(),
    keep_recordings=st.booleans(),
    data_folder=st.none() | st.just(Path("/a/b c\\d")),
    database=st.none() | st.just("sqlite:////tmp/x%20y.db"),
    holidays=st.sets(st.dates(), max_size=5).map(sorted).map(tuple),
    work_field=st.none() | st.sampled_from(["health", "public_service"]),
    question_kind=st.none() | st.sampled_from(["closing", "about_you"]),
)


@given(ALL, ALL)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_settings_can_replace_any_others(first, second):
    for chosen in (first, second):
        write_settings(chosen)
        assert read_settings() == chosen


@given(
    st.text(max_size=60)
    | st.sampled_from(["model", "bands", "[bands.outcome]"]).flatmap(
        lambda start: st.text(max_size=30).map(lambda rest: f"{start} = {rest}\n{rest}")
    )
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_valid_settings_or_refused_in_a_sentence(text):
    write_settings_file(get_settings_path(), "")
    get_settings_path().write_text(text, encoding="utf-8", newline="", errors="surrogatepass")
    told = ""
    try:
        read_settings()
    except StoreError as error:
        told = str(error)
    assert len(told) < 1000
