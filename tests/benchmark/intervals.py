"""How far a figure might be off by the choice of speakers: the bootstrap over speakers.

Speakers are drawn with replacement, all clips of one together, because errors of one person go together; the interval
holds the middle 95 % of what the figure would then be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from tests.benchmark.scoring import Score

DRAWS = 1000
SHARE = 0.95
SEED = 1

Interval = tuple[float, float]


def bootstrap(scores: Sequence[Score], figure: Callable[[Sequence[Score]], float | None]) -> Interval | None:
    """Return the 95 % interval of a figure; None where the figure is not known or of one speaker alone."""
    known = [score for score in scores if figure([score]) is not None]  # the others change nothing
    by_speaker: dict[str, list[Score]] = defaultdict(list)
    for score in known:
        by_speaker[score.speaker].append(score)
    speakers = list(by_speaker.values())
    if len(speakers) < 2 or figure(scores) is None:
        return None
    random = np.random.default_rng(SEED)
    drawn = random.integers(len(speakers), size=(DRAWS, len(speakers)))
    values = [figure([score for place in row for score in speakers[place]]) for row in drawn]
    there = [value for value in values if value is not None]
    edge = 100 * (1 - SHARE) / 2
    low, high = np.percentile(there, [edge, 100 - edge])
    return float(low), float(high)
