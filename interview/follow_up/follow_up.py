"""One follow-up step after an interview: what to do, when, and whether it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interview.ids import make_stable_id
from interview.time_zones import find_zone
from interview.validation import EntryError, check_filled_line, check_id, check_key, check_moment, check_text


def make_follow_up_id(interview: str, rule: str, whom: str = "") -> str:
    """Return the id of a step, the same whenever the plan is made again.

    Args:
        interview: id of the interview.
        rule: id of the rule.
        whom: id of a person, or a number, to tell steps of one rule apart; empty if there is one step.
    """
    return make_stable_id("follow_up", interview, rule, whom)


@dataclass(frozen=True)
class FollowUp:
    """One step. Without `due` it waits for something to happen, which `text` describes."""

    id: str
    interview: str
    rule: str  # id in content/data/follow_up_rules.toml
    title: str
    text: str = ""  # what to do, and why then
    person: str | None = None  # id
    due: datetime | None = None  # with its zone: when to do it
    latest: datetime | None = None  # when it is too late; None: the end of the day of `due`
    zone: str = "UTC"  # IANA name: the clocks that `due` was chosen by
    done_at: datetime | None = None
    own: bool = False  # written or changed by the user, so that planning again leaves it alone

    def __post_init__(self) -> None:
        check_id("The id of a step", self.id)
        check_id("The interview of a step", self.interview)
        check_id("The person of a step", self.person)
        check_key("The rule of a step", self.rule)
        check_filled_line("The title of a step", self.title)
        check_text("The text of a step", self.text)
        find_zone(self.zone)
        for moment in (self.due, self.latest, self.done_at):
            check_moment("The time of a step", moment)
        if self.latest is not None and (self.due is None or self.latest < self.due):
            raise EntryError(f"A step is due before it is too late, not after it: {self.due}, {self.latest}.")
