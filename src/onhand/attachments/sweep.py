"""Letting go of contents that nothing shows any more: no orphan rows, no orphan files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from onhand.attachments import store
from onhand.attachments.owners import owner_kinds
from onhand.attachments.storage import DRAFT, digest_of, keys_of
from onhand.infra import jobs
from onhand.kernel import now

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from onhand.attachments.storage import Storage

AGE = timedelta(days=1)  # a younger file may belong to a request that still runs
BATCH = 200


@dataclass(frozen=True, slots=True)
class Swept:
    """How much went: attachments of things that are gone, contents that nothing shows, files without a row."""

    ownerless: int
    contents: int
    strays: int


async def sweep(storage: Storage, organization_id: UUID, before: datetime | None = None) -> Swept:
    """Remove what an organization no longer shows, as far as it is older than a day. Safe to repeat and to cut off."""
    limit = before or now() - AGE
    ownerless = 0
    for kind in owner_kinds():
        async with jobs.work(str(organization_id)) as session:
            ownerless += await store.drop_ownerless(session, kind)
    contents = 0
    while done := await _drop_unused(storage, organization_id, limit):
        contents += done
    return Swept(ownerless, contents, await _drop_strays(storage, organization_id, limit))


async def _drop_unused(storage: Storage, organization_id: UUID, limit: datetime) -> int:
    """One batch. The rows stay locked until the files are gone: whoever uploads the same again comes after us."""
    async with jobs.work(str(organization_id)) as session:
        digests = await store.unused_contents(session, limit, BATCH)
        if digests:
            await storage.remove([key for digest in digests for key in keys_of(organization_id, digest)])
            await store.drop_contents(session, digests)
    return len(digests)


async def _drop_strays(storage: Storage, organization_id: UUID, limit: datetime) -> int:
    """Files of requests that were refused or cut off after they had put them."""
    strays = 0
    async for page in storage.pages(organization_id):
        old = [key for key, put_at in page if put_at < limit]
        halves = {key for key in old if key.endswith(DRAFT)}
        if halves:
            await storage.remove(sorted(halves))
        if digests := sorted({digest for key in old if key not in halves and (digest := digest_of(key))}):
            strays += await _drop_rowless(storage, organization_id, digests)
    return strays


async def _drop_rowless(storage: Storage, organization_id: UUID, digests: list[str]) -> int:
    async with jobs.work(str(organization_id)) as session:
        claimed = await store.claim_strays(session, digests)
        if claimed:
            await storage.remove([key for digest in claimed for key in keys_of(organization_id, digest)])
            await store.drop_contents(session, claimed)
    return len(claimed)
