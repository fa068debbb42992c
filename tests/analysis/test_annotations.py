"""Reports written for other programs are read back by well-kept readers of each format."""

from __future__ import annotations

import html
import io
from dataclasses import replace
from itertools import pairwise

import pytest
import webvtt
from praatio import textgrid

from analysis.analyze import analyze
from analysis.annotations import ANNOTATION_FORMATS, make_tiers, write_labels, write_srt, write_textgrid, write_vtt
from analysis.report import Report
from speech.transcript import Word, WordKind
from tests.support.answers import make_answer, make_silent_answer, synthesise

ANSWER = replace(
    make_answer('I led {um} it, you know, for years. (1.5) And and it <worked> "well" & fast.'),
    possible_fillers=(Word("uh", 3.0, 3.2, 0.3, WordKind.FILLED_PAUSE),),
)


def measure_seconds(clock: str) -> float:
    hours, minutes, seconds = clock.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(seconds)


def read_srt(written: str) -> list[webvtt.Caption]:
    return list(webvtt.from_buffer(io.StringIO(written), format="srt"))


@pytest.fixture(scope="module")
def report() -> Report:
    return analyze(synthesise(ANSWER), ANSWER)


def read_textgrid(text: str, tmp_path) -> dict[str, list[tuple[float, float, str]]]:
    path = tmp_path / "answer.TextGrid"
    path.write_text(text, "utf-8")
    grid = textgrid.openTextgrid(str(path), includeEmptyIntervals=False, reportingMode="error")
    assert grid.maxTimestamp == pytest.approx(ANSWER.duration, abs=0.001)
    return {tier.name: [tuple(entry) for entry in tier.entries] for tier in grid.tiers}


def test_praat_reads_words_and_each_kind_of_mark_as_a_tier_of_its_own(report, tmp_path):
    tiers = read_textgrid(write_textgrid(report), tmp_path)
    assert list(tiers) == [
        *("words", "filled pauses", "filler words", "repetitions", "pauses", "possible", "speakers"),
    ]
    assert [text for *_, text in tiers["words"]] == [word.text for word in ANSWER.words]
    assert [(round(start, 3), round(end, 3)) for start, end, _ in tiers["words"]] == [
        (round(word.start, 3), round(word.end, 3)) for word in ANSWER.words
    ]
    assert [text for *_, text in tiers["filled pauses"]] == ["um"]
    assert [text for *_, text in tiers["filler words"]] == ["you know,"]
    assert [text for *_, text in tiers["possible"]] == ["uh"]
    assert [(start, end, text) for start, end, text in tiers["pauses"]] == [
        (pytest.approx(2.9), pytest.approx(4.4), "thinking pause")
    ]
    assert [(start, end) for start, end, _ in tiers["speakers"]] == [
        (pytest.approx(0.5), pytest.approx(2.9)),
        (pytest.approx(4.4), pytest.approx(ANSWER.duration - 0.5)),
    ]


def test_words_that_overlap_or_take_no_time_become_intervals_that_praat_can_read(report, tmp_path):
    words = (Word("one", 0.5, 1.0, 0.9), Word("two", 0.8, 0.8, 0.9), Word("three", 0.8, 1.2, 0.9))
    tiers = read_textgrid(write_textgrid(replace(report, words=words)), tmp_path)
    assert tiers["words"] == [
        (0.5, pytest.approx(1.0), "one"),
        (pytest.approx(1.0), pytest.approx(1.001), "two"),
        (pytest.approx(1.001), pytest.approx(1.2), "three"),
    ]


def test_subtitles_carry_all_words_with_the_marks_in_time_order(report):
    read = webvtt.from_string(write_vtt(report))
    assert html.unescape(" ".join(cue.text for cue in read)) == (
        'I led [um] it, *you know,* for years. (pause 1.5 s) uh? ↻ And and it <worked> "well" & fast.'
    )
    assert all(one.end <= two.start for one, two in pairwise(read))


def test_the_marks_of_webvtt_have_classes_to_style(report):
    written = write_vtt(report)
    assert "<c.filler_sound>[um]</c>" in written
    assert "&lt;worked&gt;" in written
    assert "&amp;" in written


def test_srt_has_numbered_subtitles_one_after_the_other(report):
    written = write_srt(report)
    read = read_srt(written)
    assert [block.split("\n")[0] for block in written.strip().split("\n\n")] == [str(at + 1) for at in range(len(read))]
    assert "I led [um] it, *you know,* for years." in " ".join(cue.text for cue in read)
    assert all(one.end <= two.start for one, two in pairwise(read))
    assert read[0].start == "00:00:00.500"


def test_audacity_labels_are_lines_of_begin_end_and_text(report):
    rows = [line.split("\t") for line in write_labels(report).splitlines()]
    assert {len(row) for row in rows} == {3}
    assert ["1.100", "1.400", "[um]"] in rows
    assert all(float(start) <= float(end) for start, end, _ in rows)


def test_every_subtitle_can_be_read_in_time():
    long = make_answer(" ".join(f"word{number}" for number in range(120)))
    cues = read_srt(write_srt(analyze(synthesise(long), long)))
    assert len(cues) > 1
    assert max(measure_seconds(cue.end) - measure_seconds(cue.start) for cue in cues) <= 6
    assert max(len(cue.text) for cue in cues) <= 80


@pytest.mark.parametrize("kind", ANNOTATION_FORMATS, ids=lambda kind: kind.key)
def test_an_answer_without_a_word_is_written_without_marks(kind, tmp_path):
    silent = make_silent_answer()
    report = analyze(synthesise(silent), silent)
    written = kind.write(report)
    assert all(not tier.intervals for tier in make_tiers(report))
    if kind.key == "vtt":
        assert len(webvtt.from_buffer(io.StringIO(written))) == 0
    elif kind.key == "srt":
        assert written == ""
