"""On whose pages each file stands that the server gives browsers from its memory; nobody else is given it.

Streamlit names a file by its content and gives it to whoever asks. Where many people use one server, that is too much.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import PurePosixPath
from typing import Any

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

_LOCK = threading.Lock()
_PEOPLE: MutableMapping[str, set[str]] = {}  # of each file, by its id: ids of people
_MARK = "answer_aloud_notes_people"  # on Streamlit's manager, whose method is replaced once


def note_people(find_person: Callable[[Mapping[str, Any]], str | None]) -> None:
    """Note from now on for whom each file is put on a page or made for a download; no effect when repeated.

    Args:
        find_person: Gives the id of a person by what is known of who opened a session; None for nobody.
    """
    if not runtime.exists():
        return
    manager: Any = runtime.get_instance().media_file_mgr
    with _LOCK:
        if getattr(manager, _MARK, False):
            return
        setattr(manager, _MARK, True)
        add, execute = manager.add, manager.execute_deferred

        def add_for_person(*given: Any, **named: Any) -> str:
            context = get_script_run_ctx()
            address: str = add(*given, **named)
            if context is not None:
                _note(address, find_person(_find_claims(context.session_id)), manager)
            return address

        def execute_for_person(waiting_id: str) -> str:
            waiting = manager._deferred_callables.get(waiting_id, {})
            address: str = execute(waiting_id)
            _note(address, find_person(_find_claims(waiting["session_id"])), manager)
            return address

        manager.add, manager.execute_deferred = add_for_person, execute_for_person


def is_for(address: str, person_id: str) -> bool:
    """Return whether a file was put on a page of a person.

    Args:
        address: The path at which a browser asks for it.
        person_id: The person.
    """
    with _LOCK:
        return person_id in _PEOPLE.get(_find_id(address), ())


def find_claims_of_session(address: str) -> Mapping[str, Any]:
    """Return what is known of who opened the session to which a browser sends a file; nothing if there is none.

    Args:
        address: The path to which it is sent: the session's id stands before that of the file.
    """
    return _find_claims(PurePosixPath(address).parent.name)


def _find_claims(session_id: str) -> Mapping[str, Any]:
    manager: Any = getattr(runtime.get_instance(), "_session_mgr", None)  # a page that is tested alone has none
    found = None if manager is None else manager.get_session_info(session_id)
    return {} if found is None else found.session._user_info


def _note(address: str, person_id: str | None, manager: Any) -> None:
    with _LOCK:
        for gone in _PEOPLE.keys() - manager._file_metadata.keys():
            del _PEOPLE[gone]
        if person_id is not None:
            _PEOPLE.setdefault(_find_id(address), set()).add(person_id)


def _find_id(address: str) -> str:
    return PurePosixPath(address).stem
