"""Look for known vulnerabilities in a copy of the advisory data, without any network.

The copy is what the OSV project publishes for each ecosystem: a folder, or a zip file, of JSON files in OSV's format
(https://ossf.github.io/osv-schema/), such as `all.zip` of PyPI. `python -m tools.advisories FOLDER_OR_ZIP` reads it.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version
from pip_requirements_parser import RequirementsFile

from tools.package_audit import EXIT_NOT_ASKED, summarise

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
ECOSYSTEM = "PyPI"
RANGE_TYPE = "ECOSYSTEM"  # of versions as the ecosystem orders them; the others are of commits
FIRST = "0"  # before every version
_LOWEST = Version("0.dev0")

Json = Mapping[str, Any]


class AdvisoryDataError(Exception):
    """Raised when a copy of the advisory data cannot be used."""


def audit_offline(source: Path, requirements: Path = REQUIREMENTS) -> tuple[int, str]:
    """Compare the pinned packages with a copy of the advisory data.

    Args:
        source: A folder or a zip file of JSON files in OSV's format.
        requirements: The requirements file.

    Returns:
        Exit code (0 none known, 1 some known, 2 the data could not be used) and a message.
    """
    pinned = _list_pinned(requirements)
    try:
        found, count, newest = _match(_read_advisories(source), pinned)
    except (AdvisoryDataError, OSError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        return EXIT_NOT_ASKED, f"The advisory data in {source} could not be used: {error}"
    if not count:
        return EXIT_NOT_ASKED, f"There is no advisory about a package of {ECOSYSTEM} in {source}."
    packages = [
        {"name": name, "version": str(version), "vulns": _join_aliases(found.get(name, ()))}
        for name, version in pinned.items()
    ]
    code, told = summarise(packages)
    return code, f"{told}\nThat is what {count} advisories say; the newest was changed on {newest[:10]}."


def is_affected(affected: Json, version: Version) -> bool:
    """Return whether an entry of an advisory means a version, by OSV's rules."""
    if str(version) in {_normalise(each) for each in affected.get("versions", ())}:
        return True
    ranges = (each for each in affected.get("ranges", ()) if each["type"] == RANGE_TYPE)
    return any(_is_in_range(each["events"], version) for each in ranges)


def _list_pinned(requirements: Path) -> dict[str, Version]:
    parsed = RequirementsFile.from_file(str(requirements)).requirements
    pairs = ((each.name, each.get_pinned_version) for each in parsed)
    return {canonicalize_name(name): Version(version) for name, version in pairs if name and version}


def _read_advisories(source: Path) -> Iterator[Json]:
    texts = _read_zip(source) if source.is_file() else _read_folder(source)
    for name, text in texts:
        try:
            advisory = json.loads(text)
            yield advisory if isinstance(advisory["id"], str) else {}
        except (ValueError, KeyError, TypeError) as error:
            raise AdvisoryDataError(f"{name} is no advisory in OSV's format.") from error


def _read_folder(folder: Path) -> Iterator[tuple[str, str]]:
    if not folder.is_dir():
        raise AdvisoryDataError("there is no such folder or file.")
    for path in sorted(folder.rglob("*.json")):
        yield path.name, path.read_text(encoding="utf-8")


def _read_zip(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".json"):
                yield name, archive.read(name).decode("utf-8")


def _match(advisories: Iterable[Json], pinned: Mapping[str, Version]) -> tuple[dict[str, list[Json]], int, str]:
    """Return what means a pinned version, by package; how many advisories there are; when the last was changed."""
    found: dict[str, list[Json]] = {}
    count, newest = 0, ""
    for advisory in advisories:
        entries = [
            each for each in advisory.get("affected", ()) if each.get("package", {}).get("ecosystem") == ECOSYSTEM
        ]
        count += bool(entries)
        newest = max(newest, str(advisory.get("modified", ""))) if entries else newest
        for entry in entries if "withdrawn" not in advisory else ():
            name = canonicalize_name(entry["package"]["name"])
            if name in pinned and is_affected(entry, pinned[name]):
                found.setdefault(name, []).append(_shorten(advisory, entry))
    return found, count, newest


def _shorten(advisory: Json, entry: Json) -> Json:
    events = [event for each in entry.get("ranges", ()) if each["type"] == RANGE_TYPE for event in each["events"]]
    fixes = {event["fixed"] for event in events if "fixed" in event}
    return {
        "id": advisory["id"],
        "names": {advisory["id"], *advisory.get("aliases", ())},
        "fix_versions": sorted(fixes),
    }


def _join_aliases(found: Sequence[Json]) -> list[Json]:
    """Return each vulnerability once: the same one has a name in each collection."""
    joined: list[Json] = []
    for each in found:
        same = next((other for other in joined if other["names"] & each["names"]), None)
        if same is None:
            joined.append({**each, "names": set(each["names"]), "fix_versions": list(each["fix_versions"])})
        else:
            same["names"].update(each["names"])
            same["fix_versions"].extend(fix for fix in each["fix_versions"] if fix not in same["fix_versions"])
    return joined


def _is_in_range(events: Iterable[Mapping[str, str]], version: Version) -> bool:
    is_in = False
    for at, kind in sorted((_parse(at), kind) for event in events for kind, at in event.items()):
        if kind == "introduced" and at <= version:
            is_in = True
        elif (kind == "fixed" and at <= version) or (kind == "last_affected" and at < version):
            is_in = False
    return is_in


def _parse(version: str) -> Version:
    try:
        return _LOWEST if version == FIRST else Version(version)
    except InvalidVersion as error:
        raise AdvisoryDataError(f"{version} is no version of a Python package.") from error


def _normalise(version: str) -> str:
    try:
        return str(Version(version))
    except InvalidVersion:  # old releases were named freely; none of them can be pinned here
        return version


def main(arguments: Sequence[str]) -> int:
    """Compare and print; return the exit code."""
    if len(arguments) != 1:
        print("Name one folder or zip file of advisories: python3 tasks.py audit --advisories FOLDER_OR_ZIP")
        return EXIT_NOT_ASKED
    code, told = audit_offline(Path(arguments[0]))
    print(told)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
