"""Stock is moved of what lies there: a kit named by hand is answered with what to move instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onhand import kits, ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.infra.db import Database
    from onhand.kernel import Actor


async def refuse_kits(session: AsyncSession, postings: Sequence[ledger.Posting]) -> None:
    """Raise kits.KitHasNoStock when a line of these names a kit."""
    await kits.refuse_kits(session, _named(postings))


async def refuse_kits_late(database: Database, actor: Actor, postings: Sequence[ledger.Posting]) -> None:
    """The same, asked only when nothing could be posted: the quick way to a level is not made longer for kits."""
    async with database.session(actor) as session:
        await refuse_kits(session, postings)


def _named(postings: Sequence[ledger.Posting]) -> Iterator[tuple[str, ledger.Code | None]]:
    lines = [line for posting in postings for line in posting.lines]
    for number, line in enumerate(lines):
        alone = len(lines) == 1 and isinstance(line, ledger.Reserve)
        sku = None if isinstance(line, ledger.Release) else getattr(line, "sku", None)
        yield ("/sku" if alone else f"/lines/{number}/sku"), sku
