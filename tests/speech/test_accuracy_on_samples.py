"""The default model compared with the truth of the samples: speaking rate, filled pauses, word times."""

import difflib
import re

import numpy as np
import pytest

import samples
from analysis.analyze import analyze
from speech.transcript import WordKind
from tests.benchmark.matching import Hits, pair
from tests.support.models import transcribe_sample

pytestmark = pytest.mark.model

NAMES = [sample.name for sample in samples.load()]
each_sample = pytest.mark.parametrize("name", NAMES)


def count_filler_hits(name):
    heard = transcribe_sample(name)
    true = [word.span for word in heard.sample.truth.filler_sounds]
    return pair(true, [word.span for word in heard.transcript.words if word.kind is WordKind.FILLED_PAUSE]).hits


def to_plain_word(text):
    return re.sub(r"[^a-z']", "", text.lower())


def measure_start_errors(name):
    """Return the errors of word starts in seconds; words that were recognised differently are left out."""
    heard, true = transcribe_sample(name).transcript.words, transcribe_sample(name).sample.truth.words
    matcher = difflib.SequenceMatcher(
        None, [to_plain_word(w.text) for w in heard], [to_plain_word(w.text) for w in true], False
    )
    return [
        abs(heard[block.a + at].start - true[block.b + at].start)
        for block in matcher.get_matching_blocks()
        for at in range(block.size)
    ]


@each_sample
def test_the_speaking_rate_is_within_3_percent_of_the_truth(name):
    heard = transcribe_sample(name)
    rate = analyze(heard.recording, heard.transcript, None).get_finding("speaking_rate").value
    assert rate == pytest.approx(heard.sample.truth.speaking_rate, rel=0.03)


@each_sample
def test_words_begin_where_they_are_said(name):
    errors = measure_start_errors(name)
    assert len(errors) > 40
    assert np.median(errors) < 0.15
    assert np.quantile(errors, 0.95) < 0.35


def test_filled_pauses_of_the_samples_are_found_with_an_f1_of_0_9():
    hits = {name: count_filler_hits(name) for name in NAMES}
    f1 = sum(hits.values(), Hits()).f1
    assert f1 is not None
    assert f1 >= 0.9, hits
