"""What to do after an interview, and when: the documents' rules with their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from content.loader import Entry, packaged, parse
from content.sources import Citation, citation

FILE = "follow_up_rules.toml"
REQUIRED = ("id", "part", "title", "text", "why", "source", "section", "after")
# Field, lowest and highest value.
NUMBERS = {
    "hours_from": (0, 72),
    "hours_to": (1, 72),
    "days_after": (0, 365),
    "early_until_hour": (0, 23),
    "morning_hour": (0, 23),
    "at_most": (1, 10),
    "most_words": (20, 1000),
}


@dataclass(frozen=True)
class Rule:
    """One rule; `part` and `after` are keys of the labels in `FollowUps`, undefined numbers are None."""

    id: str
    part: str  # "note"
    title: str  # what to do in a line, for a list or a calendar
    text: str  # what to do
    why: str
    citation: Citation
    after: str  # the event that hours and days count from: "interview"
    avoid: bool = False  # whether the rule says what not to do
    hours_from: int | None = None  # not sooner than this many hours after the event
    hours_to: int | None = None  # and not later than this
    days_after: int | None = None  # on this day after the event, which itself is day 0
    early_until_hour: int | None = None  # an event up to this hour of the day is an early one
    morning_hour: int | None = None  # the hour that is first thing in the morning
    at_most: int | None = None  # how many of them
    most_words: int | None = None
    numbers: str | None = None  # where the numbers come from; always there when a number is
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class FollowUps:
    """All rules by id, and the labels of parts and events by key, each in the order to show them."""

    parts: dict[str, str]  # "note" -> "Thank-you notes"
    events: dict[str, str]  # "interview" -> "the end of the interview"
    rules: dict[str, Rule]


def parse_followups(toml: str, file: str = FILE) -> FollowUps:
    """The rules of a TOML text in its order; raises ContentError."""
    top = parse(toml, file)
    top.expect(("part", "event", "rule"))
    parts, events = top.labels("part"), top.labels("event")
    return FollowUps(parts, events, top.by_id("rule", lambda entry: _rule(entry, parts, events)))


@cache
def followups() -> FollowUps:
    """The rules with their parts and events."""
    return parse_followups(packaged(FILE))


def rules(part: str | None = None) -> tuple[Rule, ...]:
    """The rules of one part, or all of them, in the order to show them."""
    return tuple(found for found in followups().rules.values() if part in (None, found.part))


def rule(id: str) -> Rule:  # noqa: A002 - the field has this name
    """The rule with this id; raises KeyError."""
    return followups().rules[id]


def _rule(entry: Entry, parts: dict[str, str], events: dict[str, str]) -> Rule:
    entry.expect(REQUIRED, optional=("avoid", "examples", "numbers", *NUMBERS))
    numbers = {field: entry.whole(field, *NUMBERS[field]) for field in NUMBERS if field in entry.values}
    if bool(numbers) != ("numbers" in entry.values):
        raise entry.error("numbers", "says where the numbers come from, so it stands there when they do and only then")
    if numbers.get("hours_from", 0) >= numbers.get("hours_to", 73):
        raise entry.error("hours_to", "should be later than hours_from")
    return Rule(
        id=entry.key("id"),
        part=entry.choice("part", parts),
        title=entry.text("title"),
        text=entry.text("text"),
        why=entry.text("why"),
        citation=citation(entry),
        after=entry.choice("after", events),
        avoid=entry.flag("avoid") if "avoid" in entry.values else False,
        **numbers,
        numbers=entry.text("numbers") if numbers else None,
        examples=entry.texts("examples", 1, 6) if "examples" in entry.values else (),
    )
