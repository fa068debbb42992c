import csv
import io
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.loader import ContentError
from content.own_questions import (
    DEFAULT_KIND,
    DEFAULTS_BY_KIND,
    MAX_QUESTIONS,
    OwnQuestionEntry,
    QuestionFile,
    read_toml,
    write_toml,
)
from content.own_questions_csv import COLUMNS, read_csv, write_csv
from content.taxonomy import load_taxonomy

WHOLE = OwnQuestionEntry(
    "Why maps?",
    "technical",
    "learning",
    "second",
    (30.0, 90.0),
    ("one map", "what it cost"),
    ("Think of one.", "Say where."),
    "I like maps.\nVery much.",
)
TOML = """
[[question]]
text = "Why maps?"
kind = "technical"
competency = "learning"
stage = "second"
target_seconds = [30, 90]
good_answer = ["one map", "what it cost"]
prompts = ["Think of one.", "Say where."]
answer = "I like maps.\\nVery much."
"""
CSV = """text,kind,competency,stage,shortest_seconds,longest_seconds,good_answer_1,good_answer_2,\
prompt_1,prompt_2,answer
Why maps?,technical,learning,second,30,90,one map,what it cost,Think of one.,Say where.,"I like maps.
Very much."
"""

LINES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=40)
LINES |= st.sampled_from(["=1+1", "'=x", "''", "'", "-1", "@x", '"quoted"', "a,b;c", "{slot}", "# no", "\\n", "a b"])
KINDS = st.sampled_from(sorted(DEFAULTS_BY_KIND))
SECONDS = st.tuples(st.integers(5, 100), st.integers(101, 3600)).map(lambda pair: tuple(map(float, pair)))
QUESTIONS = st.builds(
    OwnQuestionEntry,
    text=LINES,
    kind=KINDS,
    competency=st.sampled_from(sorted(load_taxonomy().competencies)),
    stage=st.sampled_from(sorted(load_taxonomy().stages)),
    target_seconds=st.just(()) | SECONDS,
    good_answer=st.lists(LINES, max_size=4, unique=True).map(tuple),
    prompts=st.lists(LINES, max_size=2, unique=True).map(tuple),
    answer=st.lists(LINES, max_size=3).map("\n".join),
)
FILES = st.lists(QUESTIONS, min_size=1, max_size=5, unique_by=lambda question: question.text.casefold()).map(tuple)


def test_question_with_every_field_is_read_equally_from_toml_and_csv():
    assert read_toml(TOML, "own.toml") == read_csv(CSV, "own.csv") == QuestionFile((WHOLE,))


@given(FILES)
def test_toml_round_trip_is_lossless(questions):
    assert read_toml(write_toml(questions), "own.toml") == QuestionFile(questions)


@given(FILES)
def test_csv_round_trip_is_lossless_and_contains_no_formula(questions):
    written = write_csv(questions)
    assert read_csv(written, "own.csv") == QuestionFile(questions)
    assert not any(cell.startswith(tuple("=+-@")) for row in csv.reader(io.StringIO(written)) for cell in row)


@given(st.text(max_size=300))
def test_any_text_is_read_or_raises_content_error(text):
    for read in (read_toml, read_csv):
        for beginning in ("", "text\n", "text;kind\n", "[[question]]\ntext = "):
            with suppress(ContentError):
                assert read(beginning + text, "own")


def test_question_with_text_only_has_the_default_kind():
    (found,) = read_csv("text\nWhy maps?\n", "own.csv").questions
    assert (
        found == OwnQuestionEntry("Why maps?") == read_toml('[[question]]\ntext = "Why maps?"', "own.toml").questions[0]
    )
    assert found.kind == DEFAULT_KIND


@pytest.mark.parametrize("kind", load_taxonomy().kinds)
def test_competency_and_stage_default_by_kind(kind):
    (found,) = read_csv(f"text,kind\nWhy maps?,{kind}\n", "own.csv").questions
    assert (found.kind, found.competency, found.stage) == (kind, *DEFAULTS_BY_KIND[kind])
    assert found.competency in load_taxonomy().competencies
    assert found.stage in load_taxonomy().stages


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_any_usual_delimiter(delimiter):
    lines = ["\ufeffText; Prompt_1", "  Why   maps? ;Think.", ";", "", "Why not?;", ""]
    table = "\r\n".join(lines).replace(";", delimiter)
    assert read_csv(table, "own.csv").questions == (
        OwnQuestionEntry("Why maps?", prompts=("Think.",)),
        OwnQuestionEntry("Why not?"),
    )


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "own.csv, line 1: should name the columns, text among them"),
        ("text\n", "own.csv: has no questions"),
        ("kind\nscreening\n", "line 1: should name the columns, text among them"),
        ("Why maps?\nWhy not?\n", "line 1, 'why maps?': is no column known here; known are text, kind"),
        ("text,text\na,b\n", "line 1, 'text': stands there twice"),
        ("text,kind\nWhy?,screning\n", "line 2, kind: “screning” isn't one we know. Use Screening, About you"),
        ('text,kind\n"",screening\n,technical\n', "line 2, text: is missing"),
        ("text,kind\nWhy, oh why?,screening\n", "line 2: has 3 cells for 2 columns; put quotes around texts"),
        ('text\n"Why?\n', "line 2, CSV: unexpected end of data"),
        ("text,shortest_seconds\nWhy?,30\n", "line 2, longest_seconds: is missing"),
        ("text,shortest_seconds,longest_seconds\nWhy?,soon,90\n", "line 2, shortest_seconds: should be"),
        ("text,shortest_seconds,longest_seconds\nWhy?,90,30\n", "line 2, target_seconds: should rise from above 0"),
        (
            "text,shortest_seconds,longest_seconds\nWhy?,1,30\n",
            "line 2, target_seconds: should be whole",
        ),
        ("text,stage\nWhy?,third\n", "line 2, stage: “third” isn't one we know. Use Screening call"),
        ("text,competency\nWhy?,charm\n", "line 2, competency: “charm” isn't one we know. Use "),
        ("text,prompt_1,prompt_2\nWhy?,a,a\n", "line 2, prompts: should be a list of 0 to 2 different texts"),
        (f"text\n{'x' * 301}\n", "line 2, text: should be at most 300 characters long, not 301"),
        ("text\nWhy\x07?\n", "line 2, text: has control characters"),
        (f"text,answer\nWhy?,{'x' * 20_001}\n", "line 2, answer: should be at most 20,000 characters long"),
        (f"text\n{'x' * 200_000}\n", "line 2, CSV: field larger than field limit"),
        ("text\n" + "Why?\n" * 300_000, "own.csv: is longer than 1,000,000 characters"),
    ],
)
def test_error_in_csv_names_line_and_column(table, told):
    with pytest.raises(ContentError, match=re.escape(told)):
        read_csv(table, "own.csv")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('text = "Why maps?"', "", "own.toml, question 1, text: is missing"),
        ('"technical"', '"tecnical"', "question 1, kind: “tecnical” isn't one we know. Use Screening"),
        ('"technical"', "3", "question 1, kind: should be text"),
        ("[30, 90]", "[30.5, 90]", "question 1, target_seconds: should be whole seconds between 5 and 3600"),
        ("[30, 90]", "[30, 9000]", "question 1, target_seconds: should be whole seconds between 5 and 3600"),
        ("[30, 90]", "[30]", "question 1, target_seconds: should be [low, high] in seconds"),
        ('["one map", "what it cost"]', '["a", "b", "c", "d", "e"]', "good_answer: should be a list of 0 to 4"),
        ('["one map", "what it cost"]', "[1]", "good_answer: should be text"),
        ("\nanswer =", "\nanwser =", "question 1, anwser: isn't known here; known are text, kind"),
        ('"I like maps.\\nVery much."', "1979-05-27", "answer: should be text, not datetime.date"),
        ('"I like maps.\\nVery much."', '"a\\u0007"', "answer: has control characters"),
        ("[[question]]", "[[questions]]", "top level, question: is missing"),
        ("[[question]]", "[[question]", "top level, TOML: "),
        ("[30, 90]", "[" * 50_000, "top level, TOML: "),
        ("[30, 90]", "9" * 5_000, "top level, TOML: "),
    ],
)
def test_error_in_toml_names_question_and_field(old, new, told):
    assert old in TOML
    with pytest.raises(ContentError, match=re.escape(told)):
        read_toml(TOML.replace(old, new, 1), "own.toml")


def test_the_questions_beside_one_with_a_mistake_are_read_and_the_mistake_is_named_with_its_line():
    table = (
        'text,kind\n"Why\nso?",About you\n,technical\nWhy?,about\n\nWHY SO?,\nWhy, oh why?,screening\nWhen?,closing\n'
    )
    found = read_csv(table, "own.csv")
    assert [(each.text, each.kind) for each in found.questions] == [("Why so?", "about_you"), ("When?", "closing")]
    starts = (
        "own.csv, line 4, text: is missing",
        "own.csv, line 5, kind: “about” isn't one we know. Use Screening, About you, Behavioural",
        "own.csv, line 7, text: another question of this file asks the same",
        "own.csv, line 8: has 3 cells for 2 columns",
    )
    assert len(found.mistakes) == len(starts)
    assert all(mistake.startswith(start) for mistake, start in zip(found.mistakes, starts, strict=True))


def test_labels_of_the_app_may_be_written_for_its_keys():
    (found,) = read_csv("text,kind,stage,competency\nWhy?,ABOUT YOU,second interview,Work ethic\n", "own.csv").questions
    assert (found.kind, found.stage, found.competency) == ("about_you", "second", "work_ethic")


def test_more_than_500_questions_are_refused():
    table = "text\n" + "".join(f"Question {place}?\n" for place in range(MAX_QUESTIONS + 1))
    with pytest.raises(ContentError, match=r"own\.csv: has more than 500 questions; split it"):
        read_csv(table, "own.csv")
    assert len(read_csv(table[: table.rindex("Question")], "own.csv").questions) == MAX_QUESTIONS


def test_every_column_is_in_the_csv_header():
    assert set(COLUMNS) == set(re.findall(r"[a-z_]+[0-9]?", write_csv((WHOLE,)).splitlines()[0]))
