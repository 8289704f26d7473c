"""Verbs of units: the organization's list, and how a product is measured."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from uuid import UUID

from onhand import audit
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row, remove_row
from onhand.kernel import now
from onhand.units import domain, store
from onhand.units.errors import StockUnitFixed, UnitCodeTaken, UnitInUse, UnknownMeasured, UnknownUnit, WrongMeasure
from onhand.units.events import MEASURE_CHANGED, UNIT_CHANGED
from onhand.units.tables import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.units.domain import Measure, Scale, UnitRule

MEANING = frozenset({"dimension", "numerator", "denominator"})  # what recorded quantities were read by


@dataclass(frozen=True, slots=True)
class Given:
    """One `unit` holds numerator / denominator of `of`, as somebody says of a product."""

    unit: str
    of: str
    numerator: int
    denominator: int = 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a product shall be measured."""

    stock: str
    purchase: str | None = None
    sale: str | None = None
    holds: Sequence[Given] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """How a product is measured, worked out."""

    product_id: UUID
    product: str
    measure: Measure
    scale: Scale
    units: Mapping[str, UnitRule]


async def ensure_defaults(session: AsyncSession) -> None:
    """Give an organization that has no units those that everybody knows."""
    if await store.has_units(session):
        return
    if made := await store.add_defaults(session):
        codes = [one[0] for one in domain.DEFAULTS]
        await audit.record(session, "create", "unit", "many", None, {"count": made, "codes": codes})


async def unit_by(session: AsyncSession, key: str, *, lock: bool = False) -> Unit:
    """The unit with this id or code. Raises UnknownUnit."""
    await ensure_defaults(session)
    unit = await store.find_unit(session, as_key(key), lock=lock)
    if unit is None:
        raise UnknownUnit(key=key)
    return unit


def as_key(key: str) -> UUID | str:
    """An id when it reads like one, else a code."""
    try:
        return UUID(key)
    except ValueError:
        return key


async def create_unit(session: AsyncSession, values: Mapping[str, Any]) -> Unit:
    """Add a unit: `code`, `name`, `dimension`, its factor, `whole`. Raises UnitCodeTaken."""
    await ensure_defaults(session)
    await _check_code(session, values["code"], than=None)
    unit = await add_row(session, Unit, values)
    await _note(session, "create", unit, None, audit.snapshot(unit))
    return unit


async def change_unit(session: AsyncSession, unit: Unit, changes: Mapping[str, Any]) -> Unit:
    """Write the changes to a locked unit. Raises UnitCodeTaken, and UnitInUse for the factor of one that is used."""
    await _check_code(session, changes.get("code", unit.code), than=unit.id)
    differing = {name for name in MEANING & changes.keys() if changes[name] != getattr(unit, name)}
    if differing and await store.is_used(session, unit.id):
        raise UnitInUse(code=unit.code, what="dimension" if "dimension" in differing else "factor")
    before, values = audit.snapshot(unit), dict(changes)
    if "archived" in values:
        values["archived_at"] = (unit.archived_at or now()) if values.pop("archived") else None
    await change_row(session, unit, values)
    await _note(session, "update", unit, before, audit.snapshot(unit))
    return unit


async def remove_unit(session: AsyncSession, unit: Unit) -> None:
    """Delete a locked unit in which nothing is measured; archive any other."""
    before = audit.snapshot(unit)
    if await remove_row(session, unit):
        await _note(session, "delete", unit, before, None)
    elif unit.archived_at is None:
        await change_unit(session, unit, {"archived": True})


async def _check_code(session: AsyncSession, code: str, *, than: UUID | None) -> None:
    other = await store.find_unit(session, code)
    if other is not None and other.id != than:
        raise UnitCodeTaken(code=other.code)


async def _note(
    session: AsyncSession, change: str, unit: Unit, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    await audit.record(session, change, "unit", unit.id, before, after)
    await announce(session, UNIT_CHANGED, {"unit_id": unit.id, "code": unit.code, "change": change})


async def measured(session: AsyncSession, key: str) -> Measured:
    """How a product is measured, by its id or the id or code of a SKU of it. Raises UnknownMeasured."""
    await ensure_defaults(session)
    found = await store.find_product(session, as_key(key))
    if found is None:
        raise UnknownMeasured(key=key)
    units = store.rules(await store.all_units(session))
    measure = (await store.measures(session, [found[0]])).get(found[0], domain.Measure())
    return Measured(found[0], found[1], measure, domain.scale(measure, units), units)


async def measure_product(session: AsyncSession, key: str, wanted: Wanted) -> Measured:
    """Say how a product is measured. Raises UnknownMeasured, WrongMeasure, StockUnitFixed.

    What a case holds may change at any time, since the past is recorded in stock units; the stock unit may not, once
    there is a past.
    """
    before = await measured(session, key)
    await store.lock_product(session, before.product_id)
    before = await measured(session, key)
    ids = {unit.code_key: unit.id for unit in await store.all_units(session)}
    measure = _checked(wanted, before.units)
    if (before.measure.stock or domain.EACH) != measure.stock and await store.has_history(session, before.product_id):
        raise StockUnitFixed(product=before.product, unit=before.measure.stock or domain.EACH)
    chosen = {
        "stock_unit_id": ids[measure.stock or domain.EACH],
        "purchase_unit_id": ids[measure.purchase] if measure.purchase else None,
        "sale_unit_id": ids[measure.sale] if measure.sale else None,
    }
    links = [
        {
            "unit_id": ids[one.unit.lower()],
            "of_unit_id": ids[one.of.lower()],
            "numerator": one.numerator,
            "denominator": one.denominator,
            "position": place,
        }
        for place, one in enumerate(wanted.holds)
    ]
    await store.write_measure(session, before.product_id, chosen, links)
    after = await measured(session, str(before.product_id))
    await audit.record(session, "update", "product_measure", before.product_id, told(before), told(after))
    await announce(session, MEASURE_CHANGED, {"product_id": before.product_id})
    return after


def told(one: Measured) -> dict[str, Any]:
    """A measure as the history shows it."""
    holds = {link.unit: f"{link.factor} {link.of}" for link in one.measure.links}
    return {"stock": one.measure.stock, "purchase": one.measure.purchase, "sale": one.measure.sale, "holds": holds}


def _checked(wanted: Wanted, units: Mapping[str, UnitRule]) -> Measure:
    """The wish as a measure. Raises WrongMeasure naming the field."""
    named = [("/stock_unit", wanted.stock), ("/purchase_unit", wanted.purchase), ("/sale_unit", wanted.sale)]
    for place, one in enumerate(wanted.holds):
        named += [(f"/holds/{place}/unit", one.unit), (f"/holds/{place}/of", one.of)]
    for pointer, code in named:
        if code is not None and code.lower() not in units:
            raise WrongMeasure(pointer, "unknown_unit", f"There is no unit {code}.")
    links = tuple(
        domain.Link(one.unit.lower(), one.of.lower(), Fraction(one.numerator, one.denominator)) for one in wanted.holds
    )
    _check_links(links, units)
    measure = domain.Measure(
        wanted.stock.lower(),
        wanted.purchase.lower() if wanted.purchase else None,
        wanted.sale.lower() if wanted.sale else None,
        links,
    )
    scale = domain.scale(measure, units)
    _check_scale(measure, scale, units)
    return measure


def _check_links(links: Sequence[domain.Link], units: Mapping[str, UnitRule]) -> None:
    seen: set[str] = set()
    for place, link in enumerate(links):
        at = f"/holds/{place}/unit"
        if link.unit == link.of:
            raise WrongMeasure(at, "of_itself", "A unit holds others, not itself.")
        if link.unit in seen:
            raise WrongMeasure(at, "twice", f"What {units[link.unit].code} holds is said twice.")
        seen.add(link.unit)


def _check_scale(measure: Measure, scale: Scale, units: Mapping[str, UnitRule]) -> None:
    if scale.contradiction:
        twice, one, other = scale.contradiction
        sentence = f"By one way {units[twice].code} holds {one} of the stock unit, by another {other}."
        raise WrongMeasure("/holds", "contradiction", sentence)
    if scale.loose:
        names = ", ".join(units[code].code for code in scale.loose)
        raise WrongMeasure("/holds", "loose", f"Nothing says how much of the stock unit is in {names}.")
    for pointer, code in (("/purchase_unit", measure.purchase), ("/sale_unit", measure.sale)):
        if code and code not in scale.factors:
            sentence = f"Say how much of {units[measure.stock or domain.EACH].code} is in {units[code].code}."
            raise WrongMeasure(pointer, "loose", sentence)
