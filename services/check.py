"""Look through everything that is stored, recordings that were cut off too, and say what is damaged."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from analysis.wording import format_count
from services.encryption import ask_at_terminal
from services.live.live_takes import live_takes
from services.live.take import LiveTake, TakeFault
from services.user_store import Location
from store.errors import StoreError
from store.health import make_file_trouble
from store.locations import get_data_folder, get_named_database
from store.store import Store
from store.troubles import CheckResult, Trouble, TroubleKind

ODD_TAKE = "is of one that was cut off and can't be offered, because what's known of it is damaged"
TAKE_SENTENCE = (
    "A recording of {at.day} {at:%B %Y, %H:%M} for “{question}” was cut off, and it {fault}. What's there is "
    "offered on Practise: get its report, or delete it."
)


def check_location(location: Location) -> CheckResult:
    """Look through everything stored at a location; raises StoreError if it cannot be opened."""
    with closing(location.open()) as store:
        return check_everything(store, location.folder)


def check_everything(store: Store, folder: Path | None) -> CheckResult:
    """Look through everything that is stored, and the recordings that were cut off; raises StoreError.

    Args:
        store: The store.
        folder: Its data folder; None for a store without one, such as that of the demo.
    """
    checked = store.check()
    return replace(checked, troubles=(*checked.troubles, *_find_take_troubles(folder, thorough=True)))


def list_troubles(store: Store, folder: Path | None) -> tuple[Trouble, ...]:
    """Return what cannot be read, as far as it can be told without reading everything; as `check_everything`."""
    return (*store.list_troubles(), *_find_take_troubles(folder, thorough=False))


def _find_take_troubles(folder: Path | None, *, thorough: bool) -> tuple[Trouble, ...]:
    """Return what is wrong with recordings that were cut off; `thorough` as in `LiveTakes.find_faults`."""
    if folder is None:
        return ()
    takes = live_takes(folder)
    odd = (make_file_trouble(name, ODD_TAKE, takes.files.folder) for name in takes.files.list_odd_names())
    changed = (_tell_of_take(take, fault) for take, fault in takes.find_faults(thorough=thorough))
    return (*odd, *changed)


def _tell_of_take(take: LiveTake, fault: TakeFault) -> Trouble:
    told = TAKE_SENTENCE.format(at=take.started_at.astimezone(), question=take.purpose.question.text, fault=fault)
    return Trouble(TroubleKind.RECORDING, take.id, told)


def describe_check(checked: CheckResult) -> str:
    """Return in a sentence how much was looked through and how much of it is damaged."""
    looked = (
        f"{format_count(checked.answers, 'answer')}, {format_count(checked.reports, 'report')}, "
        f"{format_count(checked.recordings, 'recording')} and {format_count(checked.documents, 'other thing')} checked"
    )
    count = len(checked.troubles)
    found = f"{format_count(count, 'problem')} found." if count else "Everything is whole."
    return f"{looked}. {found}"


def print_check() -> int:
    """Check the user's data and print what is damaged; return 0 if nothing is, else 1."""
    try:
        ask_at_terminal()
        checked = check_location(Location(get_named_database(), get_data_folder()))
    except StoreError as error:
        print(error)
        return 1
    for trouble in checked.troubles:
        print(trouble.sentence)
    print(describe_check(checked))
    return 1 if checked.troubles else 0
