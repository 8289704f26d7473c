"""Verbs of labels: look up what they are for, and draw them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import catalog
from onhand.kernel import FieldError, plain
from onhand.labels import drawing, fonts, store
from onhand.labels.domain import (
    MOST_LABELS,
    SHEETS,
    CannotEncodeError,
    Field,
    Kind,
    Sheet,
    Symbol,
    Thing,
    code_for,
    plain_of,
)
from onhand.labels.errors import CannotEncode, NoGlyphs, TooManyLabels, UnknownThings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

Wanted = Sequence[tuple[Kind, str, int]]  # (kind, id or code, copies)


async def print_labels(
    session: AsyncSession, wanted: Wanted, sheet: str, symbol: Symbol, fields: Sequence[Field], **how: Any
) -> bytes:
    """Labels as a PDF. Raises UnknownThings, TooManyLabels, CannotEncode, NoGlyphs, each naming the item."""
    labels = sum(copies for _, _, copies in wanted)
    if labels > MOST_LABELS:
        raise TooManyLabels(labels=labels, most=MOST_LABELS)
    things = await _things(session, wanted)
    drawn = [_drawn(index, thing, symbol, fields) for index, thing in enumerate(things)]
    every = [label for label, (_, _, copies) in zip(drawn, wanted, strict=True) for _ in range(copies)]
    return await asyncio.to_thread(_pdf, SHEETS[sheet], every, **how)


def _pdf(sheet: Sheet, labels: Sequence[drawing.Drawn], first: int, *, outlines: bool) -> bytes:
    return drawing.pdf_of(sheet, labels, min(first, sheet.per_page), outlines=outlines)


async def _things(session: AsyncSession, wanted: Wanted) -> list[Thing]:
    keys = [(kind, _key(key)) for kind, key, _ in wanted]
    rows = {
        kind: await store.things(session, kind, [key for one, key in keys if one == kind])
        for kind in dict.fromkeys(kind for kind, _ in keys)
    }
    unknown = [(n, kind, key) for n, (kind, key) in enumerate(keys) if _lower(key) not in rows[kind]]
    if unknown:
        errors = [FieldError(f"/items/{n}/key", "unknown", f"There is no {kind} {key}.") for n, kind, key in unknown]
        raise UnknownThings(what=f"{unknown[0][1]} {unknown[0][2]}", errors=errors)
    return [_thing(kind, rows[kind][_lower(key)]) for kind, key in keys]


def _key(text: str) -> UUID | str:
    try:
        return UUID(text)
    except ValueError:
        return text


def _lower(key: UUID | str) -> UUID | str:
    return key.lower() if isinstance(key, str) else key


def _thing(kind: Kind, row: dict[str, Any]) -> Thing:
    price = row["selling_price"]
    gtins = tuple(value for value in row["barcodes"] if catalog.gtin_forms(value))
    shown = None if price is None else f"{price:.2f} {row['currency']}" if price == round(price, 2) else plain(price)
    return Thing(kind, row["sku"], row["name"], gtins, shown, row["lot"], row["expires_on"], row["serial"])


def _drawn(index: int, thing: Thing, symbol: Symbol, fields: Sequence[Field]) -> drawing.Drawn:
    try:
        code = code_for(thing, symbol)
        drawing.modules_of(code)
    except CannotEncodeError as problem:
        raise CannotEncode(why=problem, errors=[FieldError(f"/items/{index}", "code", f"{problem}.")]) from problem
    label = drawing.Drawn(
        code, code.content if code.gs1 or not code.square else plain_of(thing), [*_lines(thing, fields)]
    )
    _, missing = fonts.needed("".join((*label.lines, label.caption)))
    if missing:
        error = FieldError(f"/items/{index}", "no_glyphs", f"No font here can print {missing}.")
        raise NoGlyphs(name=thing.name, letters=missing, errors=[error])
    return label


def _lines(thing: Thing, fields: Sequence[Field]) -> Iterator[str]:
    said: dict[str, str | None] = {
        "name": thing.name,
        "code": thing.code,
        "price": thing.price,
        "lot": f"Lot {thing.lot}" if thing.lot else None,
        "expiry": f"{thing.expires_on:%Y-%m-%d}" if thing.expires_on else None,
    }
    return (text for field in fields if (text := said[field]))
