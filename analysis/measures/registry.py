"""All measures, in the order in which reports, tables and pages show them."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.finding import Band
from analysis.measures.fillers.fillers import FILLERS
from analysis.measures.fluency import FLUENCY
from analysis.measures.hedges import HEDGES
from analysis.measures.length import LENGTH
from analysis.measures.lexical_diversity import LEXICAL_DIVERSITY
from analysis.measures.measure import Display, Family, Measure
from analysis.measures.outcome import OUTCOME
from analysis.measures.pace import PACE
from analysis.measures.pauses import PAUSES
from analysis.measures.pitch import PITCH
from analysis.measures.repetition import REPETITION
from analysis.measures.side_tracks import SIDE_TRACKS
from analysis.question import QuestionKind

FAMILIES: tuple[Family, ...] = (
    PACE,
    FILLERS,
    PAUSES,
    FLUENCY,
    LENGTH,
    SIDE_TRACKS,
    REPETITION,
    HEDGES,
    LEXICAL_DIVERSITY,
    OUTCOME,
    PITCH,
)
MEASURES: Mapping[str, Measure] = {measure.key: measure for family in FAMILIES for measure in family}
RATE_KEYS = frozenset(key for key, measure in MEASURES.items() if measure.count_events)  # of counted events


def choose_bands(kind: QuestionKind | None, own: Mapping[str, Band] | None = None) -> dict[str, Band]:
    """Return by measure key the bands that answers to a kind of question are judged by.

    Args:
        kind: The kind of the question; None: not known.
        own: By measure key, the user's bands; they take precedence.

    Raises:
        ValueError: `own` has a band for a measure that does not exist.
    """
    unknown = (own or {}).keys() - MEASURES.keys()
    if unknown:
        raise ValueError(f"bands for measures that do not exist: {', '.join(sorted(unknown))}")
    used = {key: measure.choose_band(kind) for key, measure in MEASURES.items()}
    return {key: band for key, band in used.items() if band is not None} | dict(own or {})


def list_measures_shown_in(display: Display) -> tuple[Measure, ...]:
    """Return the measures selected for a display, in the order in which it shows them."""
    shown = (measure for measure in MEASURES.values() if display in measure.shown_in)
    return tuple(sorted(shown, key=lambda measure: measure.shown_in[display]))
