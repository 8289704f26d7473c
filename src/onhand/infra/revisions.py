"""Which migration is the newest: the one that no other follows, read from the files' own two lines.

Alembic knows it too, but takes half a second to load, which every start of the web and of `onhand serve` would pay.
Names would tell it faster and wrongly: what was written side by side is chained in the order in which it came in.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

VERSIONS = Path(__file__).resolve().parents[3] / "migrations" / "versions"
LINE = re.compile(r'^(revision|down_revision) = "(\w+)"$', re.MULTILINE)


@cache
def newest_revision() -> str:
    """The newest migration there is."""
    found: dict[str, set[str]] = {"revision": set(), "down_revision": set()}
    for path in VERSIONS.glob("[0-9]*_*.py"):
        for name, revision in LINE.findall(path.read_text(encoding="utf-8")):
            found[name].add(revision)
    (newest,) = found["revision"] - found["down_revision"]
    return newest
