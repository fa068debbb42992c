import re

import pytest

from analysis.finding import Side
from analysis.finding import Source as AnalysisSource
from analysis.measures import sources as analysis_sources
from analysis.measures.registry import MEASURES, answer_length_band
from analysis.question import QuestionKind
from content.advice import Advice, advice_for, all_advice
from content.questions import question
from content.sources import sources

# Measures that have no band, and the sides on which there is something to say all the same.
ADVISED_WITHOUT_BAND = {
    "pause_instead_of_filler": {"below", "inside"},
    "repetitions": {"inside", "above"},
    "hedges": {"inside", "above"},
    "pitch_variation": {"below", "inside"},
    "nothing_said": {"below"},  # no measure: the report's answer to silence
}


def sides_of_band(measure: str) -> set[str]:
    low, high = MEASURES[measure].band.fine
    return {"inside"} | ({"below"} if low is not None else set()) | ({"above"} if high is not None else set())


def test_there_is_advice_for_every_side_the_report_can_ask_for_and_for_no_other():
    banded = {measure.key: sides_of_band(measure.key) for measure in MEASURES.values() if measure.band}
    assert not banded.keys() & ADVISED_WITHOUT_BAND.keys()
    wanted = {(key, side) for key, sides in (banded | ADVISED_WITHOUT_BAND).items() for side in sides}
    assert all_advice().keys() == wanted


def test_what_is_advised_without_a_band_is_a_measure_or_silence():
    assert ADVISED_WITHOUT_BAND.keys() - MEASURES.keys() == {"nothing_said"}


@pytest.mark.parametrize(("key", "advice"), all_advice().items(), ids=str)
def test_the_example_calls_for_the_advice_and_the_counterexample_does_not(key: tuple[str, str], advice: Advice):
    measure, side = key
    kinds = [*QuestionKind, None] if measure == "answer_length" else []
    band = MEASURES[measure].band if measure in MEASURES else None
    for judged_by in [answer_length_band(kind) for kind in kinds] or ([band] if band else []):
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
    evidence = {
        value.name
        for value in vars(analysis_sources).values()
        if isinstance(value, AnalysisSource) and value.is_evidence
    }
    assert {source.title for source in sources().values() if source.is_study} <= evidence


def test_every_study_is_cited_by_advice():
    cited = {advice.citation.source.key for advice in all_advice().values()}
    assert {source.key for source in sources().values() if source.is_study} <= cited


def test_a_citation_reads_as_title_and_section():
    assert str(question("money_mix").citation) == "Acing the Interview: What interviewers look for"
    assert str(advice_for("filler_sounds", "above").citation) == "Laske & DiGennaro Reed 2024"
