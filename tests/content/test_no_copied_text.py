"""No text shown to users copies a source document."""

from collections.abc import Iterator

from content.advice import load_advice
from content.checklists import load_checklists
from content.follow_up_rules import list_rules, load_follow_up_rules
from content.interviewer_follow_ups import load_interviewer_follow_ups
from content.questions import load_questions
from content.questions_to_ask import load_question_templates
from content.questions_to_avoid import load_avoidance_rules
from content.sources import load_sources
from tests.docs.advice_map import read_pieces
from tests.support import shingles

# Interviewers say this word for word, so it is asked in these words.
SAID_BY_EVERYBODY = {"do you have any other questions for us"}


def everything_said() -> Iterator[tuple[str, str]]:
    """Yield every text shown to users with the entry it is in; titles of sources are citations and left out."""
    for name, texts in said():
        yield from ((name, text) for text in texts if text)


def said() -> Iterator[tuple[str, tuple[str | None, ...]]]:
    for source in load_sources().values():
        yield source.key, (source.description, *source.sections)
    for asked in load_questions():
        example = (asked.example.voice, asked.example.text) if asked.example else ()
        yield asked.id, (asked.text, asked.fill_slots(), *asked.also, *asked.good_answer, *asked.prompts, *example)
    for key, advice in load_advice().items():
        yield str(key), (advice.text, advice.why)
    for checklist in load_checklists():
        yield checklist.key, (checklist.label,)
        for item in checklist.items:
            yield item.id, (item.text, item.why, item.say)
    for rule in list_rules():
        yield rule.id, (rule.title, rule.text, rule.why, rule.numbers, *rule.examples)
    yield "followups", (*load_follow_up_rules().parts.values(), *load_follow_up_rules().events.values())
    for follow_up in load_interviewer_follow_ups().values():
        yield follow_up.id, (follow_up.text, follow_up.asks_for, follow_up.why)
    for template in load_question_templates().templates.values():
        yield template.id, (template.text, template.follow_up, template.listen_for)
    yield "topics", tuple(load_question_templates().topics.values())
    for against in load_avoidance_rules().values():
        yield against.id, (against.label, against.reason, against.instead, *against.examples, *against.counterexamples)
    for piece in read_pieces():
        yield f"{piece.source}, line {piece.line}", (piece.says,)


def test_no_text_shares_eight_consecutive_words_with_a_document():
    known = shingles.read_known_checksums()
    assert len(known) > 4000
    copied = [(entry, run) for entry, text in everything_said() for run in shingles.find_copied_runs(text, known)]
    assert {run for _, run in copied} == SAID_BY_EVERYBODY
    assert {entry for entry, _ in copied} == {"questions_for_us"}


def test_copied_run_of_eight_words_is_found_in_any_case_and_punctuation(tmp_path, monkeypatch):
    monkeypatch.setattr(shingles, "FILE", tmp_path / "data" / "sums.txt")
    (tmp_path / "document.txt").write_text("One two three, four five six seven eight nine.", encoding="utf-8")
    assert shingles.write_checksums(tmp_path) == 2
    assert shingles.find_copied_runs(
        "zero ONE two – three four five: six seven eight", shingles.read_known_checksums()
    ) == ["one two three four five six seven eight"]
    assert shingles.find_copied_runs("two three four five six seven eight", shingles.read_known_checksums()) == []
