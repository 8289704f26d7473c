"""Which migration is the newest, told from the files alone: the one that no other follows.

Alembic knows it too, but takes half a second to load, which every start of the web and of `onhand serve` would pay.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

VERSIONS = Path(__file__).resolve().parents[3] / "migrations" / "versions"
FOLLOWS = re.compile(r'^down_revision = "(.+)"$', re.MULTILINE)


@cache
def newest_revision() -> str:
    """The newest migration there is. Numbers are given out ahead, so they need not follow one another."""
    files = list(VERSIONS.glob("[0-9]*_*.py"))
    followed = {found[1] for path in files if (found := FOLLOWS.search(path.read_text(encoding="utf-8")))}
    return max({path.stem.split("_")[1] for path in files} - followed)
