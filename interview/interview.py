"""An interview that is planned or was held: where, when, for what, and its outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from interview.time_zones import find_zone, make_full_hour
from interview.validation import (
    EntryError,
    check_between,
    check_day,
    check_filled_line,
    check_id,
    check_key,
    check_line,
    check_moment,
    check_text,
)

DEFAULT_MINUTES = 60  # min
EVENING_HOUR = 18  # when an interview whose time is not known is taken to be over


class InterviewState(StrEnum):
    """The stage an interview has reached; after HELD, their decision or the user's withdrawal."""

    UPCOMING = "upcoming"
    HELD = "held"  # waiting to hear
    INVITED_AGAIN = "invited_again"  # to a second interview
    OFFERED = "offered"
    TURNED_DOWN = "turned_down"
    WITHDRAWN = "withdrawn"  # by the user


@dataclass(frozen=True)
class Interview:
    """One interview. Documents that belong to it store its id and are deleted with it."""

    id: str
    company: str
    role: str = ""
    stage: str = ""  # key of content.taxonomy().stages; empty: not said
    at: datetime | None = None  # in any zone
    zone: str = "UTC"  # IANA name: where `at`, `decision_by` and `decided_on` are told
    minutes: int = DEFAULT_MINUTES
    place: str = ""  # an address, a room, a link
    decision_by: date | None = None  # the date they named to be heard from
    state: InterviewState = InterviewState.UPCOMING
    decided_on: date | None = None  # when an invitation, an offer or a no came
    notes: str = ""
    day: date | None = None  # where the time is not known yet; None with `at`
    practise_from: date | None = None  # when the plan to practise for it began; None: not begun

    def __post_init__(self) -> None:
        check_id("The id of an interview", self.id)
        check_filled_line("The company", self.company)
        check_line("The role", self.role)
        check_line("The place", self.place)
        if self.stage:
            check_key("The stage", self.stage)
        check_moment("The time of the interview", self.at)
        check_between("The length in minutes", self.minutes, 5, 24 * 60)
        find_zone(self.zone)
        check_day("The date to hear by", self.decision_by)
        check_day("The date of the decision", self.decided_on)
        check_text("The notes on an interview", self.notes)
        check_day("The date of the interview", self.day)
        check_day("The first day of practice", self.practise_from)
        if self.day is not None and self.at is not None:
            raise EntryError("An interview has a date alone, or a date with a time, not both.")

    @property
    def on_day(self) -> date | None:
        """The day it is on, with or without a time; None if neither is known."""
        return self.begins.date() if self.begins else self.day

    @property
    def begins(self) -> datetime | None:
        """The start, in the interview's time zone; None if no time is set."""
        return None if self.at is None else self.at.astimezone(find_zone(self.zone))

    @property
    def ends(self) -> datetime | None:
        """The end, in the interview's time zone; None if no time is set."""
        if self.at is None:
            return None
        elapsed = self.at.astimezone(UTC) + timedelta(minutes=self.minutes)
        return elapsed.astimezone(find_zone(self.zone))

    @property
    def over_at(self) -> datetime | None:
        """When it is over, in its time zone: the end, or the evening of its day without a time; None without either."""
        if self.ends is not None or self.day is None:
            return self.ends
        return make_full_hour(self.day, EVENING_HOUR, find_zone(self.zone))
