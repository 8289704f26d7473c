"""Verbs of suppliers, customers and sellers: three kinds of the same thing, somebody with a code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic
from uuid import UUID

from onhand import audit
from onhand.infra.events import announce
from onhand.infra.rows import add_row, change_row, remove_row
from onhand.kernel import NotFound, now
from onhand.partners import events, store
from onhand.partners.errors import CodeTaken, UnknownCustomer, UnknownSeller, UnknownSupplier
from onhand.partners.store import Coded
from onhand.partners.tables import Customer, Seller, Supplier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class Kind(Generic[Coded]):
    """What tells suppliers, customers and sellers apart: their table, name, event, and who is missing when one is."""

    table: type[Coded]
    name: str
    event: str
    unknown: type[NotFound]


SUPPLIER = Kind(Supplier, "supplier", events.SUPPLIER_CHANGED, UnknownSupplier)
CUSTOMER = Kind(Customer, "customer", events.CUSTOMER_CHANGED, UnknownCustomer)
SELLER = Kind(Seller, "seller", events.SELLER_CHANGED, UnknownSeller)


@dataclass(frozen=True, slots=True)
class CustomerWanted:
    """A customer who shall exist; what else is said here is used only if they must be made."""

    code: str
    name: str
    email: str | None = None
    country: str | None = None


async def partner_by(session: AsyncSession, kind: Kind[Coded], key: str, *, lock: bool = False) -> Coded:
    """The partner with this id or code; with `lock` nobody else changes it until we end. Raises `kind.unknown`."""
    try:
        wanted: UUID | str = UUID(key)
    except ValueError:
        wanted = key
    found = await store.find_coded(session, kind.table, wanted, lock=lock)
    if found is None:
        raise kind.unknown(key=key)
    return found


async def create_partner(session: AsyncSession, kind: Kind[Coded], values: Mapping[str, Any]) -> Coded:
    """Add a partner. Raises CodeTaken, NoSuchSupplier."""
    await _check_code(session, kind, values.get("code"), than=None)
    made = await add_row(session, kind.table, _tidy(values))
    await _note(session, kind, "create", made, None, audit.snapshot(made))
    return made


async def change_partner(session: AsyncSession, kind: Kind[Coded], partner: Coded, changes: Mapping[str, Any]) -> Coded:
    """Write the changes to a locked partner. Raises CodeTaken, NoSuchSupplier."""
    await _check_code(session, kind, changes.get("code"), than=partner.id)
    before, values = audit.snapshot(partner), _tidy(changes)
    if "archived" in values:
        values["archived_at"] = (partner.archived_at or now()) if values.pop("archived") else None
    await change_row(session, partner, values)
    await _note(session, kind, "update", partner, before, audit.snapshot(partner))
    return partner


async def remove_partner(session: AsyncSession, kind: Kind[Coded], partner: Coded) -> None:
    """Delete a locked partner whom nothing refers to; archive any other."""
    before = audit.snapshot(partner)
    if await remove_row(session, partner):
        await _note(session, kind, "delete", partner, before, None)
    elif partner.archived_at is None:
        await change_partner(session, kind, partner, {"archived": True})


async def ensure_customers(session: AsyncSession, items: Sequence[CustomerWanted]) -> dict[str, UUID]:
    """The ids of these customers by the code as given, made where they are missing; a few statements for any number.

    Of items with the same code, ignoring case, the first one names them.
    """
    first: dict[str, CustomerWanted] = {}
    for item in items:
        first.setdefault(item.code.lower(), item)
    await store.lock_customers(session)
    known = await store.known_customers(session, list(first))
    missing = [item for key, item in first.items() if key not in known]
    if missing:
        columns = [[getattr(item, name) for item in missing] for name in ("code", "name", "email", "country")]
        await store.add_customers(session, columns)
        known |= await store.known_customers(session, [item.code.lower() for item in missing])
        await audit.record(session, "create", "customer", "many", None, {"count": len(missing), "codes": columns[0]})
        await announce(session, events.CUSTOMERS_IMPORTED, {"count": len(missing)})
    return {item.code: known[item.code.lower()] for item in items}


def _tidy(values: Mapping[str, Any]) -> dict[str, Any]:
    currency = values.get("currency")
    return {**values, "currency": currency.upper()} if currency else dict(values)


async def _check_code(session: AsyncSession, kind: Kind[Coded], code: str | None, *, than: UUID | None) -> None:
    if code is None:
        return
    other = await store.find_coded(session, kind.table, code)
    if other is not None and other.id != than:
        raise CodeTaken(code=other.code)


async def _note(
    session: AsyncSession,
    kind: Kind[Coded],
    change: str,
    partner: Coded,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    await audit.record(session, change, kind.name, partner.id, before, after)
    await announce(session, kind.event, {"id": partner.id, "change": change})


async def customer_for(session: AsyncSession, name: str, email: str | None, code: str | None) -> UUID:
    """The customer that a document names: by code, else by e-mail, made when new. With a name alone, a new one."""
    key = code or email
    if key is None:
        return (await create_partner(session, CUSTOMER, {"name": name})).id
    return (await ensure_customers(session, [CustomerWanted(key, name, email)]))[key]
