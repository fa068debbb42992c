"""What the user writes and plans, as values: what they may hold, and that they come back as they were kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview import validation
from interview.ask_card import AskCard, CardQuestion
from interview.checklist_tick import ListTick, make_tick_id
from interview.debrief import DebriefNote
from interview.document_kinds import DOCUMENT_KINDS
from interview.follow_up.follow_up import FollowUp, make_follow_up_id
from interview.ids import make_id, make_stable_id
from interview.interview import Interview
from interview.listener_comments import ListenerComments, MarkedMoment, make_listener_comments_id
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun, MockStep
from interview.person import ContactMethod, Person, PersonRole
from interview.questions.key_points import KeyPoints, make_points_id
from interview.questions.practice_loop import (
    IfThenPlan,
    PaceGuess,
    TakePractice,
    UmsGuess,
    make_if_then_id,
    make_take_practice_id,
)
from interview.research import ResearchNotes
from interview.time_zones import find_zone, list_zone_names, make_full_hour, make_moment
from interview.validation import EntryError
from speech.errors import AnswerAloudError
from store.db import document_json
from store.store import open_store
from tests.support.interviews import DEBRIEF, HELD, MARIA, NOTE, ONE, TWO, VIENNA, make_local_time

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
STEP = MockStep("why_us", "Why us?", "motivation")
VALUES = {
    "interview": HELD,
    "person": MARIA,
    "research": ResearchNotes(TWO, ONE, ("open data",), ("a new port",), ("streaming",), ("Maria wrote a book",)),
    "ask_card": AskCard(TWO, ONE, (CardQuestion("What comes next?", ("And then?",), "Maria"),)),
    "points": KeyPoints(make_points_id("why_us"), "why_us", ("open data",)),
    "if_then": IfThenPlan(make_if_then_id("why_us"), "why_us", "If I rush, I breathe.", NOON, ONE),
    "take_practice": TakePractice(
        make_take_practice_id(ONE), ONE, UmsGuess.FEW, PaceGuess.FAST, 45.0, drilled=TWO, caught=2, to_catch=3
    ),
    "listener_comments": ListenerComments(
        make_listener_comments_id(ONE, TWO),
        ONE,
        TWO,
        NOON,
        "Sam",
        "Clear.\nGo on.",
        (MarkedMoment(3.5, "Slower here."),),
    ),
    "list_tick": ListTick(make_tick_id("pen", ONE), "pen", NOON, ONE),
    "mock_plan": MockPlan(TWO, "first", 20, ("trust",), 15, ONE, 7),
    "mock_run": MockRun(TWO, ONE, (STEP, replace(STEP, attempt=ONE, thought=4.5)), NOON, NOON, ONE),
    "debrief": DEBRIEF,
    "thank_you": replace(NOTE, samples=("a map",), subject="Thank you", body="Dear Maria,\n…", sent_at=NOON),
    "follow_up": FollowUp(TWO, ONE, "something_of_use", "Write once more", "…", ONE, NOON, NOON, "Europe/Vienna"),
}


@pytest.mark.parametrize("name", VALUES)
def test_every_kind_of_document_survives_a_json_round_trip(name: str) -> None:
    value = VALUES[name]
    assert type(value) is DOCUMENT_KINDS[name]
    assert document_json.from_json(DOCUMENT_KINDS[name], json.loads(json.dumps(document_json.to_json(value)))) == value


def test_the_store_saves_every_kind_and_deletes_those_of_a_deleted_interview(tmp_path: Path) -> None:
    store = open_store(folder=tmp_path)
    store.save(replace(HELD, notes="needle"))
    for name, value in VALUES.items():
        if name != "interview":
            store.save(replace(value, id=make_stable_id(name, "kept")))
    for name, value in VALUES.items():
        (kept,) = store.load_documents(DOCUMENT_KINDS[name])
        assert replace(kept, id=value.id) == (replace(HELD, notes="needle") if name == "interview" else value)
    assert [found.kind for found in store.search("needle")] == ["interview"]
    store.delete_document(ONE)
    assert [name for name in VALUES if store.load_documents(DOCUMENT_KINDS[name])] == [
        "points",
        "if_then",
        "take_practice",
        "listener_comments",
    ]  # of a question or a take, whatever the interview
    store.close()


@pytest.mark.parametrize("name", VALUES)
def test_every_kind_of_document_refuses_an_id_that_is_not_32_hex_digits(name: str) -> None:
    for field in fields(VALUES[name]):
        if field.name in ("id", "interview", "person", "plan") and getattr(VALUES[name], field.name):
            with pytest.raises(EntryError, match=r"32 hexadecimal digits, not '\.\./x'"):
                replace(VALUES[name], **{field.name: "../x"})


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: replace(HELD, company=""), "The company should not be empty"),
        (lambda: replace(HELD, company="Two\nlines"), r"one line without space around it, not 'Two\\nlines'"),
        (lambda: replace(HELD, company=" Harbour"), "one line without space"),
        (lambda: replace(HELD, role="x" * 301), "at most 300 characters"),
        (lambda: replace(HELD, stage="First interview"), "small letters, digits, _, - and :, not 'First interview'"),
        (lambda: replace(HELD, zone="Europe/Atlantis"), "be a name such as .* not 'Europe/Atlantis'"),
        (lambda: replace(HELD, zone="Europe"), "be a name such as"),
        (lambda: replace(HELD, zone="../etc/passwd"), "be a name such as"),
        (lambda: replace(HELD, at=datetime(2026, 3, 11, 10)), "have a time zone"),
        (lambda: replace(HELD, at=datetime(1, 1, 1, tzinfo=UTC)), "between 1970 and 2199"),
        (lambda: replace(HELD, decision_by=date(9999, 12, 31)), "between 1970 and 2199, not '9999-12-31'"),
        (lambda: replace(HELD, minutes=0), "between 5 and 1440, not 0"),
        (lambda: replace(HELD, notes="a\x00b"), "no control characters"),
        (lambda: replace(HELD, notes="a\ud800b"), "no control characters"),
        (lambda: replace(MARIA, email="maria"), "look like"),
        (lambda: replace(MARIA, email="a@b\nBcc: c@d"), "one line"),
        (lambda: replace(MARIA, email="a@b, c@d"), "look like"),
        (lambda: replace(MARIA, email="a@b?bcc=c@d"), "look like"),
        (lambda: replace(MARIA, email="a@@b"), "look like"),
        (lambda: replace(MARIA, email="a..b@c"), "look like"),
        (lambda: replace(MARIA, email="a@b."), "look like"),
        (lambda: replace(MARIA, email="a@" + "b" * 64), "look like"),
        (lambda: replace(MARIA, name=""), "should not be empty"),
        (lambda: ResearchNotes(TWO, values=("",)), "should not be empty"),
        (lambda: KeyPoints(TWO, "why_us", tuple("abcdefg")), "at most 6, not 7"),
        (lambda: KeyPoints(TWO, "why us", ()), "small letters"),
        (lambda: AskCard(TWO, questions=(CardQuestion("Q?"),) * 21), "at most 20, not 21"),
        (lambda: MockPlan(TWO, "first", 4), "between 5 and 120, not 4"),
        (lambda: MockPlan(TWO, "first", thinking=-1), "between 0 and 120, not -1"),
        (lambda: replace(STEP, thought=float("nan")), "between 0 and 3600, not nan"),
        (lambda: DebriefNote("x" * 20_001), "at most 20000"),
        (lambda: replace(NOTE, samples=("a", "b", "c")), "at most 2, not 3"),
        (lambda: FollowUp(TWO, ONE, "x", "T", due=NOON, latest=NOON - timedelta(1)), "before it is too late"),
        (lambda: FollowUp(TWO, ONE, "x", "T", latest=NOON), "before it is too late"),
        (lambda: FollowUp(TWO, ONE, "x", "T", due=datetime(2026, 3, 11)), "have a time zone"),
    ],
)
def test_an_invalid_value_is_refused_with_a_sentence(make: Callable[[], object], said: str) -> None:
    with pytest.raises(EntryError, match=said) as told:
        make()
    assert isinstance(told.value, AnswerAloudError)
    assert str(told.value).endswith(".")


@pytest.mark.parametrize("email", ["", "a@b", "o'neil+jobs@mail.example", "zoë@müller.example", "a.b@c-d.example"])
def test_real_email_addresses_are_accepted(email: str) -> None:
    assert replace(MARIA, email=email).email == email


def test_the_end_of_an_interview_is_right_in_the_night_the_clocks_change() -> None:
    before = replace(HELD, at=make_local_time("2026-10-25 02:30"), minutes=60)
    assert before.ends.isoformat() == "2026-10-25T02:30:00+01:00"
    assert before.ends - before.begins.astimezone(UTC) == timedelta(hours=1)
    assert replace(HELD, at=None).ends is None
    assert replace(HELD, at=None).begins is None


def test_the_start_is_in_the_interviews_zone_even_if_stored_with_an_offset() -> None:
    assert replace(HELD, at=NOON).begins.isoformat() == "2026-03-11T13:00:00+01:00"
    fixed = datetime(2026, 3, 11, 10, tzinfo=timezone(timedelta(hours=1)))
    assert replace(HELD, at=fixed).begins.tzinfo == VIENNA


def test_a_skipped_local_time_is_refused_and_a_repeated_one_is_the_first() -> None:
    with pytest.raises(EntryError, match="On 29 March 2026 the clocks in Europe/Vienna skip 02:30"):
        make_moment(date(2026, 3, 29), time(2, 30), "Europe/Vienna")
    twice = make_moment(date(2026, 10, 25), time(2, 30), "Europe/Vienna")
    assert twice.utcoffset() == timedelta(hours=2)
    assert make_full_hour(date(2026, 3, 29), 2, VIENNA).isoformat() == "2026-03-29T03:00:00+02:00"
    assert make_full_hour(date(2026, 3, 29), 9, VIENNA).isoformat() == "2026-03-29T09:00:00+02:00"


def test_every_listed_time_zone_can_be_used() -> None:
    assert {"Europe/Vienna", "America/New_York", "Asia/Kathmandu", "UTC"} <= set(list_zone_names())
    for name in list_zone_names():
        find_zone(name)


def test_derived_ids_are_stable_and_differ_for_different_parts() -> None:
    assert make_points_id("why_us") == make_points_id("why_us") != make_points_id("why_them")
    assert make_tick_id("pen", None) != make_tick_id("pen", ONE)
    assert make_stable_id("a", "b", "c") != make_stable_id("a", "bc") != make_stable_id("ab", "c")
    assert make_follow_up_id(ONE, "tell_references") != make_follow_up_id(TWO, "tell_references")
    assert len({make_id(), make_id(), make_follow_up_id(ONE, "x", TWO)}) == 3
    validation.check_id("An id", make_stable_id("a"))


def test_a_run_stores_one_answer_per_question() -> None:
    run = MockRun(TWO, ONE, (STEP, STEP), NOON)
    answered = run.answer_step(1, ONE, 3.0)
    assert (run.answers, answered.answers) == ((), (ONE,))
    assert answered.steps == (STEP, replace(STEP, attempt=ONE, thought=3.0))


def test_a_debrief_note_is_true_if_it_is_typed_or_dictated() -> None:
    assert [bool(DebriefNote()), bool(DebriefNote(" \n")), bool(DebriefNote("x")), bool(DebriefNote("", ONE))] == [
        False,
        False,
        True,
        True,
    ]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=validation.MAX_LINE_CHARACTERS))
def test_any_printable_text_made_one_line_is_accepted(text: str) -> None:
    validation.check_line("A line", validation.to_one_line(text))


def test_a_person_can_have_any_role_and_contact_method() -> None:
    for part in PersonRole:
        for way in ContactMethod:
            assert Person(TWO, "N", None, part, prefers=way).part is part
    assert Interview(ONE, "C").at is None
