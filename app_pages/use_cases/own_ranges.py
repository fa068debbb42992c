"""The user's own ranges for answers to one question or to several."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.finding import Band, Source
from analysis.progress.attempt import Attempt
from app_pages.use_cases.question_bank import Bank
from store.settings import read_settings

OPEN = (None, None)
NONE_SHARED = Band(OPEN, OPEN, Source("Your own ranges", "You set different ones with these questions.", False))


def own_ranges(attempts: Iterable[Attempt], bank: Bank) -> dict[str, Band]:
    """By measure, the user's range for these answers: of the settings, or of the question where that has its own.

    It is open where the questions have different ones. Raises StoreError.
    """
    asked = {attempt.question for attempt in attempts}
    settings = read_settings().bands
    own = {each.id: each.bands for each in bank.own.values()}
    found = [{**settings, **own.get(question or "", {})} for question in asked]
    measures = {measure for ranges in found for measure in ranges}
    return {measure: _shared([ranges.get(measure) for ranges in found]) for measure in measures}


def is_open(band: Band) -> bool:
    """Whether a range sets no limit, as where several questions share none."""
    return band.fine == OPEN


def _shared(bands: list[Band | None]) -> Band:
    first = bands[0]
    return first if first is not None and all(band == first for band in bands) else NONE_SHARED
