"""Check sums of runs of eight words: show that no text copies a document, without including the document.

`python -m tests.support.shingles FOLDER` writes the check sums of every run in the text files of a
folder to `tests/data/document_shingles.txt`, eight hexadecimal digits a line.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

RUN_WORDS = 8  # words
FILE = Path(__file__).parents[1] / "data" / "document_shingles.txt"


def list_runs(text: str) -> Iterator[str]:
    """Return every run of eight words in lower case, without punctuation."""
    words = re.findall(r"[a-z0-9]+(?:'[a-z]+)*", text.lower().replace("’", "'"))
    return (" ".join(words[at : at + RUN_WORDS]) for at in range(len(words) - RUN_WORDS + 1))


def compute_checksum(run: str) -> str:
    """Return the first eight hexadecimal digits of the SHA-256."""
    return hashlib.sha256(run.encode()).hexdigest()[:8]


def find_copied_runs(text: str, known: frozenset[str]) -> list[str]:
    """Return the runs of a text whose check sums are known."""
    return [run for run in list_runs(text) if compute_checksum(run) in known]


def read_known_checksums() -> frozenset[str]:
    """Return the check sums of the documents."""
    return frozenset(FILE.read_text(encoding="ascii").split())


def write_checksums(folder: Path) -> int:
    """Write the check sums of the documents in a folder; return their number."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    sums = sorted({compute_checksum(run) for text in texts for run in list_runs(text)})
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text("\n".join(sums) + "\n", encoding="ascii")
    return len(sums)


if __name__ == "__main__":
    print(write_checksums(Path(sys.argv[1])), "check sums")
