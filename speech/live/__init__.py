"""Recognition of a recording that's still going on: cut at pauses, each chunk heard as soon as it's closed.

A recording that's complete is heard the same way, fed as a whole, so that both give the same words.
"""
