"""Measuring a folder of recordings, many at a time, so that it can be stopped and gone on with."""
