"""What was heard in an answer, on the page of its report, in its page to take along and in the terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from analysis.analyze import analyze
from analysis.cli.terminal import show_report
from analysis.corrections.correction import CorrectionAction
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from analysis.structure.report_lines import TITLE, Section, heard_lines
from app_pages.report.html_report import html_report
from services import corrections
from speech.audio import flac
from speech.transcript import Transcript
from tests.support.answers import silence, sound_of, spoken
from tests.support.pages import drawn, new_tab, shows

pytest_plugins = ("tests.support.pages",)

STORY = spoken(
    "Last year I worked at a bakery. (0.6) My task was to plan the shifts. {um} I asked everybody what they needed. "
    "I built a plan. (0.5) In the end nobody was late, and we saved 25 percent of the hours. I learned to ask first."
)
TOLD = AskedQuestion("told", "Tell me about a time you solved a problem.", QuestionKind.BEHAVIOURAL)
CLOSING = spoken(
    "Yes, thank you. (0.6) What does your company do? (0.8) And I would like to know what the next steps are. "
    "(0.5) I am very interested in this role."
)
ASKED_BACK = AskedQuestion("questions_for_us", "Do you have any other questions for us?", QuestionKind.CLOSING)


def measured(heard: Transcript, question: AskedQuestion | None) -> Report:
    return analyze(sound_of(heard), heard, question)


def states(lines) -> dict[str, str]:
    return {line.part.key: line.part.state.value for line in lines}


def lesson(page) -> dict:
    return next(line for line in drawn(page, "heard")[0]["lines"] if line["label"] == "A lesson")


@pytest.fixture
def report(kept):
    """Opens the page of an answer that was measured before, and gives it with the attempt's id."""

    def opened(heard: Transcript, question: AskedQuestion, *, with_sound: bool = True):
        attempt = kept.add_recording(sound_of(heard), question, keep=with_sound)
        kept.finish(attempt.id, heard, measured(heard, question))
        return new_tab(take=attempt.id), attempt.id

    return opened


def test_a_story_is_told_part_by_part_with_shares_of_its_time_that_add_up_to_one():
    lines = heard_lines(measured(STORY, TOLD))
    assert [line.part.key for line in lines[:4]] == ["situation", "task", "action", "result"]
    assert sum(line.share for line in lines[:4]) == pytest.approx(1)
    assert all(line.share is None for line in lines[4:])


def test_a_result_that_a_part_tells_is_not_told_twice():
    keys = [line.part.key for line in heard_lines(measured(STORY, TOLD))]
    assert keys.count("result") == 1
    assert {"number", "lesson", "early_answer"} <= set(keys)


def test_a_closing_answer_is_told_by_the_questions_asked_and_the_closing_checks():
    found = states(heard_lines(measured(CLOSING, ASKED_BACK)))
    assert found["next_steps"] == found["thanks"] == found["interest"] == found["website"] == "heard"
    assert found["timing"] == "not_heard"
    assert found["2"] == "heard"
    assert "result" not in found


def test_what_is_better_left_out_is_said_to_be_so_where_it_was_heard_and_only_there():
    says = {line.part.key: (line.sign, line.says) for line in heard_lines(measured(CLOSING, ASKED_BACK))}
    assert says["website"] == ("▲", "heard, better left out")
    assert says["pressing"] == ("–", "not heard")


def test_nothing_is_told_of_silence_and_without_a_question_only_what_needs_none():
    assert heard_lines(measured(silence(), TOLD)) == ()
    assert states(heard_lines(measured(STORY, None))).keys() == {"result", "number", "lesson"}


def test_the_report_has_each_part_with_its_sentence_and_a_moment_to_play(report):
    page, attempt = report(STORY, TOLD)
    assert shows(page, TITLE)
    (data,) = drawn(page, "heard")
    task = next(line for line in data["lines"] if line["label"] == "Task")
    first = next(word for word in STORY.words if word.text == "My")
    assert task["text"] == "My task was to plan the shifts."
    assert task["start"] == pytest.approx(first.start)
    assert data["playable"]
    assert data["take"] == drawn(page, "listening")[0]["take"] == attempt


def test_without_a_kept_sound_nothing_is_offered_to_play(report):
    page, _ = report(STORY, TOLD, with_sound=False)
    assert not drawn(page, "heard")[0]["playable"]


def test_a_corrected_word_changes_what_was_heard(report, kept):
    page, attempt = report(STORY, TOLD)
    assert lesson(page)["state"] == "heard"
    word = next(word for word in STORY.words if word.text == "learned")
    chosen = {"action": CorrectionAction.CHANGE_WORD.value, "start": word.start, "end": word.end, "before": "learned"}
    corrections.correct(kept, attempt, kept.result(attempt), chosen | {"after": "forgot", "place": None})
    assert lesson(page.run())["state"] != "heard"


def test_the_page_to_take_along_holds_the_parts_with_their_moments_as_text_only():
    heard = spoken("<b>Last</b> year I worked at a bakery. I built a plan, and it worked.")
    answer = measured(heard, TOLD)
    lines = heard_lines(answer)
    page = html_report(answer, flac.encode(sound_of(heard), {}), sections=[Section(TITLE, "By wording.", lines)])
    assert f"<h2>{TITLE}</h2>" in page
    assert 'class="moment" data-from="0.500"' in page
    assert "<b>" not in page
    assert TITLE not in html_report(answer, sections=[Section(TITLE, "By wording.", ())])


def test_the_terminal_says_heard_and_not_heard():
    out = io.StringIO()
    show_report(measured(CLOSING, ASKED_BACK), lambda _: None, Console(file=out, width=200))
    assert "✓ Next steps asked: heard, at" in out.getvalue()
    assert "– Timing asked: not heard" in out.getvalue()
