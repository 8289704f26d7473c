"""Proving the ledger: everything it keeps is derived anew from the movements, in one snapshot."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from onhand.kernel import now
from onhand.proof import store_checks, store_checks_pieces
from onhand.proof.domain import Difference, Proof

if TYPE_CHECKING:
    from uuid import UUID

    from onhand.infra.db import Database


async def prove(database: Database, organization_id: UUID) -> Proof:
    """Compare levels, reservations, balances, postings and costs with what the movements say. Changes nothing."""
    started, proved_at = time.monotonic(), now()
    wrong: list[Difference] = []
    findings: list[Difference] = []
    async with store_checks.snapshot(database, organization_id) as connection:
        for name, check in (store_checks.CHECKS | store_checks_pieces.CHECKS).items():
            wrong += await store_checks.differences(connection, name, check, organization_id)
        for name, check in store_checks.FINDINGS.items():
            findings += await store_checks.differences(connection, name, check, organization_id)
        counted = await store_checks.counted(connection, organization_id)
        organization = await store_checks.code_of(connection, organization_id)
    return Proof(organization, proved_at, time.monotonic() - started, counted, wrong, findings)
