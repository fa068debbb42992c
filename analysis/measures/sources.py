"""Where definitions and bands come from: published evidence by name, or advice that is marked as advice."""

from __future__ import annotations

from analysis.finding import Source

DEFINITION = Source("Definition", "The number follows from its name and formula.", is_evidence=False)
PRACTICE = Source(
    "Common practice", "Speech coaches count it this way; no norm for interviews is known.", is_evidence=False
)
COACHING_ADVICE = Source(
    "Coaching advice", "A rule of thumb from interview coaching, not the result of a study.", is_evidence=False
)
INTERVIEW_GUIDES = Source(
    "Interview guides",
    "Guides give lengths like this one, direct and just detailed enough; no study of the best length was found.",
    is_evidence=False,
)
ACCOMPLISHMENTS = Source(
    "Interview guides", "Tie answers to accomplishments and say what your results were.", is_evidence=False
)
SPEAKING_TOOLS = Source(
    "Microsoft Speaker Coach and Read AI",
    "Two coaching tools advise 100 to 165 and 130 to 175 words a minute; this range lies among them.",
    is_evidence=False,
)
READ_AI = Source("Read AI", "A coaching tool advises fewer than 4 fillers in 100 words.", is_evidence=False)
FEILER_POWELL = Source(
    "Feiler & Powell 2016",
    "In mock interviews it was slow speech that came across as nervous, so a pace can be too slow as well as too fast.",
    is_evidence=True,
)
AMIR = Source(
    "Amir 2016",
    "Speech without its pauses ran at 6.26 syllables a second, and at 5.60 with the pauses counted.",
    is_evidence=True,
)
LASKE = Source(
    "Laske & DiGennaro Reed 2024",
    "Of talks with 0, 2, 5 and 12 fillers a minute, up to 5 did no harm and 12 did; sounds hurt more than words.",
    is_evidence=True,
)
LIU = Source("Liu 2022", "Pauses of about 0.6 seconds were rated the most natural.", is_evidence=True)
KAHNG = Source(
    "Kahng 2018", "Silence inside a clause is what makes listeners rate speech as less fluent.", is_evidence=True
)
HABIT_REVERSAL = Source(
    "Habit-reversal studies",
    "Noticing a filler and pausing silently in its place more than halved fillers.",
    is_evidence=True,
)
MATZINGER = Source(
    "Matzinger 2023", "How long a speaker is silent before answering changes how the answer is taken.", is_evidence=True
)
NAIM = Source("Naim 2015", "Interviewees who used more distinct words were rated higher.", is_evidence=True)
HINCKS_EDLUND = Source(
    "Hincks & Edlund 2009",
    "The spread of pitch in semitones tells lively from monotone presentations.",
    is_evidence=True,
)
