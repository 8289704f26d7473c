"""Which migration is the newest, told from the files' names: YYYYMMDD_<revision>_<what it does>.py.

Alembic knows it too, but takes half a second to load, which every start of the web and of `onhand serve` would pay.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

VERSIONS = Path(__file__).resolve().parents[3] / "migrations" / "versions"


@cache
def newest_revision() -> str:
    """The newest migration there is."""
    return max(path.stem.split("_")[1] for path in VERSIONS.glob("[0-9]*_*.py"))
