"""Test the topics of a report: one number each, as people say it, with a verdict in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.analyze import analyze
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from analysis.structure.report_lines import list_element_lines
from app_pages.report.topics import NO_VALUE, Topic, list_findings_of_content, list_topics, say_content
from tests.support.answers import make_answer, synthesise

TOLD = AskedQuestion("told", "Tell me about a time you solved a problem.", QuestionKind.BEHAVIOURAL)
STORY = make_answer(
    "Last year I worked at a bakery. (0.6) My task was to plan the shifts. {um} I asked everybody what they needed. "
    "I built a plan. (2.4) In the end nobody was late. {uh} I learned to ask first. " * 2
)


@pytest.fixture(scope="module")
def report() -> Report:
    return analyze(synthesise(STORY), STORY, TOLD)


def find_topic(report: Report, label: str) -> Topic:
    (found,) = [topic for topic in list_topics(report) if topic.label.startswith(label)]
    return found


def test_topics_come_in_the_order_a_person_asks(report):
    assert [topic.label.split()[0] for topic in list_topics(report)] == ["Pace", "Ums", "Pauses", "Length"]


def test_a_pace_is_said_rounded_to_five_words_a_minute(report):
    pace = report.get_finding("speaking_rate").value
    (said,) = [int(word) for word in find_topic(report, "Pace").says.split() if word.isdigit()]
    assert said % 5 == 0
    assert abs(said - pace) <= 2.5


def test_ums_are_counted_and_many_are_called_often_not_high(report):
    assert find_topic(report, "Ums").says == "4 ums"
    assert find_topic(report, "Ums").verdict == "↑ a little often"


def test_the_longest_pause_is_the_number_of_the_pauses(report):
    assert find_topic(report, "Pauses").says == "the longest 2.4 seconds"


def test_every_number_belongs_to_one_topic_only(report):
    shown = [found.measure for topic in list_topics(report) for found in topic.findings]
    shown += [found.measure for found in list_findings_of_content(report)]
    assert sorted(shown) == sorted(MEASURES)


def test_what_could_not_be_measured_has_no_number_and_no_verdict(report):
    findings = tuple(replace(found, value=None, verdict="undefined", side=None) for found in report.findings)
    assert {(topic.says, topic.verdict) for topic in list_topics(replace(report, findings=findings))} == {
        (NO_VALUE, None)
    }


def test_the_parts_that_were_found_are_counted(report):
    lines = list_element_lines(report)
    found = sum(line.sign == "✓" for line in lines)
    assert 0 < found < len(lines)
    assert say_content(lines) == f"{found} of {len(lines)} parts found"
    assert say_content(()) == ""
