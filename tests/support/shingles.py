"""Runs of eight words as check sums: shows that no text copies a document, without the document being there.

`python -m tests.support.shingles FOLDER` writes the check sums of every run in the text files of a folder to
`tests/data/document_shingles.txt`, eight hexadecimal digits a line.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

RUN = 8  # words
FILE = Path(__file__).parents[1] / "data" / "document_shingles.txt"


def runs(text: str) -> Iterator[str]:
    """Every run of eight words in lower case, without punctuation."""
    words = re.findall(r"[a-z0-9]+(?:'[a-z]+)*", text.lower().replace("’", "'"))
    return (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def checksum(run: str) -> str:
    """The first eight hexadecimal digits of the SHA-256."""
    return hashlib.sha256(run.encode()).hexdigest()[:8]


def copied(text: str, known: frozenset[str]) -> list[str]:
    """The runs of a text whose check sums are known."""
    return [run for run in runs(text) if checksum(run) in known]


def known() -> frozenset[str]:
    """The check sums of the documents."""
    return frozenset(FILE.read_text(encoding="ascii").split())


def write(folder: Path) -> int:
    """Write the check sums of the documents in a folder; their number."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    sums = sorted({checksum(run) for text in texts for run in runs(text)})
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text("\n".join(sums) + "\n", encoding="ascii")
    return len(sums)


if __name__ == "__main__":
    print(write(Path(sys.argv[1])), "check sums")
