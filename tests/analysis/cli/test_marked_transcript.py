import dataclasses

from analysis.cli.marked_transcript import LEGEND, Mark, marked
from analysis.report import Pause, PauseLength
from speech.segment import Span
from speech.transcript import Word, WordKind
from tests.analysis.test_serialization import full_report

WORDS = (
    Word("Um,", 0.0, 0.3, 1, WordKind.FILLER_SOUND),
    Word("I", 0.5, 0.6, 1, WordKind.REPETITION),
    Word("I", 0.7, 0.8, 1),
    Word("like", 0.9, 1.0, 1, WordKind.FILLER_WORD),
    Word("led.", 3.4, 3.8, 1),
)
PAUSES = (
    Pause(Span(0.3, 0.5), PauseLength.NATURAL, True),
    Pause(Span(1.0, 3.4), PauseLength.LONG, True),
)


def test_fillers_repetitions_and_long_pauses_are_marked_without_colour():
    report = dataclasses.replace(full_report(), words=WORDS, pauses=PAUSES)
    assert " ".join(piece.text for piece in marked(report)) == "[Um,] ~I~ I {like} (2.4 s) led."


def test_every_mark_but_plain_words_is_explained():
    assert LEGEND.keys() == set(Mark) - {Mark.PLAIN}
