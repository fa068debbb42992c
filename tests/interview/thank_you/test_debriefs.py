"""Ten debriefs of different people, and the notes made from them, which must read as a person would write them.

`python -m tests.interview.thank_you.test_debriefs` prints the notes.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from interview.debrief import Debrief, DebriefNote, WishedAnswer
from interview.interview import Interview, InterviewState
from interview.person import Person, PersonRole
from interview.thank_you.compose import ASKS_WHEN, HOPES_TO_WORK_TOGETHER, compose
from interview.thank_you.note import ThankYou
from services.interviews.thank_you_notes import begin_note
from tests.support.interviews import DEBRIEF, HELD, ONE, TWO

ENTRIES = tomllib.loads((Path(__file__).parents[2] / "data" / "debriefs.toml").read_text(encoding="utf-8"))["debrief"]
WRITERS = [each["writer"] for each in ENTRIES]
# What gives a note away that was put together: a clause after a preposition, a capital or a stop in a sentence.
STUMBLES = (
    r"\b(?:about|for|to|is|with) (?:They|The|That|How|It|I was|I am|they are|I liked)\b(?! \w+’s)",
    r"\.[.,;:]",
    r",[.,;:]",
    r"[:;,] [.!?]",
    r"\s[.,;:!?]",
    r"\?\.",
    r"  ",
    r"\b(\w+) \1\b",
    r"\bthey\b",
    r"^[a-z]",
)


def write(entry, place=0):
    person = Person(TWO, entry["person"], ONE, PersonRole(entry["part"]))
    decided = None if entry.get("asks_when") else HELD.decision_by
    interview = Interview(
        ONE, entry["company"], entry["role"], at=HELD.at, zone=HELD.zone, state=InterviewState.HELD, decision_by=decided
    )
    wished = ()
    if entry.get("question"):
        answer = DebriefNote(entry["answer"])
        wished = (
            WishedAnswer(entry["question"], answer, why=entry.get("why", ""), is_deeper=entry.get("is_deeper", False)),
        )
    debrief = Debrief(
        "d" * 32, ONE, DEBRIEF.written_at, remember=DebriefNote("\n".join(entry["remember"])), wished=wished
    )
    begun = begin_note(interview, person, 0, debrief)
    values = {name: getattr(begun, name) for name in ("id", "interview", "person", "way")}
    values |= {name: getattr(begun, name) for name in ("moment", "question", "answer", "why", "is_deeper")}
    note = ThankYou(**values, added_point=entry.get("added_point", ""), samples=tuple(entry.get("samples", ())))
    return compose(note, person, interview, entry["sender"], place)


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("entry", ENTRIES, ids=WRITERS)
def test_a_note_reads_without_a_stumble(entry, place):
    body = write(entry, place).body
    for paragraph in body.split("\n\n")[1:-1]:
        for stumble in STUMBLES:
            assert not re.search(stumble, paragraph), (stumble, paragraph)
        for sentence in re.split(r"(?<=[.!?]) (?=[A-Z“])", paragraph):
            assert sentence[0].isupper() or sentence[0] == "“" or sentence.startswith("http"), sentence
        assert paragraph.endswith((".", "!", "?", "”", "timetable")), paragraph


@pytest.mark.parametrize(
    ("writer", "says"),
    [
        ("Night nurse", "Dear Dr Bello,"),
        ("Night nurse", "One thing has stayed with me: you are moving the whole ward to electronic charts."),
        ("Night nurse", HOPES_TO_WORK_TOGETHER),
        ("Night nurse", "I attach my handover sheet, as it has to do with what we talked about."),
        ("Team lead in a warehouse", "Dear Gillian,"),
        ("Team lead in a warehouse", "I have been reading the book Turn the Ship Around"),
        ("Team lead in a warehouse", "I think every team lead must be able to do it fairly."),
        ("Primary school teacher", "You asked about mixed-ability groups."),
        ("Primary school teacher", "I have thought about it further: Start with pairs"),
        ("Pastry chef", "What has stayed with me most is that you bake everything on site."),
        ("Pastry chef", "I went to the food fair in Leeds"),
        ("Pastry chef", ASKS_WHEN),
        ("Data analyst", "you said the timetable is still planned by hand"),
        ("Data analyst", "You asked: “Why did you choose a random forest?”"),
        ("Shop assistant", "Dear Ms Price,"),
        ("Receptionist", "I won't forget the umbrella you lent me."),
        ("Shop assistant", "One thing has stayed with me: the shop opens at six on market days. That suits me well."),
        ("Pastry chef", "I would have liked to tell you how I cut our flour waste by half."),
        ("Data analyst", "This is what I would say now: it copes with missing values;"),
        ("Housing officer", "There is one thing I didn't get to mention: I am moving to the area next month."),
        ("Software developer", "One thing has stayed with me: you are moving to weekly releases."),
        ("Housing officer", "One question has stayed with me: how do you decide who gets a flat first?"),
    ],
)
def test_what_was_noted_comes_out_in_words_to_its_reader(writer, says):
    assert says in write(next(each for each in ENTRIES if each["writer"] == writer)).body


def test_what_is_a_note_to_oneself_does_not_go_out():
    assert all("Ask about on-call" not in write(each, place).body for each in ENTRIES for place in range(3))


def test_only_what_can_be_attached_is_attached():
    attached = [each["writer"] for each in ENTRIES if "I attach" in write(each).body]
    assert attached == ["Night nurse"]


def test_a_debrief_is_never_pasted_into_a_sentence_that_it_does_not_fit():
    assert not any("about They" in write(each, place).body for each in ENTRIES for place in range(3))


if __name__ == "__main__":
    for each in ENTRIES:
        written = write(each)
        print(f"=== {each['writer']}\nSubject: {written.subject}\n\n{written.body}")
