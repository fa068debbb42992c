"""Whether the first *Next* of a report is what a coach would say first, and whether *Keep* names something said.

`CLIPS` are the clips of which a coach's judgement is known: the development set, looked at while the advice was made.
`TEXTS` were written, each with what a coach would say first, before the program was asked; they are scripted, so their
words are sure, and what is tried is the judgement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import samples
from analysis.analyze import analyze
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report, Takeaway
from services.asked_questions import make_sample_question
from speech.audio.recording import Recording, from_file
from speech.transcript import Transcript
from tests.benchmark.clips import REAL_SPEECH
from tests.support.answers import make_answer, synthesise

NOTHING = "nothing_to_mend"

CLIPS: dict[str, frozenset[str]] = {  # what the first Next may be about, by a coach's judgement
    "calm_and_concise": frozenset({NOTHING}),
    "numbers": frozenset({NOTHING}),
    "rambling": frozenset({"answer_length"}),
    "repetitions": frozenset({"restarts"}),
    "hesitant_start": frozenset({"next_steps_and_timing"}),
    "long_pauses": frozenset({"longest_pause"}),
    "slow_and_flat": frozenset({"speaking_rate", "pitch_variation"}),
    "too_fast": frozenset({"speaking_rate"}),
    "filler_words": frozenset({"filler_words"}),
    "many_um_her": frozenset({"filler_sounds"}),
    "many_um_him": frozenset({"filler_sounds"}),
    "s11_conv_exam": frozenset({"speaking_rate", "filler_words"}),
    "n03_ceo_interview": frozenset({"two_voices"}),
    "g02_mfa_cold": frozenset({"filler_sounds"}),
    "s09_spacewalk_astronaut": frozenset({"filler_sounds"}),
}
REAL_CLIPS = tuple(name for name in CLIPS if name.partition("_")[0][1:].isdigit())


@dataclass(frozen=True)
class CoachedText:
    """A scripted answer, the question, and what the first Next may be about."""

    name: str
    kind: QuestionKind | None
    question: str
    text: str
    expected: frozenset[str]
    word_time: float = 0.36  # s; with the pauses about 140 words a minute


_TIME = "Tell me about a time when you solved a problem at work."
_CLOSING = "Do you have any questions for us?"
_PROJECT = "Tell me about a technical project you are proud of."
_WARD = (
    "Last winter I was on a night shift with two nurses for thirty patients. (0.6) The alarm list was a mess and "
    "nobody knew which bell came first. (0.6) I drew a plan of the ward and gave each of us ten beds. (0.6) Then I "
    "rang the day team and asked them to do the same. (0.6) "
)
_WARD_END = "By the end of the month the longest wait had gone from twelve minutes to four, and they still use my plan."

TEXTS = (
    CoachedText("complete story", QuestionKind.BEHAVIOURAL, _TIME, _WARD + _WARD_END, frozenset({NOTHING})),
    CoachedText("story without its end", QuestionKind.BEHAVIOURAL, _TIME, _WARD, frozenset({"outcome"})),
    CoachedText(
        "what one usually does",
        QuestionKind.BEHAVIOURAL,
        "Tell me about a time when you had to deal with an angry customer.",
        "I always stay calm and I listen to people. (0.6) It is important to be polite. (0.6) I think a good colleague "
        "never takes it personally. (0.6) Customers like it when you are friendly, and usually they calm down again.",
        frozenset({"one_event", "situation", "outcome"}),
    ),
    CoachedText(
        "only we",
        QuestionKind.BEHAVIOURAL,
        "Tell me about a goal you reached.",
        "Two years ago our shop was losing money. (0.6) We looked at every shelf and we threw out what nobody bought. "
        "(0.6) We called our suppliers and we moved the bakery to the front. (0.6) In the end we made forty thousand "
        "pounds more than the year before.",
        frozenset({"own_part"}),
    ),
    CoachedText(
        "questions without next steps",
        QuestionKind.CLOSING,
        _CLOSING,
        "Yes, thank you. (0.6) How do you train new people in the kitchen? (0.6) And what do you like most about "
        "working here? (0.6) That is very good to hear.",
        frozenset({"next_steps_and_timing"}),
    ),
    CoachedText(
        "next steps and timing",
        QuestionKind.CLOSING,
        _CLOSING,
        "Yes, two things. (0.6) What are the next steps from here? (0.6) And when can I expect to hear from you? (0.6) "
        "Thank you for your time, I really enjoyed this.",
        frozenset({NOTHING}),
    ),
    CoachedText(
        "next steps without timing",
        QuestionKind.CLOSING,
        _CLOSING,
        "Just one. (0.6) What are the next steps in the process? (0.6) Thank you, I would love to work with this team.",
        frozenset({"timing"}),
    ),
    CoachedText(
        "a reason of six seconds",
        QuestionKind.MOTIVATION,
        "Why do you want this job?",
        "Because I like children and the school is close to my home and I need a change.",
        frozenset({"answer_length"}),
    ),
    CoachedText(
        "a short fact",
        QuestionKind.SCREENING,
        "When could you start?",
        "I could start on the first of March, because my notice is one month. (0.5) If you need me sooner I can ask my "
        "manager, and I think that two weeks earlier would be possible.",
        frozenset({NOTHING}),
    ),
    CoachedText(
        "project without results",
        QuestionKind.TECHNICAL,
        _PROJECT,
        "The problem was that our warehouse counted its stock by hand and got it wrong. (0.6) I had two years of "
        "delivery notes as data. (0.6) I used Python and a small database, and I built a page that shows what should "
        "be on each shelf. (0.6) I chose the database because the team knew it already.",
        frozenset({"outcome"}),
    ),
    CoachedText(
        "complete project",
        QuestionKind.TECHNICAL,
        _PROJECT,
        "The problem was that our warehouse counted its stock by hand and got it wrong. (0.6) I had two years of "
        "delivery notes as data. (0.6) I used Python and a small database, and I built a page that shows what should "
        "be on each shelf. (0.6) As a result the errors went down by sixty percent and we stopped counting by hand.",
        frozenset({NOTHING}),
    ),
    CoachedText(
        "complete story with ums",
        QuestionKind.BEHAVIOURAL,
        _TIME,
        (_WARD + _WARD_END).replace(" I ", " {um} I ").replace(" and ", " {uh} and "),
        frozenset({"filler_sounds"}),
    ),
    CoachedText(
        "complete story with a silence",
        QuestionKind.BEHAVIOURAL,
        _TIME,
        _WARD.replace("first. (0.6)", "first. (6.5)") + _WARD_END,
        frozenset({"longest_pause"}),
    ),
    CoachedText(
        "complete story in a rush",
        QuestionKind.BEHAVIOURAL,
        _TIME,
        (_WARD + _WARD_END).replace("(0.6)", "(0.3)"),
        frozenset({"speaking_rate"}),
        word_time=0.24,
    ),
    CoachedText(
        "complete story told for three minutes",
        QuestionKind.BEHAVIOURAL,
        _TIME,
        _WARD
        + "The ward is on the third floor, and it was painted green that year, which some people liked. (0.6) " * 14
        + _WARD_END,
        frozenset({"answer_length"}),
    ),
    CoachedText(
        "restarts, no question",
        None,
        "",
        "So I I think that the the plan was was good. (0.6) We we had it in in the office for for a week. (0.6) Then "
        "the the manager saw it and and she said that that we could go on with it the next day.",
        frozenset({"restarts"}),
    ),
)


@dataclass(frozen=True)
class Verdict:
    """The report of one answer beside a coach's judgement."""

    name: str
    expected: frozenset[str]
    report: Report

    @property
    def is_right(self) -> bool:
        """Whether the first Next is one that a coach accepts."""
        return self.next_step.measure in self.expected

    @property
    def next_step(self) -> Takeaway:
        """What the report asks for."""
        assert self.report.next_step is not None
        return self.report.next_step

    @property
    def names_something_said(self) -> bool:
        """Whether Keep plays something said, rather than praising the way it was spoken."""
        keep = self.report.strength
        return keep is not None and bool(keep.moments) and keep.measure not in MEASURES


def judge_clips(transcribe: Callable[[Recording], Transcript]) -> Iterator[Verdict]:
    """Yield a verdict on each clip that is there, from its sound."""
    for path, question in _list_clips():
        recording = from_file(path)
        yield judge_clip(path.stem, recording, transcribe(recording), question)


def judge_clip(name: str, recording: Recording, transcript: Transcript, question: AskedQuestion | None) -> Verdict:
    """Return the verdict on one clip by its transcript."""
    return Verdict(name, CLIPS[name], analyze(recording, transcript, question))


def judge_text(coached: CoachedText) -> Verdict:
    """Return the verdict on a scripted answer."""
    transcript = make_answer(coached.text, word_time=coached.word_time)
    asked = AskedQuestion("", coached.question, coached.kind) if coached.kind else None
    return Verdict(coached.name, coached.expected, analyze(synthesise(transcript), transcript, asked))


def count_praises(verdicts: tuple[Verdict, ...]) -> Counter[str]:
    """Return how often each praise comes, without the words it quotes."""
    return Counter(found.report.strength.text.split(":")[0] for found in verdicts if found.report.strength)


def make_table(verdicts: tuple[Verdict, ...]) -> str:
    """Return the verdicts as a table, with how many are right."""
    lines = ["| answer | Next | a coach | Keep |", "| --- | --- | --- | --- |"]
    for found in verdicts:
        mark = "right" if found.is_right else f"wrong: {' or '.join(sorted(found.expected))}"
        keep = found.report.strength.text if found.report.strength else "–"
        lines.append(f"| {found.name} | {found.next_step.text} | {mark} | {keep} |")
    right, named = sum(found.is_right for found in verdicts), sum(found.names_something_said for found in verdicts)
    commonest = max(count_praises(verdicts).values(), default=0)
    summary = f"Next right in {right} of {len(verdicts)}; Keep names something said in {named}; "
    return "\n".join([*lines, "", f"{summary}no praise comes more than {commonest} times."])


def _list_clips() -> Iterator[tuple[Path, AskedQuestion | None]]:
    known = {sample.name: sample for sample in samples.load()}
    for name in CLIPS:
        if name in known:
            yield known[name].path, make_sample_question(known[name])
        elif (REAL_SPEECH / f"{name}.flac").is_file():
            yield REAL_SPEECH / f"{name}.flac", None
