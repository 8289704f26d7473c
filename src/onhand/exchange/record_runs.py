"""Runs of records: how they are read, what they would do, doing it in chunks, taking it back."""

from __future__ import annotations

import asyncio
import csv
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import msgspec

from onhand import audit, intake, recordfile, replenishment
from onhand.exchange import service, store
from onhand.exchange.errors import WrongRunState
from onhand.exchange.events import FINISHED, UNDONE
from onhand.exchange.posting import transaction
from onhand.infra.rows import change_row
from onhand.infra.tabular import UnknownColumns, describe, plain_text, read_table, safe_cell, zone_named
from onhand.kernel import OnhandError, now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.exchange.posting import Job
    from onhand.exchange.schemas import ColumnsMappingIn
    from onhand.exchange.tables import ImportRun
    from onhand.infra.tabular import Shape

Facts = dict[str, Any]
CHUNK = 1_000
ERRORS = "errors.csv"
ADDED = ("problem in column", "what is wrong", "what to do")


async def change_columns(session: AsyncSession, run_id: UUID, body: ColumnsMappingIn, folder: Path) -> ImportRun:
    """Say what a file holds and how it is read. Raises WrongRunState, UnknownKind, UnknownColumns, MissingColumns."""
    run = await service.find_run(session, run_id, lock=True)
    if run.status not in service.EDITABLE:
        raise WrongRunState(status=run.status, verb="change", allowed=" or ".join(service.EDITABLE))
    entity = intake.entity_of(body.kind)
    zone_named(body.options.timezone)
    shape, header = dict(run.shape), run.shape["header"]
    if body.options.delimiter or body.options.encoding:
        read = await asyncio.to_thread(_as_told, folder, body)
        header = read.header
        shape |= msgspec.to_builtins(read) | {"sample": service.previewed(read)}
    unknown = [heading for heading in body.columns.values() if heading not in header]
    if unknown:
        raise UnknownColumns(unknown=", ".join(unknown), columns=", ".join(header))
    intake.check_columns(entity, body.columns)
    how = {"columns": body.columns, "date_order": body.date_order, "decimal_comma": body.decimal_comma}
    options = body.options.model_dump() | {
        "warehouse": body.options.warehouse or "",
        "currency": body.options.currency.upper(),
    }
    mapping = recordfile.Mapping(body.columns, body.date_order, body.decimal_comma)
    shape["doubts"] = recordfile.doubts(entity, mapping, header)
    before = {"file_name": run.file_name, "mapping": run.mapping, "options": run.options}
    values = {"kind": entity.name, "mapping": how, "options": options, "source": body.options.source, "shape": shape}
    await change_row(session, run, values | {"status": "mapped", "summary": None, "problem": None})
    if body.save_as:
        await intake.keep_mapping(session, body.save_as, entity.name, header, {"mapping": how, "options": options})
    await store.replace_faults(session, run.id, [])
    after = {"file_name": run.file_name, "mapping": how, "options": options}
    await audit.record(session, "map", "import", run.id, before, after)
    await service.tell(session, run.id)
    return run


def _as_told(folder: Path, body: ColumnsMappingIn) -> Shape:
    return describe(folder / service.UPLOAD, encoding=body.options.encoding, delimiter=body.options.delimiter)


def _context(run: ImportRun, *, dry: bool) -> intake.Context:
    options = run.options
    return intake.Context(
        run.id, run.mapping["columns"], run.source, options["currency"], options["warehouse"], dry=dry
    )


async def _read(job: Job, run: ImportRun) -> recordfile.Reading:
    entity, shape = intake.entity_of(run.kind), service.shape_of(run)
    mapping = recordfile.Mapping(run.mapping["columns"], run.mapping["date_order"], run.mapping["decimal_comma"])
    intake.check_columns(entity, mapping.columns)
    ways = recordfile.Ways(mapping, run.options["timezone"], escaped=shape.kind == "csv")

    def read() -> recordfile.Reading:
        headings = list(dict.fromkeys(mapping.columns.values()))
        return recordfile.read_rows(entity, read_table(job.folder / service.UPLOAD, shape, headings), ways)

    return await asyncio.to_thread(read)


async def check(job: Job, run: ImportRun) -> Facts:
    """What the file would do, row by row; nothing is written but the answer."""
    reading = await _read(job, run)
    tally, problems = await _planned(job, run, reading)
    await _write_errors(job, run, problems)
    summary = tally.facts() | {"rows": reading.total, "refused": _rows(problems)}
    async with job.database.session(job.actor) as session:
        found = await service.find_run(session, job.run_id, lock=True)
        service.require(found, "check")
        other = await store.brought_before(session, found) if reading.entity.additive else None
        if other is not None:
            summary["brought_before"] = {"at": f"{other.finished_at:%Y-%m-%d}", "by": other.started_by}
        await store.replace_faults(session, job.run_id, problems)
        values = {"status": "checked", "summary": summary, "problem": None, "lines_total": reading.total}
        await store.change_run(session, job.run_id, **values)
        await service.tell(session, job.run_id)
    return summary


def _rows(problems: Sequence[recordfile.Problem]) -> int:
    return len({problem.line for problem in problems})


async def _planned(
    job: Job, run: ImportRun, reading: recordfile.Reading
) -> tuple[intake.Tally, list[recordfile.Problem]]:
    tally, problems, context = intake.Tally(), list(reading.problems), _context(run, dry=True)
    writer = intake.writer_of(reading.entity)
    for upto, rows in intake.chunks(reading, size=min(job.chunk, CHUNK)):
        async with job.database.session(job.actor) as session:
            problems += tally.count(await writer.plan(session, rows, context))
        await job.report(upto, len(reading.good), "Checking")
    return tally, sorted(problems, key=lambda problem: problem.line)


async def work_through(job: Job, run: ImportRun) -> Facts:
    """Bring the rows in, chunk by chunk; a run that was cut off goes on behind its last chunk.

    Raises BroughtBefore, and RowsRefused when a row is refused and those are not to be left out: nothing is written.
    """
    began = time.monotonic()
    reading = await _read(job, run)
    tally = intake.Tally(**(run.result or {}).get("tally", {})) if run.opened_at else intake.Tally()
    if run.opened_at is None:
        await _admit(job, run, reading)
    for upto, rows in intake.chunks(reading, run.lines_done if run.opened_at else 0, min(job.chunk, CHUNK)):
        kept = msgspec.convert(msgspec.to_builtins(tally), intake.Tally)

        async def write(
            session: AsyncSession, rows: list[recordfile.Row] = rows, upto: int = upto, kept: intake.Tally = kept
        ) -> None:
            problems = kept.count(await intake.bring(session, reading.entity, rows, _context(run, dry=False)))
            await store.add_faults(session, job.run_id, problems)
            await store.change_run(session, job.run_id, lines_done=upto, result={"tally": kept.facts()})
            await service.tell(session, job.run_id)

        await transaction(job, write)
        tally = kept
        await job.report(upto, len(reading.good), None)
    return await _finish(job, run, reading, (tally, time.monotonic() - began))


async def _admit(job: Job, run: ImportRun, reading: recordfile.Reading) -> None:
    _, problems = await _planned(job, run, reading)
    await _write_errors(job, run, problems)
    async with job.database.session(job.actor) as session:
        await store.replace_faults(session, job.run_id, problems)
    async with job.database.session(job.actor) as session:
        other = await store.brought_before(session, run) if reading.entity.additive else None
        if other is not None and not run.options.get("again"):
            raise intake.BroughtBefore(day=f"{other.finished_at:%Y-%m-%d}", who=other.started_by)
        if problems and not run.options.get("skip_refused"):
            first = problems[0]
            raise intake.RowsRefused(count=_rows(problems), total=reading.total, line=first.line, reason=first.reason)
        nothing = {"lines_done": 0, "result": {"tally": {}}}
        await store.change_run(session, job.run_id, lines_total=len(reading.good), opened_at=now(), **nothing)


async def _finish(job: Job, run: ImportRun, reading: recordfile.Reading, made: tuple[intake.Tally, float]) -> Facts:
    tally, seconds = made
    refused = _rows(reading.problems) + tally.refuse
    result = {"tally": tally.facts(), "rows": reading.total, "refused": refused, "seconds": seconds}
    async with job.database.session(job.actor) as session:
        await store.change_run(session, job.run_id, status="finished", result=result, finished_at=now())
        counts = {name: getattr(tally, name) for name in ("create", "change", "same", "post")}
        await audit.record(session, "finish", "import", job.run_id, after={"file_name": run.file_name} | counts)
        await service.tell(session, job.run_id)
        await service.tell(session, job.run_id, FINISHED)
        if reading.entity.moves_stock:
            await replenishment.start_planning(session)
    return result


async def undo(job: Job, before: Facts) -> Facts:
    """Take back what a run brought: stock as one group, all or nothing; then its records, a few hundred at a time.

    What was changed since stays as it is and is listed. Raises StockGone.
    """

    async def told(done: int, of: int) -> None:
        await job.report(done, of, "Reversing movements")

    try:
        async with job.database.session(job.actor) as session:
            await store.plan_for_many(session)
            await intake.undo_stock(session, job.run_id, told)
    except OnhandError as problem:
        async with job.database.session(job.actor) as session:
            await store.change_run(session, job.run_id, **before, problem=problem.sentence())
            await service.tell(session, job.run_id)
        raise
    async with job.database.session(job.actor) as session:
        run, total = await service.find_run(session, job.run_id), await intake.remembered(session, job.run_id)
    entity, undone, done = intake.entity_of(run.kind), intake.Undone(), 0
    while True:
        async with job.database.session(job.actor) as session:
            looked_at = await intake.undo_some(session, entity, job.run_id, undone)
            done += looked_at
            await store.change_run(session, job.run_id, lines_done=min(done, run.lines_total))
            await service.tell(session, job.run_id)
        await job.report(done, total, "Putting records back")
        if not looked_at:
            break
    result = (run.result or {}) | {"undo": asdict(undone)}
    async with job.database.session(job.actor) as session:
        file = {"file_name": run.file_name}
        await audit.record(
            session, "undo", "import", job.run_id, file | {"status": run.status}, file | {"status": "undone"}
        )
        await store.change_run(session, job.run_id, status="undone", undone_at=now(), lines_done=0, result=result)
        await service.tell(session, job.run_id)
        await service.tell(session, job.run_id, UNDONE)
    return asdict(undone)


async def _write_errors(job: Job, run: ImportRun, problems: Sequence[recordfile.Problem]) -> None:
    """The rows that are refused as they stand in the file, with what is wrong and what to do."""

    def write() -> None:
        shape = service.shape_of(run)
        table = read_table(job.folder / service.UPLOAD, shape, shape.header)
        place = {line: number for number, line in enumerate(table.lines.tolist())}
        partial = job.folder / f"{ERRORS}.partial"
        with partial.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["row", *shape.header, *ADDED])
            for problem in problems:
                number = place.get(problem.line)
                cells = (
                    [] if number is None else [column.values[column.codes[number]] for column in table.columns.values()]
                )
                said = (problem.column, problem.reason, problem.fix)
                texts = [safe_cell(plain_text(cell)) for cell in cells or [None] * len(shape.header)]
                writer.writerow([problem.line, *texts, *map(safe_cell, said)])
        partial.rename(job.folder / ERRORS)

    await asyncio.to_thread(write)
