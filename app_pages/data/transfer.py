"""Everything out and in again: one zip file, through the browser or on this machine's disk, or the numbers alone."""

from __future__ import annotations
