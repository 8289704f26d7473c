"""Reading the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Response

from onhand.audit import store
from onhand.infra.http import Router, Session, listed
from onhand.infra.lists import ListQuery, run_list
from onhand.infra.permissions import declare
from onhand.infra.schemas import Out, Page

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
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@router.get("/audit", permission=READ, response_model=Page[EntryOut])
async def list_entries(session: Session, query: Annotated[ListQuery, store.LIST.query()]) -> Response:
    """Every change, newest first."""
    return listed(await run_list(session, store.LIST, store.entries(), query))
