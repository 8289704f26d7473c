"""Postings as the array literals that the SQL function post() takes, and its rows as outcomes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand.infra.db import raw
from onhand.ledger.domain import (
    Code,
    Line,
    LineOutcome,
    Move,
    Outcome,
    Posting,
    Release,
    Relocate,
    Reserve,
    Set,
    State,
    Withhold,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from decimal import Decimal

    from psycopg import AsyncConnection

    from onhand.infra.db import Database
    from onhand.kernel import Actor

    Cell = str | None
    Row = tuple[Cell, ...]

SQL = """SELECT posting, line, state, problem, sku, warehouse, wanted, quantity, on_hand, available, shortage,
 reservation FROM post(%s::uuid,
 %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::boolean[], %s::timestamptz[], %s::text[], %s::uuid[], %s::text[],
 %s::text[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::uuid[],
 %s::integer[], %s::integer[], %s::text[], %s::uuid[], %s::text[], %s::uuid[], %s::numeric[], %s::numeric[],
 %s::uuid[], %s::text[], %s::uuid[], %s::integer[], %s::text[], %s::timestamptz[], %s::numeric[], %s::text[],
 %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
 %s::boolean[], %s::integer[], %s::uuid[], %s::boolean, %s::boolean)"""

EXPIRY = "SELECT expires_at FROM reservation WHERE id = %s"
READ_LEVEL = "SELECT * FROM read_level(%s, %s, %s, %s, %s)"

# Which columns hold free text and must be quoted within an array literal.
_POSTING_TEXT = frozenset({3, 6, 8, 9, 12, 13})
_LINE_TEXT = frozenset({1, 3, 8, 11, 14, 16, 17, 18, 19, 20, 21, 22})
_POSTING_WIDTH, _LINE_WIDTH = 16, 26


def _id(value: UUID | None) -> Cell:
    return None if value is None else value.hex  # twice as quick to write as with its dashes


def _moment(value: datetime | None) -> Cell:
    return None if value is None else f'"{value.isoformat()}"'


def _number(value: Decimal | None) -> Cell:
    return None if value is None else str(value)


def named(code: Code | None) -> tuple[Cell, Cell]:
    """A human code and an id, of which one is known."""
    return (None, code.hex) if isinstance(code, UUID) else (code, None)


_NOBODY: Row = (None, None, None, None, None)
_NO_COST: Row = (None, None)
_NO_PIECE: Row = (None,) * 9


def _piece(code: Code | None) -> Cell:
    """A bin, lot or serial as post() reads it: a code, or an id."""
    if code is None:
        return None
    return f"={code.hex}" if isinstance(code, UUID) else f":{code}"


def _pieces(line: Move | Withhold | Relocate) -> Row:
    """Bin, lot, serial; those it goes to; carried, undoes, returned from."""
    goes: Row = (None, None, None)
    carried, returned = None, None
    if isinstance(line, Relocate):
        goes = (_piece(line.to_bin), _piece(line.to_lot), _piece(line.to_serial))
    elif isinstance(line, Move):
        carried, returned = "t" if line.carried else None, _id(line.returned_from)
    undoes = None if line.undoes is None else str(line.undoes)
    return (_piece(line.bin), _piece(line.lot), _piece(line.serial), *goes, carried, undoes, returned)


def _holder(line: Reserve) -> Row:
    return line.holder_kind, _id(line.holder_id), str(line.priority), line.channel, _moment(line.expires_at)


def _row(line: Line) -> Row:
    """One line as cells.

    op, sku, sku_id, warehouse, warehouse_id, quantity, expected, reservation, holder kind and id, priority, channel,
    expiry, cost, currency, effective, note, bin, lot, serial, those it goes to, carried, undoes, returned from.
    """
    if isinstance(line, Release):
        head = ("3", None, None, None, None, _number(line.quantity), None, line.reservation.hex)
        return (*head, *_NOBODY, *_NO_COST, None, line.note, *_NO_PIECE)
    place = (*named(line.sku), *named(line.warehouse), str(line.quantity))
    if isinstance(line, Reserve):
        return ("2", *place, None, line.id.hex, *_holder(line), *_NO_COST, None, line.note, *_NO_PIECE)
    when = (_moment(line.effective_at), line.note)
    match line:
        case Move():
            cost = (_number(line.unit_cost), line.currency)
            return ("1", *place, None, _id(line.reservation), *_NOBODY, *cost, *when, *_pieces(line))
        case Withhold():
            return ("4", *place, None, None, *_NOBODY, *_NO_COST, *when, *_pieces(line))
        case Relocate():
            return ("6", *place, None, None, *_NOBODY, *_NO_COST, *when, *_pieces(line))
        case Set():
            cost = (_number(line.unit_cost), line.currency)
            return ("5", *place, _number(line.expected), None, *_NOBODY, *cost, *when, *_NO_PIECE)


def fingerprint(posting: Posting, rows: Sequence[Row]) -> str:
    """What the body says, in 128 bits: a repetition has the same, another body under the same id has not.

    Left out is what a repetition may word anew: an expiry counted from now, the id of a reservation, who asks.
    """
    said = [f"{posting.type}\x1f{posting.reason}\x1f{posting.fact}\x1f{posting.reverses_id}"]
    for row in rows:
        held = None if row[0] == "2" else row[7]
        said.append("\x1f".join([cell or "" for cell in (*row[:7], held, *row[8:12], *row[13:])]))
    return hashlib.blake2b("\x1e".join(said).encode(), digest_size=16).hexdigest()


def _type(posting: Posting) -> str:
    promises = all(isinstance(line, Reserve | Release) for line in posting.lines)
    return "reservation" if promises else posting.type


def _head(posting: Posting, rows: Sequence[Row], actor: Actor) -> Row:
    who = posting.actor or actor
    return (
        posting.id.hex,
        posting.body_hash.hex if posting.body_hash else fingerprint(posting, rows),
        _type(posting),
        posting.reason,
        "t" if posting.fact else "f",
        _moment(posting.effective_at),
        posting.reference_kind,
        _id(posting.reference_id),
        posting.document,
        who.kind,
        _id(who.id),
        _id(who.key_id),
        who.label,
        who.address,
        _id(posting.reverses_id),
        _id(posting.group_id),
    )


def _literal(cells: Iterable[Cell], *, quote: bool) -> str | None:
    """An array literal; far cheaper than the driver's dumping each element. None when every cell is."""
    values = list(cells)
    if values.count(None) == len(values):
        return None
    if quote:
        values = [v if v is None else '"' + v.replace("\\", "\\\\").replace('"', '\\"') + '"' for v in values]
    return "{" + ",".join(["NULL" if value is None else value for value in values]) + "}"


def _literals(rows: Sequence[Row], text: frozenset[int], width: int) -> list[str | None]:
    columns: Iterable[Iterable[Cell]] = zip(*rows, strict=True) if rows else [()] * width
    return [_literal(column, quote=number in text) for number, column in enumerate(columns)]


def arguments(
    organization_id: UUID, actor: Actor, postings: Sequence[Posting], *, brief: bool, silent: bool
) -> list[object]:
    """The parameters of SQL for one call."""
    heads: list[Row] = []
    lines: list[Row] = []
    numbers: list[str] = []
    for number, posting in enumerate(postings, 1):
        rows = [_row(line) for line in posting.lines]
        heads.append(_head(posting, rows, actor))
        lines.extend(rows)
        numbers.extend([str(number)] * len(rows))
    head = _literals(heads, _POSTING_TEXT, _POSTING_WIDTH)
    body = _literals(lines, _LINE_TEXT, _LINE_WIDTH)
    return [organization_id, *head, _literal(numbers, quote=False), *body, brief, silent]


def _line(number: int, asked: Line, row: tuple[Any, ...]) -> LineOutcome:
    sku, warehouse = (None, None) if isinstance(asked, Release) else (asked.sku, asked.warehouse)
    return LineOutcome(
        line=number,
        sku=row[4] or (None if sku is None else str(sku)),
        warehouse=row[5] or (None if warehouse is None else str(warehouse)),
        quantity=row[7],
        on_hand=row[8],
        available=row[9],
        shortage=row[10],
        reservation=row[11],
        problem=row[3],
        wanted=row[6],
    )


def outcomes(postings: Sequence[Posting], rows: Iterable[tuple[Any, ...]]) -> list[Outcome]:
    """What became of each posting, in the order asked. A posting about which nothing was said stands."""
    states = [State.POSTED] * len(postings)
    answers: list[list[LineOutcome]] = [[] for _ in postings]
    starts: list[int] = []
    start = 1
    for posting in postings:
        starts.append(start)
        start += len(posting.lines)
    for row in rows:
        index = row[0] - 1
        states[index] = State(row[2])
        number = row[1] - starts[index]
        answers[index].append(_line(number, postings[index].lines[number], row))
    return [Outcome(p.id, s, a) for p, s, a in zip(postings, states, answers, strict=True)]


async def send(
    connection: AsyncConnection[Any],
    actor: Actor,
    postings: Sequence[Posting],
    *,
    brief: bool = False,
    silent: bool = False,
) -> list[Outcome]:
    """Call post() once. psycopg raises SerializationFailure when an id was taken meanwhile: call again once."""
    asked = arguments(actor.organization_id, actor, postings, brief=brief, silent=silent)
    rows = await (await connection.execute(SQL, asked)).fetchall()
    return outcomes(postings, rows)


async def send_alone(database: Database, actor: Actor, postings: Sequence[Posting]) -> list[Outcome]:
    """Call post() in a transaction of its own."""
    async with database.pool.connection() as connection:
        return await send(connection, actor, postings)


async def rehearse(database: Database, actor: Actor, postings: Sequence[Posting]) -> list[Outcome]:
    """What post() would answer; nothing is kept."""
    async with database.pool.connection() as connection, connection.transaction(force_rollback=True):
        return await send(connection, actor, postings)


@dataclass(frozen=True, slots=True)
class LevelRead:
    """One level as it is shown."""

    sku_id: UUID
    warehouse_id: UUID
    sku: str
    warehouse: str
    on_hand: Decimal
    reserved: Decimal
    unavailable: Decimal
    incoming: Decimal
    changed_at: datetime | None


async def find_level(database: Database, organization_id: UUID, sku: Code, warehouse: Code) -> LevelRead | None:
    """One level in one round trip; None when there is no such SKU or warehouse."""
    values = (organization_id, *named(sku), *named(warehouse))
    async with database.pool.connection() as connection:
        row = await (await connection.execute(READ_LEVEL, values)).fetchone()
    return LevelRead(*row) if row else None


async def expiry_of(database: Database, actor: Actor, reservation_id: UUID) -> datetime | None:
    """When a reservation ends; None for never."""
    async with database.session(actor) as session:
        row = await (await (await raw(session)).execute(EXPIRY, (reservation_id,))).fetchone()
    return row[0] if row else None
