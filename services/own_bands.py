"""The target ranges that the user set for answers to one question or to several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.finding import Band, Source
from analysis.progress.attempt import Attempt
from services.question_bank import QuestionBank

OPEN = (None, None)
NONE_SHARED = Band(OPEN, OPEN, Source("Your own ranges", "You set different ones with these questions.", False))


def shared_own_bands(attempts: Iterable[Attempt], bank: QuestionBank, settings: Mapping[str, Band]) -> dict[str, Band]:
    """Return the user's target range for these answers, by measure.

    That of a question counts where it has one, else that of the settings; where the questions have different ones it
    is open.
    """
    asked = {attempt.question for attempt in attempts}
    own = {each.id: each.bands for each in bank.own.values()}
    found = [{**settings, **own.get(question or "", {})} for question in asked]
    measures = {measure for bands in found for measure in bands}
    return {measure: _shared([bands.get(measure) for bands in found]) for measure in measures}


def is_open(band: Band) -> bool:
    """Whether a range sets no limit, as where several questions share none."""
    return band.fine == OPEN


def _shared(bands: list[Band | None]) -> Band:
    first = bands[0]
    return first if first is not None and all(band == first for band in bands) else NONE_SHARED
