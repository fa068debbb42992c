"""Network use as the system sees it: calls in a trace, and open ports (Linux)."""

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
LOCAL_ADDRESS = re.compile(r"127\.|0\.0\.0\.0$|::1$|::$|::ffff:127\.")
DNS_PORT = 53
LISTENING_STATE = "0A"  # the kernel's state of a socket that waits for callers


def count_calls(trace: Path) -> Counter[str]:
    """Count the network calls in a trace by kind.

    Returns:
        Counts by "network calls", "to this machine", "to others" and "DNS look-ups".
    """
    found: Counter[str] = Counter({"network calls": 0, "to this machine": 0, "to others": 0, "DNS look-ups": 0})
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if "(" in line:
            found["network calls"] += 1
        if GOING_OUT.search(line):
            found.update(kind for kind in _classify(line))
    return found


def _classify(line: str) -> list[str]:
    if LOOK_UP.search(line):
        return ["DNS look-ups"]
    kinds = []
    for match in ADDRESS.finditer(line):
        if int(match["port"]) == DNS_PORT:
            kinds.append("DNS look-ups")
        else:
            kinds.append("to this machine" if LOCAL_ADDRESS.match(match["four"] or match["six"]) else "to others")
    return kinds


def list_listening_addresses(port: int, tables: tuple[str, ...] = ("/proc/net/tcp", "/proc/net/tcp6")) -> list[str]:
    """Return the addresses of this machine at which a port accepts connections."""
    found = []
    for table in filter(Path.exists, map(Path, tables)):
        for line in table.read_text(encoding="ascii").splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            address, at = local.split(":")
            if state == LISTENING_STATE and int(at, 16) == port:
                found.append(_decode_address(address))
    return found


def is_loopback(address: str) -> bool:
    """Return whether an address can be reached from this machine only."""
    return ipaddress.ip_address(address).is_loopback


def _decode_address(hexadecimal: str) -> str:
    """Decode an address as the kernel writes it: groups of four bytes in the machine's byte order."""
    words = [hexadecimal[at : at + 8] for at in range(0, len(hexadecimal), 8)]
    packed = b"".join(int(word, 16).to_bytes(4, sys.byteorder) for word in words)
    return str(ipaddress.ip_address(packed))
