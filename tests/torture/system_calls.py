"""What the system knows about the network: who was to be reached or asked for addresses, and who may call (Linux)."""

from __future__ import annotations

import ipaddress
import re
import sys
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
LISTENS = "0A"  # the kernel's state of a socket that waits for callers


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


def listening(port: int, tables: tuple[str, ...] = ("/proc/net/tcp", "/proc/net/tcp6")) -> list[str]:
    """The addresses of this machine at which somebody can call a port."""
    found = []
    for table in filter(Path.exists, map(Path, tables)):
        for line in table.read_text(encoding="ascii").splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            address, at = local.split(":")
            if state == LISTENS and int(at, 16) == port:
                found.append(_address(address))
    return found


def is_loopback(address: str) -> bool:
    """Whether only this machine itself can call an address."""
    return ipaddress.ip_address(address).is_loopback


def _address(hexadecimal: str) -> str:
    """An address as the kernel writes it, four bytes at a time in the machine's order."""
    words = [hexadecimal[at : at + 8] for at in range(0, len(hexadecimal), 8)]
    packed = b"".join(int(word, 16).to_bytes(4, sys.byteorder) for word in words)
    return str(ipaddress.ip_address(packed))
