"""PostgreSQL's array literals: far cheaper than the driver's handling of each element of a third of a million rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal
    from uuid import UUID


def ids(values: Iterable[UUID | None]) -> str:
    """An array literal of ids, without their dashes: three times as quick to write."""
    return "{" + ",".join(["NULL" if value is None else value.hex for value in values]) + "}"


def numbers(values: Iterable[Decimal | int]) -> str:
    """An array literal of numbers."""
    return "{" + ",".join(map(str, values)) + "}"


def texts(values: Iterable[object]) -> str:
    """An array literal of texts or times."""
    escaped = [None if v is None else str(v).replace("\\", "\\\\").replace('"', '\\"') for v in values]
    return "{" + ",".join(["NULL" if value is None else f'"{value}"' for value in escaped]) + "}"
