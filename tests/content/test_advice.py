import re

import pytest

from analysis.finding import Side
from analysis.measures.registry import MEASURES
from analysis.question import QuestionKind
from content.advice import Advice, advice_for, all_advice
from content.questions import question
from content.sources import sources


def sides_of_band(measure: str) -> set[str]:
    low, high = MEASURES[measure].band.fine
    return {"inside"} | ({"below"} if low is not None else set()) | ({"above"} if high is not None else set())


def test_there_is_advice_for_every_side_of_a_band_and_for_no_other():
    banded = {measure.key for measure in MEASURES.values() if measure.band}
    wanted = {(key, side) for key in banded for side in sides_of_band(key)}
    assert {(key, side) for key, side in all_advice() if key in banded} == wanted


def test_what_is_advised_without_a_band_is_a_measure_or_silence():
    assert {key for key, _ in all_advice()} - MEASURES.keys() == {"nothing_said"}  # the report's answer to silence


@pytest.mark.parametrize(("key", "advice"), all_advice().items(), ids=str)
def test_the_example_calls_for_the_advice_and_the_counterexample_does_not(key: tuple[str, str], advice: Advice):
    measure_key, side = key
    measure = MEASURES.get(measure_key)
    bands = {measure.band_for(kind) for kind in [*QuestionKind, None]} - {None} if measure else set()
    for judged_by in bands:
        assert judged_by.side(advice.example) is Side(side)
        assert judged_by.side(advice.counterexample) is not Side(side)
    if side == "below":
        assert advice.example < advice.counterexample
    if side == "above":
        assert advice.example > advice.counterexample


def test_advice_is_found_by_measure_and_side_and_is_none_where_there_is_nothing_to_say():
    assert advice_for("filler_sounds", "above") is all_advice()["filler_sounds", "above"]
    assert advice_for("filler_sounds", "below") is None
    assert advice_for("no_such_measure", "above") is None


def test_advice_never_judges_the_person():
    verdicts = re.compile(r"\byou(?:'re| are| sound| seem| appear| look| come across)\b", re.IGNORECASE)
    for advice in all_advice().values():
        assert not verdicts.search(advice.text + " " + advice.why), advice


def test_every_study_is_one_the_measures_call_evidence_under_the_same_name():
    sources_ = [source for each in MEASURES.values() for source in (each.source, each.band and each.band.source)]
    evidence = {source.name for source in sources_ if source and source.is_evidence}
    assert {source.title for source in sources().values() if source.is_study} <= evidence


def test_every_study_is_cited_by_advice():
    cited = {advice.citation.source.key for advice in all_advice().values()}
    assert {source.key for source in sources().values() if source.is_study} <= cited


def test_a_citation_reads_as_title_and_section():
    assert str(question("money_mix").citation) == "Acing the Interview: What interviewers look for"
    assert str(advice_for("filler_sounds", "above").citation) == "Laske & DiGennaro Reed 2024"
