"""A real nginx at which people sign in by name and password, and which tells the app behind it who they are."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.app_server import MAX_WAIT_SECONDS, free_port
from tools.system_packages import find_nginx

CONFIGURATION = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{}}
http {{
    access_log off;
    {places}
    map $http_upgrade $connection_upgrade {{ default upgrade; "" close; }}
    server {{
        listen 127.0.0.1:{port};
        auth_basic "Centre";
        auth_basic_user_file {folder}/passwords;
        client_max_body_size 300m;
        location / {{
            proxy_pass {behind};
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_set_header Authorization "";
            proxy_set_header X-Forwarded-User $remote_user;
            proxy_set_header X-Forwarded-Preferred-Username $remote_user;
            proxy_set_header X-Forwarded-Email $remote_user@uni.example;
            {headers}
        }}
    }}
}}
"""
PLACES = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@contextmanager
def proxy(folder: Path, behind: str, headers: Mapping[str, str], people: Sequence[str]) -> Iterator[str]:
    """Start nginx before an app, and give its address.

    Args:
        folder: For its files.
        behind: Address of the app.
        headers: What it sends with each request besides who somebody is.
        people: Who may sign in; the password of each is their name.
    """
    path, port = find_nginx(), free_port()
    assert path is not None, "nginx is not installed"
    file = folder / "nginx.conf"
    more = "".join(f'proxy_set_header {name} "{value}";' for name, value in headers.items())
    places = "".join(f"{name}_temp_path {folder}/{name};" for name in PLACES)
    user = "user root;" if Path("/proc/self").stat().st_uid == 0 else ""
    named = {"folder": folder, "port": port, "behind": behind, "headers": more, "places": places, "user": user}
    file.write_text(CONFIGURATION.format(**named), encoding="utf-8")
    (folder / "passwords").write_text("".join(f"{each}:{_hash(each)}\n" for each in people), encoding="utf-8")
    running = subprocess.Popen([path, "-e", str(folder / "error.log"), "-c", str(file)])
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(10)


def _hash(password: str) -> str:
    return "{SHA}" + base64.b64encode(hashlib.sha1(password.encode(), usedforsecurity=False).digest()).decode()


def _wait_until_it_answers(address: str) -> None:
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("nginx did not start")
