"""An interview that is coming or was held: where, when, for what, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from interview.time_zones import zone_of
from interview.validation import (
    check_between,
    check_day,
    check_id,
    check_key,
    check_line,
    check_moment,
    check_named,
    check_text,
)

USUAL = 60  # min


class InterviewState(StrEnum):
    """How far an interview has come; everything after HELD is their decision, or the user's own."""

    UPCOMING = "upcoming"
    HELD = "held"  # waiting to hear
    INVITED_AGAIN = "invited_again"  # to a second interview
    OFFERED = "offered"
    TURNED_DOWN = "turned_down"
    WITHDRAWN = "withdrawn"  # by the user


@dataclass(frozen=True)
class Interview:
    """One interview. What belongs to it names its id and is deleted with it."""

    id: str
    company: str
    role: str = ""
    stage: str = ""  # key of content.taxonomy().stages; empty: not said
    at: datetime | None = None  # in any zone
    zone: str = "UTC"  # IANA name: where `at`, `decision_by` and `decided_on` are told
    minutes: int = USUAL
    place: str = ""  # an address, a room, a link
    decision_by: date | None = None  # the date they named to be heard from
    state: InterviewState = InterviewState.UPCOMING
    decided_on: date | None = None  # when an invitation, an offer or a no came
    notes: str = ""

    def __post_init__(self) -> None:
        check_id("The id of an interview", self.id)
        check_named("The company", self.company)
        check_line("The role", self.role)
        check_line("The place", self.place)
        if self.stage:
            check_key("The stage", self.stage)
        check_moment("The time of the interview", self.at)
        check_between("The length in minutes", self.minutes, 5, 24 * 60)
        zone_of(self.zone)
        check_day("The date to hear by", self.decision_by)
        check_day("The date of the decision", self.decided_on)
        check_text("The notes on an interview", self.notes)

    @property
    def begins(self) -> datetime | None:
        """The beginning on the clocks of its zone."""
        return None if self.at is None else self.at.astimezone(zone_of(self.zone))

    @property
    def ends(self) -> datetime | None:
        """The end on the clocks of its zone."""
        if self.at is None:
            return None
        elapsed = self.at.astimezone(UTC) + timedelta(minutes=self.minutes)
        return elapsed.astimezone(zone_of(self.zone))
