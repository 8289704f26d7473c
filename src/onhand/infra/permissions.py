"""The permissions there are: each module declares its own beside its routes; roles are built from them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Permission:
    """A named right. `staff` says whether the role staff has it from the start."""

    name: str
    what: str
    staff: bool


_ALL: dict[str, Permission] = {}


def declare(name: str, what: str, *, staff: bool) -> str:
    """Register a permission and give back its name."""
    _ALL[name] = Permission(name, what, staff)
    return name


def all_permissions() -> list[Permission]:
    """Every declared permission, by name."""
    return [_ALL[name] for name in sorted(_ALL)]
