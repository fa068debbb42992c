"""Take in an answer: from the browser's recorder, this machine's microphone, a file or a sample; or read its draft."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

import samples
from analysis.marked_transcript import STYLES, kinds_in, mark_words
from analysis.question import AskedQuestion
from analysis.structure.report_lines import ElementLine
from analysis.wording import format_count
from analysis.written_answer import CAVEAT, TITLE, WrittenAnswer, describe_manner, list_draft_lines
from app_pages.components import interrupted_takes, machine_microphone, recorder
from app_pages.ui import demo_mode, practice_state
from app_pages.ui.errors import show_errors
from app_pages.ui.practice_state import OnSubmitted
from app_pages.ui.store_access import get_job_queue, get_store
from app_pages.ui.templates import show_style, show_template
from app_pages.ui.wording import escape_markdown
from interview.validation import MAX_TEXT_CHARACTERS
from services.analyze import check_draft
from services.asked_questions import make_sample_question
from services.centre.sign_in import is_centre
from services.submission import Submission, submit_upload
from speech.audio.recording import SOUND_FILE_SUFFIXES
from speech.errors import RecordingError
from store.settings import read_settings

FILE_TYPES = [suffix.removeprefix(".") for suffix in SOUND_FILE_SUFFIXES]
SIMPLE = "simple_recorder"  # key of Streamlit's own, for browsers that lack what ours needs
OUTSIDE_BROWSER = "**Record outside the browser**, with a microphone of the computer that Answer Aloud runs on."
SAVING_TEXT = "Saving your recording…"
DRAFT_NOTE = (
    "Write your answer, or paste it, and see what it includes before you say it aloud. Nothing is saved: the text is "
    "gone when you close this page."
)


def show_recording_inputs(
    question: AskedQuestion,
    on_submitted: OnSubmitted = practice_state.show_new_attempt,
    *,
    part: str = "",
    with_samples: bool = True,
    opened: int | None = None,
    most_seconds: float | None = None,
) -> None:
    """Show the ways to record or upload an answer; a recording is saved at once.

    Args:
        question: the question that is answered.
        on_submitted: callback run once the recording is saved.
        part: suffix of the widget keys; changing it gives empty recorders.
        with_samples: offer to check a draft, and the samples too.
        opened: how often the recorder was opened: it takes the focus each time; None leaves the focus alone.
        most_seconds: the time in which the same answer is to be said again; None for the length its question asks for.
    """
    if demo_mode.is_on():
        st.info("Leave the demo to record an answer: nothing you record here would be saved.")
        return
    if part:  # a page with one recorder offers what was cut off itself
        with st.container(), show_errors():
            interrupted_takes.show_of(part, "Use this recording", on_submitted)
    more = ["Check a draft", "Try a sample"] if with_samples else []
    last = [] if is_centre() else ["Other ways"]  # a server has no microphone that anybody sits at
    browser, upload, *others = st.tabs(["Record", "Upload", *more, *last], key="way_in", on_change="rerun")
    with browser:
        lacking = recorder.show(question, on_submitted, part, opened, most_seconds)
        if lacking is not None:
            recorder.tell_lacking(lacking)
            recorded = st.audio_input("Record your answer", key=f"{SIMPLE}{part}")
            _submit_once(recorded, question, on_submitted, recorder.NAME)
    with upload:
        _submit_once(
            st.file_uploader("A recording of your answer", FILE_TYPES, key=f"upload{part}"), question, on_submitted
        )
    if with_samples:
        draft, sample = others[:2]
        with draft:
            _show_draft(question)
        with sample:
            _show_samples()
    if last and (others[-1].open or machine_microphone.is_recording()):  # listing the devices takes time
        with others[-1], show_errors():
            st.markdown(OUTSIDE_BROWSER)
            machine_microphone.show_microphone(question, on_submitted, part)


def has_unsaved_recording(part: str) -> bool:
    """Return whether this run of the page brought a recording or file that is not saved yet.

    Args:
        part: suffix of the widget keys, as given to `show_recording_inputs`.
    """
    arrived = [st.session_state.get(f"{way}{part}") for way in (SIMPLE, "upload")]
    known = practice_state.get_practice_state().taken_in | practice_state.get_practice_state().refused.keys()
    has_file = any(file is not None and file.file_id not in known for file in arrived)
    return has_file or recorder.stopped_take(part) is not None


def _submit_once(
    file: UploadedFile | None, question: AskedQuestion, on_submitted: OnSubmitted, name: str | None = None
) -> None:
    """Submit the file of a widget, once.

    The widget keeps its file until the recording is saved, so nothing is lost in between.

    Args:
        file: file of the widget; None if it is empty.
        question: the question that is answered.
        on_submitted: callback run once the recording is saved.
        name: name of the recording; None for the file's name.
    """
    if file is None or file.file_id in practice_state.get_practice_state().taken_in:
        return
    refused = practice_state.get_practice_state().refused
    if file.file_id in refused:
        st.error(escape_markdown(refused[file.file_id]))
        return
    with show_errors(), st.spinner(SAVING_TEXT):
        try:
            on_submitted(_submit(file.getvalue(), name or file.name, question))
        except RecordingError as error:  # it stays unusable, and need not be decoded in every run of the page
            practice_state.update_state(refused={**refused, file.file_id: str(error)})
            raise
        practice_state.update_state(taken_in=practice_state.get_practice_state().taken_in | {file.file_id})
        st.rerun()  # what stands above already counts the new take then


def _show_samples() -> None:
    known = {sample.name: sample for sample in samples.load()}
    chosen = st.selectbox("Sample answer", known, format_func=lambda name: known[name].title, key="sample")
    if st.button("Analyse this sample", key="use_sample"):
        sample = known[chosen]
        with show_errors(), st.spinner(SAVING_TEXT):
            submitted = _submit(sample.path.read_bytes(), f"Sample: {sample.title}", make_sample_question(sample))
            practice_state.show_new_attempt(submitted)
            st.rerun()


def _submit(data: bytes, name: str, question: AskedQuestion) -> Submission:
    return submit_upload(get_store(), get_job_queue(), data, name, question, keep=read_settings().keep_recordings)


def _show_draft(question: AskedQuestion) -> None:
    """Show a box for a written answer, and what is read in it; nothing of it is stored."""
    st.caption(DRAFT_NOTE)
    with st.form(f"draft_{question.id}", border=False):
        text = st.text_area(
            "Your answer in writing", height=170, max_chars=MAX_TEXT_CHARACTERS, key=f"draft_text_{question.id}"
        )
        is_asked = st.form_submit_button("Check this draft")
    if is_asked or text.strip():
        with show_errors():
            _show_checked_draft(check_draft(text, question, read_settings().filler_words), question)


def _show_checked_draft(answer: WrittenAnswer, question: AskedQuestion) -> None:
    tokens = mark_words(answer.words)
    with st.container(border=True, key="draft_checked"):
        st.markdown(f"#### {TITLE}")
        st.caption(CAVEAT)
        st.markdown("  \n".join(_describe_line(line) for line in list_draft_lines(answer, question)))
        st.markdown("#### Your text")
        show_style("components/templates/draft.css")
        keys = [(kind, STYLES[kind]) for kind in kinds_in(tokens)]
        show_template("components/templates/draft.html", tokens=tokens, keys=keys)
        st.caption(f"{format_count(len(answer.words), 'word')}: {describe_manner(answer)}.")


def _describe_line(line: ElementLine) -> str:
    told = f"{line.sign} **{escape_markdown(line.part.label)}:** {line.says_written}"
    return told if line.part.sentence is None else f"{told}: {escape_markdown(f'“{line.part.sentence}”')}"
