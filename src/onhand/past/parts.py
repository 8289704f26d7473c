"""Months of movements and events that nobody asks for any more: out of their tables, and back again.

What a month of movements did to each level is carried forward, its days stay summed up: levels, proofs and whole past
days are the same without it. Only its single movements are elsewhere (decision 0049).
"""

from __future__ import annotations

import gzip
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio

from onhand.kernel import NotFound, now
from onhand.past import store_parts as store
from onhand.past.domain import Part, Taken, why_not_attached, why_not_detached
from onhand.past.errors import FileDiffers, PartStays

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from psycopg import AsyncConnection

CHUNK = 1_000  # levels summed up in one transaction
PIECE = 1 << 20


async def parts(url: str) -> list[Part]:
    """Every month of movements and events, in its table or out of it."""
    async with store.owning(url) as connection:
        return await store.parts(connection)


async def detach(url: str, name: str, directory: Path | None = None) -> Part:
    """Take a month out, into the archive's schema or as a file in `directory`. Raises NotFound, PartStays."""
    async with store.owning(url) as connection:
        await store.take_turns(connection)
        known = await store.parts(connection)
        part = _named(known, name)
        if why := why_not_detached(part, known, now()):
            raise PartStays(part=name, why=why)
        if part.parent == "movement":
            await _fold_all(connection, name)
        taken = Taken("schema", store.ARCHIVE) if directory is None else await _write(connection, part, directory)
        async with store.moving(connection, name):
            if part.parent == "movement":
                await store.carry(connection, name)
            await store.note(connection, part, taken)
            await store.detach(connection, part, keep=directory is None)
        return _named(await store.parts(connection), name)


async def attach(url: str, name: str) -> Part:
    """Bring a month back. Raises NotFound, PartStays, FileDiffers."""
    async with store.owning(url) as connection:
        await store.take_turns(connection)
        known = await store.parts(connection)
        part = _named(known, name)
        if why := why_not_attached(part, known):
            raise PartStays(part=name, why=why)
        if part.kept_as == "file":
            await _require_same(part)
        async with store.moving(connection, name):
            await _bring(connection, part)
            found = await store.rows_in(connection, name)
            if found != part.rows:
                raise FileDiffers(place=part.place, part=name, why=f"it has {found} rows instead of {part.rows}")
            await store.attach(connection, part)
        return _named(await store.parts(connection), name)


def _named(known: list[Part], name: str) -> Part:
    found = next((part for part in known if part.name == name), None)
    if found is None:
        raise NotFound(what="part", key=name)
    return found


async def _fold_all(connection: AsyncConnection[Any], name: str) -> None:
    await store.fold_warehouses(connection, name)
    rows = await store.levels_in(connection, name)
    for start in range(0, len(rows), CHUNK):
        await store.fold(connection, rows[start : start + CHUNK])


async def _bring(connection: AsyncConnection[Any], part: Part) -> None:
    if part.kept_as == "schema":
        await store.make_beside(connection, part)
        await store.fill_from_archive(connection, part)
        return
    with gzip.open(str(part.place), "rb") as file:
        header = file.readline().decode()

        async def pieces() -> AsyncIterator[bytes]:
            while piece := await anyio.to_thread.run_sync(file.read, PIECE):
                yield piece

        await store.make_beside(connection, part)
        await store.fill(connection, part, header, pieces())


async def _write(connection: AsyncConnection[Any], part: Part, directory: Path) -> Taken:
    # Named by the moment too: a file that a stopped run or another database left there is nobody's to overwrite.
    place = await anyio.Path(directory).resolve() / f"{part.name}-{now():%Y%m%dT%H%M%SZ}.csv.gz"
    await place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_suffix(".half")
    with gzip.open(str(half), "wb") as file:
        async for piece in store.lines_of(connection, part.name):
            file.write(piece)
    await anyio.to_thread.run_sync(_settle, Path(half), Path(place))
    return Taken("file", str(place), await anyio.to_thread.run_sync(_checksum, str(place)))


def _settle(half: Path, place: Path) -> None:
    """On the disk, file and name, before the rows leave the database."""
    with half.open("rb") as file:
        os.fsync(file.fileno())
    half.rename(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


async def _require_same(part: Part) -> None:
    place = str(part.place)
    if not await anyio.Path(place).exists():
        raise FileDiffers(place=place, part=part.name, why="it is not there")
    if await anyio.to_thread.run_sync(_checksum, place) != part.checksum:
        raise FileDiffers(place=place, part=part.name, why="its checksum is another one")


def _checksum(place: str) -> str:
    with Path(place).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
