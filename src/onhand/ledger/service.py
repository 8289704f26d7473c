"""Verbs that move stock. Each runs in the caller's transaction and ends in the one SQL function post()."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from onhand.infra.db import actor_of, raw
from onhand.kernel import NotFound, plain
from onhand.ledger import store, store_post
from onhand.ledger.domain import Move, Posting, State, reversed_by
from onhand.ledger.errors import (
    LevelExists,
    LevelInUse,
    NotReversible,
    UnknownItem,
    UnknownLevel,
    UnknownReservation,
    refusal,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.ledger.domain import Code, Line, LineOutcome, Outcome, Recorded, Release, Reserve, Set

    Tell = Callable[[int, int], Awaitable[None]]  # so many of so many

MOST_POSTINGS = 5_000  # of one call while a run is undone: bounds its memory, not its atomicity


async def post(
    session: AsyncSession, postings: Sequence[Posting], *, brief: bool = False, silent: bool = False
) -> list[Outcome]:
    """Post any number of postings, each all-or-nothing; a refused one leaves its neighbours alone. Raises nothing.

    `brief` answers only what is worth saying (refusals, shortages, replays); `silent` writes no event, for history that
    is imported and announced as a whole.
    """
    if not postings:
        return []
    if not all(posting.lines for posting in postings):
        raise ValueError("a posting needs at least one line")
    actor = actor_of(session)
    answers = await store_post.send(await raw(session), actor, postings, brief=brief, silent=silent)
    session.info["announced"] = True
    changes = session.info.setdefault("changes", [])
    changes.extend(_change(line) for answer in answers if answer.state is State.POSTED for line in answer.lines)
    return answers


def _change(line: LineOutcome) -> dict[str, Any]:
    """A line as a dry run shows it."""
    after = {"on_hand": line.on_hand and plain(line.on_hand), "available": line.available and plain(line.available)}
    return {
        "action": "post",
        "entity": "level",
        "entity_id": f"{line.sku} {line.warehouse}",
        "before": None,
        "after": after,
    }


async def record(session: AsyncSession, posting: Posting) -> Outcome:
    """Post one. Raises NotEnoughStock, UnknownSku, …: the refusal of its first line at fault; OtherBody."""
    answer = (await post(session, [posting]))[0]
    problem = refusal(answer)
    if problem is not None:
        raise problem
    return answer


async def record_lines(session: AsyncSession, lines: Sequence[Line], around: Posting) -> Outcome:
    """Post these lines with the id, reason and the like of `around`. Raises as `record`."""
    return await record(session, replace(around, lines=lines))


async def set_level(session: AsyncSession, level: Set, posting: Posting | None = None) -> LineOutcome:
    """Make on hand equal to a number. Raises LevelChanged when `expected` is past, NotEnoughStock below promises.

    `posting` gives id, reason and the like; its lines are replaced.
    """
    around = posting or Posting(lines=(), reason="set")
    return (await record(session, replace(around, lines=[level]))).lines[0]


async def open_level(session: AsyncSession, level: Set, around: Posting) -> Outcome:
    """Open a level with its first balance. Raises LevelExists when anything happened there before."""
    places = await store.level_state(session, level.sku, level.warehouse)
    if places is not None and places.moved:
        raise LevelExists(sku=str(level.sku), warehouse=str(level.warehouse))
    return await record(session, replace(around, lines=[level]))


async def drop_level(session: AsyncSession, key: str, sku: Code, warehouse: Code) -> None:
    """Remove a level at zero without history. Raises UnknownLevel, LevelInUse."""
    places = await store.level_state(session, sku, warehouse)
    if places is None or not places.exists:
        raise UnknownLevel(key=key)
    if not await store.drop_level(session, places.sku_id, places.warehouse_id):
        raise LevelInUse(key=key)


async def transfer_now(session: AsyncSession, moves: Sequence[Move], around: Posting) -> Outcome:
    """Post both ends of a movement between warehouses. Raises as `record`."""
    return await record(session, replace(around, lines=moves))


async def sku_by(session: AsyncSession, key: str) -> UUID:
    """The id of the SKU with this id or code. Raises UnknownItem."""
    found = await store.find_sku(session, key)
    if found is None:
        raise UnknownItem(sku=key)
    return found


async def open_of(session: AsyncSession, reservation: UUID) -> Decimal:
    """What a reservation still holds. Raises UnknownReservation."""
    held = await store.find_open(session, reservation)
    if held is None:
        raise UnknownReservation(reservation=str(reservation))
    return held


async def reserve(session: AsyncSession, *promises: Reserve, posting: Posting | None = None) -> Outcome:
    """Promise stock, all or nothing. Raises NotEnoughStock, UnknownSku, UnknownWarehouse, ReservationExists.

    `posting` gives id, reference and the like; its lines are replaced.
    """
    around = posting or Posting(lines=(), reason="reserved")
    return await record(session, replace(around, lines=promises))


async def release(session: AsyncSession, *releases: Release, reason: str = "released") -> Outcome:
    """Give promises back. Raises ReservationClosed, UnknownReservation."""
    return await record(session, Posting(lines=releases, reason=reason))


async def commit_reservation(session: AsyncSession, reservation: UUID, quantity: Decimal) -> Outcome:
    """Ship `quantity` of what is promised, as a sale. Raises ReservationClosed when it holds less."""
    lines = [Move(quantity=-quantity, reservation=reservation)]
    return await record(session, Posting(lines=lines, type="sale", reason="shipped"))


async def reverse(session: AsyncSession, posting_id: UUID, *, reason: str = "reversed") -> Outcome:
    """Undo a posting by another that points at it. Doing it twice is harmless.

    Raises NotFound, NotReversible (it is itself a reversal, moved nothing, or its month was taken out), NotEnoughStock
    when what came is gone.
    """
    await _require_here(session, [posting_id])
    rows = await store.lines_of(session, [posting_id])
    if not rows:
        raise NotFound(what="posting", key=posting_id)
    undo = reversed_by(posting_id, rows, reason)
    if undo is None:
        why = "it reverses another one" if rows[0].reverses_id else "it moved nothing"
        raise NotReversible(posting_id=str(posting_id), why=why)
    return await record(session, undo)


async def reverse_group(
    session: AsyncSession, group_id: UUID, *, reason: str = "undone", tell: Tell | None = None
) -> list[Outcome]:
    """Undo every posting of a run, newest first. Returns the refused ones (their stock has gone elsewhere meanwhile).

    Silent, as the run was: who watches availability resynchronizes once afterwards. `tell` hears how many of how many
    postings are undone so far, while none of it is committed. Raises NotReversible when a month of it was taken out.
    """
    refused: list[Outcome] = []
    ids = await store.postings_of_group(session, group_id)
    await _require_here(session, ids)
    for start in range(0, len(ids), MOST_POSTINGS):
        chunk = ids[start : start + MOST_POSTINGS]
        rows = await store.lines_of(session, chunk)
        undone = _undone(chunk, rows, reason)
        refused += [answer for answer in await post(session, undone, brief=True, silent=True) if not answer.ok]
        if tell is not None:
            await tell(start + len(chunk), len(ids))
    return refused


async def _require_here(session: AsyncSession, ids: Sequence[UUID]) -> None:
    found = await store.archived_of(session, ids)
    if found is not None:
        why = f"its movements are in {found[1]}, which was taken out; `onhand partitions attach` brings it back"
        raise NotReversible(posting_id=str(found[0]), why=why)


def _undone(ids: Sequence[UUID], rows: Sequence[Recorded], reason: str) -> list[Posting]:
    by_posting: dict[UUID, list[Recorded]] = {posting_id: [] for posting_id in ids}
    for row in rows:
        by_posting[row.posting_id].append(row)
    made = (reversed_by(posting_id, lines, reason) for posting_id, lines in by_posting.items())
    return [posting for posting in made if posting is not None]
