"""What photos and documents may belong to. The assembly says it: this floor knows none of those above."""

from __future__ import annotations

from dataclasses import dataclass

from onhand.attachments.errors import UnknownKind


@dataclass(frozen=True, slots=True)
class OwnerKind:
    """A kind of thing: its table, and the permission to see such things, which seeing their photos needs too."""

    name: str
    table: str
    permission: str


_ALL: dict[str, OwnerKind] = {}


def let_own(name: str, table: str, permission: str) -> None:
    """Let things of this table have photos and documents. The table has `organization_id` and `id`."""
    _ALL[name] = OwnerKind(name, table, permission)


def owner_kind(name: str) -> OwnerKind:
    """The kind by its name. Raises UnknownKind."""
    if name not in _ALL:
        raise UnknownKind(name, ", ".join(sorted(_ALL)))
    return _ALL[name]


def owner_kinds() -> list[OwnerKind]:
    """Every kind there is, by name."""
    return [_ALL[name] for name in sorted(_ALL)]
