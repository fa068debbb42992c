"""Write word lists as text, and the stop words: common words that say nothing about a topic."""

from __future__ import annotations


def make_word_set(text: str) -> frozenset[str]:
    """Return the words of a text, separated by white space, as a set."""
    return frozenset(text.split())


STOP_WORDS = make_word_set(
    """a about after again all also am an and any are as at be because been before being both but by can could did do
    does doing don't down during each few for from further had has have having he her here hers him his how i i'd i'll
    i'm i've if in into is it it's its just let's like me more most my no nor not now of off on once one only or other
    our ours out over own really same she should so some such than that that's the their theirs them then there there's
    these they they're this those through to too under until up us very was we we'd we'll we're we've were what what's
    when where which while who whom why will with would yeah yes you you'd you'll you're you've your yours"""
)
