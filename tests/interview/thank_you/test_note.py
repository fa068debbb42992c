"""Thank-you notes: composed from the user's own words, and looked at by the documents' rules."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.follow_up_rules import get_rule, list_rules
from interview.debrief import Debrief, DebriefNote
from interview.interview import Interview
from interview.person import MET_ROLES, ContactMethod, Person, PersonRole
from interview.thank_you.checks.finding import NoteFinding, NoteVerdict
from interview.thank_you.checks.names import KnownNames
from interview.thank_you.checks.review import ReviewContext, review_note
from interview.thank_you.compose import ASKS_WHEN, HIRING_ROLES, compose
from interview.thank_you.note import ThankYou, make_thank_you_id
from interview.thank_you.phrases import is_sentence
from tests.support.interviews import (
    DEBRIEF,
    FOUR,
    HELD,
    MARIA,
    NOTE,
    ONE,
    RECEPTION,
    THREE,
    TOM,
    TWO,
    make_interview,
    make_local_time,
)

PEOPLE = (MARIA, TOM, RECEPTION)
NAMED = KnownNames(MARIA, HELD, (TOM, RECEPTION), (), "Sam Reyes")
NOON = make_local_time("2026-03-11 15:00")
BARE = ThankYou(make_thank_you_id(ONE, TWO), ONE, TWO)


def found(note: ThankYou, rule_id: str, around: ReviewContext | None = None, now: datetime = NOON) -> list[NoteFinding]:
    return [each for each in review_note(note, around or ReviewContext(NAMED), now) if each.rule_id == rule_id]


def test_a_note_has_thanks_moment_point_answer_interest_and_regards() -> None:
    written = compose(NOTE, MARIA, HELD, "Sam Reyes")
    assert written.subject == "Thank you for our conversation on Wednesday"
    assert written.body == (
        "Dear Maria,\n\n"
        "Thank you for your time on Wednesday, and for all you told me about the Data Analyst role at Harbour "
        "Analytics. I keep thinking about the move from nightly tables to a stream.\n\n"
        "I would have liked to tell you about the dashboard I built for a ferry line. You asked: “How would you test "
        "a model nobody can explain?” This is what I would say now: I would begin with cases whose result is known, "
        "and look at what moves it away from them.\n\n"
        "Our conversation made me even more interested, and I would love the chance to do this work. I hope we get the "
        "chance to work together.\n\n"
        "Kind regards,\nSam Reyes\n"
    )


def test_staff_are_thanked_for_their_help_without_interest_in_the_job() -> None:
    note = ThankYou(make_thank_you_id(ONE, FOUR), ONE, FOUR, moment="the umbrella you lent me")
    assert compose(note, RECEPTION, HELD, "Sam Reyes").body == (
        "Dear Ines,\n\n"
        "Thank you for your help on Wednesday, when I came to Harbour Analytics for an interview. "
        "I won't forget the umbrella you lent me.\n\nKind regards,\nSam Reyes\n"
    )


def test_whole_sentences_are_used_as_written() -> None:
    note = replace(
        BARE,
        moment="Your tide clock made me laugh.",
        added_point="I also speak Danish!",
        answer="I should have said yes",
        samples=("I read a book on tides last week.",),
    )
    body = compose(note, MARIA, HELD, "Sam").body
    for part in (note.moment, note.added_point, "I should have said yes.", note.samples[0]):
        assert part in body
    assert "thinking about Your" not in body


@pytest.mark.parametrize(
    ("text", "expected"),
    [("It was.", True), ("Was it?", True), ("He said “yes.”", True), ("a map", False), ("", False)],
)
def test_a_sentence_is_recognised_by_its_end(text: str, expected: bool) -> None:
    assert is_sentence(text) is expected


def test_two_samples_are_attached_together_or_enclosed_in_a_letter() -> None:
    note = replace(BARE, samples=("a map", "a report"))
    assert "I attach a map and a report, as it" in compose(note, MARIA, HELD, "Sam").body
    assert "I enclose a map and a report" in compose(replace(note, way=ContactMethod.LETTER), MARIA, HELD, "Sam").body


def test_a_note_asks_about_timing_only_if_no_date_was_named() -> None:
    assert ASKS_WHEN not in compose(NOTE, MARIA, HELD, "Sam").body
    assert ASKS_WHEN in compose(NOTE, MARIA, make_interview(decision_by=None), "Sam").body


def test_a_note_can_be_composed_without_role_or_time() -> None:
    written = compose(BARE, MARIA, Interview(ONE, "Harbour Analytics"), "Sam")
    assert written.subject == "Thank you for our conversation"
    assert "Thank you for your time, and for all you told me about the work at Harbour Analytics." in written.body


@pytest.mark.parametrize("part", sorted(MET_ROLES))
@pytest.mark.parametrize("place", range(3))
def test_every_composed_note_follows_the_rules(part: PersonRole, place: int) -> None:
    person = replace(MARIA, part=part)
    for named_date in (HELD, make_interview(decision_by=None)):
        written = compose(NOTE, person, named_date, "Sam Reyes", place)
        findings = review_note(
            written, ReviewContext(replace(NAMED, person=person, interview=named_date), DEBRIEF), NOON
        )
        assert {each.verdict for each in findings} == {NoteVerdict.GOOD}, findings


@settings(deadline=None)
@given(st.permutations(range(3)))
def test_no_two_people_of_an_interview_get_the_same_note(places: list[int]) -> None:
    moments = ("the stream", "the flood year", "the map of the port")
    people = (MARIA, TOM, replace(TOM, id="5" * 32, name="Ada Kern"))
    notes = [
        (
            person,
            compose(ThankYou(make_thank_you_id(ONE, person.id), ONE, person.id, moment=moment), person, HELD, "Sam", n),
        )
        for person, moment, n in zip(people, moments, places, strict=True)
    ]
    for (person, note), other in itertools.permutations(notes, 2):
        around = ReviewContext(replace(NAMED, person=person, others=people), others=(other,))
        assert found(note, "note_alike", around) == []


def test_the_finding_on_two_similar_notes_names_the_other_person() -> None:
    mine, theirs = compose(BARE, MARIA, HELD, "Sam"), compose(replace(BARE, id=THREE, person=THREE), TOM, HELD, "Sam")
    (finding,) = found(mine, "note_alike", ReviewContext(NAMED, others=((TOM, theirs), (MARIA, mine))))
    assert finding.sentence == "It is almost the note to Tom Brandl. Give each of them something of their own."


WRITTEN = compose(NOTE, MARIA, HELD, "Sam Reyes")


@pytest.mark.parametrize(
    ("now", "verdict", "sentence"),
    [
        ("2026-03-11 10:59", NoteVerdict.LOOK, "isn't over yet"),
        ("2026-03-11 11:00", NoteVerdict.LOOK, "Wait until Wednesday 11 March, 14:00"),
        ("2026-03-11 13:59", NoteVerdict.LOOK, "Wait until"),
        ("2026-03-11 14:00", NoteVerdict.GOOD, "You have until Thursday 12 March, 11:00."),
        ("2026-03-12 11:00", NoteVerdict.GOOD, "You have until"),
        ("2026-03-12 11:01", NoteVerdict.LOOK, "Send it anyway"),
    ],
)
def test_a_note_should_be_sent_after_a_few_hours_and_within_a_day(
    now: str, verdict: NoteVerdict, sentence: str
) -> None:
    (finding,) = found(WRITTEN, "note_window", now=make_local_time(now))
    assert finding.verdict is verdict
    assert sentence in finding.sentence


def test_a_note_after_a_late_interview_waits_until_the_morning() -> None:
    late = make_interview(at=make_local_time("2026-03-13 17:00"))
    (finding,) = found(
        WRITTEN, "note_window", ReviewContext(replace(NAMED, interview=late)), make_local_time("2026-03-13 19:00")
    )
    assert "Wait until Saturday 14 March, 09:00" in finding.sentence


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ("2026-03-11 11:30", "You sent it soon after the interview."),
        ("2026-03-11 16:00", "You sent it within a day."),
        ("2026-03-13 09:00", "You sent it more than a day after the interview."),
    ],
)
def test_a_sent_note_is_judged_by_when_it_was_sent(sent: str, sentence: str) -> None:
    (finding,) = found(
        replace(WRITTEN, sent_at=make_local_time(sent)), "note_window", now=make_local_time("2026-06-01 12:00")
    )
    assert finding.sentence == sentence


def test_without_the_time_of_the_interview_there_is_no_finding_on_timing() -> None:
    assert found(WRITTEN, "note_window", ReviewContext(replace(NAMED, interview=make_interview(at=None)))) == []


@pytest.mark.parametrize(("words", "verdict"), [(200, NoteVerdict.GOOD), (201, NoteVerdict.CHANGE)])
def test_a_note_has_at_most_two_hundred_words(words: int, verdict: NoteVerdict) -> None:
    (finding,) = found(replace(BARE, body="thanks " * words), "note_brief")
    assert finding.verdict is verdict
    assert str(words) in finding.sentence


MENTIONS = [
    ("the move to a stream", "The move to a stream stays with me."),
    ("the flood year", "That flood! What a year."),
    ("Your tide clock made me laugh.", "I am still laughing about the clock and the tide."),
    ("streams", "I dream of streams."),
    ("the dashboard for a ferry line", "A ferry needs a dashboard."),
    ("how they hire", "You hire with care."),
    ("the port at night", "At night, the port is calm."),
    ("Zoë's talk on Übersee", "The talk on Übersee stays with me."),
]
MENTIONS_NOT = [
    ("the move to a stream", "Thank you for everything."),
    ("the flood year", "What a year it was."),
    ("Your tide clock made me laugh.", "It was a fine hour."),
    ("streams", "I dream of rivers."),
    ("the dashboard for a ferry line", "A line or two from me."),
    ("how they hire", "Thank you for how you did it."),
    ("the port at night", "Good night."),
    ("", "Thank you for the talk."),
]


@pytest.mark.parametrize(
    ("pairs", "verdict"), [(MENTIONS, NoteVerdict.GOOD), (MENTIONS_NOT, NoteVerdict.LOOK)], ids=["mentioned", "not"]
)
def test_a_mention_of_the_conversation_is_detected(pairs: list[tuple[str, str]], verdict: NoteVerdict) -> None:
    for moment, body in pairs:
        (finding,) = found(replace(BARE, moment=moment, body=f"Thanks.\n{body}"), "note_specific")
        assert finding.verdict is verdict, (moment, body)


def test_notes_in_the_debrief_count_as_moments_of_the_conversation() -> None:
    note = replace(BARE, body="Thank you. The stream in May will change a lot of tables.")
    debrief = Debrief(FOUR, ONE, NOON, remember=DebriefNote("They move from tables to a stream."))
    assert found(note, "note_specific", ReviewContext(NAMED, debrief))[0].verdict is NoteVerdict.GOOD
    assert found(note, "note_specific")[0].verdict is NoteVerdict.LOOK


def test_a_note_that_mentions_samples_reminds_the_user_to_attach_them() -> None:
    note = replace(BARE, samples=("a map", "a report"))
    (finding,) = found(compose(note, MARIA, HELD, "Sam"), "note_work_sample")
    assert finding.sentence == "Attach a map and a report before you send it."
    assert found(replace(note, body="Thank you for the map."), "note_work_sample") == []


def test_interest_and_timing_are_checked_only_in_notes_to_those_who_hire() -> None:
    note = replace(BARE, body="Thank you for the tour.")
    for part in PersonRole:
        person = Person(TWO, "Maria Okafor", ONE, part)
        around = ReviewContext(replace(NAMED, person=person, interview=make_interview(decision_by=None)))
        assert bool(found(note, "note_interest", around)) is (part in HIRING_ROLES)
        assert bool(found(note, "note_asks_when", around)) is (part in HIRING_ROLES)


@pytest.mark.parametrize("body", ["", " \n\t\n"])
def test_an_empty_note_has_one_finding(body: str) -> None:
    (finding,) = review_note(replace(BARE, body=body), ReviewContext(NAMED), NOON)
    assert finding.sentence == "There's no text yet."


def test_every_finding_is_a_sentence_that_cites_its_rule_or_says_that_it_has_none() -> None:
    bad = "Dear Tom,\n[name] I look forward to joining your team. Bay Maps! Harbor. " + "word " * 200
    around = ReviewContext(replace(NAMED, companies=("Bay Maps",)), others=((TOM, replace(BARE, id=THREE, body=bad)),))
    findings = [*review_note(replace(BARE, body=bad), around, NOON), *review_note(WRITTEN, around, NOON)]
    assert {each.rule_id for each in findings} >= {"note_gaps", "note_alike", "note_names", "note_brief", "note_window"}
    for each in findings:
        assert each.sentence.endswith((".", "?"))
        own = each.rule_id in ("note_names", "note_gaps")
        assert (each.rule is None, each.citation == "This app's own check") == (own, own)
        assert each.rule is None or str(each.rule.citation.section) in each.citation
        assert each.excerpt is None or each.excerpt in bad


def test_every_rule_of_the_content_on_notes_is_checked() -> None:
    checked = {each.rule_id for each in review_note(WRITTEN, ReviewContext(NAMED), NOON)}
    checked |= {"note_asks_when", "note_work_sample"}
    composed = {
        "note_added_point",
        "note_weak_answer",
        "note_blank_answer",
        "note_deeper_answer",
        "note_without_sample",
    }
    planned = {"note_to_everyone", "note_early_or_late", "note_by_hand", "note_card", "note_preferred_way"}
    kept = {"note_direct_address"}  # the address of a Person
    assert {each.id for each in list_rules("note")} <= checked | composed | planned | kept
    assert get_rule("note_brief").most_words == 200


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_reviewed(body: str, subject: str) -> None:
    note = replace(BARE, body="".join(each for each in body if each.isprintable() or each == "\n"))
    note = replace(note, subject=" ".join("".join(each for each in subject if each.isprintable()).split()))
    assert review_note(note, ReviewContext(NAMED, DEBRIEF, ((TOM, WRITTEN),)), NOON)
