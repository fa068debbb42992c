"""Check that the main job makes no network calls, and that strace output is parsed correctly."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.torture.system_calls import count_calls, is_loopback, list_listening_addresses

ROOT = Path(__file__).parents[2]
NO_CALLS = {"to this machine": 0, "to others": 0, "DNS look-ups": 0}


OTHER = 'sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")'
SIX = 'sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)'
SELF = 'sa_family=AF_INET, sin_port=htons(8501), sin_addr=inet_addr("127.0.0.1")'
DNS = 'sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.2")'
NSCD = 'sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"'


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"7 connect(3, {{{OTHER}}}, 16) = 0", "to others"),
        (f"7 connect(3, {{{SIX}}}, 28) = -1 ENETUNREACH", "to others"),
        (f"7 connect(3, {{{SELF}}}, 16) = 0", "to this machine"),
        (f"7 connect(3, {{{DNS}}}, 16) = 0", "DNS look-ups"),
        (f"7 connect(3, {{{NSCD}}}, 110) = -1 ENOENT", "DNS look-ups"),
        (f'7 sendto(5, "x", 1, 0, {{{OTHER}}}, 16) = 1', "to others"),
    ],
)
def test_every_kind_of_network_call_is_counted_separately(tmp_path: Path, line: str, kind: str) -> None:
    (tmp_path / "trace").write_text(line + "\n", encoding="utf-8")
    assert count_calls(tmp_path / "trace") == Counter({**NO_CALLS, "network calls": 1, kind: 1})


def test_answering_the_local_browser_is_not_a_call_to_others(tmp_path: Path) -> None:
    accepted = 'accept4(6, {sa_family=AF_INET, sin_port=htons(50000), sin_addr=inet_addr("127.0.0.1")}, [16], 0) = 9'
    (tmp_path / "trace").write_text(f"7 {accepted}\n7 +++ exited with 0 +++\n", encoding="utf-8")
    assert count_calls(tmp_path / "trace") == Counter({**NO_CALLS, "network calls": 1})


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the tables of Linux are read")
@pytest.mark.parametrize(("address", "is_here_only"), [("127.0.0.1", True), ("0.0.0.0", False)])
def test_public_and_loopback_ports_are_distinguished(address: str, is_here_only: bool) -> None:
    with socket.create_server((address, 0)) as server:
        (found,) = list_listening_addresses(server.getsockname()[1])
    assert found == address
    assert is_loopback(found) is is_here_only


@pytest.mark.network
@pytest.mark.model
def test_the_main_job_works_without_a_network_and_makes_no_calls() -> None:
    command = [sys.executable, "-m", "tests.torture", "network", "--quiet", "5"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing left, and nobody was asked for an address." in done.stdout
