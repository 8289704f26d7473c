"""Take a file in: store it, look at it, guess its mapping."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, BinaryIO

from onhand import intake, recordfile, salesfile
from onhand.exchange import service
from onhand.infra import files
from onhand.infra.tabular import LIMITS, describe
from onhand.kernel import new_id

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from onhand.exchange.service import NewRun
    from onhand.infra.db import Database
    from onhand.infra.tabular import DateOrder, Shape
    from onhand.kernel import Actor


@dataclass(frozen=True, slots=True)
class Received:
    """A file on this machine, and what is said about it beforehand; the rest is guessed."""

    path: Path
    options: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None


def take_in(
    source: BinaryIO, name: str, folder: Path, run_id: UUID, options: dict[str, Any], kind: str = service.SALES
) -> NewRun:
    """Store and describe an uploaded file; `kind` may be `guess`. Raises FileTooLarge, UnreadableFile, UnknownKind."""
    target = folder / service.UPLOAD
    size, digest = files.store(source, target, LIMITS.size)
    shape = describe(target)
    chosen, guess = guessed(shape, kind)
    return service.NewRun(run_id, name, size, digest, shape, guess, options, chosen, asked=kind)


def guessed(shape: Shape, kind: str) -> tuple[str, salesfile.Guess]:
    """The kind of a file, and how it is likely read. A file that reads as sales is one unless said otherwise."""
    if kind in {service.SALES, service.GUESS}:
        sold = salesfile.guess_mapping(shape)
        if kind == service.SALES or not sold.mapping.missing():
            return service.SALES, sold
    entity = recordfile.guess_entity(shape) if kind == service.GUESS else intake.entity_of(kind)
    found = recordfile.guess_mapping(entity, shape)
    mapping = salesfile.Mapping(found.columns, found.date_order, found.decimal_comma)
    return entity.name, salesfile.Guess(mapping, tuple(recordfile.doubts(entity, found, shape.header)))


async def receive(database: Database, actor: Actor, home: Path, file: Received) -> UUID:
    """Register a file on this machine as a run, mapped. Raises what `take_in` and `change_mapping` raise."""
    run_id = new_id()
    folder = files.folder_of(home, actor.organization_id, run_id)
    try:
        with file.path.open("rb") as source:
            new = await asyncio.to_thread(take_in, source, file.path.name, folder, run_id, file.options)
        guessed = new.guess.mapping
        order = file.date_order or guessed.date_order
        mapping = replace(guessed, columns=guessed.columns | file.columns, date_order=order)
        async with database.session(actor) as session:
            run = await service.upload(session, new)
            await service.change_mapping(session, run_id, mapping, service.options_of(run))
    except BaseException:
        files.discard(folder)
        raise
    return run_id
