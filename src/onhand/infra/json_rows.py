"""Rows straight from the wire to JSON: PostgreSQL already sends text, so what JSON shows as text is never parsed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from psycopg import AsyncRawCursor, adapters
from psycopg.adapt import AdaptersMap
from psycopg.rows import TupleRow
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.string import TextLoader

from onhand.infra.schemas import jsonable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Values = tuple[Any, ...]
AS_TEXT = AdaptersMap(adapters)
for _name in ("uuid", "numeric", "timestamptz"):
    AS_TEXT.register_loader(_name, TextLoader)
NUMERIC, TIMESTAMPTZ = adapters.types["numeric"].oid, adapters.types["timestamptz"].oid
SECONDS, MICROSECONDS = len("2026-01-31T12:00:00"), len("2026-01-31T12:00:00.123456")


class JsonCursor(AsyncRawCursor[TupleRow]):
    """A cursor whose ids, numbers and times stay text. Placeholders are PostgreSQL's own: $1, $2."""

    @property
    def adapters(self) -> AdaptersMap:
        """How its values are read."""
        return AS_TEXT

    async def all(self) -> list[Values]:
        """All rows, each value as JSON wants it."""
        rows: list[Values] = await self.fetchall()
        result = self.pgresult
        if not rows or result is None:
            return rows
        kinds = [result.ftype(number) for number in range(result.nfields)]
        return list(zip(*map(_spelled, kinds, zip(*rows, strict=True)), strict=True))


def _spelled(kind: int, column: Sequence[Any]) -> Iterable[Any]:
    """A column of the wire's texts in our notation. Column by column, because most need nothing."""
    spell = SPELL.get(kind)
    return column if spell is None else spell(column)


def _plain(column: Sequence[str | None]) -> list[str | None]:
    """Numbers as `kernel.plain` writes them: without zeros behind the point."""
    return [text.rstrip("0").rstrip(".") if text and "." in text else text for text in column]


def _utc(column: Sequence[str | None]) -> list[object]:
    """Times as `isoformat` writes them in UTC: six places of a second or none."""
    return [None if text is None else _moment(text) for text in column]


def _moment(text: str) -> object:
    if not text.endswith("+00"):  # a server whose time zone somebody set to another
        return jsonable(TimestamptzLoader(TIMESTAMPTZ).load(text.encode()))
    made = f"{text[:10]}T{text[11:-3]}"
    return (made if len(made) == SECONDS else made.ljust(MICROSECONDS, "0")) + "Z"


SPELL: dict[int, Callable[[Sequence[Any]], Iterable[Any]]] = {NUMERIC: _plain, TIMESTAMPTZ: _utc}
