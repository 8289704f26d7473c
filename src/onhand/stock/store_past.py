"""The same lists at a past moment: by when things had happened (`as_of`) and by when they were known (`known_at`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Date, Numeric, Uuid, and_, bindparam, cast, column, func, null, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP

from onhand import ledger
from onhand.infra.lists import Column, ListQuery, ListSpec, Source
from onhand.kernel import PLACES, Malformed
from onhand.stock import store
from onhand.stock.store import ZERO, Quantities
from onhand.stock.store_names import ORGANIZATION, PRODUCT, SKU, WAREHOUSE

if TYPE_CHECKING:
    from sqlalchemy import FromClause, Select

Level, Movement = ledger.Level, ledger.Movement
WHEN = TIMESTAMP(timezone=True)
NO_MOMENT: ColumnElement[Any] = cast(null(), WHEN)
FIGURES = ("on_hand", "reserved", "unavailable", "value", "uncosted")
NUMBERS = [column(name, Numeric) for name in FIGURES]
# Whoever sorts or filters by what was there needs the past of all levels at once, others that of the page's rows.
COMPUTED = frozenset({*FIGURES, "available", "quantity", "low", "change", "in_transit", "unit_cost"})


@dataclass(frozen=True, slots=True)
class Moments:
    """What a list is asked about; a bare date means the end of that business day."""

    as_of: datetime | date | None = None
    known_at: datetime | date | None = None

    @classmethod
    def read(cls, as_of: str | None, known_at: str | None) -> Moments:
        """From the address. Raises Malformed, naming the parameter."""
        return cls(moment("as_of", as_of), moment("known_at", known_at))

    @property
    def past(self) -> bool:
        """Whether anything but the present is meant."""
        return self.as_of is not None or self.known_at is not None

    def expressions(self) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """Both as SQL; null means: now."""
        return _expression(self.as_of), _expression(self.known_at)


def moment(name: str, text: str | None) -> datetime | date | None:
    """A moment or a day. Raises Malformed, naming the parameter."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as problem:
        raise Malformed(problem=f"{name} cannot be {text!r}: a time is expected") from problem
    if len(text) == len("2026-01-31"):
        return found.date()
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _expression(when: datetime | date | None) -> ColumnElement[Any]:
    if when is None:
        return NO_MOMENT
    if isinstance(when, datetime):
        return cast(bindparam(None, when), WHEN)
    return select(func.end_of_day(cast(bindparam(None, when), Date))).scalar_subquery()  # once, not for each row


@dataclass(frozen=True, slots=True)
class _Then:
    """A level's numbers at a moment."""

    organization_id: Any
    sku_id: Any
    warehouse_id: Any
    on_hand: ColumnElement[Any]
    reserved: ColumnElement[Any]
    unavailable: ColumnElement[Any]
    value: ColumnElement[Any]
    uncosted: ColumnElement[Any]

    def anything(self) -> ColumnElement[bool]:
        """Whether the level held something then."""
        return or_(*(getattr(self, name) != ZERO for name in FIGURES))


def _one_by_one(at: Moments) -> tuple[FromClause, _Then]:
    past = (
        func.level_at(Level.organization_id, Level.sku_id, Level.warehouse_id, *at.expressions())
        .table_valued(*NUMBERS)
        .lateral("past")
    )
    rows = Level.__table__.join(past, true())
    return rows, _Then(Level.organization_id, Level.sku_id, Level.warehouse_id, *(past.c[name] for name in FIGURES))


def _all_at_once(at: Moments) -> tuple[FromClause, _Then]:
    none = cast(null(), ARRAY(Uuid))
    past = (
        func.levels_at(func.current_organization(), *at.expressions(), none, none)
        .table_valued(column("sku_id", Uuid), column("warehouse_id", Uuid), *NUMBERS)
        .alias("past")
    )
    same = and_(past.c.sku_id == Level.sku_id, past.c.warehouse_id == Level.warehouse_id)
    figures = (func.coalesce(past.c[name], ZERO) for name in FIGURES)
    return Level.__table__.outerjoin(past, same), _Then(
        Level.organization_id, Level.sku_id, Level.warehouse_id, *figures
    )


def _computed(query: ListQuery) -> bool:
    return bool(({f.column for f in query.filters} | {name for name, _ in query.sort}) & COMPUTED)


def levels(query: ListQuery, at: Moments, compare: str | None = None) -> Source:
    """The list of stock levels and its rows. With `compare=today` those too that hold something only today."""
    if compare not in {None, "today"}:
        raise Malformed(problem=f"compare cannot be {compare!r}: it is 'today' or left out")
    if not at.past:
        return store.LEVELS, store.levels_today()
    rows, then = _all_at_once(at) if _computed(query) else _one_by_one(at)
    spec = store.levels_spec(Quantities(then, then.reserved, cast(null(), WHEN)))
    beside = {
        "on_hand_now": Column(Level.on_hand, "number"),
        "value_now": Column(Level.value, "number"),
        "change": Column(Level.on_hand - then.on_hand, "number"),
    }
    shown = or_(then.anything(), Level.on_hand != ZERO) if compare else then.anything()
    base = store.named(select(Level.sku_id).select_from(rows), Level).where(shown)
    return replace(spec, columns=spec.columns | beside), base


def _kinds(then: _Then, name: str, transit: bool) -> ColumnElement[Any]:
    figure = func.sum(getattr(then, name))
    here = WAREHOUSE.c.kind == "transit" if transit else WAREHOUSE.c.kind != "transit"
    return func.coalesce(figure.filter(here), ZERO)


def _held(then: _Then, rows: FromClause) -> Select[Any]:
    standing = and_(WAREHOUSE.c.organization_id == Level.organization_id, WAREHOUSE.c.id == Level.warehouse_id)
    return select(
        *(_kinds(then, name, transit=False).label(name) for name in ("on_hand", "reserved", "unavailable")),
        _kinds(then, "on_hand", transit=True).label("in_transit"),
        func.coalesce(func.sum(then.value), ZERO).label("value"),
        func.coalesce(func.sum(then.uncosted), ZERO).label("uncosted"),
    ).select_from(rows.join(WAREHOUSE, standing))


def inventory(query: ListQuery, at: Moments) -> Source:
    """Every SKU over all warehouses, with what there was of it and what that was worth."""
    if not at.past:
        return store.INVENTORY, store.inventory()
    if _computed(query):
        rows, then = _all_at_once(at)
        grouped = _held(then, rows).add_columns(Level.sku_id).group_by(Level.sku_id).subquery("held")
        held: Any = grouped
        joined = and_(held.c.sku_id == SKU.c.id)
    else:
        rows, then = _one_by_one(at)
        own = and_(Level.organization_id == SKU.c.organization_id, Level.sku_id == SKU.c.id)
        held, joined = _held(then, rows).where(own).correlate(SKU).lateral("held"), true()
    names = ("on_hand", "reserved", "unavailable", "in_transit", "value", "uncosted")
    figure = {name: func.coalesce(held.c[name], ZERO) for name in names}
    product = and_(PRODUCT.c.organization_id == SKU.c.organization_id, PRODUCT.c.id == SKU.c.product_id)
    base = (
        select(SKU.c.id)
        .select_from(SKU)
        .join(PRODUCT, product)
        .join(ORGANIZATION, ORGANIZATION.c.id == SKU.c.organization_id)
        .outerjoin(held, joined)
    )
    return _inventory_spec(figure), base


def _inventory_spec(figure: dict[str, Any]) -> ListSpec:
    costed = figure["on_hand"] + figure["in_transit"] - figure["uncosted"]
    available = figure["on_hand"] - figure["reserved"] - figure["unavailable"]
    numbers = {
        **{name: figure[name] for name in ("on_hand", "reserved", "unavailable", "in_transit", "value", "uncosted")},
        "available": available,
        "unit_cost": func.round(figure["value"] / func.nullif(costed, ZERO), PLACES),
    }
    columns = {name: Column(expression, "number") for name, expression in numbers.items()}
    columns["updated_at"] = Column(cast(null(), WHEN), "time", sortable=False)
    terms = store.inventory_terms(figure["on_hand"], figure["reserved"], figure["unavailable"])
    return replace(store.INVENTORY, columns=store.INVENTORY.columns | columns, terms=terms)


def movements(at: Moments) -> Source:
    """Movements that had happened, and were known, by then."""
    if not at.past:
        return store.MOVEMENTS, store.movements()
    as_of, known_at = at.expressions()
    base = store.movements()
    if at.as_of is not None:
        base = base.where(Movement.effective_at <= as_of)
    if at.known_at is not None:
        base = base.where(Movement.recorded_at <= known_at)
    return replace(store.MOVEMENTS, first=None), base
