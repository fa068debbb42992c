"""Every kind of thing that a user writes or plans, by the name it is kept under; a name that was released stays."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, type] = {}
