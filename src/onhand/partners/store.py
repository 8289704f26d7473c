"""SQL of suppliers, customers and sellers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute

from onhand.infra.db import actor_of, raw
from onhand.infra.lists import Column, ListSpec
from onhand.infra.rows import find_row
from onhand.partners.tables import Customer, Seller, Supplier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

Coded = TypeVar("Coded", Supplier, Customer, Seller)


def with_code(column: InstrumentedAttribute[Any]) -> Callable[[str | list[str]], ColumnElement[bool]]:
    """Compares codes ignoring case, in a form that the unique index answers."""
    return lambda value: column.in_([code.lower() for code in ([value] if isinstance(value, str) else value)])


def containing(*columns: InstrumentedAttribute[Any]) -> Callable[[str], ColumnElement[bool]]:
    """Every word of the search text somewhere in these columns."""
    text = func.lower(func.concat_ws(" ", *columns))
    return lambda q: and_(*(text.contains(word, autoescape=True) for word in q.lower().split()))


SUPPLIERS = ListSpec(
    columns={
        "id": Column(Supplier.id, "uuid"),
        "code": Column(Supplier.code, where=with_code(Supplier.code_key)),
        "name": Column(Supplier.name),
        "contact_name": Column(Supplier.contact_name),
        "contact_email": Column(Supplier.contact_email),
        "contact_phone": Column(Supplier.contact_phone, sortable=False),
        "address": Column(Supplier.address, sortable=False),
        "payment_terms": Column(Supplier.payment_terms),
        "shipping_terms": Column(Supplier.shipping_terms),
        "currency": Column(Supplier.currency),
        "tax_id": Column(Supplier.tax_id),
        "lead_time_days": Column(Supplier.lead_time_days, "number"),
        "notes": Column(Supplier.notes, sortable=False),
        "active": Column(Supplier.active, "bool"),
        "archived": Column(Supplier.archived_at.is_not(None), "bool"),
        "created_at": Column(Supplier.created_at, "time"),
        "updated_at": Column(Supplier.updated_at, "time"),
    },
    default_sort="name",
    search=containing(Supplier.code, Supplier.name, Supplier.contact_name, Supplier.contact_email),
    aliases={"search": "q"},
    hidden={"archived": ("eq", "false")},
)
CUSTOMERS = ListSpec(
    columns={
        "id": Column(Customer.id, "uuid"),
        "code": Column(Customer.code, where=with_code(Customer.code_key)),
        "name": Column(Customer.name),
        "email": Column(Customer.email, "code"),
        "phone": Column(Customer.phone, sortable=False),
        "country": Column(Customer.country),
        "shipping_address": Column(Customer.shipping_address, sortable=False),
        "billing_address": Column(Customer.billing_address, sortable=False),
        "notes": Column(Customer.notes, sortable=False),
        "archived": Column(Customer.archived_at.is_not(None), "bool"),
        "created_at": Column(Customer.created_at, "time"),
        "updated_at": Column(Customer.updated_at, "time"),
    },
    default_sort="name",
    search=containing(Customer.code, Customer.name, Customer.email),
    aliases={"search": "q"},
    hidden={"archived": ("eq", "false")},
)
SELLERS = ListSpec(
    columns={
        "id": Column(Seller.id, "uuid"),
        "code": Column(Seller.code, where=with_code(Seller.code_key)),
        "name": Column(Seller.name),
        "contact_name": Column(Seller.contact_name),
        "contact_email": Column(Seller.contact_email),
        "contact_phone": Column(Seller.contact_phone, sortable=False),
        "supplier_id": Column(Seller.supplier_id, "uuid", sortable=False),
        "supplier": Column(Supplier.name, nullable=True),
        "active": Column(Seller.active, "bool"),
        "archived": Column(Seller.archived_at.is_not(None), "bool"),
        "created_at": Column(Seller.created_at, "time"),
        "updated_at": Column(Seller.updated_at, "time"),
    },
    default_sort="name",
    search=containing(Seller.code, Seller.name, Seller.contact_name, Seller.contact_email),
    aliases={"search": "q"},
    hidden={"archived": ("eq", "false")},
)


@cache
def suppliers() -> Select[Any]:
    """All suppliers."""
    return select(Supplier)


@cache
def customers() -> Select[Any]:
    """All customers."""
    return select(Customer)


@cache
def sellers() -> Select[Any]:
    """All sellers with the suppliers they are linked to."""
    linked = and_(Supplier.organization_id == Seller.organization_id, Supplier.id == Seller.supplier_id)
    return select(Seller).outerjoin(Supplier, linked)


async def find_coded(session: AsyncSession, table: type[Coded], key: UUID | str, *, lock: bool = False) -> Coded | None:
    """A supplier, customer or seller by id or, ignoring case, by code."""
    wanted = table.id == key if isinstance(key, UUID) else table.code_key == key.lower()
    return await find_row(session, table, wanted, lock=lock)


# Two imports that bring the same new customer: the second waits here and then finds them.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('onhand.customer:' || %s, 0))"
KNOWN = "SELECT code_key, id FROM customer WHERE organization_id = %s AND code_key = ANY(%s)"
ADD = """
INSERT INTO customer (organization_id, code, name, email, country)
SELECT %s, made.* FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS made
ON CONFLICT (organization_id, code_key) DO NOTHING
"""


async def lock_customers(session: AsyncSession) -> None:
    """Take turns with other bulk makers of this organization, until the transaction ends."""
    connection = await raw(session)
    await connection.execute(LOCK, (str(actor_of(session).organization_id),))


async def known_customers(session: AsyncSession, keys: Sequence[str]) -> dict[str, UUID]:
    """The ids of those lower-cased codes that exist."""
    connection = await raw(session)
    found = await connection.execute(KNOWN, (actor_of(session).organization_id, list(keys)))
    return {row[0]: row[1] for row in await found.fetchall()}


async def add_customers(session: AsyncSession, columns: Sequence[Sequence[Any]]) -> None:
    """Insert customers from parallel columns: code, name, e-mail, country."""
    connection = await raw(session)
    await connection.execute(ADD, (actor_of(session).organization_id, *map(list, columns)))
