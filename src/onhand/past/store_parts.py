"""SQL of the monthly parts of movements and events: what there is, taking one out, bringing it back.

Spoken as the database's owner, who alone may change tables. Names of parts come from the catalog, never from a caller.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, LiteralString

from psycopg import AsyncConnection, sql
from psycopg.errors import LockNotAvailable

from onhand.past.domain import Part
from onhand.past.errors import PartStays

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from uuid import UUID

    from onhand.past.domain import Taken

    Connection = AsyncConnection[Any]

ARCHIVE = "onhand_archive"
ROOM = "CREATE SCHEMA IF NOT EXISTS onhand_archive AUTHORIZATION onhand_owner"
PATIENCE = "SET LOCAL lock_timeout = '5s'"  # who writes waits no longer than this; the command is repeated instead
TURN = "SELECT pg_advisory_lock(hashtextextended('onhand.partitions', 0))"
PARTS = """
SELECT p.relname, c.relname, to_date(right(c.relname, 6), 'YYYYMM')::timestamptz,
    (to_date(right(c.relname, 6), 'YYYYMM') + interval '1 month')::timestamptz, greatest(c.reltuples, 0)::bigint,
    pg_total_relation_size(c.oid), 'attached', NULL, NULL
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
JOIN pg_namespace n ON n.oid = p.relnamespace
WHERE n.nspname = 'onhand' AND p.relname IN ('movement', 'event') AND p.relkind = 'p'
UNION ALL
SELECT parent, name, first_at, until_at, row_count, byte_count, kept_as, place, checksum FROM detached_part
ORDER BY 1, 3
"""
LEVELS = "SELECT organization_id, sku_id, warehouse_id, max(id) FROM {part} GROUP BY 1, 2, 3"
FOLD = """SELECT fold_level(organization_id, zone, %s, %s, %s, 1) FROM past_state
WHERE organization_id = current_organization()"""
BELONGS = "SELECT set_config('onhand.organization_id', %s, true)"
OWNERS = "SELECT DISTINCT organization_id FROM {part}"
FOLD_WAREHOUSES = "SELECT fold_past(%s, %s, %s)"
NEWEST = "SELECT organization_id, max(id) FROM {part} GROUP BY 1"
CARRY_LEVELS = """INSERT INTO carried_level (organization_id, part, sku_id, warehouse_id, last_id, quantity, reserved,
    unavailable, value, uncosted, changes)
SELECT organization_id, %(name)s, sku_id, warehouse_id, max(id), sum(quantity), sum(reserved), sum(unavailable),
    sum(value), sum(uncosted), count(*)
FROM {part} WHERE organization_id = %(organization)s GROUP BY organization_id, sku_id, warehouse_id"""
CARRY_RESERVATIONS = """INSERT INTO carried_reservation (organization_id, part, reservation_id, reserved)
SELECT organization_id, %(name)s, reservation_id, sum(reserved) FROM {part}
WHERE organization_id = %(organization)s AND reservation_id IS NOT NULL
GROUP BY organization_id, reservation_id HAVING sum(reserved) <> 0"""
REACHES: dict[str, LiteralString] = {
    "movement": "SELECT count(*), max(effective_at) FROM {part}",
    "event": "SELECT count(*), NULL::timestamptz FROM {part}",
}
NOTE = """INSERT INTO detached_part (name, parent, first_at, until_at, reaches_at, row_count, byte_count, kept_as,
    place, checksum)
VALUES (%s, %s, %s, %s, greatest(%s, %s), %s, %s, %s, %s, %s)"""
ORGANIZATIONS = "SELECT id FROM relay_organizations()"
FORGET = ("DELETE FROM carried_level WHERE part = %s", "DELETE FROM carried_reservation WHERE part = %s")
COLUMNS = """SELECT column_name FROM information_schema.columns
WHERE table_schema = %s AND table_name = %s ORDER BY ordinal_position"""


def _of(statement: LiteralString, part: str, schema: str = "onhand") -> sql.Composed:
    return sql.SQL(statement).format(part=sql.Identifier(schema, part))


@asynccontextmanager
async def owning(url: str) -> AsyncIterator[Connection]:
    """A connection as the owner of all tables, whom row security binds as everybody else."""
    options = "-c search_path=onhand,public"
    async with await AsyncConnection.connect(url, options=options, autocommit=True) as connection:
        await connection.execute(ROOM)
        await connection.execute("SET ROLE onhand_owner")
        yield connection


async def take_turns(connection: Connection) -> None:
    """Wait until nobody else moves a month; held until the connection closes."""
    await connection.execute(TURN)


@asynccontextmanager
async def moving(connection: Connection, part: str) -> AsyncIterator[None]:
    """A transaction that moves a part whole or not at all. Raises PartStays when somebody holds its table."""
    try:
        async with connection.transaction():
            yield
    except LockNotAvailable as problem:
        raise PartStays(part=part, why="its table is in use by a long transaction; try again in a while") from problem


async def parts(connection: Connection) -> list[Part]:
    """Every part, attached or taken out, oldest first within its table."""
    return [Part(*row) for row in await (await connection.execute(PARTS)).fetchall()]


async def levels_in(connection: Connection, part: str) -> list[tuple[UUID, UUID, UUID, int]]:
    """Organization, SKU, warehouse and newest number of each level that moved in a part."""
    return await (await connection.execute(_of(LEVELS, part))).fetchall()


async def fold(connection: Connection, rows: Sequence[tuple[UUID, UUID, UUID, int]]) -> None:
    """Sum the days of these levels up to these numbers, in one transaction, after those of warehouses."""
    async with connection.transaction(), connection.cursor() as cursor:
        for organization, sku, warehouse, newest in rows:
            await cursor.execute(BELONGS, (str(organization),))
            await cursor.execute(FOLD, (sku, warehouse, newest))


async def fold_warehouses(connection: Connection, part: str) -> None:
    """Sum the days of every warehouse at least up to the end of a part, which is long settled."""
    for organization, newest in await (await connection.execute(_of(NEWEST, part))).fetchall():
        done = 1
        while done:
            async with connection.transaction():
                await connection.execute(BELONGS, (str(organization),))
                row = await (await connection.execute(FOLD_WAREHOUSES, (organization, newest, 0))).fetchone()
                done = int(row[0]) if row else 0


async def carry(connection: Connection, part: str) -> None:
    """Write down what a part of movements did to levels and reservations, so that the rest still proves."""
    owners = await (await connection.execute(_of(OWNERS, part))).fetchall()
    for (organization,) in owners:
        values = {"name": part, "organization": organization}
        await connection.execute(BELONGS, (str(organization),))
        await connection.execute(_of(CARRY_LEVELS, part), values)
        await connection.execute(_of(CARRY_RESERVATIONS, part), values)


async def note(connection: Connection, part: Part, taken: Taken) -> None:
    """Write down that a part was taken out."""
    rows, reaches = (await (await connection.execute(_of(REACHES[part.parent], part.name))).fetchone()) or (0, None)
    where = (part.until_at, reaches, rows, part.bytes, taken.kept_as, taken.place, taken.checksum)
    await connection.execute(NOTE, (part.name, part.parent, part.first_at, part.until_at, *where))


async def detach(connection: Connection, part: Part, *, keep: bool) -> None:
    """Out of its table: into the archive's schema, or away when it is in a file."""
    parent, name = sql.Identifier("onhand", part.parent), sql.Identifier("onhand", part.name)
    await connection.execute(sql.SQL(PATIENCE))
    await connection.execute(sql.SQL("ALTER TABLE {} DETACH PARTITION {}").format(parent, name))
    if keep:
        await connection.execute(sql.SQL("ALTER TABLE {} SET SCHEMA {}").format(name, sql.Identifier(ARCHIVE)))
    else:
        await connection.execute(sql.SQL("DROP TABLE {}").format(name))


async def lines_of(connection: Connection, part: str) -> AsyncIterator[bytes]:
    """The rows of a part as CSV with a header, in pieces."""
    out = _of("COPY {part} TO STDOUT (FORMAT csv, HEADER)", part)
    async with connection.cursor() as cursor, cursor.copy(out) as copy:
        async for piece in copy:
            yield bytes(piece)


async def make_beside(connection: Connection, part: Part) -> None:
    """An empty table like today's, to fill before it is attached."""
    statement = sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED)")
    await connection.execute(
        statement.format(sql.Identifier("onhand", part.name), sql.Identifier("onhand", part.parent))
    )


async def fill_from_archive(connection: Connection, part: Part) -> None:
    """Bring back the rows that lie in the archive's schema; columns that came since have their defaults."""
    columns = [row[0] for row in await (await connection.execute(COLUMNS, (ARCHIVE, part.name))).fetchall()]
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    old, new = sql.Identifier(ARCHIVE, part.name), sql.Identifier("onhand", part.name)
    await connection.execute(sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(new, listed, listed, old))
    await connection.execute(sql.SQL("DROP TABLE {}").format(old))


async def fill(connection: Connection, part: Part, header: str, pieces: AsyncIterator[bytes]) -> None:
    """Bring back rows from a file's pieces; `header` names its columns."""
    columns = sql.SQL(", ").join(map(sql.Identifier, header.strip().split(",")))
    into = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(sql.Identifier("onhand", part.name), columns)
    async with connection.cursor() as cursor, cursor.copy(into) as copy:
        async for piece in pieces:
            await copy.write(piece)


async def rows_in(connection: Connection, part: str) -> int:
    """How many rows a part has, counted."""
    row = await (await connection.execute(_of("SELECT count(*) FROM {part}", part))).fetchone()
    return int(row[0]) if row else 0


async def _forget(connection: Connection, part: str) -> None:
    for (organization,) in await (await connection.execute(ORGANIZATIONS)).fetchall():
        await connection.execute(BELONGS, (str(organization),))
        for statement in FORGET:
            await connection.execute(statement, (part,))


async def attach(connection: Connection, part: Part) -> None:
    """Into its table again; what was carried for it is counted from its rows from now on."""
    if part.parent == "movement":
        await _forget(connection, part.name)
    await connection.execute("DELETE FROM detached_part WHERE name = %s", (part.name,))
    statement = sql.SQL("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES FROM ({}) TO ({})")
    parent, name = sql.Identifier("onhand", part.parent), sql.Identifier("onhand", part.name)
    await connection.execute(sql.SQL(PATIENCE))
    bounds = (sql.Literal(part.first_at.isoformat()), sql.Literal(part.until_at.isoformat()))
    await connection.execute(statement.format(parent, name, *bounds))
