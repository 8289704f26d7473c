"""Which items are counted how often, and the counts that follow from it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from onhand import audit, counting, places
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row, remove_row
from onhand.kernel import FieldError, now
from onhand.stocktaking import store, store_due
from onhand.stocktaking.domain import NewSchedule, usual_schedules
from onhand.stocktaking.errors import BadSchedule, ScheduleInUse, SchedulesExist, UnknownSchedule
from onhand.stocktaking.events import SCHEDULE_CHANGED
from onhand.stocktaking.tables import CountSchedule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession


BY_INTERVAL = {"sample", "suspicion"}  # theirs is when to look; the others' is how old an item's last count may be
EARLY = timedelta(hours=12)  # a job that runs a little earlier than yesterday still runs today


async def schedule_by(session: AsyncSession, schedule_id: UUID, *, lock: bool = False) -> CountSchedule:
    """The schedule with this id. Raises UnknownSchedule."""
    schedule = await store.find_schedule(session, schedule_id, lock=lock)
    if schedule is None:
        raise UnknownSchedule(key=schedule_id)
    return schedule


async def _note(
    session: AsyncSession, change: str, schedule: CountSchedule, before: dict[str, Any] | None, *, gone: bool = False
) -> None:
    after = None if gone else audit.snapshot(schedule)
    await audit.record(session, change, "count_schedule", schedule.id, before, after)
    await announce(session, SCHEDULE_CHANGED, {"schedule_id": str(schedule.id), "change": change})


async def find_bin(session: AsyncSession, warehouse_id: UUID | None, key: str | None) -> UUID | None:
    """The bin of this code or id, none of no code. Raises UnknownCode."""
    if key is None:
        return None
    found = await store.find_bin(session, warehouse_id, key)
    if found is None:
        raise counting.UnknownCode(
            errors=[FieldError("/bin", counting.UnknownCode.code, f"There is no bin {key} there.")], key=key
        )
    return found


NEEDS = {"class": "abc", "high_value": "value_above", "zone": "bin_id"}


def _check(wanted: NewSchedule) -> None:
    """Raises BadSchedule when what its method goes by is not said, or something else is."""
    for method, name in NEEDS.items():
        if (wanted.method == method) is not (getattr(wanted, name) is not None):
            field = name.removesuffix("_id")
            message = f"A schedule by {wanted.method} needs {'no ' if wanted.method != method else ''}{field}."
            raise BadSchedule(
                errors=[FieldError(f"/{field}", BadSchedule.code, message)], method=wanted.method, field=field
            )


async def create(session: AsyncSession, wanted: NewSchedule) -> CountSchedule:
    """Write down a schedule. Raises BadSchedule."""
    _check(wanted)
    values = {name: getattr(wanted, name) for name in NewSchedule.__dataclass_fields__}
    schedule = await add_row(session, CountSchedule, values)
    await _note(session, "create", schedule, None)
    return schedule


async def create_usual(session: AsyncSession) -> Sequence[CountSchedule]:
    """The usual schedules, for who has none. Raises SchedulesExist."""
    if await store.schedules(session, active=False):
        raise SchedulesExist
    return [await create(session, one) for one in usual_schedules()]


async def change(session: AsyncSession, schedule: CountSchedule, changes: Mapping[str, Any]) -> CountSchedule:
    """Change a locked schedule. Raises BadSchedule."""
    if "value_above" in changes and schedule.method != "high_value":
        message = f"A schedule by {schedule.method} needs no value_above."
        raise BadSchedule(
            errors=[FieldError("/value_above", BadSchedule.code, message)], method=schedule.method, field="value_above"
        )
    before = audit.snapshot(schedule)
    await change_row(session, schedule, changes)
    await _note(session, "update", schedule, before)
    return schedule


async def remove(session: AsyncSession, schedule: CountSchedule) -> None:
    """Remove a locked schedule that no count came of. Raises ScheduleInUse."""
    before = audit.snapshot(schedule)
    if not await remove_row(session, schedule):
        raise ScheduleInUse(name=schedule.name)
    await _note(session, "delete", schedule, before, gone=True)


def is_due(schedule: CountSchedule) -> bool:
    """Whether it is time to look what this schedule has to count."""
    if schedule.method not in BY_INTERVAL or schedule.last_run_at is None:
        return True
    return now() - schedule.last_run_at >= timedelta(days=schedule.every_days) - EARLY


def scope_of(schedule: NewSchedule, rules: counting.Rules, day: date) -> counting.Scope:
    """What a schedule counts on a day. A sample is drawn by the day: asked again, the same day draws the same."""
    if schedule.method == "suspicion":
        return counting.Scope(suspicion=rules.suspicious_percent, most=schedule.most)
    if schedule.method == "sample":
        return counting.Scope(sample=schedule.most, seed=day.toordinal(), most=schedule.most)
    return counting.Scope(
        abc=schedule.abc if schedule.method == "class" else None,
        value_above=schedule.value_above if schedule.method == "high_value" else None,
        bins=(schedule.bin_id,) if schedule.method == "zone" and schedule.bin_id else (),
        due_days=schedule.every_days,
        most=schedule.most,
    )


async def run(session: AsyncSession, schedule: CountSchedule) -> list[counting.StockCount]:
    """Plan what a locked schedule has to count now, a count for each warehouse; none where one is still open."""
    rules, today = await counting.rules_of(session), now().date()
    wanted = NewSchedule(
        name=schedule.name,
        method=schedule.method,  # type: ignore[arg-type]  # the table's check knows the methods
        every_days=schedule.every_days,
        most=schedule.most,
        abc=schedule.abc,
        bin_id=schedule.bin_id,
        value_above=schedule.value_above,
    )
    scope = scope_of(wanted, rules, today)
    made = []
    for warehouse_id in await _places(session, schedule):
        if await store.is_open(session, schedule.id, warehouse_id):
            continue
        if not await counting.how_many(session, warehouse_id, scope):
            continue
        command = counting.NewCount(
            warehouse_id,
            "cycle",
            scope,
            name=schedule.name,
            blind=schedule.blind,
            counters=schedule.counters,
            schedule_id=schedule.id,
        )
        made.append(await counting.plan(session, command))
    await change_row(session, schedule, {"last_run_at": now()})
    return made


async def _places(session: AsyncSession, schedule: CountSchedule) -> list[UUID]:
    if schedule.warehouse_id is not None:
        return [schedule.warehouse_id]
    return [warehouse.id for warehouse in await places.open_warehouses(session)]


async def run_due(session: AsyncSession) -> list[counting.StockCount]:
    """Plan what every schedule in force has to count now."""
    made: list[counting.StockCount] = []
    for one in await store.schedules(session, active=True):
        schedule = await schedule_by(session, one.id, lock=True)
        if is_due(schedule):
            made += await run(session, schedule)
    return made


async def count_due(session: AsyncSession, warehouse_id: UUID, most: int) -> counting.StockCount:
    """Begin a count of what is most overdue at a warehouse. Raises NothingToCount."""
    skus = await store_due.due_skus(session, warehouse_id, most)
    if not skus:
        raise counting.NothingToCount
    command = counting.NewCount(warehouse_id, "cycle", counting.Scope(skus=tuple(skus), most=most))
    return await counting.start(session, await counting.plan(session, command))
