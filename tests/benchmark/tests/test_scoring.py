"""The benchmark's rules against cases small enough to count by hand."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from speech.fillers.scorer import FillerScorer
from speech.segment import Segment
from speech.transcript import Transcript, Word, WordKind
from speech.verbatim import VerbatimTranscriber
from tests.benchmark import borders, wording
from tests.benchmark.clips import Clip, Truth, real_speech
from tests.benchmark.matching import Hits, count_only, pair
from tests.benchmark.scoring import score
from tests.benchmark.systems import ours
from tests.benchmark.systems.baselines import drop_runs, merge_doubled
from tests.benchmark.tables import count_error, false_rate
from tests.benchmark.tokens import is_hesitation, spoken_words


def sounds(*times: float) -> tuple[Segment, ...]:
    """Filler sounds of 0.2 s that begin at these times."""
    return tuple(Segment(time, time + 0.2) for time in times)


def heard(
    text: str, fillers: tuple[Segment, ...] = (), voice: tuple[Segment, ...] = (), duration: float = 60.0
) -> Transcript:
    words = [Word(part, 10.0 + n, 10.5 + n, 1.0) for n, part in enumerate(text.split())]
    words += [Word("um", span.start, span.end, 1.0, WordKind.FILLED_PAUSE) for span in fillers]
    return Transcript(tuple(sorted(words, key=lambda word: word.start)), (), voice, duration, "en", "none", "none")


def clip(truth: Truth, group: str = "g") -> Clip:
    return Clip("clip", group, Path("clip.flac"), truth)


@pytest.mark.parametrize(
    "text",
    ["um", "Um,", "UMM...", "uhm", "uh", "Uh-", "uhhh", "er", "errr", "erm", "ah", "aah", "hm", "Hmm.", "mm", "mmm"],
)
def test_um_uh_er_ah_hm_and_their_elongations_are_hesitations(text: str) -> None:
    assert is_hesitation(text)


@pytest.mark.parametrize(
    "text", ["mm-hmm", "uh-huh", "mhm", "m-", "oh", "a", "I", "hum", "umbrella", "her", "like", "—", ""]
)
def test_back_channels_cut_off_letters_and_words_are_not_hesitations(text: str) -> None:
    assert not is_hesitation(text)


def test_words_are_compared_without_case_punctuation_and_hesitations() -> None:
    assert spoken_words(["We're", "uh,", "all-time", "$314,000", "–", "Yeah."]) == ("were", "alltime", "314000", "yeah")


@pytest.mark.parametrize(
    ("true", "at", "found"),
    [
        (Segment(1.0, 1.5), Segment(1.2, 1.3), 1),  # inside
        (Segment(1.0, 1.5), Segment(2.0, 2.2), 1),  # 0.5 s after
        (Segment(1.0, 1.5), Segment(2.01, 2.2), 0),
        (Segment(1.0, 1.5), Segment(0.25, 0.5), 1),  # 0.5 s before
        (Segment(1.0, 1.5), Segment(0.25, 0.49), 0),
    ],
)
def test_a_filler_is_found_if_a_detection_lies_within_half_a_second(true: Segment, at: Segment, found: int) -> None:
    assert pair([true], [at]).hits == Hits(found, 1 - found, 1 - found)


def test_each_heard_filler_is_used_once() -> None:
    assert pair(sounds(1.0, 1.4), sounds(1.2)).hits == Hits(found=1, false=0, missed=1)
    assert pair(sounds(1.2), sounds(1.0, 1.4)).hits == Hits(found=1, false=1, missed=0)


def test_a_detection_near_two_true_fillers_goes_to_the_one_without_another() -> None:
    # The second heard one reaches only the first true one, so the first must take the second true one.
    assert pair(sounds(1.0, 1.7), sounds(1.1, 0.4)).hits == Hits(found=2, false=0, missed=0)


def test_a_disputed_filler_counts_neither_way() -> None:
    assert pair(sounds(1.0), sounds(1.0), disputed=sounds(5.0)).hits == Hits(1, 0, 0)
    assert pair(sounds(1.0), sounds(1.0, 5.0), disputed=sounds(5.0)).hits == Hits(1, 0, 0)


def test_a_disputed_filler_excuses_one_detection_and_costs_no_true_one() -> None:
    near = pair(sounds(1.0), sounds(1.1, 1.3, 1.5), disputed=sounds(1.2))
    assert near.hits == Hits(found=1, false=1, missed=0)
    assert len(near.disputed) == 1


def test_without_times_the_smaller_count_is_found() -> None:
    assert count_only(2, 3) == Hits(found=2, false=1, missed=0)
    assert count_only(2, 0) == Hits(found=0, false=0, missed=2)


def test_precision_recall_and_f1_come_from_summed_counts() -> None:
    hits = Hits(3, 1, 0) + Hits(0, 0, 3)
    assert (hits.precision, hits.recall, hits.f1) == (0.75, 0.5, pytest.approx(0.6))


def test_undefined_scores_are_none() -> None:
    assert Hits().precision is None
    assert Hits().recall is None
    assert Hits().f1 is None
    assert wording.Wording().error_rate is None
    assert wording.Wording().count_error is None
    assert borders.Borders().mean is None
    assert borders.Borders().worst is None


def test_a_clip_without_word_times_is_scored_by_its_count() -> None:
    result = score(clip(Truth(filler_count=1)), heard("", sounds(3.0, 40.0)), 0.0)
    assert result.fillers == Hits(found=1, false=1, missed=0)


def test_a_clip_with_unknown_fillers_is_not_scored_for_them() -> None:
    assert score(clip(Truth()), heard("", sounds(3.0)), 0.0).fillers is None


def test_false_fillers_per_minute_use_only_clips_with_known_fillers() -> None:
    read = [
        score(clip(Truth(fillers=()), "r"), heard("", sounds(3.0, 40.0), duration=60.0), 0.0),
        score(clip(Truth(fillers=()), "r"), heard("", duration=180.0), 0.0),
        score(clip(Truth(), "r"), heard("", sounds(1.0), duration=600.0), 0.0),
    ]
    assert false_rate(read) == pytest.approx(0.5)


def test_all_words_in_a_clip_without_speech_are_invented() -> None:
    silent = clip(Truth(fillers=(), has_speech=False), "z")
    assert score(silent, heard("Thank you.", sounds(1.0)), 0.0).invented == 3
    assert score(clip(Truth()), heard("Thank you."), 0.0).invented is None


def test_a_shortest_alignment_counts_deleted_inserted_and_replaced_words() -> None:
    result = wording.compare(["i", "like", "i", "like", "beans", "today"], ["i", "like", "green", "beans", "to", "day"])
    assert (result.deleted, result.inserted, result.replaced) == (1, 1, 2)
    assert wording.compare(("a", "b"), ()) == wording.Wording(2, 0, deleted=2)
    assert wording.compare((), ("a",)) == wording.Wording(0, 1, inserted=1)


def test_word_count_errors_are_averaged_without_cancelling_out() -> None:
    truth = Truth(words=("a",) * 10)
    scores = [score(clip(truth), heard("a " * count), 0.0) for count in (9, 11)]
    assert count_error(scores) == pytest.approx(0.1)


def test_filler_sounds_do_not_count_as_words_on_either_side() -> None:
    result = score(clip(Truth(words=spoken_words(["um", "yes"]))), heard("Yes.", sounds(1.0)), 0.0)
    assert result.words == wording.Wording(true=1, heard=1)


def test_pause_borders_are_compared_at_both_ends() -> None:
    result = borders.compare([Segment(1.0, 2.0)], [Segment(1.02, 1.95)])
    assert result.errors == pytest.approx((0.02, 0.05))
    assert result.mean == pytest.approx(0.035)
    assert result.worst == pytest.approx(0.05)


def test_only_pauses_of_half_a_second_or_more_count_as_missed_or_false() -> None:
    result = borders.compare([Segment(1.0, 1.5), Segment(5.0, 5.3)], [Segment(8.0, 8.6), Segment(9.0, 9.4)])
    assert (result.long_missed, result.long_false, result.long_true, result.true) == (1, 1, 1, 2)


def test_a_gap_that_spans_two_pauses_finds_only_one_of_them() -> None:
    result = borders.compare([Segment(1.0, 1.6), Segment(2.0, 2.9)], [Segment(1.0, 2.9)])
    assert (result.found, result.long_missed) == (1, 1)
    assert result.errors == pytest.approx((1.0, 0.0))


def test_pauses_come_from_voice_activity_if_known_and_else_from_words() -> None:
    truth = clip(Truth(pauses=(Segment(11.0, 12.0),)), "p")
    voiced = score(truth, heard("one two three", voice=(Segment(10.0, 11.0), Segment(12.0, 13.0))), 0.0)
    wordy = score(clip(Truth(pauses=(Segment(10.6, 11.0),)), "p"), heard("one two"), 0.0)
    assert voiced.pauses is not None
    assert wordy.pauses is not None
    assert voiced.pauses.errors == (0.0, 0.0)
    assert wordy.pauses.errors == pytest.approx((0.1, 0.0))  # the words leave 10.5 to 11.0 s


def test_a_run_of_three_equal_fillers_is_dropped_and_two_stay() -> None:
    um = tuple(Word("um", n, n + 0.2, 1.0, WordKind.FILLED_PAUSE) for n in range(3))
    yes = Word("yes", 9.0, 9.2, 1.0)
    assert drop_runs((*um, yes)) == (yes,)
    assert drop_runs((*um[:2], yes)) == (*um[:2], yes)


def test_two_ums_without_a_pause_are_merged() -> None:
    first, second, third = (Word("um", at, at + 0.3, 1.0, WordKind.FILLED_PAUSE) for at in (1.0, 1.35, 3.0))
    assert [(word.start, word.end) for word in merge_doubled((first, second, third))] == [
        (1.0, second.end),
        (3.0, third.end),
    ]


def test_a_filler_word_is_found_only_by_the_same_word() -> None:
    truth = Truth(filler_words=(("like", Segment(1.0, 1.2)), ("you", Segment(2.0, 2.2)), ("know", Segment(2.2, 2.4))))
    words = (
        Word("so,", 1.0, 1.2, 1.0, WordKind.DISCOURSE_MARKER),
        Word("you", 2.0, 2.2, 1.0, WordKind.DISCOURSE_MARKER),
        Word("know,", 2.2, 2.4, 1.0, WordKind.DISCOURSE_MARKER),
        Word("like", 9.0, 9.2, 1.0),
    )
    transcript = Transcript(words, (), (), 60.0, "en", "none", "none")
    assert score(clip(truth), transcript, 0.0).filler_words == Hits(found=2, false=1, missed=1)
    counted = Truth(filler_word_counts={"you": 1, "know": 1, "like": 2})
    assert score(clip(counted), transcript, 0.0).filler_words == Hits(found=2, false=1, missed=2)


def test_numbers_are_compared_as_spoken_if_the_reference_has_them_so() -> None:
    said = Truth(words=("twentyfive", "percent"), numbers_spoken=True)
    assert score(clip(said), heard("25%"), 0.0).words == wording.Wording(true=2, heard=2)
    written = Truth(words=("25",))
    assert score(clip(written), heard("25%"), 0.0).words == wording.Wording(true=1, heard=1)


def test_reference_files_of_every_kind_are_read(tmp_path: Path) -> None:
    files = {
        "g01": {
            "kind": "gold",
            "words": [{"w": "um", "start": 1.0, "end": 1.2}, {"w": "Yes", "start": 2.0, "end": 2.2}],
            "uncertain_fillers": [{"w": "uh", "start": 3.0, "end": 3.1}],
            "discourse_fillers_judged_from_text": {"you know": 2},
        },
        "g09": {"kind": "gold", "transcript": "Um no.", "filler_counts": {"um": 1}},
        "n01": {"kind": "noisy", "approx_transcript_cleaned_ai": "a b"},
        "p01": {"kind": "pauses", "human_pauses": [[1.0, 1.5]], "human_speech_segments": [[0.0, 1.0], [1.5, 2.0]]},
        "z01": {"kind": "noise", "human_speech_segments": [[20.8, 21.3]]},
        "z03": {"kind": "noise", "approx_transcript": "No."},
    }
    for name, data in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(data), "utf-8")
        (tmp_path / f"{name}.flac").touch()
    (tmp_path / "g99.json").write_text("{}", "utf-8")  # without its sound
    truths = {found.name: found.truth for found in real_speech(tmp_path)}
    assert truths["g01"] == Truth(
        fillers=(Segment(1.0, 1.2),),
        disputed=(Segment(3.0, 3.1),),
        words=("yes",),
        filler_word_counts={"you": 2, "know": 2},
    )
    assert truths["g09"] == Truth(filler_count=1, words=("no",))
    assert truths["n01"] == Truth(words=("a", "b"), is_rough=True)
    assert truths["p01"] == Truth(pauses=(Segment(1.0, 1.5),))
    assert truths["z01"] == Truth(fillers=(), disputed=(Segment(20.8, 21.3),), has_speech=False)
    assert truths["z03"] == Truth(fillers=(), words=("no",), is_rough=True)
    assert "g99" not in truths


def test_training_clips_are_scored_with_weights_trained_without_their_speaker(tmp_path, monkeypatch):
    monkeypatch.setattr(ours, "LEFT_OUT_FOLDER", tmp_path)
    scorer = FillerScorer.load("base")
    product = VerbatimTranscriber(SimpleNamespace(), scorer=scorer)
    with pytest.raises(FileNotFoundError, match="without the speaker of g01_mfa_acoustic"):
        ours._use_left_out_weights(product, "base", "g01_mfa_acoustic.flac")
    assert ours._use_left_out_weights(product, "base", "many_um_her.flac").scorer is scorer


@pytest.mark.parametrize("model", ["base", "tiny.en"])
@pytest.mark.parametrize("clip", ours.TRAINING_CLIPS)
def test_every_training_clip_has_weights_trained_without_its_speaker(model, clip):
    product = VerbatimTranscriber(SimpleNamespace(), scorer=FillerScorer.load(model))
    assert ours._use_left_out_weights(product, model, f"{clip}_any.flac").scorer is not product.scorer
