"""List the licences of everything the default installation brings.

Run `python -m tests.docs.licences > docs/licences.md`. The versions are those pinned in
requirements.txt for every system; the licences are what the installed packages declare.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ \\;]+)(?: ; (?P<where>[^\\]+?))? *\\?$", re.MULTILINE)
# What a package of another system or Python says, which cannot be read on this one.
LICENCES_OF_OTHER_SYSTEMS = {
    "audioread": "MIT",
    "colorama": "BSD-3-Clause",
    "coloredlogs": "MIT",
    "httpx2-jsfetch": "BSD-3-Clause",
    "humanfriendly": "MIT",
    "mpmath": "BSD-3-Clause",
    "sympy": "BSD-3-Clause",
}
LICENCES_BY_FILE = {
    "python-dateutil": "Apache-2.0 AND BSD-3-Clause",
    "sqlcipher3": "Zlib",
}  # of packages whose licence stands in their files only
FREE_LICENCE = re.compile(
    r"MIT(-0|-CMU)?|0BSD|BSD|BSD-[23]-Clause|Apache-2\.0( WITH LLVM-exception)?|Zlib|CC0-1\.0|PSF-2\.0|MPL-2\.0"
    r"|LGPL-2\.1-or-later|ISC"
)
SPELLINGS = (  # older metadata, as one would write it today
    (r"^MIT License$", "MIT"),
    (r"^Apache (Software License|License 2\.0|2\.0)$", "Apache-2.0"),
    (r"^(3-Clause BSD License|BSD 3-Clause License|BSD-3-Clause)$", "BSD-3-Clause"),
    (r"^BSD License$", "BSD"),
    (r"^Mozilla Public License 2\.0 \(MPL 2\.0\)$", "MPL-2.0"),
)
NOTES = """
Notes:

- LGPL and MPL packages are used as they come, as libraries of their own that can be replaced; none of their code is
  part of Answer Aloud.
- The wheels of av carry FFmpeg with encoders under the GPL (x264, x265). Answer Aloud only decodes sound with it and
  passes none of it on: it is installed from its makers. Who wants to pass on a bundle of everything should build PyAV
  against an FFmpeg without these.
- The wheels of soundfile carry libsndfile (LGPL-2.1-or-later) as a library of its own beside it; those of scipy carry
  the runtime library of GNU Fortran (GPL with the exception that lets any program use it).
- The wheels of sqlcipher3 carry SQLCipher (BSD-3-Clause) and OpenSSL (Apache-2.0); those of cryptography carry OpenSSL.
- Models: Whisper base and tiny.en are under the MIT licence, all-MiniLM-L6-v2 under Apache-2.0, Silero's voice detector
  under the MIT licence.
"""


@dataclass(frozen=True)
class LicensedPackage:
    """One pinned package."""

    name: str
    versions: str  # one for each kind of system where they differ
    licence: str

    @property
    def is_free(self) -> bool:
        """Whether every part of its licence lets an MIT project depend on it."""
        return all(FREE_LICENCE.fullmatch(part) for part in re.split(r" AND | OR ", self.licence))


def list_licensed_packages() -> tuple[LicensedPackage, ...]:
    """Return every package that requirements.txt pins, for any system."""
    versions: dict[str, list[str]] = {}
    for match in PIN.finditer((ROOT / "requirements.txt").read_text(encoding="utf-8")):
        versions.setdefault(match["name"], []).append(match["version"])
    return tuple(
        LicensedPackage(name, ", ".join(found), find_licence(name)) for name, found in sorted(versions.items())
    )


def find_licence(name: str) -> str:
    """Return the licence that a package declares; for another system's package, the one on record."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return LICENCES_OF_OTHER_SYSTEMS.get(name, "unknown")
    said = LICENCES_BY_FILE.get(name) or _read_licence(found)
    for old, new in SPELLINGS:
        said = re.sub(old, new, said)
    return said


def make_page() -> str:
    """Return the text of docs/licences.md."""
    rows = [f"| {each.name} | {each.versions} | {each.licence} |" for each in list_licensed_packages()]
    head = ["# Licences", "", "Made by `python -m tests.docs.licences > docs/licences.md`.", ""]
    return "\n".join([*head, "| package | version | licence |", "|---|---|---|", *rows]) + "\n" + NOTES


def _read_licence(found: Distribution) -> str:
    expression, free_text = found.metadata.get("License-Expression"), found.metadata.get("License") or ""
    classes = [each for each in found.metadata.get_all("Classifier") or [] if each.startswith("License")]
    if expression:
        return str(expression)
    if 0 < len(free_text) < 40 and not free_text.startswith("Copyright"):
        return str(free_text)
    return classes[0].split("::")[-1].strip() if classes else "unknown"


if __name__ == "__main__":
    print(make_page(), end="")
