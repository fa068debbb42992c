"""A finished entry of a preparation checklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interview.ids import make_stable_id
from interview.validation import check_id, check_key, check_moment


def make_tick_id(entry: str, interview: str | None) -> str:
    """Return the id of the tick for a checklist entry: one tick per entry and interview.

    Args:
        entry: id of the entry in content/data/checklists.toml.
        interview: id of the interview; None for a checklist that belongs to none.
    """
    return make_stable_id("list_tick", entry, interview or "")


@dataclass(frozen=True)
class ListTick:
    """A ticked checklist entry; unticking deletes it."""

    id: str
    entry: str  # id in content/data/checklists.toml
    done_at: datetime  # with its zone
    interview: str | None = None

    def __post_init__(self) -> None:
        check_id("The id of a tick", self.id)
        check_id("The interview of a tick", self.interview)
        check_key("The entry of a tick", self.entry)
        check_moment("The time of a tick", self.done_at)
