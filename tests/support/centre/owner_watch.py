"""Looks at every statement that reaches a database: on a table of owned rows it has to name whose rows it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

from store.db.owner import OPTION
from store.db.tables import PERSONAL

NAMES = frozenset(table.name for table in PERSONAL)
WORD = r'"?(\w+)"?'
BOUND = r"(?:\?|:\w+|%\(\w+\)s(?:::\w+)?)"


def find_unfiltered(sql: str) -> list[str]:
    """Return the tables of people's rows in a statement, or in what is nested in it, that are not held to one owner.

    This reads the text that is sent, and knows nothing of how the filter comes into it.
    """
    found: list[str] = []
    for scope in _split_scopes(" ".join(sql.split())):
        if insertion := re.match(rf"INSERT INTO {WORD} \(([^)]*)\)", scope):
            columns = [name.strip(' "') for name in insertion[2].split(",")]
            found += [insertion[1]] if insertion[1] in NAMES and not {"owner", "coach"} & {*columns} else []
            continue
        tables = _list_tables(scope)
        held = {name for name in tables if re.search(rf"\b{name}\.owner = {BOUND}", scope)}
        links = [pair.groups() for pair in re.finditer(r"\b(\w+)\.owner = (\w+)\.owner", scope)]
        for _ in tables:  # what is linked to a table that is held is held as well
            held |= {one for pair in links if held & set(pair) for one in pair}
        found += sorted(tables - held)
    return found


def _split_scopes(sql: str) -> list[str]:
    """Return the statement and each nested SELECT, without what is nested in them."""
    scopes: list[str] = []
    stack: list[list[str]] = [[]]
    for part in re.split(r"([()])", sql):
        if part == "(":
            stack.append([])
        elif part == ")":
            inner = "".join(stack.pop()).strip()
            if inner.startswith("SELECT "):
                scopes.append(inner)
                stack[-1].append("(nested)")
            else:
                stack[-1].append(f"({inner})")
        else:
            stack[-1].append(part)
    return [*scopes, "".join(stack[0])]


def _list_tables(scope: str) -> set[str]:
    """Return the names by which a scope calls its tables of people's rows."""
    named = re.findall(rf"\b(?:FROM|JOIN|UPDATE) {WORD}(?: AS {WORD})?", scope)
    for listed in re.findall(r"\bFROM (.+?)(?: WHERE | GROUP BY | ORDER BY | LIMIT |$)", scope):
        named += [
            found.groups() for each in listed.split(",") if (found := re.match(rf" *{WORD}(?: AS {WORD})?", each))
        ]
    return {alias or name for name, alias in named if name in NAMES}


@contextmanager
def watch_owners() -> Iterator[list[str]]:
    """Collect the statements of all databases that are not held to the owner of their connection."""
    faults: list[str] = []

    def look(connection: Connection, _cursor: Any, sql: str, _parameters: Any, context: Any, _many: bool) -> None:
        owner = connection.get_execution_options().get(OPTION)
        if owner is None:
            return  # of a migration; `owner.confine_execution` refuses it everything else
        given = getattr(context, "compiled_parameters", ())
        whose = r"coach" if sql.startswith("INSERT INTO hearings ") else r"owner(_\d+)?"  # who adds it
        owners = {value for row in given for name, value in row.items() if re.fullmatch(whose, name)}
        if find_unfiltered(sql) or owners - {owner}:
            faults.append(sql)

    event.listen(Engine, "before_cursor_execute", look)
    try:
        yield faults
    finally:
        event.remove(Engine, "before_cursor_execute", look)
