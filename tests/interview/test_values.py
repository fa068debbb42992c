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
from interview.checklist_tick import ListTick, tick_id
from interview.debrief import Said
from interview.document_kinds import KINDS
from interview.follow_up.follow_up import FollowUp, follow_up_id
from interview.ids import new_id, same_id
from interview.interview import Interview
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun, MockStep
from interview.person import Part, Person, Way
from interview.questions.key_points import Points, points_id
from interview.research import Research
from interview.time_zones import hour_of, moment, zone_names, zone_of
from interview.validation import EntryError
from speech.errors import AnswerAloudError
from store.db import document_json
from store.store import open_store
from tests.support.interviews import DEBRIEF, HELD, MARIA, NOTE, ONE, TWO, VIENNA, at

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
STEP = MockStep("why_us", "Why us?", "motivation")
VALUES = {
    "interview": HELD,
    "person": MARIA,
    "research": Research(TWO, ONE, ("open data",), ("a new port",), ("streaming",), ("Maria wrote a book",)),
    "ask_card": AskCard(TWO, ONE, (CardQuestion("What comes next?", ("And then?",), "Maria"),)),
    "points": Points(points_id("why_us"), "why_us", ("open data",)),
    "list_tick": ListTick(tick_id("pen", ONE), "pen", NOON, ONE),
    "mock_plan": MockPlan(TWO, "first", 20, ("trust",), 15, ONE, 7),
    "mock_run": MockRun(TWO, ONE, (STEP, replace(STEP, attempt=ONE, thought=4.5)), NOON, NOON, ONE),
    "debrief": DEBRIEF,
    "thank_you": replace(NOTE, samples=("a map",), subject="Thank you", body="Dear Maria,\n…", sent_at=NOON),
    "follow_up": FollowUp(TWO, ONE, "something_of_use", "Write once more", "…", ONE, NOON, NOON, "Europe/Vienna"),
}


@pytest.mark.parametrize("name", VALUES)
def test_every_kind_comes_back_from_json_as_it_was_kept(name: str) -> None:
    value = VALUES[name]
    assert type(value) is KINDS[name]
    assert document_json.from_json(KINDS[name], json.loads(json.dumps(document_json.to_json(value)))) == value


def test_the_store_keeps_and_finds_every_kind_and_deletes_what_belongs_to_an_interview(tmp_path: Path) -> None:
    store = open_store(folder=tmp_path)
    store.keep(replace(HELD, notes="needle"))
    for name, value in VALUES.items():
        if name != "interview":
            store.keep(replace(value, id=same_id(name, "kept")))
    for name, value in VALUES.items():
        (kept,) = store.things(KINDS[name])
        assert replace(kept, id=value.id) == (replace(HELD, notes="needle") if name == "interview" else value)
    assert [found.kind for found in store.search("needle")] == ["interview"]
    store.forget(ONE)
    assert [name for name in VALUES if store.things(KINDS[name])] == ["points"]  # of a question, whatever the interview
    store.close()


@pytest.mark.parametrize("name", VALUES)
def test_an_id_is_32_hex_digits_in_every_kind(name: str) -> None:
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
        (lambda: Research(TWO, values=("",)), "should not be empty"),
        (lambda: Points(TWO, "why_us", tuple("abcdefg")), "at most 6, not 7"),
        (lambda: Points(TWO, "why us", ()), "small letters"),
        (lambda: AskCard(TWO, questions=(CardQuestion("Q?"),) * 21), "at most 20, not 21"),
        (lambda: MockPlan(TWO, "first", 4), "between 5 and 120, not 4"),
        (lambda: MockPlan(TWO, "first", thinking=-1), "between 0 and 120, not -1"),
        (lambda: replace(STEP, thought=float("nan")), "between 0 and 3600, not nan"),
        (lambda: Said("x" * 20_001), "at most 20000"),
        (lambda: replace(NOTE, samples=("a", "b", "c")), "at most 2, not 3"),
        (lambda: FollowUp(TWO, ONE, "x", "T", due=NOON, latest=NOON - timedelta(1)), "before it is too late"),
        (lambda: FollowUp(TWO, ONE, "x", "T", latest=NOON), "before it is too late"),
        (lambda: FollowUp(TWO, ONE, "x", "T", due=datetime(2026, 3, 11)), "have a time zone"),
    ],
)
def test_a_value_that_does_not_fit_is_told_to_the_user(make: Callable[[], object], said: str) -> None:
    with pytest.raises(EntryError, match=said) as told:
        make()
    assert isinstance(told.value, AnswerAloudError)
    assert str(told.value).endswith(".")


@pytest.mark.parametrize("email", ["", "a@b", "o'neil+jobs@mail.example", "zoë@müller.example", "a.b@c-d.example"])
def test_addresses_that_people_have_are_let_through(email: str) -> None:
    assert replace(MARIA, email=email).email == email


def test_an_interview_ends_on_the_clocks_of_its_zone_in_the_night_they_change() -> None:
    before = replace(HELD, at=at("2026-10-25 02:30"), minutes=60)
    assert before.ends.isoformat() == "2026-10-25T02:30:00+01:00"
    assert before.ends - before.begins.astimezone(UTC) == timedelta(hours=1)
    assert replace(HELD, at=None).ends is None
    assert replace(HELD, at=None).begins is None


def test_the_beginning_is_told_by_the_zone_even_when_kept_as_an_offset() -> None:
    assert replace(HELD, at=NOON).begins.isoformat() == "2026-03-11T13:00:00+01:00"
    fixed = datetime(2026, 3, 11, 10, tzinfo=timezone(timedelta(hours=1)))
    assert replace(HELD, at=fixed).begins.tzinfo == VIENNA


def test_a_time_that_the_clocks_skip_is_refused_and_one_shown_twice_is_the_first() -> None:
    with pytest.raises(EntryError, match="On 2026-03-29 the clocks in Europe/Vienna skip 02:30"):
        moment(date(2026, 3, 29), time(2, 30), "Europe/Vienna")
    twice = moment(date(2026, 10, 25), time(2, 30), "Europe/Vienna")
    assert twice.utcoffset() == timedelta(hours=2)
    assert hour_of(date(2026, 3, 29), 2, VIENNA).isoformat() == "2026-03-29T03:00:00+02:00"
    assert hour_of(date(2026, 3, 29), 9, VIENNA).isoformat() == "2026-03-29T09:00:00+02:00"


def test_the_names_of_zones_to_choose_from_can_all_be_used() -> None:
    assert {"Europe/Vienna", "America/New_York", "Asia/Kathmandu", "UTC"} <= set(zone_names())
    for name in zone_names():
        zone_of(name)


def test_ids_that_should_stay_the_same_do_and_others_differ() -> None:
    assert points_id("why_us") == points_id("why_us") != points_id("why_them")
    assert tick_id("pen", None) != tick_id("pen", ONE)
    assert same_id("a", "b", "c") != same_id("a", "bc") != same_id("ab", "c")
    assert follow_up_id(ONE, "tell_references") != follow_up_id(TWO, "tell_references")
    assert len({new_id(), new_id(), follow_up_id(ONE, "x", TWO)}) == 3
    validation.check_id("An id", same_id("a"))


def test_a_run_takes_one_answer_a_question() -> None:
    run = MockRun(TWO, ONE, (STEP, STEP), NOON)
    answered = run.answered(1, ONE, 3.0)
    assert (run.answers, answered.answers) == ((), (ONE,))
    assert answered.steps == (STEP, replace(STEP, attempt=ONE, thought=3.0))


def test_a_note_is_something_when_it_is_typed_or_spoken() -> None:
    assert [bool(Said()), bool(Said(" \n")), bool(Said("x")), bool(Said("", ONE))] == [False, False, True, True]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=validation.LINE))
def test_any_readable_text_made_one_line_is_taken(text: str) -> None:
    validation.check_line("A line", validation.one_line(text))


def test_people_of_every_part_and_way_can_be_kept() -> None:
    for part in Part:
        for way in Way:
            assert Person(TWO, "N", None, part, prefers=way).part is part
    assert Interview(ONE, "C").at is None
