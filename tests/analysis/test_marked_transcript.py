import dataclasses

import pytest

from analysis.cli.terminal import TOKEN_FORMS, mark_for_terminal
from analysis.finding import Finding, Verdict
from analysis.marked_transcript import STYLES, Token, TokenKind, mark_transcript
from analysis.report import Pause, PauseLength
from speech.segment import Segment
from speech.transcript import Word, WordKind
from tests.analysis.test_serialization import make_full_report

WORDS = (
    Word("Um,", 0.0, 0.3, 1, WordKind.FILLED_PAUSE),
    Word("I", 0.5, 0.6, 1, WordKind.REPETITION),
    Word("I", 0.7, 0.8, 1),
    Word("you", 0.9, 0.95, 1, WordKind.DISCOURSE_MARKER),
    Word("know", 0.95, 1.0, 1, WordKind.DISCOURSE_MARKER),
    Word("led.", 3.4, 3.8, 1),
)
PAUSES = (
    Pause(Segment(0.3, 0.5), PauseLength.NATURAL, True),
    Pause(Segment(1.0, 3.4), PauseLength.LONG, True),
)
POSSIBLE = (Word("uh", 3.9, 4.1, 0.3, WordKind.FILLED_PAUSE),)
FINDINGS = tuple(
    Finding(measure, 1.0, Verdict.INFO, None, "", moments=moments)
    for measure, moments in (("filler_words", (Segment(0.9, 1.0),)), ("repetitions", (Segment(0.5, 0.6),)))
)
REPORT = dataclasses.replace(
    make_full_report(), words=WORDS, pauses=PAUSES, possible_fillers=POSSIBLE, findings=FINDINGS
)


def test_fillers_repetitions_and_long_pauses_are_marked_without_colour():
    transcript, legend = mark_for_terminal(REPORT)
    assert transcript.plain == "[Um,] ~I~ I {you} {know} (2.4 s) led."
    assert legend == "[um or uh], {filler word}, ~repetition~, (pause of 1 second or more)"


def test_tokens_are_in_time_order_and_written_with_their_signs():
    tokens = mark_transcript(REPORT)
    assert [token.written for token in tokens] == [
        *("[Um,]", "↻ I", "I", "you", "know", "(pause 2.4 s)", "led.", "uh?")
    ]
    assert tokens[5].label == "Long pause of 2.4 s"
    assert tokens[-1].label == "Possible um, not counted “uh”"


def test_a_phrase_that_was_counted_as_one_can_be_one_token():
    tokens = mark_transcript(REPORT, joins_phrases=True)
    assert [token.text for token in tokens] == ["Um,", "I", "I", "you know", "2.4 s", "led.", "uh"]
    assert tokens[3] == Token(TokenKind.FILLER_WORD, "you know", 0.9, 1.0, "Filler word “you know”")


@pytest.mark.parametrize("kind", sorted(set(TokenKind) - {TokenKind.WORD, TokenKind.REMOVED}))
def test_the_legend_explains_every_mark_except_plain(kind):
    assert STYLES[kind].meaning
    assert kind is TokenKind.POSSIBLE or TOKEN_FORMS[kind][2]
