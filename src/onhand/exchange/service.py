"""Verbs of imports that fit in one transaction: take a file, change how it is read, ask for the long work."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any

import msgspec

from onhand import audit, identity, intake, salesfile
from onhand.exchange import store
from onhand.exchange.errors import WrongRunState
from onhand.exchange.events import CHANGED
from onhand.exchange.tables import ImportRun
from onhand.infra.db import actor_of
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row, find_row_by_id
from onhand.infra.schemas import jsonable
from onhand.infra.tabular import Shape, UnknownColumns, showable, zone_named
from onhand.kernel import NotFound

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

EDITABLE = ("uploaded", "mapped", "checked", "failed")
PREVIEW_ROWS = 20
SALES, GUESS = "sales", "guess"  # kinds beside those of recordfile.ENTITIES
UPLOAD, RESULT = "upload", "result.csv"  # names of a run's files
# Which states each long verb starts from.
ALLOWED = {
    "check": EDITABLE,
    "commit": EDITABLE,
    "resume": ("unfinished",),
    "undo": ("finished", "unfinished", "undoing", "failed"),
}


@dataclass(frozen=True, slots=True)
class NewRun:
    """A file that was just stored: where it came from and what it looks like."""

    id: UUID
    file_name: str
    file_size: int
    file_hash: str
    shape: Shape
    guess: salesfile.Guess
    options: dict[str, Any] = field(default_factory=dict)  # what is left out is the organization's own
    kind: str = SALES
    asked: str = SALES


async def upload(session: AsyncSession, command: NewRun) -> ImportRun:
    """Register an uploaded file as a run that waits for its mapping. Raises UnknownTimeZone."""
    organization = await identity.organization_of(session)
    own = {"currency": organization.currency, "timezone": organization.time_zone, "warehouse": ""}
    options = msgspec.convert(own | command.options, salesfile.Options)
    zone_named(options.timezone)
    kind, kept = await _kept(session, command)
    sample = previewed(command.shape)
    shape = {"doubts": list(command.guess.doubts), **msgspec.to_builtins(command.shape), "sample": sample}
    values = {
        "id": command.id,
        "kind": kind,
        "source": options.source,
        "file_name": showable(command.file_name)[:255],
        "file_size": command.file_size,
        "file_hash": command.file_hash,
        "shape": shape,
        "mapping": kept or msgspec.to_builtins(command.guess.mapping),
        "options": msgspec.to_builtins(options),
        "started_by": actor_of(session).label,
    }
    run = await add_row(session, ImportRun, values)
    await audit.record(session, "upload", "import", run.id, after={"file_name": run.file_name, "hash": run.file_hash})
    await tell(session, run.id)
    return run


async def _kept(session: AsyncSession, command: NewRun) -> tuple[str, dict[str, Any] | None]:
    """The kind, and the mapping last used for files with these columns; the guess where there is none."""
    if command.asked == SALES:
        return command.kind, None
    wanted = None if command.asked == GUESS else command.kind
    known = await intake.find_mapping(session, command.shape.header, wanted)
    return (command.kind, None) if known is None else (known.kind, known.mapping | {"saved_as": known.name})


def previewed(shape: Shape) -> list[list[object]]:
    """The first rows of a file as they are shown."""
    return [[_preview(cell) for cell in row] for row in shape.sample[:PREVIEW_ROWS]]


def _preview(cell: object) -> object:
    if isinstance(cell, float) and not isfinite(cell):
        return None  # JSON has no word for it
    return showable(cell[:200]) if isinstance(cell, str) else jsonable(cell)


async def tell(session: AsyncSession, run_id: UUID, kind: str = CHANGED, **facts: Any) -> None:
    """Let watchers know."""
    await announce(session, kind, {"run_id": run_id, **facts})


async def find_run(session: AsyncSession, run_id: UUID, *, lock: bool = False) -> ImportRun:
    """One run, with `unfinished` told from `running`. Raises NotFound."""
    await store.settle(session)
    run = await find_row_by_id(session, ImportRun, run_id, lock=lock)
    if run is None:
        raise NotFound(what="import", key=run_id)
    return run


def require(run: ImportRun, verb: str) -> None:
    """Raises WrongRunState unless the verb may start from the run's state."""
    if run.status not in ALLOWED[verb]:
        raise WrongRunState(status=run.status, verb=verb, allowed=" or ".join(ALLOWED[verb]))


async def change_mapping(
    session: AsyncSession, run_id: UUID, mapping: salesfile.Mapping, options: salesfile.Options
) -> ImportRun:
    """Say how to read the file. Raises WrongRunState, MissingColumns, UnknownColumns, UnknownTimeZone."""
    run = await find_run(session, run_id, lock=True)
    if run.status not in EDITABLE:
        raise WrongRunState(status=run.status, verb="change", allowed=" or ".join(EDITABLE))
    header = run.shape["header"]
    unknown = [name for name in salesfile.wanted_columns(mapping) if name not in header]
    if unknown:
        raise UnknownColumns(unknown=", ".join(unknown), columns=", ".join(header))
    zone_named(options.timezone)
    before = {"file_name": run.file_name, "mapping": run.mapping, "options": run.options}
    after = {"mapping": msgspec.to_builtins(mapping), "options": msgspec.to_builtins(options)}
    await change_row(
        session, run, {**after, "kind": SALES, "source": options.source, "status": "mapped", "summary": None}
    )
    await store.replace_faults(session, run.id, [])
    await audit.record(session, "map", "import", run.id, before, {"file_name": run.file_name} | after)
    await tell(session, run.id)
    return run


def mapping_of(run: ImportRun) -> salesfile.Mapping:
    """How the run's file is to be read."""
    return msgspec.convert(run.mapping, salesfile.Mapping)


def options_of(run: ImportRun) -> salesfile.Options:
    """The run's options."""
    return msgspec.convert(run.options, salesfile.Options)


def shape_of(run: ImportRun) -> Shape:
    """What the run's file looks like."""
    known = run.shape
    return Shape(known["kind"], known["header"], known["sample"], known["encoding"], known["delimiter"])
