"""A recording that is still going on: kept on the disk as it comes, and recognised chunk by chunk while it is spoken.

A recording that is complete is recognised the same way, fed as a whole, so that both give the same words.
"""
