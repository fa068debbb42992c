"""Test the elements found in an answer: on the page, in the HTML report and in the terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from analysis.analyze import analyze
from analysis.cli.terminal import print_report
from analysis.corrections.correction import CorrectionAction
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from analysis.structure.report_lines import TITLE, Section, list_element_lines
from app_pages.report.html_report import render_html_report
from services import corrections
from speech.audio.encoding import encode_flac
from speech.transcript import Transcript
from tests.support.answers import make_answer, make_silent_answer, synthesise
from tests.support.pages import is_shown, list_drawn, open_tab

pytest_plugins = ("tests.support.pages",)

STORY = make_answer(
    "Last year I worked at a bakery. (0.6) My task was to plan the shifts. {um} I asked everybody what they needed. "
    "I built a plan. (0.5) In the end nobody was late, and we saved 25 percent of the hours. I learned to ask first."
)
TOLD = AskedQuestion("told", "Tell me about a time you solved a problem.", QuestionKind.BEHAVIOURAL)
CLOSING = make_answer(
    "Yes, thank you. (0.6) What does your company do? (0.8) And I would like to know what the next steps are. "
    "(0.5) I am very interested in this role."
)
ASKED_BACK = AskedQuestion("questions_for_us", "Do you have any other questions for us?", QuestionKind.CLOSING)


def make_report(heard: Transcript, question: AskedQuestion | None) -> Report:
    return analyze(synthesise(heard), heard, question)


def get_states(lines) -> dict[str, str]:
    return {line.part.key: line.part.state.value for line in lines}


def find_lesson(page) -> dict:
    return next(line for line in list_drawn(page, "heard", "heard")[0]["lines"] if line["label"] == "A lesson")


@pytest.fixture
def report(kept):
    """Return a function that opens the page of an analysed answer, and returns it with the attempt's id."""

    def opened(heard: Transcript, question: AskedQuestion, *, with_sound: bool = True):
        attempt = kept.add_recording(synthesise(heard), question, keep=with_sound)
        kept.finish(attempt.id, heard, make_report(heard, question))
        return open_tab(take=attempt.id), attempt.id

    return opened


def test_a_story_is_split_into_elements_whose_shares_add_up_to_one():
    lines = list_element_lines(make_report(STORY, TOLD))
    assert [line.part.key for line in lines[:4]] == ["situation", "task", "action", "result"]
    assert sum(line.share for line in lines[:4]) == pytest.approx(1)
    assert all(line.share is None for line in lines[4:])


def test_a_result_is_listed_only_once():
    keys = [line.part.key for line in list_element_lines(make_report(STORY, TOLD))]
    assert keys.count("result") == 1
    assert {"number", "lesson", "early_answer"} <= set(keys)


def test_a_closing_answer_lists_the_questions_asked_and_the_closing_checks():
    found = get_states(list_element_lines(make_report(CLOSING, ASKED_BACK)))
    assert found["next_steps"] == found["thanks"] == found["interest"] == found["website"] == "heard"
    assert found["timing"] == "not_heard"
    assert found["2"] == "heard"
    assert "result" not in found


def test_an_unwanted_element_is_flagged_only_if_it_was_heard():
    says = {line.part.key: (line.sign, line.says) for line in list_element_lines(make_report(CLOSING, ASKED_BACK))}
    assert says["website"] == ("▲", "yes, but better left out")
    assert says["pressing"] == ("–", "no – good")


def test_silence_has_no_lines_and_an_answer_without_question_only_general_ones():
    assert list_element_lines(make_report(make_silent_answer(), TOLD)) == ()
    assert get_states(list_element_lines(make_report(STORY, None))).keys() == {"result", "number", "lesson"}


def test_the_report_shows_each_element_with_its_sentence_and_moment(report):
    page, attempt = report(STORY, TOLD)
    assert is_shown(page, TITLE)
    (data,) = list_drawn(page, "heard", "heard")
    task = next(line for line in data["lines"] if line["label"] == "Task")
    first = next(word for word in STORY.words if word.text == "My")
    assert task["text"] == "My task was to plan the shifts."
    assert task["start"] == pytest.approx(first.start)
    assert data["playable"]
    assert data["take"] == list_drawn(page, "listening")[0]["take"] == attempt


def test_without_a_recording_no_moment_can_be_played(report):
    page, _ = report(STORY, TOLD, with_sound=False)
    assert not list_drawn(page, "heard", "heard")[0]["playable"]


def test_a_correction_changes_the_elements_found(report, kept):
    page, attempt = report(STORY, TOLD)
    assert find_lesson(page)["state"] == "heard"
    word = next(word for word in STORY.words if word.text == "learned")
    chosen = {"action": CorrectionAction.CHANGE_WORD.value, "start": word.start, "end": word.end, "before": "learned"}
    corrections.correct(kept, attempt, kept.load_result(attempt), chosen | {"after": "forgot", "place": None})
    assert find_lesson(page.run())["state"] != "heard"


def test_the_html_report_lists_the_elements_with_escaped_text():
    heard = make_answer("<b>Last</b> year I worked at a bakery. I built a plan, and it worked.")
    answer = make_report(heard, TOLD)
    lines = list_element_lines(answer)
    page = render_html_report(
        answer, encode_flac(synthesise(heard), {}), sections=[Section(TITLE, "By wording.", lines)]
    )
    assert f"<h3>{TITLE}</h3>" in page
    assert 'class="moment" data-from="0.500"' in page
    assert "<b>" not in page
    assert TITLE not in render_html_report(answer, sections=[Section(TITLE, "By wording.", ())])


def test_the_terminal_says_which_elements_were_heard():
    out = io.StringIO()
    print_report(make_report(CLOSING, ASKED_BACK), lambda _: None, Console(file=out, width=200))
    assert "✓ Next steps asked: yes, at" in out.getvalue()
    assert "– Timing asked: not found" in out.getvalue()


def test_words_and_marks_can_be_downloaded_for_other_programs(report):
    page, _ = report(STORY, TOLD)
    labels = [button.proto.label for button in page.get("download_button")]
    assert labels[-4:] == ["Praat TextGrid", "Subtitles (WebVTT)", "Subtitles (SRT)", "Audacity labels"]


def test_where_nothing_was_said_there_is_nothing_for_other_programs(report):
    page, _ = report(make_silent_answer(), TOLD)
    assert "Praat TextGrid" not in [button.proto.label for button in page.get("download_button")]
