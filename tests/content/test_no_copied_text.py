"""No text that is shown copies a document."""

from collections.abc import Iterator

from content.advice import all_advice
from content.checklists import checklists
from content.follow_up_rules import followups, rules
from content.questions import questions
from content.questions_to_ask import asking
from content.questions_to_avoid import all_against
from content.sources import sources
from tests.docs.advice_map import pieces
from tests.support import shingles

# Interviewers say this word for word, so it is asked in these words.
SAID_BY_EVERYBODY = {"do you have any other questions for us"}


def everything_said() -> Iterator[tuple[str, str]]:
    """Every text shown to people, with the entry it stands in; titles of sources are citations and left out."""
    for name, texts in said():
        yield from ((name, text) for text in texts if text)


def said() -> Iterator[tuple[str, tuple[str | None, ...]]]:
    for source in sources().values():
        yield source.key, (source.description, *source.sections)
    for asked in questions():
        yield asked.id, (asked.text, asked.asked(), *asked.good_answer, *asked.prompts)
    for key, advice in all_advice().items():
        yield str(key), (advice.text, advice.why)
    for checklist in checklists():
        yield checklist.key, (checklist.label,)
        for item in checklist.items:
            yield item.id, (item.text, item.why)
    for rule in rules():
        yield rule.id, (rule.title, rule.text, rule.why, rule.numbers, *rule.examples)
    yield "followups", (*followups().parts.values(), *followups().events.values())
    for template in asking().templates.values():
        yield template.id, (template.text, template.follow_up, template.listen_for)
    yield "topics", tuple(asking().topics.values())
    for against in all_against().values():
        yield against.id, (against.label, against.reason, against.instead, *against.examples, *against.counterexamples)
    for piece in pieces():
        yield f"{piece.source}, line {piece.line}", (piece.says,)


def test_nothing_shares_eight_words_in_a_row_with_a_document():
    known = shingles.known()
    assert len(known) > 4000
    copied = [(entry, run) for entry, text in everything_said() for run in shingles.copied(text, known)]
    assert {run for _, run in copied} == SAID_BY_EVERYBODY
    assert {entry for entry, _ in copied} == {"questions_for_us"}


def test_a_copied_run_of_eight_words_is_found_whatever_its_case_and_punctuation(tmp_path, monkeypatch):
    monkeypatch.setattr(shingles, "FILE", tmp_path / "data" / "sums.txt")
    (tmp_path / "document.txt").write_text("One two three, four five six seven eight nine.", encoding="utf-8")
    assert shingles.write(tmp_path) == 2
    assert shingles.copied("zero ONE two – three four five: six seven eight", shingles.known()) == [
        "one two three four five six seven eight"
    ]
    assert shingles.copied("two three four five six seven eight", shingles.known()) == []
