"""The rules about words in a thank-you note, with examples that each must find and must leave alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interview.thank_you.checks.finding import NoteFinding, NoteVerdict
from interview.thank_you.checks.names import KnownNames, check_names
from interview.thank_you.checks.review import (
    MIN_SIMILARITY,
    ReviewContext,
    find_presumptions,
    measure_similarity,
    review_note,
)
from tests.support.interviews import HELD, MARIA, NOTE, RECEPTION, TOM, make_interview, make_local_time

PRESUMING = [
    "I look forward to working with you.",
    "I’m really looking forward to joining the team!",
    "When I start on Monday, I will bring the map.",
    "When I join your team, the tables will be faster.",
    "Once I have joined you we can talk about streams.",
    "I can't wait to start.",
    "I am so excited to join Harbour Analytics.",
    "I will be working with you on the stream.",
    "As your new analyst I will clean the tables first.",
    "My future colleagues seem kind.",
    "I am sure you will hire me.",
    "The job is mine, I think.",
    "You won't find anyone better.",
    "I am the perfect candidate for this.",
    "I deserve this role.",
    "When can I start?",
    "I will gladly accept the offer.",
    "See you on my first day!",
    "We will be working together soon.",
    "I'll join Harbour Analytics with pleasure.",
    "Obviously you will choose somebody like me.",
    "I am delighted to be joining you.",
    "On my first day with you I will bring cake.",
    "After you hire me, I will move.",
]
NOT_PRESUMING = [
    "I would look forward to working with you.",
    "I look forward to hearing from you.",
    "If I were to join your team, I would begin with the tables.",
    "I hope we will work together.",
    "When I joined Acme in 2019, the tables were slow.",
    "When I start a project, I write down the question first.",
    "In my first week at the ferry line I learned to listen.",
    "I would be excited to join Harbour Analytics.",
    "I'd be glad to start here, should it come to that.",
    "I am confident that I could help with the stream.",
    "My new project at home is a tide clock.",
    "As your next step you mentioned a reference check.",
    "Should you choose me, I can start in May.",
    "You asked what I would do on my first day at a new place.",
    "I would welcome the chance of being part of your team.",
    "I will start with the known cases, as we discussed.",
    "I am sure that the choice is not easy.",
    "I look forward to the next conversation.",
    "The position you described sounds like mine at the ferry line.",
    "I will join the call on Thursday.",
]


@pytest.mark.parametrize("text", PRESUMING)
def test_phrases_that_presume_the_job_are_found(text: str) -> None:
    found = find_presumptions(f"Dear Maria Okafor,\n\n{text}\n", HELD.company)
    assert len(found) == 1
    assert found[0] in text


@pytest.mark.parametrize("text", NOT_PRESUMING)
def test_confidence_and_hope_are_not_flagged(text: str) -> None:
    assert find_presumptions(f"Dear Maria Okafor,\n\n{text}\n", HELD.company) == ()


@pytest.mark.parametrize("text", PRESUMING)
def test_presuming_phrases_are_found_across_line_breaks(text: str) -> None:
    assert len(find_presumptions(f"Dear Maria Okafor,\n\n{text.replace(' ', chr(10))}\n", HELD.company)) == 1


@pytest.mark.parametrize("text", NOT_PRESUMING)
def test_hopeful_phrases_are_recognised_across_line_breaks(text: str) -> None:
    assert find_presumptions(f"Dear Maria Okafor,\n\n{text.replace(' ', chr(10))}\n", HELD.company) == ()


def test_hope_in_the_greeting_or_previous_paragraph_does_not_excuse_a_phrase() -> None:
    assert len(find_presumptions("Dear Hope,\nI look forward to working with you.", HELD.company)) == 1
    assert len(find_presumptions("Dear Ada,\n\nI hope so\n\nI look forward to working with you.", HELD.company)) == 1


def test_special_characters_in_a_company_name_are_matched_literally() -> None:
    assert find_presumptions("I will join Yahoo! (Vienna) gladly.", "Yahoo! (Vienna)") == (
        "I will join Yahoo! (Vienna)",
    )
    assert find_presumptions("If only. I am happy to join Booking.com now.", "Booking.com") == ("happy to join",)
    assert find_presumptions("When I start at Booking.com, all is well.", "Booking.com") == (
        "When I start at Booking.com",
    )
    assert find_presumptions("", "") == ()


NAMED = KnownNames(MARIA, HELD, (TOM, RECEPTION), ("Bay Maps",), "Sam Reyes")
ZOE = replace(MARIA, name="Zoë O'Neil-Strand")


def names(body: str, known: KnownNames = NAMED, subject: str = "Thank you") -> list[NoteFinding]:
    return [each for each in check_names(body, subject, known) if each.verdict is not NoteVerdict.GOOD]


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        ("Dear Mariah Okafor,\nThank you.", "Mariah"),
        ("Dear Maria Okafro,\nThank you.", "Okafro"),
        ("Dear maria Okafor,\nThank you.", "maria"),
        ("Dear Maria,\nThe work at Harbor Analytics pleases me.", "Harbor"),
        ("Dear Maria,\nThe work at Harbour Analytica pleases me.", "Analytica"),
        ("Dear Maria,\nThe work at harbour Analytics pleases me.", "harbour"),
        ("Dear Maria,\nTom said so, too.", "Tom"),
        ("Dear Maria,\nMr Brandl said so, too.", "Brandl"),
        ("Dear Maria,\nI liked what I heard at Bay Maps.", "Bay Maps"),
        ("Dear Tom,\nThank you.", "Dear Tom,"),
        ("Dear Tom Brandl,\nThank you.", "Dear Tom Brandl,"),
        ("Hello,\nthank you.", "Hello,"),
        ("Dear Sir or Madam,\nthank you.", "Dear Sir or Madam,"),
    ],
)
def test_a_wrong_name_is_flagged(body: str, excerpt: str) -> None:
    (found,) = names(body)
    assert found.excerpt == excerpt


@pytest.mark.parametrize(
    ("body", "known"),
    [
        ("Dear Maria Okafor,\nThank you for the talk at Harbour Analytics.", NAMED),
        ("Dear Ms Okafor,\nThe harbours of the coast were new to me.", NAMED),
        ("Dear Maria,\nMaria’s Law, as you called it, stays with me.", NAMED),
        ("\n\nHi Maria!\nBest regards\nSam Reyes", NAMED),
        ("Dear Zoë,\nThank you.", replace(NAMED, person=ZOE)),
        ("Dear Zoë O’Neil-Strand,\nThank you.", replace(NAMED, person=ZOE)),
        ("Dear Hope,\nI hope this finds you well.", replace(NAMED, person=replace(MARIA, name="Hope Gray"))),
        ("Dear 山田 太郎,\nThank you.", replace(NAMED, person=replace(MARIA, name="山田 太郎"))),
        ("Dear Maria,\nBest wishes, and many thanks.", replace(NAMED, person=replace(MARIA, name="Maria West"))),
        (
            "Dear Tom,\nThank you, Tom.",
            replace(NAMED, person=replace(TOM, name="Tom Okafor"), others=(MARIA,)),
        ),
    ],
)
def test_correct_names_are_not_flagged(body: str, known: KnownNames) -> None:
    assert names(body, known) == []


def test_a_family_name_shared_by_two_does_not_hide_the_wrong_first_name() -> None:
    tom = replace(TOM, name="Tom Okafor")
    (found,) = names("Dear Tom Okafor,\nThank you.", replace(NAMED, others=(tom,)))
    assert found.verdict is NoteVerdict.CHANGE
    assert found.sentence == "It greets Tom Okafor, and is for Maria Okafor."


def test_names_in_the_subject_are_checked() -> None:
    (found,) = names("Dear Maria,\nThank you.", subject="Thank you, Harbor Analytics")
    assert found.excerpt == "Harbor"


def findings(body: str, rule_id: str, **changes: object) -> list[NoteVerdict]:
    around = ReviewContext(replace(NAMED, interview=make_interview(**changes)))
    note = replace(NOTE, body=body)
    return [
        each.verdict
        for each in review_note(note, around, make_local_time("2026-03-11 15:00"))
        if each.rule_id == rule_id
    ]


THANKS = [
    "Thank you.",
    "Thanks for your time.",
    "I am grateful for the hour.",
    "I appreciate what you told me.",
    "I appreciated the tour.",
    "Many thanks!",
    "I am much obliged.",
    "That was very kind of you.",
]
NO_THANKS = [
    "It was nice to meet you.",
    "I enjoyed the hour.",
    "The tour was wonderful.",
    "You were kind.",
    "Our talk was good.",
    "I learned much.",
    "Greetings from the port.",
    "Attached is my map.",
]


@pytest.mark.parametrize(
    ("texts", "verdict"), [(THANKS, NoteVerdict.GOOD), (NO_THANKS, NoteVerdict.CHANGE)], ids=["thanks", "none"]
)
def test_thanks_are_detected(texts: list[str], verdict: NoteVerdict) -> None:
    assert {text: findings(text, "note_thanks") for text in texts} == {text: [verdict] for text in texts}


INTEREST = [
    "I am very interested in this work.",
    "My interest has grown.",
    "I would love to work on the stream.",
    "I would be glad of the chance to do this work.",
    "I'm keen on the stream.",
    "I am enthusiastic about the move.",
    "I am excited about this role.",
    "I would welcome the opportunity.",
    "I hope to work with you.",
]
NO_INTEREST = [
    "Interest rates are high.",
    "That was interesting.",
    "I would like to mention my work on the ferry.",
    "I would love to know more about your team.",
    "I hope you are well.",
    "Thank you for your time.",
    "I would be glad to answer questions on my role at Acme.",
    "The team seems kind.",
]


@pytest.mark.parametrize(
    ("texts", "verdict"), [(INTEREST, NoteVerdict.GOOD), (NO_INTEREST, NoteVerdict.LOOK)], ids=["said", "not said"]
)
def test_interest_is_detected(texts: list[str], verdict: NoteVerdict) -> None:
    assert {text: findings(text, "note_interest") for text in texts} == {text: [verdict] for text in texts}


def test_expected_phrases_are_found_across_line_breaks() -> None:
    for rule_id, texts in (("note_thanks", THANKS), ("note_interest", INTEREST)):
        heard = {text: findings(text.replace(" ", "\n"), rule_id) for text in texts}
        assert heard == {text: [NoteVerdict.GOOD] for text in texts}
    (found,) = names("Dear Maria,\nI liked what I heard at Bay\nMaps.")
    assert found.excerpt == "Bay\nMaps"


ASKS = [
    "When can I expect to hear from you?",
    "May I ask when you will decide?",
    "Could you tell me when I might hear?",
    "What are the next steps?",
    "What is your timeline?",
    "Could you give me a time frame?",
    "How long will it take to decide?",
    "By when do you hope to decide?",
]
ASKS_NOT = [
    "I remember when the tables failed.",
    "When the stream is there, all will be well.",
    "I look forward to hearing from you.",
    "Let me know.",
    "It took a long time.",
    "We took the last step together.",
    "You will decide, and I will wait.",
    "Call me any time.",
]


@pytest.mark.parametrize(("texts", "expected"), [(ASKS, []), (ASKS_NOT, [NoteVerdict.LOOK])], ids=["asks", "asks not"])
def test_a_note_without_a_decision_date_should_ask_for_one(texts: list[str], expected: list[NoteVerdict]) -> None:
    assert {text: findings(text, "note_asks_when", decision_by=None) for text in texts} == dict.fromkeys(
        texts, expected
    )
    assert findings("Let me know.", "note_asks_when") == []


GAPS = ["[name]", "[Company]", "{role}", "<your name>", "____", "XXX", "TODO", "TBD", "lorem ipsum"]
NO_GAPS = [
    "I write to you.",
    "It is 3 < 4.",
    "Our list (the long one) is done.",
    "X marks the spot.",
    "The XX chromosome.",
    "A to do list.",
    "Snake_case is fine.",
    "Braces { open",
]


def test_unfilled_gaps_are_flagged_but_ordinary_punctuation_is_not() -> None:
    assert {text: findings(f"Dear {text}, hello", "note_gaps") for text in GAPS} == {
        text: [NoteVerdict.CHANGE] for text in GAPS
    }
    assert {text: findings(text, "note_gaps") for text in NO_GAPS} == {text: [] for text in NO_GAPS}


# Each pair: a note to Maria Okafor, and one to Tom Brandl.
COPIES = [
    ("Thank you for your time. I enjoyed our talk.", "Thank you for your time. I enjoyed our talk."),
    ("Thank you for your time. I enjoyed our talk.", "Thank you for your time! I enjoyed our talk!"),
    ("Thank you, Maria, for the talk about streams.", "Thank you, Tom, for the talk about streams."),
    ("THANK YOU for your time and for the talk.", "Thank you for your time and for the talk."),
    ("It was good to see the port with you today.", "It was good to see the port with you."),
    ("I liked our talk about the stream a lot. Many thanks.", "I liked our talk about the map a lot. Many thanks."),
    ("What you’ve built is fine. Thanks for it all.", "What you've built is fine. Thanks for it all."),
    ("Thank you for the hour.\n\nI will think about it.", "Thank you for the hour. I will think about it."),
]
OWN_LETTERS = [
    ("Thank you for the talk about streams.", "Your story of the flood year stays with me. Thank you."),
    ("I keep thinking about the move to a stream. Thank you for it.", "The map of the port is here. Thank you for it."),
    ("Thank you for your time. The flood year stays with me.", "I would have liked to mention the ferry. Many thanks."),
    ("The stream is a brave step. I would start with known cases.", "The port at night was worth the trip. Thank you."),
    ("Thank you for the lunch, and for the advice on tables.", "Thank you for the tour, the map and the umbrella."),
    ("You asked how I test. I begin with known cases.", "You asked why I left. The ferry line closed that year."),
    ("I admire how you teach.", "I admire the harbour you work in and its tides."),
    ("Thank you.", ""),
]


@pytest.mark.parametrize(("pairs", "alike"), [(COPIES, True), (OWN_LETTERS, False)], ids=["copies", "own letters"])
def test_two_notes_that_are_almost_the_same_are_flagged(pairs: list[tuple[str, str]], alike: bool) -> None:
    for first, second in pairs:
        both = measure_similarity(f"Dear Maria,\n{first}", f"Dear Tom,\n{second}", (MARIA.name, TOM.name))
        assert (both >= MIN_SIMILARITY) is alike, (first, second, both)


def test_excerpts_and_sentences_quote_the_phrase() -> None:
    note = replace(NOTE, body="Dear Maria,\nThank you. I look forward to working with you.\n")
    (found,) = [
        each
        for each in review_note(note, ReviewContext(NAMED), make_local_time("2026-03-11 15:00"))
        if each.rule_id.endswith("presuming")
    ]
    assert found.excerpt == "look forward to working"
    assert found.sentence.startswith("“look forward to working” reads as if the job were yours already.")
    assert (
        found.citation
        == "Never write as if you already had the job (After the interview: eight steps: Step 2: thank-you notes)"
    )
