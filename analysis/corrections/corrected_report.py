"""The report of an answer after corrections: everything measured again, without recognising again."""

from __future__ import annotations

from analysis.analyze import measured
from analysis.corrections.corrected_transcript import Corrected
from analysis.measures.fillers.own_fillers import named_in
from analysis.measures.measure import Sound
from analysis.measures.registry import MEASURES
from analysis.measures.sound import from_report
from analysis.report import Report


def corrected_report(original: Report, corrected: Corrected, sound: Sound | None = None) -> Report:
    """Measure a corrected transcript as its original was measured: same question, bands and own filler words.

    What comes from the sound alone (melody, notes on the recording) is carried over from the original report, unless
    the sound is given.
    """
    bands = {found.measure: found.band for found in original.findings if found.band and found.measure in MEASURES}
    return measured(
        sound or from_report(original),
        corrected.transcript,
        original.question,
        bands,
        named_in(original.settings),
        corrected.meant,
    )
