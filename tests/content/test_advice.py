import re

import pytest

from analysis.feedback.said import KEYS
from analysis.finding import Side
from analysis.measures.length import LEAST_SECONDS
from analysis.measures.registry import MEASURES
from analysis.question import QuestionKind
from content.advice import Advice, find_advice, load_advice
from content.questions import get_question
from content.sources import load_sources

TOO_SHORT = ("answer_length", "below")  # no range has a floor, but a few words show nothing, and users set their own


def sides_of_band(measure: str) -> set[str]:
    low, high = MEASURES[measure].band.fine
    return {"inside"} | ({"below"} if low is not None else set()) | ({"above"} if high is not None else set())


def test_there_is_advice_for_exactly_the_sides_of_every_band():
    banded = {measure.key for measure in MEASURES.values() if measure.band}
    wanted = {(key, side) for key in banded for side in sides_of_band(key)} | {TOO_SHORT}
    assert {(key, side) for key, side in load_advice() if key in banded} == wanted


def test_advice_is_for_a_measure_a_part_of_the_answer_or_silence():
    others = {key for key, _ in load_advice()} - MEASURES.keys()
    assert others == {"nothing_said"} | (KEYS - MEASURES.keys())  # the report's answer to silence, and what can lack


def test_every_part_that_can_be_missing_has_advice():
    assert {key for key in KEYS if find_advice(key, "below") is None} == set()


@pytest.mark.parametrize(("key", "advice"), load_advice().items(), ids=str)
def test_example_calls_for_the_advice_and_counterexample_does_not(key: tuple[str, str], advice: Advice):
    measure_key, side = key
    measure = MEASURES.get(measure_key)
    if key == TOO_SHORT:
        assert advice.example < LEAST_SECONDS < advice.counterexample
        return
    bands = {measure.choose_band(kind) for kind in [*QuestionKind, None]} - {None} if measure else set()
    for judged_by in bands:
        assert judged_by.find_side(advice.example) is Side(side)
        assert judged_by.find_side(advice.counterexample) is not Side(side)
    if side == "below":
        assert advice.example < advice.counterexample
    if side == "above":
        assert advice.example > advice.counterexample


def test_advice_is_found_by_measure_and_side_or_is_none():
    assert find_advice("filler_sounds", "above") is load_advice()["filler_sounds", "above"]
    assert find_advice("filler_sounds", "below") is None
    assert find_advice("no_such_measure", "above") is None


def test_advice_never_judges_the_person():
    verdicts = re.compile(r"\byou(?:'re| are| sound| seem| appear| look| come across)\b", re.IGNORECASE)
    for advice in load_advice().values():
        assert not verdicts.search(advice.text + " " + advice.why), advice


def test_every_study_is_evidence_of_a_measure_under_the_same_name():
    sources_ = [source for each in MEASURES.values() for source in (each.source, each.band and each.band.source)]
    evidence = {source.name for source in sources_ if source and source.is_evidence}
    assert {source.title for source in load_sources().values() if source.is_study} <= evidence


def test_every_study_is_cited_by_advice():
    cited = {advice.citation.source.key for advice in load_advice().values()}
    assert {source.key for source in load_sources().values() if source.is_study} <= cited


def test_citation_is_written_as_title_and_section():
    assert str(get_question("money_mix").citation) == "Acing the Interview: What interviewers look for"
    assert str(find_advice("filler_sounds", "above").citation) == "Laske & DiGennaro Reed 2024"
