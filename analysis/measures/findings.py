"""From measured values to findings: judged by their band, or information, or undefined with the reason."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.finding import Band, Finding, Verdict
from analysis.measures.answer import Answer, Measured, Measurement
from analysis.measures.content_findings import CONTENT
from analysis.measures.fillers.findings import FILLERS
from analysis.measures.pace_findings import PACE
from analysis.measures.pause_findings import PAUSES
from analysis.measures.registry import MEASURES

NOTHING = "Nothing was said."

_MEASUREMENTS: Mapping[str, Measurement] = {**PACE, **FILLERS, **PAUSES, **CONTENT}


def findings(answer: Answer) -> tuple[Finding, ...]:
    """One finding for every measure, in the order of `MEASURES`."""
    return tuple(_judged(key, _MEASUREMENTS[key](answer), answer.bands.get(key)) for key in MEASURES)


def nothing_said(bands: Mapping[str, Band]) -> tuple[Finding, ...]:
    """The same findings for a recording in which nothing was said: every one undefined."""
    return tuple(_judged(key, Measured(None, NOTHING), bands.get(key)) for key in MEASURES)


def _judged(key: str, measured: Measured, band: Band | None) -> Finding:
    value = measured.value
    if value is None:
        return Finding(key, None, Verdict.UNDEFINED, None, measured.detail, band)
    return Finding(
        measure=key,
        value=float(value),
        verdict=band.verdict(value) if band else Verdict.INFO,
        side=band.side(value) if band else None,
        detail=measured.detail,
        band=band,
        interval=measured.interval,
        moments=measured.moments,
    )
