"""Reading the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from onhand.audit import store
from onhand.infra.http import Router
from onhand.infra.lists import ListQuery, Source
from onhand.infra.permissions import declare
from onhand.infra.schemas import Out

router = Router("audit")
READ = declare("audit.read", "Read who changed what", staff=False)


class EntryOut(Out):
    """One change."""

    id: str
    recorded_at: datetime
    actor_kind: str
    actor_id: UUID | None
    actor: str
    key_id: UUID | None
    address: str | None
    action: str
    entity: str
    entity_id: str
    subject: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@router.listing("/audit", store.LIST, EntryOut, permission=READ)
def list_entries(_: ListQuery) -> Source:
    """Every change, newest first."""
    return store.LIST, store.entries()
