import re

import pytest

from analysis import sources as analysis_sources
from analysis.finding import Side
from analysis.finding import Source as AnalysisSource
from analysis.question import QuestionKind
from analysis.targets import MEASURES, answer_length_band
from content.advice import Advice, advice_for, all_advice, parse_advice
from content.questions import parse_questions, question, questions
from content.reading import ContentError, packaged
from content.sorting import parse_sorting, sorting
from content.sources import parse_sources, sources
from tests import shingles

DOCUMENTS = {source.key for source in sources().values() if not source.is_study}

# Measures that have no band, and the sides on which there is something to say all the same.
ADVISED_WITHOUT_BAND = {
    "pause_instead_of_filler": {"below", "inside"},
    "repetitions": {"inside", "above"},
    "hedges": {"inside", "above"},
    "pitch_variation": {"below", "inside"},
    "nothing_said": {"below"},  # no measure: the report's answer to silence
}

QUESTION = """
[[question]]
id = "a_question"
text = "What do you like in {language}?"
kind = "technical"
competency = "technical_depth"
stage = "technical"
source = "acing_the_interview"
section = "What interviewers look for"
good_answer = ["one thing", "another thing"]
prompts = ["First.", "Second."]
slots = { language = "Python" }
"""

ADVICE = """
[speaking_rate.above]
text = "Breathe."
why = "Because."
source = "acing_the_interview"
section = "What interviewers look for"
example = 200
counterexample = 140
"""

SORTING = """
[kind.technical]
label = "Technical"
target_seconds = [90, 180]
[stage.first]
label = "First"
[competency.trust]
label = "Trust"
"""

SOURCES = """
[document.a]
title = "A"
description = "About A."
sections = ["One"]
[study.b_2020]
title = "B 2020"
description = "Found B."
"""


def sides_of_band(measure: str) -> set[str]:
    low, high = MEASURES[measure].band.fine
    return {"inside"} | ({"below"} if low is not None else set()) | ({"above"} if high is not None else set())


def everything_said() -> list[tuple[str, str]]:
    """Every text shown to people, with the entry it stands in; titles are citations and left out."""
    said = [(source.key, text) for source in sources().values() for text in (source.description, *source.sections)]
    for asked in questions():
        said += [(asked.id, text) for text in (asked.text, asked.asked(), *asked.good_answer, *asked.prompts)]
    for key, advice in all_advice().items():
        said += [(str(key), text) for text in (advice.text, advice.why)]
    return said


# The questions


def test_there_are_at_least_120_questions_and_no_two_share_an_id_or_a_text():
    assert len(questions()) >= 120
    assert len({q.id for q in questions()}) == len({q.text for q in questions()}) == len(questions())


@pytest.mark.parametrize(
    "name",
    [
        "tell_me_about_yourself",
        "why_this_company",
        "past_technical_project",
        "strength_with_example",
        "competing_priorities",
        "questions_for_us",
    ],
)
def test_a_question_named_elsewhere_is_found_by_its_id(name):
    assert question(name).id == name


def test_an_unknown_id_is_a_key_error():
    with pytest.raises(KeyError, match="no_such_question"):
        question("no_such_question")


def test_every_kind_the_measures_know_is_asked_and_no_other():
    assert {q.kind for q in questions()} == set(sorting().kinds) == {kind.value for kind in QuestionKind}


def test_every_stage_and_competency_has_at_least_three_questions():
    for field, keys in (("stage", sorting().stages), ("competency", sorting().competencies)):
        counts = {key: sum(getattr(q, field) == key for q in questions()) for key in keys}
        assert min(counts.values()) >= 3, counts


def test_the_length_aimed_for_is_the_length_the_report_judges_by():
    for asked in questions():
        assert asked.target_seconds == answer_length_band(QuestionKind(asked.kind)).fine


def test_every_question_has_two_different_prompts_and_two_to_four_parts_of_a_good_answer():
    for asked in questions():
        assert len(set(asked.prompts)) == 2
        assert 2 <= len(asked.good_answer) <= 4


def test_every_question_cites_a_section_of_a_document_and_every_document_is_cited():
    assert {q.citation.source.key for q in questions()} == DOCUMENTS
    assert len(DOCUMENTS) == 5
    for asked in questions():
        assert asked.citation.section in asked.citation.source.sections


def test_no_question_is_asked_with_an_open_gap():
    for asked in questions():
        assert "{" not in asked.asked()
        assert not re.search(r"[{}]", " ".join((*asked.prompts, *asked.good_answer)))


def test_a_slot_holds_the_users_filling_or_its_example():
    favourite = question("favourite_function")
    assert "Python" in favourite.asked()
    assert "in R do" in favourite.asked({"language": "R", "unused": "x"})
    assert favourite.asked({"language": ""}) == favourite.asked()


# The advice


def test_there_is_advice_for_every_side_the_report_can_ask_for_and_for_no_other():
    banded = {measure.key: sides_of_band(measure.key) for measure in MEASURES.values() if measure.band}
    assert not banded.keys() & ADVISED_WITHOUT_BAND.keys()
    wanted = {(key, side) for key, sides in (banded | ADVISED_WITHOUT_BAND).items() for side in sides}
    assert all_advice().keys() == wanted


def test_what_is_advised_without_a_band_is_a_measure_or_silence():
    assert ADVISED_WITHOUT_BAND.keys() - MEASURES.keys() == {"nothing_said"}


@pytest.mark.parametrize("advice", all_advice().values(), ids=str)
def test_the_example_calls_for_the_advice_and_the_counterexample_does_not(advice: Advice):
    kinds = [*QuestionKind, None] if advice.measure == "answer_length" else []
    band = MEASURES[advice.measure].band if advice.measure in MEASURES else None
    for judged_by in [answer_length_band(kind) for kind in kinds] or ([band] if band else []):
        assert judged_by.side(advice.example) is Side(advice.side)
        assert judged_by.side(advice.counterexample) is not Side(advice.side)
    if advice.side == "below":
        assert advice.example < advice.counterexample
    if advice.side == "above":
        assert advice.example > advice.counterexample


def test_advice_is_found_by_measure_and_side_and_is_none_where_there_is_nothing_to_say():
    assert advice_for("filler_sounds", "above").side == "above"
    assert advice_for("filler_sounds", "below") is None
    assert advice_for("no_such_measure", "above") is None


def test_advice_never_judges_the_person():
    verdicts = re.compile(r"\byou(?:'re| are| sound| seem| appear| look| come across)\b", re.IGNORECASE)
    for advice in all_advice().values():
        assert not verdicts.search(advice.text + " " + advice.why), advice


# The sources


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


def test_nothing_shares_eight_words_in_a_row_with_a_document():
    known = shingles.known()
    assert len(known) > 4000
    copied = [(entry, run) for entry, text in everything_said() for run in shingles.copied(text, known)]
    assert copied == []


def test_a_copied_run_of_eight_words_is_found_whatever_its_case_and_punctuation(tmp_path, monkeypatch):
    monkeypatch.setattr(shingles, "FILE", tmp_path / "data" / "sums.txt")
    (tmp_path / "document.txt").write_text("One two three, four five six seven eight nine.", encoding="utf-8")
    assert shingles.write(tmp_path) == 2
    assert shingles.copied("zero ONE two – three four five: six seven eight", shingles.known()) == [
        "one two three four five six seven eight"
    ]
    assert shingles.copied("two three four five six seven eight", shingles.known()) == []


# Mistakes in the files


def test_the_small_files_used_below_are_right_as_they_stand():
    assert parse_questions(QUESTION)[0].asked() == "What do you like in Python?"
    assert parse_advice(ADVICE)["speaking_rate", "above"].example == 200
    assert parse_sorting(SORTING).kinds["technical"].target_seconds == (90, 180)
    assert set(parse_sources(SOURCES)) == {"a", "b_2020"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "a_question"', "", "questions.toml, question 1, id: is missing"),
        ('id = "a_question"', 'id = "A question"', "questions.toml, A question, id: should be in snake_case"),
        ('kind = "technical"', "", "a_question, kind: is missing"),
        ('kind = "technical"', 'kind = "tecnical"', "a_question, kind: 'tecnical' is none of screening"),
        ('kind = "technical"', "kind = 3", "a_question, kind: should be a text"),
        ('stage = "technical"', 'stage = "third"', "a_question, stage: 'third' is none of"),
        ('competency = "technical_depth"', 'competency = "charm"', "a_question, competency: 'charm' is none of"),
        ('source = "acing_the_interview"', 'source = "hearsay"', "a_question, source: 'hearsay' is none of"),
        ("What interviewers look for", "No such part", "a_question, section: 'No such part' is none of"),
        ('section = "What interviewers look for"', "", "a_question, section: is missing"),
        ('["one thing", "another thing"]', '["one thing"]', "a_question, good_answer: should be a list of 2 to 4"),
        ('["First.", "Second."]', '["First."]', "a_question, prompts: should be a list of 2 different"),
        ('["First.", "Second."]', '["First.", "First."]', "a_question, prompts: should be a list of 2 different"),
        ('["First.", "Second."]', '["First.", 2]', "a_question, prompts: should be a text"),
        ('text = "What', 'txt = "What', "a_question, text: is missing"),
        ('text = "What', 'text = " What', "a_question, text: should be a text with single spaces"),
        ('kind = "technical"', 'kind = "technical"\nhint = "x"', "a_question, hint: is not known here"),
        ("{ language =", "{ tongue =", "a_question, slots: ['tongue'] are not the gaps of the text, ['language']"),
        ('{ language = "Python" }', '{ language = "" }', "a_question, language: should be a text"),
        ('{ language = "Python" }', '"Python"', "a_question, slots: should be a table"),
        ('slots = { language = "Python" }', "", "a_question, slots: [] are not the gaps"),
        ("{language}?", "{language} or {language}?", "a_question, slots: ['language'] are not the gaps"),
        ("{language}?", "{language} {?", "a_question, slots: ['language'] are not the gaps"),
        ("[[question]]", "[question]", "questions.toml, top level, question: should be an array of tables"),
        ("[[question]]", "[[questions]]", "questions.toml, top level, question: is missing"),
        ("[[question]]", "[[question]", "questions.toml, top level, TOML: "),
    ],
)
def test_a_mistake_in_a_question_is_told_by_file_entry_and_field(old, new, told):
    assert old in QUESTION
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_questions(QUESTION.replace(old, new, 1))


def test_two_questions_of_one_id_are_refused():
    with pytest.raises(ContentError, match="a_question, id: another question has it"):
        parse_questions(QUESTION + QUESTION)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (".above]", ".over]", "advice.toml, speaking_rate.over, side: 'over' is none of below, inside, above"),
        ('why = "Because."', "", "speaking_rate.above, why: is missing"),
        ('why = "Because."', 'why = "Because."\nwhen = "now"', "speaking_rate.above, when: is not known here"),
        ("example = 200", 'example = "200"', "speaking_rate.above, example: should be a number"),
        ("example = 200", "example = nan", "speaking_rate.above, example: should be a number"),
        ("example = 200", "example = true", "speaking_rate.above, example: should be a number"),
        ("example = 200", "example = 140", "speaking_rate.above, counterexample: is the example itself"),
        ("acing_the_interview", "liu_2022", "speaking_rate.above, section: Liu 2022 is a study and is cited whole"),
        ("[speaking_rate.above]", "[speaking_rate]", "speaking_rate.text: should be a table, not 'Breathe.'"),
    ],
)
def test_a_mistake_in_advice_is_told_by_file_entry_and_field(old, new, told):
    assert old in ADVICE
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_advice(ADVICE.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[90, 180]", "[180, 90]", "sorting.toml, kind.technical, target_seconds: should rise"),
        ("[90, 180]", "[0, 90]", "kind.technical, target_seconds: should rise from above 0"),
        ("[90, 180]", "[90]", "kind.technical, target_seconds: should be [low, high]"),
        ("[90, 180]", '["a", "b"]', "kind.technical, target_seconds: should be a number"),
        ('label = "First"', "", "stage.first, label: is missing"),
        ("[stage.first]", "[stages.first]", "top level, stage: is missing"),
    ],
)
def test_a_mistake_in_the_sorting_is_told_by_file_entry_and_field(old, new, told):
    assert old in SORTING
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_sorting(SORTING.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('sections = ["One"]', "", "sources.toml, document.a, sections: is missing"),
        ('sections = ["One"]', "sections = []", "document.a, sections: should be a list"),
        ('"Found B."', '"Found B."\nsections = ["One"]', "study.b_2020, sections: is not known here"),
        ("study.b_2020", "study.a", "top level, a: stands there as a document and as a study"),
    ],
)
def test_a_mistake_in_the_sources_is_told_by_file_entry_and_field(old, new, told):
    assert old in SOURCES
    with pytest.raises(ContentError, match=re.escape(told)):
        parse_sources(SOURCES.replace(old, new, 1))


@pytest.mark.parametrize("file", ["questions.toml", "advice.toml", "sorting.toml", "sources.toml"])
def test_a_content_file_is_read_from_the_package(file):
    assert packaged(file).startswith("#")
