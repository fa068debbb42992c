"""An entry of a preparation list that is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interview.ids import same_id
from interview.validation import check_id, check_key, check_moment


def tick_id(entry: str, interview: str | None) -> str:
    """The id of the tick at one entry of the list for one interview, so that it is ticked once."""
    return same_id("list_tick", entry, interview or "")


@dataclass(frozen=True)
class ListTick:
    """One entry done; to undo it, the tick is deleted."""

    id: str
    entry: str  # id in content/data/checklists.toml
    done_at: datetime  # with its zone
    interview: str | None = None

    def __post_init__(self) -> None:
        check_id("The id of a tick", self.id)
        check_id("The interview of a tick", self.interview)
        check_key("The entry of a tick", self.entry)
        check_moment("The time of a tick", self.done_at)
