import dataclasses

from analysis.cli.marked_transcript import LEGEND, TokenMark, mark_transcript
from analysis.report import Pause, PauseLength
from speech.segment import Segment
from speech.transcript import Word, WordKind
from tests.analysis.test_serialization import make_full_report

WORDS = (
    Word("Um,", 0.0, 0.3, 1, WordKind.FILLED_PAUSE),
    Word("I", 0.5, 0.6, 1, WordKind.REPETITION),
    Word("I", 0.7, 0.8, 1),
    Word("like", 0.9, 1.0, 1, WordKind.DISCOURSE_MARKER),
    Word("led.", 3.4, 3.8, 1),
)
PAUSES = (
    Pause(Segment(0.3, 0.5), PauseLength.NATURAL, True),
    Pause(Segment(1.0, 3.4), PauseLength.LONG, True),
)


def test_fillers_repetitions_and_long_pauses_are_marked_without_colour():
    report = dataclasses.replace(make_full_report(), words=WORDS, pauses=PAUSES)
    assert " ".join(piece.text for piece in mark_transcript(report)) == "[Um,] ~I~ I {like} (2.4 s) led."


def test_the_legend_explains_every_mark_except_plain():
    assert LEGEND.keys() == set(TokenMark) - {TokenMark.PLAIN}
