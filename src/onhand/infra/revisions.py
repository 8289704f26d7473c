"""Which migration is the newest: the one that no other follows, told from the files' text.

Alembic knows it too, but takes half a second to load, which every start of the web and of `onhand serve` would pay.
Their numbers alone do not tell: migrations written side by side land in another order than they were numbered.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

VERSIONS = Path(__file__).resolve().parents[3] / "migrations" / "versions"
NAMED = re.compile(r'^(revision|down_revision) = "(\w+)"$', re.MULTILINE)


@cache
def newest_revision() -> str:
    """The newest migration there is."""
    texts = [path.read_text(encoding="utf-8") for path in VERSIONS.glob("[0-9]*_*.py")]
    named: list[dict[str, str]] = [dict(NAMED.findall(text)) for text in texts]
    followed = {one.get("down_revision") for one in named}
    return next(one["revision"] for one in named if one["revision"] not in followed)
