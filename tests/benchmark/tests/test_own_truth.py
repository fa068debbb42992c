"""Truth that people bring in their own formats is read as what it says, and figures come with their intervals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from praatio import textgrid

from analysis.analyze import analyze
from analysis.annotations import write_textgrid
from speech.audio.recording import SAMPLE_RATE
from speech.segment import Segment
from speech.transcript import Transcript
from tests.benchmark.clips import Clip, Truth, real_speech
from tests.benchmark.matching import Hits
from tests.benchmark.own_truth import read_chat
from tests.benchmark.scoring import Score, bootstrap, score
from tests.benchmark.systems.system import Entry
from tests.benchmark.tables import hits, report
from tests.benchmark.truth import Result
from tests.support.answers import make_answer, synthesise

ANSWER = make_answer("I led {um} it, you know, for years. (1.5) It was {uh} fine.")
CHAT = """@UTF8
@Begin
@Participants:\tPAR Participant, INV Investigator
@ID:\teng|corpus|PAR|34;06.|female|Control||Participant|||
@ID:\teng|corpus|INV|||||Investigator|||
*INV:\tso what happened ? \x150_1200\x15
*PAR:\tI &-um went [/] went <to the> [//] to a (.) shop (be)cause &+fr
\t&=laughs friends xxx were there . \x151500_6000\x15
%mor:\tpro|I v|go&PAST .
*PAR:\t&-uh yes .
%wor:\tuh \x156500_6800\x15 yes \x156900_7200\x15 .
@End
"""


def put_sound(folder: Path, name: str, seconds: float = 8.0) -> None:
    soundfile.write(folder / f"{name}.wav", np.zeros(round(seconds * SAMPLE_RATE), np.float32), SAMPLE_RATE)


def read_one(folder: Path) -> Clip:
    (clip,) = real_speech(folder)
    return clip


def test_a_textgrid_that_the_app_wrote_is_truth_for_the_benchmark(tmp_path):
    put_sound(tmp_path, "answer")
    (tmp_path / "answer.TextGrid").write_text(write_textgrid(analyze(synthesise(ANSWER), ANSWER)), "utf-8")
    clip = read_one(tmp_path)
    assert (clip.group, clip.speaker) == ("own", "answer")
    assert clip.truth.words == tuple("i led it you know for years it was fine".split())  # noqa: SIM905
    assert [round(span.start, 3) for span in clip.truth.fillers or ()] == [
        round(word.start, 3) for word in ANSWER.words if word.text in ("um", "uh")
    ]
    assert [text for text, _ in clip.truth.filler_words or ()] == ["you", "know"]
    assert [round(pause.duration, 3) for pause in clip.truth.pauses or ()] == [1.5]
    found = score(clip, ANSWER, 0.0)
    assert found.fillers == Hits(found=2)
    assert found.words is not None
    assert found.words.error_rate == 0


def test_words_of_several_speakers_and_labels_for_silence_are_told_apart(tmp_path):
    put_sound(tmp_path, "two")
    grid = textgrid.Textgrid()
    grid.addTier(textgrid.IntervalTier("A - words", [(0.0, 1.0, "<sil>"), (1.0, 1.5, "um"), (2.0, 2.5, "no")], 0, 8))
    grid.addTier(textgrid.IntervalTier("B - words", [(3.0, 4.0, "oh really"), (4.0, 5.0, "[laughs]")], 0, 8))
    grid.addTier(textgrid.IntervalTier("A - phones", [(1.0, 1.5, "AH")], 0, 8))
    grid.save(str(tmp_path / "two.TextGrid"), format="short_textgrid", includeBlankSpaces=True)
    truth = read_one(tmp_path).truth
    assert truth.words == ("no", "oh", "really")
    assert truth.fillers == (Segment(1.0, 1.5),)
    assert truth.filler_words is None


def test_chat_gives_words_hesitations_times_and_who_speaks(tmp_path):
    (tmp_path / "talk.cha").write_text(CHAT, "utf-8")
    put_sound(tmp_path, "talk")
    read = read_chat(tmp_path / "talk.cha")
    assert [word for word, _ in read.words] == (
        "so what happened I um went went to the to a shop because friends were there uh yes".split()  # noqa: SIM905
    )
    clip = read_one(tmp_path)
    assert clip.truth.fillers == (Segment(1.5, 6.0), Segment(6.5, 6.8))
    assert clip.speaker == "talk PAR"
    assert clip.traits == {"gender": "female", "group": "Control"}


def test_without_times_in_chat_only_the_number_of_hesitations_counts(tmp_path):
    (tmp_path / "talk.cha").write_text("*PAR:\tI &-um &-uh went .\n", "utf-8")
    put_sound(tmp_path, "talk")
    truth = read_one(tmp_path).truth
    assert (truth.fillers, truth.filler_count, truth.words) == (None, 2, ("i", "went"))


def test_json_with_words_alone_is_enough_and_a_table_names_people(tmp_path):
    put_sound(tmp_path, "one")
    (tmp_path / "one.json").write_text(
        '{"words": [{"w": "um", "start": 1, "end": 2}, {"w": "hi", "start": 2, "end": 3}]}'
    )
    (tmp_path / "people.csv").write_text("clip,speaker,gender,accent\none,Ada,woman,\n")
    clip = read_one(tmp_path)
    assert (clip.group, clip.speaker, clip.traits) == ("own", "Ada", {"gender": "woman"})
    assert (clip.truth.words, clip.truth.fillers) == (("hi",), (Segment(1, 2),))


def make_scores(*of_speakers: tuple[str, Hits]) -> list[Score]:
    nothing = Transcript((), (), (), 60.0, "en", "none", "none")
    blank = score(Clip("clip", "own", Path("clip.flac"), Truth()), nothing, 0.0)
    return [replace(blank, speaker=name, fillers=found) for name, found in of_speakers]


def recall(scores) -> float | None:
    found = hits(scores)
    return found.recall if found else None


def test_an_interval_reaches_from_the_worst_to_the_best_speaker_where_there_are_two():
    scores = make_scores(("a", Hits(found=10)), ("b", Hits(found=5, missed=5)))
    assert bootstrap(scores, recall) == (0.5, 1.0)


def test_clips_of_one_speaker_are_drawn_together_so_that_alone_they_have_no_interval():
    assert bootstrap(make_scores(("a", Hits(found=1)), ("a", Hits(missed=1))), recall) is None


def test_an_interval_of_many_speakers_is_as_wide_as_theory_says():
    random = np.random.default_rng(2)
    scores = make_scores(
        *((str(n), Hits(found=int(hit), missed=1 - int(hit))) for n, hit in enumerate(random.random(400) < 0.8))
    )
    low, high = bootstrap(scores, recall) or (0, 0)
    assert high - low == pytest.approx(2 * 1.96 * np.sqrt(0.8 * 0.2 / 400), rel=0.15)


def test_figures_of_men_and_women_stand_in_tables_of_their_own_with_intervals():
    scores = [
        replace(each, traits={"gender": gender}, group="own")
        for gender in ("man", "woman")
        for each in make_scores((f"{gender} 1", Hits(found=3)), (f"{gender} 2", Hits(found=1, missed=1)))
    ]
    written = report([Result(Entry("ours", "Ours", lambda _: lambda _: None), tuple(scores))])  # type: ignore[arg-type, return-value]
    assert "**gender: man**" in written
    assert "**gender: woman**" in written
    assert "0.80 (0.50 to 1.00)" in written
