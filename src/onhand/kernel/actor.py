"""Who is acting: a person, an API key, or onhand itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from uuid import UUID

ActorKind = Literal["user", "key", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody acting within one organization. `label` is what people read in the history."""

    organization_id: UUID
    kind: ActorKind = "system"
    id: UUID | None = None
    label: str = "onhand"
    role: str = "system"
    permissions: frozenset[str] = field(default=frozenset())
    key_id: UUID | None = None
    address: str | None = None

    def may(self, permission: str) -> bool:
        """Whether this actor holds the permission. The system holds all of them."""
        return self.kind == "system" or permission in self.permissions
