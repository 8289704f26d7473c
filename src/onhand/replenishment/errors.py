"""What can go wrong in replenishment."""

from __future__ import annotations

from onhand.kernel import NotFound


class UnknownPolicy(NotFound):
    """There is no reorder policy {key}."""

    code = "replenishment.unknown_policy"
