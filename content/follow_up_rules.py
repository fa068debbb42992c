"""What to do after an interview, and when: the rules of the documents, with their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from codec.refusals import Complaint
from content.fields import Key, Labels, Text, check_choice, require_between, require_different_texts, require_entries
from content.loader import load_content, read_packaged
from content.sources import Cited

FILE = "follow_up_rules.toml"


@dataclass(frozen=True)
class FollowUpRule(Cited):
    """One rule; `part` and `after` are keys of labels in `FollowUpRules`; a number without meaning here is None."""

    id: Key
    part: Text  # "note"
    title: Text  # what to do in a line, for a list or a calendar
    text: Text  # what to do
    why: Text
    after: Text  # the event that hours and days count from: "interview"
    avoid: bool = False  # whether the rule says what not to do
    hours_from: Annotated[int, require_between(0, 72)] | None = None  # not sooner than this many hours after the event
    hours_to: Annotated[int, require_between(1, 72)] | None = None  # and not later than this
    days_after: Annotated[int, require_between(0, 365)] | None = (
        None  # on this day after the event, which itself is day 0
    )
    early_until_hour: Annotated[int, require_between(0, 23)] | None = (
        None  # an event up to this hour of the day is an early one
    )
    morning_hour: Annotated[int, require_between(0, 23)] | None = None  # the hour that is first thing in the morning
    at_most: Annotated[int, require_between(1, 10)] | None = None  # how many of them
    most_words: Annotated[int, require_between(20, 1000)] | None = None
    numbers: Text | None = None  # where the numbers come from; always there when a number is
    examples: Annotated[tuple[Text, ...], require_different_texts(1, 6)] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if any(getattr(self, name) is not None for name in NUMBER_FIELDS) != (self.numbers is not None):
            raise Complaint(
                "says where the numbers come from, so it stands there when they do and only then", "numbers"
            )
        if self.hours_from is not None and self.hours_to is not None and self.hours_from >= self.hours_to:
            raise Complaint("should be later than hours_from", "hours_to")


NUMBER_FIELDS = ("hours_from", "hours_to", "days_after", "early_until_hour", "morning_hour", "at_most", "most_words")


@dataclass(frozen=True)
class FollowUpRules:
    """All rules by id, and the labels of parts and events by key, each in display order."""

    parts: dict[str, str]  # "note" -> "Thank-you notes"
    events: dict[str, str]  # "interview" -> "the end of the interview"
    rules: dict[str, FollowUpRule]


@dataclass(frozen=True)
class _File:
    part: Labels
    event: Labels
    rule: Annotated[tuple[FollowUpRule, ...], require_entries("rule")]

    def __post_init__(self) -> None:
        for at, rule in enumerate(self.rule):
            check_choice(rule.part, self.part, "rule", at, "part")
            check_choice(rule.after, self.event, "rule", at, "after")


def parse_follow_up_rules(toml: str, file: str = FILE) -> FollowUpRules:
    """Parse follow-up rules from TOML, in its order; raises ContentError."""
    found = load_content(_File, toml, file)
    return FollowUpRules(found.part, found.event, {rule.id: rule for rule in found.rule})


@cache
def load_follow_up_rules() -> FollowUpRules:
    """Return all rules with their parts and events."""
    return parse_follow_up_rules(read_packaged(FILE))


def list_rules(part: str | None = None) -> tuple[FollowUpRule, ...]:
    """Return the rules of one part, or all rules if `part` is None, in display order."""
    return tuple(found for found in load_follow_up_rules().rules.values() if part in (None, found.part))


def get_rule(id: str) -> FollowUpRule:  # noqa: A002 - the field has this name
    """Return the rule with this id; raises KeyError."""
    return load_follow_up_rules().rules[id]
