"""Which lists can be had as files, and how one is written: streamed to whoever asked, or into a file by the worker."""

from __future__ import annotations

import asyncio
import importlib
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import parse_qsl

from onhand.exports import domain, store
from onhand.exports.errors import UnknownFormat
from onhand.infra.lists import parse
from onhand.kernel import Forbidden, Malformed, NotFound, TooMany

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
    from pathlib import Path
    from uuid import UUID

    from onhand.exports.domain import Format
    from onhand.infra.db import Database
    from onhand.infra.lists import Listed, ListQuery
    from onhand.kernel import Actor

LISTS: dict[str, Listed] = {}
PAGING = frozenset({"limit", "cursor", "page"})
MOST_AT_ONCE = 4  # of one process: each keeps a connection for as long as its reader takes
BOM = b"\xef\xbb\xbf"
_running: list[str] = []


def offer(lists: Iterable[Listed]) -> None:
    """Make lists available. A name stands for one list."""
    for one in lists:
        if LISTS.setdefault(one.name, one) is not one:
            raise ValueError(f"two lists are called {one.name}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list, what of it is asked for, and in which format."""

    of: Listed
    query: ListQuery
    format: Format
    ordered: bool
    bom: bool


def list_named(name: str, actor: Actor) -> Listed:
    """The list of this name. Raises NotFound, Forbidden."""
    found = LISTS.get(name)
    if found is None:
        raise NotFound(what="list to export named", key=name)
    if not actor.may(found.permission) and found.permission != "signed_in":
        raise Forbidden(permission=found.permission, who=actor.label)
    return found


def wanted(of: Listed, parameters: list[tuple[str, str]]) -> Wanted:
    """Read the list's own grammar, and `format` and `bom`. Raises Malformed, UnknownFormat."""
    own = {"format": "csv", "bom": "false"} | {name: value for name, value in parameters if name in {"format", "bom"}}
    formats: tuple[Format, ...] = get_args(domain.Format)
    chosen = next((one for one in formats if one == own["format"]), None)
    if chosen is None:
        raise UnknownFormat(given=own["format"])
    rest = [(name, value) for name, value in parameters if name not in own]
    paging = next((name for name, _ in rest if name in PAGING), None)
    if paging:
        raise Malformed(problem=f"unknown parameter {paging!r}: an export holds all rows")
    query = parse(of.spec, rest)
    columns = [name for name, column in of.spec.columns.items() if column.shown]
    query = replace(query, fields=query.fields or tuple(columns))
    ordered = any(name == "sort" for name, _ in rest) or bool(query.q)
    return Wanted(of, query, chosen, ordered, own["bom"] == "true")


def read_query(text: str) -> list[tuple[str, str]]:
    """The part of an address behind the question mark, as its parameters."""
    return parse_qsl(text.removeprefix("?"), keep_blank_values=True)


async def opened(database: Database, organization_id: UUID, asked: Wanted) -> tuple[store.Rows, AsyncExitStack]:
    """The question, begun; close the stack when done. Raises TooMany."""
    if len(_running) >= MOST_AT_ONCE:
        raise TooMany(seconds=15)
    source = asked.of.rows(asked.query, **asked.query.extra)
    async with AsyncExitStack() as stack:
        _running.append(asked.of.name)
        stack.callback(_running.remove, asked.of.name)
        rows = await stack.enter_async_context(
            store.opened(database, organization_id, source, asked.query, ordered=asked.ordered)
        )
        return rows, stack.pop_all()
    raise AssertionError("unreachable: the block returns or raises")


async def streamed(rows: store.Rows, asked: Wanted) -> AsyncIterator[tuple[int, bytes]]:
    """The file piece by piece, with the number of rows in each."""
    if asked.format == "csv":
        yield 0, (BOM if asked.bom else b"") + domain.header_of(rows.columns).encode() + b"\n"
        async for piece in rows.lines(domain.csv_line):
            yield piece
    else:
        async for piece in rows.lines(domain.json_line):
            yield piece


async def write_file(rows: store.Rows, asked: Wanted, target: Path, told: Callable[[int], Awaitable[None]]) -> int:
    """Write the whole list into a file, there whole or not at all. Returns the number of rows. Raises TooManyRows."""
    partial = target.with_suffix(".partial")
    partial.parent.mkdir(parents=True, exist_ok=True)
    try:
        done = await (_stream_into if asked.format in domain.STREAMED else _fill)(rows, asked, partial, told)
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    return done


async def _stream_into(rows: store.Rows, asked: Wanted, partial: Path, told: Callable[[int], Awaitable[None]]) -> int:
    done = 0
    with partial.open("wb") as out:
        async for count, piece in streamed(rows, asked):
            await asyncio.to_thread(out.write, piece)
            done += count
            await told(done)
    return done


async def _fill(rows: store.Rows, asked: Wanted, partial: Path, told: Callable[[int], Awaitable[None]]) -> int:
    writers: Any = importlib.import_module("onhand.exports.writers")  # they take 36 MB of a process: when needed
    done = 0
    with writers.writer(asked.format, partial, rows.columns) as out:
        async for batch in rows.batches(writers.expression(rows.columns)):
            await asyncio.to_thread(out.add, batch)
            done += len(batch)
            await told(done)
    return done
