"""Every SQL statement and every lock of imports."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from onhand import recordfile
from onhand.exchange.errors import AlreadyRunning
from onhand.exchange.tables import ImportFault, ImportLine, ImportRun
from onhand.infra.db import actor_of, raw
from onhand.infra.lists import Column, ListSpec
from onhand.infra.locks import held, is_held

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from decimal import Decimal

    from sqlalchemy import ScalarResult, Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.infra.db import Database
    from onhand.infra.tabular import Fault

KEPT_FAULTS = 10_000

RUNS = ListSpec(
    columns={
        "id": Column(ImportRun.id, "uuid"),
        "kind": Column(ImportRun.kind),
        "status": Column(ImportRun.status),
        "source": Column(ImportRun.source),
        "file_name": Column(ImportRun.file_name),
        "file_size": Column(ImportRun.file_size, "number"),
        "lines_total": Column(ImportRun.lines_total, "number"),
        "lines_done": Column(ImportRun.lines_done, "number"),
        "lines_recorded": Column(ImportRun.lines_recorded, "number"),
        "problem": Column(ImportRun.problem),
        "started_by": Column(ImportRun.started_by),
        "created_at": Column(ImportRun.created_at, "time"),
        "finished_at": Column(ImportRun.finished_at, "time"),
        "undone_at": Column(ImportRun.undone_at, "time"),
    },
    default_sort="-created_at",
)
FAULTS = ListSpec(
    columns={
        "line": Column(ImportFault.line, "number"),
        "field": Column(ImportFault.field),
        "value": Column(ImportFault.value),
        "reason": Column(ImportFault.reason),
        "fix": Column(ImportFault.fix),
    },
    default_sort="line",
    key="line",
)

LOCK = "onhand.import:{organization_id}:{source}"  # held while an import from that source runs
CUT_OFF = f"""
UPDATE import_run r SET status = 'unfinished', updated_at = now(),
    problem = 'It was cut off after ' || r.lines_done || ' of ' || r.lines_total || ' lines. Resume it, or undo it.'
WHERE r.organization_id = %s AND r.status = 'running'
    AND NOT {is_held("'onhand.import:' || r.organization_id || ':' || r.source")}
"""
UNDO_CUT_OFF = f"""
UPDATE import_run r SET updated_at = now(),
    problem = 'Undoing it was cut off. Undo it again: what is undone already stays so.'
WHERE r.organization_id = %s AND r.status = 'undoing' AND r.problem IS NULL
    AND NOT {is_held("'onhand.import:' || r.organization_id || ':' || r.source")}
"""
# The first rows of a table are looked up by reading it whole, and sessions remember that plan while it grows: an import
# would read all orders for each of its lines until the statistics catch up.
# Of an organization that is new, the statistics know nothing: planned for its id, every index that begins with it looks
# as good as the right one. Planned for any organization, the key's index wins.
PLAN_FOR_MANY = ("SET LOCAL enable_seqscan = off", "SET LOCAL plan_cache_mode = force_generic_plan", "DISCARD PLANS")
KNOWN_LINES = """
SELECT t.place, l.run_id = %s, l.content FROM unnest(%s::uuid[]) WITH ORDINALITY t(id, place)
JOIN import_line l ON l.organization_id = %s AND l.id = t.id
"""
ADD_LINES = """
INSERT INTO import_line (organization_id, id, run_id, content)
SELECT %s, t.id, %s, t.content FROM unnest(%s::uuid[], %s::bigint[]) AS t(id, content)
"""


def runs() -> Select[Any]:
    """All runs."""
    return select(ImportRun)


def faults_of(run_id: UUID) -> Select[Any]:
    """The lines that one run left out."""
    return select(ImportFault).where(ImportFault.run_id == run_id)


@asynccontextmanager
async def locked(database: Database, organization_id: UUID, source: str) -> AsyncIterator[None]:
    """Hold the right to import from this source, for as long as the process lives. Raises AlreadyRunning."""
    async with held(database, LOCK.format(organization_id=organization_id, source=source)) as mine:
        if not mine:
            raise AlreadyRunning(source=source)
        yield


async def settle(session: AsyncSession) -> None:
    """Runs that say `running` or `undoing` while no process holds their lock were cut off: say so."""
    connection = await raw(session)
    for statement in (CUT_OFF, UNDO_CUT_OFF):
        await connection.execute(statement, (actor_of(session).organization_id,))


async def change_run(session: AsyncSession, run_id: UUID, **values: Any) -> None:
    """Write these columns of a run."""
    changed = values | {"updated_at": func.now()}
    await session.execute(update(ImportRun).where(ImportRun.id == run_id).values(**changed))


async def replace_faults(session: AsyncSession, run_id: UUID, faults: Sequence[Fault | recordfile.Problem]) -> None:
    """Keep the first ten thousand lines that were left out."""
    await session.execute(delete(ImportFault).where(ImportFault.run_id == run_id))
    await add_faults(session, run_id, faults[:KEPT_FAULTS])


async def add_faults(session: AsyncSession, run_id: UUID, faults: Sequence[Fault | recordfile.Problem]) -> None:
    """Keep these lines beside those kept before; of each line the first thing wrong with it."""
    organization_id = actor_of(session).organization_id
    rows = [
        {"organization_id": organization_id, "run_id": run_id, "line": fault.line, "field": fault.column,
         "value": fault.value, "reason": fault.reason, "fix": getattr(fault, "fix", "")}
        for fault in {fault.line: fault for fault in reversed(faults)}.values()
    ]  # fmt: skip
    if rows:
        await session.execute(insert(ImportFault).on_conflict_do_nothing(), rows)


async def any_line(session: AsyncSession) -> bool:
    """Whether anything was ever imported here."""
    organization_id = actor_of(session).organization_id
    found = await session.execute(select(ImportLine.id).where(ImportLine.organization_id == organization_id).limit(1))
    return found.first() is not None


async def known_lines(session: AsyncSession, run_id: UUID, ids: Sequence[str]) -> list[tuple[int, bool, int]]:
    """Of these ids the ones on file: place (from 0), whether this run brought it, and the hash of what it says."""
    connection = await raw(session)
    literal = "{" + ",".join(ids) + "}"
    found = await connection.execute(KNOWN_LINES, (run_id, literal, actor_of(session).organization_id))
    return [(place - 1, mine, content) for place, mine, content in await found.fetchall()]


async def plan_for_many(session: AsyncSession) -> None:
    """Let this transaction look rows up by index, however few there are yet."""
    connection = await raw(session)
    for statement in PLAN_FOR_MANY:
        await connection.execute(statement)


async def add_lines(session: AsyncSession, run_id: UUID, ids: Sequence[str], contents: Sequence[int]) -> None:
    """Put lines on file. One that is there already stops the chunk: two runs never bring the same line."""
    connection = await raw(session)
    literals = ("{" + ",".join(ids) + "}", "{" + ",".join(map(str, contents)) + "}")
    await connection.execute(ADD_LINES, (actor_of(session).organization_id, run_id, *literals))


async def forget_lines(session: AsyncSession, run_id: UUID) -> int:
    """Take a run's lines off file, so that they may be imported again. Returns how many there were."""
    connection = await raw(session)
    statement = "DELETE FROM import_line WHERE organization_id = %s AND run_id = %s"
    return (await connection.execute(statement, (actor_of(session).organization_id, run_id))).rowcount


async def advance(
    session: AsyncSession, run_id: UUID, *, posted: int = 0, recorded: int = 0, result: dict[str, Any] | None = None
) -> None:
    """So many more lines of a run are posted, so many more recorded as orders."""
    values: dict[str, Any] = {"lines_done": ImportRun.lines_done + posted} if posted else {}
    values |= {"lines_recorded": ImportRun.lines_recorded + recorded} if recorded else {}
    await change_run(session, run_id, **values, **({} if result is None else {"result": result}))


# Read from the ledger's own table: an import needs the whole past of thousands of SKUs, moment by moment.
CUSTOMERS = "SELECT count(*) FROM customer WHERE organization_id = %s AND code_key = ANY(%s)"
CHANGES_BEFORE = """
SELECT m.sku_id, extract(epoch FROM m.effective_at)::bigint, sum(m.quantity) FROM movement m
WHERE m.organization_id = %s AND m.warehouse_id = %s AND m.sku_id = ANY(%s::uuid[]) AND m.quantity <> 0 GROUP BY 1, 2
"""


async def changes_before(
    session: AsyncSession, warehouse_id: UUID, sku_ids: Sequence[UUID]
) -> list[tuple[UUID, int, Decimal]]:
    """What has moved so far: SKU, second since 1970, net quantity."""
    connection = await raw(session)
    found = await connection.execute(CHANGES_BEFORE, (actor_of(session).organization_id, warehouse_id, list(sku_ids)))
    return await found.fetchall()


async def count_customers(session: AsyncSession, codes: Sequence[str]) -> int:
    """How many of these customers there are."""
    connection = await raw(session)
    keys = [code.lower() for code in codes]
    row = await (await connection.execute(CUSTOMERS, (actor_of(session).organization_id, keys))).fetchone()
    return int(row[0]) if row else 0


async def first_faults(session: AsyncSession, run_id: UUID, most: int) -> Sequence[ImportFault]:
    """The first lines that a run left out."""
    found: ScalarResult[ImportFault] = await session.scalars(faults_of(run_id).order_by(ImportFault.line).limit(most))
    return found.all()


async def brought_before(session: AsyncSession, run: ImportRun) -> ImportRun | None:
    """Another run of this kind that brought this very file and stands."""
    statement = select(ImportRun).where(
        ImportRun.organization_id == actor_of(session).organization_id,
        ImportRun.kind == run.kind,
        ImportRun.file_hash == run.file_hash,
        ImportRun.status == "finished",
        ImportRun.id != run.id,
    )
    found: ScalarResult[ImportRun] = await session.scalars(statement.order_by(ImportRun.finished_at).limit(1))
    return found.first()
