"""The long work of a run: many transactions, one run. Whatever cuts it off, it can go on or be undone."""

from __future__ import annotations

import asyncio
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from onhand import audit, ledger, pastsales, replenishment, salesfile
from onhand.exchange import prepare, service, store
from onhand.exchange.errors import CannotUndo
from onhand.exchange.events import FINISHED, UNDONE
from onhand.exchange.filed import Filed, compare
from onhand.exchange.posting import Job, Lot, post_movements, record_orders
from onhand.exchange.tally import RESULT_COLUMNS, Tally, outcome_rows
from onhand.infra import files
from onhand.infra.lanes import side_by_side
from onhand.infra.tabular import read_table
from onhand.kernel import OnhandError, now

if TYPE_CHECKING:
    from onhand.exchange.tables import ImportRun
    from onhand.infra.tabular import Flags, Numbers

Facts = dict[str, Any]


async def check(job: Job) -> Facts:
    """Read the whole file and compare it with what is on file; nothing is imported. Returns what was counted."""
    run = await _look_up(job)
    reading = await _read(job, run)
    async with job.database.session(job.actor) as session:
        service.require(await service.find_run(session, job.run_id, lock=True), "check")
        filed = await compare(session, run, reading.lines)
        forecast = await prepare.forecast(session, run, reading.lines, filed)
        summary = asdict(reading.summary) | forecast
        await store.replace_faults(session, job.run_id, reading.faults)
        await store.change_run(
            session, job.run_id, status="checked", summary=summary, problem=None, lines_total=reading.summary.lines
        )
        await service.tell(session, job.run_id)
    return summary


async def commit(job: Job) -> Facts:
    """Bring the file in. Raises WrongRunState, AlreadyRunning, and what makes the file unreadable."""
    return await _bring_in(job, "commit")


async def resume(job: Job) -> Facts:
    """Go on where a run was cut off. Raises as `commit`."""
    return await _bring_in(job, "resume")


async def _bring_in(job: Job, verb: str) -> Facts:
    run = await _look_up(job)
    service.require(run, verb)
    async with store.locked(job.database, job.actor.organization_id, run.source):
        await _start(job, verb)
        try:
            return await _work_through(job, run)
        except OnhandError as problem:
            await _give_up(job, problem)
            raise


async def _look_up(job: Job) -> ImportRun:
    async with job.database.session(job.actor) as session:
        return await service.find_run(session, job.run_id)


async def _read(job: Job, run: ImportRun) -> salesfile.Reading:
    """The file as judged lines; the same file, mapping and options always give the same."""
    mapping, options, shape = service.mapping_of(run), service.options_of(run), service.shape_of(run)
    path = job.folder / service.UPLOAD

    def read() -> salesfile.Reading:
        return salesfile.read_lines(read_table(path, shape, salesfile.wanted_columns(mapping)), mapping, options)

    return await asyncio.to_thread(read)


async def _start(job: Job, verb: str) -> None:
    async with job.database.session(job.actor) as session:
        run = await service.find_run(session, job.run_id, lock=True)
        service.require(run, verb)
        await store.change_run(session, job.run_id, status="running", problem=None)
        file = {"file_name": run.file_name}
        before, after = file | {"status": run.status}, file | {"status": "running"}
        await audit.record(session, verb, "import", job.run_id, before, after)
        await service.tell(session, job.run_id)


async def _give_up(job: Job, problem: OnhandError) -> None:
    """Say why; what is on file already stays there, to be resumed or undone."""
    async with job.database.session(job.actor) as session:
        run = await service.find_run(session, job.run_id, lock=True)
        status = "unfinished" if run.opened_at else "failed"
        await store.change_run(session, job.run_id, status=status, problem=problem.sentence())
        await service.tell(session, job.run_id)


async def _work_through(job: Job, run: ImportRun) -> Facts:
    began = time.monotonic()
    await job.report(0, 0, "Reading the file")
    reading = await _read(job, run)
    total = len(reading.lines)
    await job.report(0, total, "Preparing products and customers")
    async with job.database.session(job.actor) as session:
        filed = await compare(session, run, reading.lines)
        fresh, own = reading.lines.take(filed.fresh), reading.lines.take(filed.fresh | filed.mine)
        ground = await prepare.ground_of(session, run, reading.lines, filed)
        earliest = int(reading.lines.at.min()) if total else 0
        tally, start = await prepare.open_run(session, run, prepare.Work(fresh, ground, earliest))
        await store.replace_faults(session, job.run_id, reading.faults)
        columns = {"lines_total": total, "summary": asdict(reading.summary), "opened_at": run.opened_at or now()}
        await store.change_run(session, job.run_id, **columns, lines_done=total - len(fresh), result=asdict(tally))
    currency = service.options_of(run).currency
    order = prepare.in_recording_order(fresh, start)
    moving = Lot(fresh.take(order), _ids(filed, filed.fresh, order), ground, currency)
    ordered = np.arange(run.lines_recorded, len(own))  # in the file's order, which a resumed run shares
    orders = Lot(own.take(ordered), _ids(filed, filed.fresh | filed.mine, ordered), ground, currency)
    await side_by_side(post_movements(job, moving, tally), record_orders(job, orders))
    tally.seconds += time.monotonic() - began
    return await _finish(job, reading, filed, tally)


def _ids(filed: Filed, chosen: Flags, order: Numbers) -> list[str]:
    """The ids of the chosen lines, in this order."""
    return [filed.ids[place] for place in np.flatnonzero(chosen)[order].tolist()]


async def _finish(job: Job, reading: salesfile.Reading, filed: Filed, tally: Tally) -> Facts:
    """Say that it is done: one event, one resync for all that came in."""
    tally.count(reading, filed)
    rows = outcome_rows(reading, filed)
    await asyncio.to_thread(files.write_csv, job.folder / service.RESULT, RESULT_COLUMNS, rows)
    async with job.database.session(job.actor) as session:
        result = asdict(tally)
        await store.change_run(session, job.run_id, status="finished", result=result, finished_at=now())
        run = await service.find_run(session, job.run_id)
        await audit.record(session, "finish", "import", job.run_id, after={"file_name": run.file_name} | result)
        await service.tell(session, job.run_id)
        await service.tell(session, job.run_id, FINISHED, warehouse_id=tally.warehouse_id)
        await replenishment.start_planning(session)
    return result


async def undo(job: Job) -> Facts:
    """Reverse all that a run brought: its movements as one group, all or nothing, then its orders.

    What it made of products and customers stays: others may have begun to use them. Cut off, it is `undoing` and is
    asked for again. Raises WrongRunState, AlreadyRunning, CannotUndo.
    """
    run = await _look_up(job)
    service.require(run, "undo")
    async with store.locked(job.database, job.actor.organization_id, run.source):
        before = await _open_undo(job)
        try:
            lines = await _reverse(job, run.lines_total)
        except OnhandError as problem:
            await _note(job, **before, problem=problem.sentence())
            raise
        orders = await _drop_orders(job, run.lines_total)
        async with job.database.session(job.actor) as session:
            nothing = {"lines_done": 0, "lines_recorded": 0}
            await store.change_run(session, job.run_id, status="undone", undone_at=now(), **nothing)
            await service.tell(session, job.run_id)
            await service.tell(session, job.run_id, UNDONE)
    return {"lines": lines, "orders": orders}


async def _open_undo(job: Job) -> Facts:
    """From here on the run counts what is undone of it. Returns how it was before."""
    async with job.database.session(job.actor) as session:
        run = await service.find_run(session, job.run_id, lock=True)
        service.require(run, "undo")
        before = {"status": run.status, "lines_done": run.lines_done, "lines_recorded": run.lines_recorded}
        await store.change_run(session, job.run_id, status="undoing", lines_done=0, lines_recorded=0, problem=None)
        await service.tell(session, job.run_id)
    return before


async def _note(job: Job, **values: Any) -> None:
    """Let watchers see it now, whatever else is under way: nobody holds the run's row for long."""
    async with job.database.session(job.actor) as session:
        await store.change_run(session, job.run_id, **values)
        await service.tell(session, job.run_id)


async def _reverse(job: Job, total: int) -> int:
    async def told(done: int, of: int) -> None:
        lines = total * done // of  # a posting is a line, save the opening balance's
        await job.report(lines, total, "Reversing movements")
        await _note(job, lines_done=lines)

    async with job.database.session(job.actor) as session:
        await store.plan_for_many(session)
        refused = await ledger.reverse_group(session, job.run_id, reason="import undone", tell=told)
        if refused:
            raise _in_the_way(refused)
        lines = await store.forget_lines(session, job.run_id)
        file = {"file_name": (await service.find_run(session, job.run_id)).file_name}
        was, will = file | {"status": "undoing"}, file | {"status": "undone"}
        await audit.record(session, "undo", "import", job.run_id, was, will)
        await service.tell(session, job.run_id)
    return lines


async def _drop_orders(job: Job, total: int) -> int:
    orders = lines = 0
    while True:
        async with job.database.session(job.actor) as session:
            await store.plan_for_many(session)
            taken = await pastsales.undo_history(session, job.run_id)
        if not taken.orders:
            return orders
        orders, lines = orders + taken.orders, lines + taken.lines
        await job.report(lines, total, "Taking back orders")
        await _note(job, lines_recorded=lines)


def _in_the_way(refused: list[ledger.Outcome]) -> CannotUndo:
    """Which SKUs hold too little to take back what the run brought."""
    lines = [line for outcome in refused for line in outcome.lines if line.problem]
    skus = sorted({str(line.sku) for line in lines})
    return CannotUndo(count=len(skus), example=", ".join(skus[:3]), skus=skus[:1_000])
