"""What strace wrote about the network: who was to be reached, and who was asked for addresses."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ADDRESS = re.compile(
    r"sa_family=AF_INET6?, sin6?_port=htons\((?P<port>\d+)\).*?"
    r'(?:inet_addr\("(?P<four>[^"]+)"\)|inet_pton\(AF_INET6, "(?P<six>[^"]+)")'
)
GOING_OUT = re.compile(r"\b(connect|sendto|sendmsg|sendmmsg)\(")
LOOK_UP = re.compile(r'sun_path="[^"]*(nscd|systemd/resolve)[^"]*"')
HERE = re.compile(r"127\.|0\.0\.0\.0$|::1$|::$|::ffff:127\.")
DNS = 53


def calls(trace: Path) -> Counter[str]:
    """How often a traced program did what: "network calls", "to this machine", "to others", "DNS look-ups"."""
    found: Counter[str] = Counter({"network calls": 0, "to this machine": 0, "to others": 0, "DNS look-ups": 0})
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if "(" in line:
            found["network calls"] += 1
        if GOING_OUT.search(line):
            found.update(kind for kind in _kinds(line))
    return found


def _kinds(line: str) -> list[str]:
    if LOOK_UP.search(line):
        return ["DNS look-ups"]
    kinds = []
    for match in ADDRESS.finditer(line):
        if int(match["port"]) == DNS:
            kinds.append("DNS look-ups")
        else:
            kinds.append("to this machine" if HERE.match(match["four"] or match["six"]) else "to others")
    return kinds
