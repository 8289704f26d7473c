"""The application can change quantities by post() and by nothing else."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import psycopg
import pytest

from onhand.kernel import new_id
from onhand.ledger.domain import Move, Posting

if TYPE_CHECKING:
    from tests.ledger.conftest import Connection, Shop

VERBS = ("INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET organization_id = NULL", "DELETE FROM {}")
TABLES = (
    "level",
    "posting",
    "movement",
    "reservation",
    "shortage",
    "holding",
    "holding_change",
    "cost_layer",
    "cost_use",
    "cost_adjustment",
)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "verb", ["INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET organization_id = NULL", "DELETE FROM {}"]
)
def test_no_table_of_the_ledger_can_be_written(connection: Connection, table: str, verb: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(verb.format(table))


def test_row_security_cannot_be_switched_off(connection: Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("ALTER TABLE level DISABLE ROW LEVEL SECURITY")


def test_without_an_organization_nothing_is_seen(shop: Shop, connection: Connection) -> None:
    shop.post(connection, Posting(lines=[Move(sku="A", warehouse="MAIN", quantity=Decimal(1))]))
    for table in TABLES[:3]:
        found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert found == (0,)


def test_the_last_line_holds_even_for_the_owner(shop: Shop, connection: Connection) -> None:
    shop.post(connection, Posting(lines=[Move(sku="A", warehouse="MAIN", quantity=Decimal(1))]))
    for change, constraint in (
        ("on_hand = -1", "level_on_hand_not_negative"),
        ("reserved = -1", "level_reserved_not_negative"),
        ("unavailable = -1", "level_unavailable_not_negative"),
        ("reserved = 2", "level_promises_covered"),
        ("on_hand = 'NaN'", "level_on_hand_not_negative"),
    ):
        with pytest.raises(psycopg.errors.CheckViolation, match=constraint):
            shop.ask(f"UPDATE level SET {change} WHERE organization_id = %s RETURNING 1")
    assert shop.level("A") == (1, 0, 0)


def test_post_is_the_owner_and_bound_by_row_security(shop: Shop) -> None:
    rows = shop.ask(
        """SELECT p.prosecdef, pg_get_userbyid(p.proowner), has_function_privilege('public', p.oid, 'EXECUTE'),
        r.rolsuper OR r.rolbypassrls FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
        WHERE p.proname = 'post' AND %s IS NOT NULL"""
    )
    assert rows == [(True, "onhand_owner", False, False)]


def test_another_organizations_ids_lead_nowhere(shop: Shop, connection: Connection, other_shop: Shop) -> None:
    sku = other_shop.ask("SELECT id FROM sku WHERE organization_id = %s AND code = 'A'")[0][0]
    place = other_shop.ask("SELECT id FROM warehouse WHERE organization_id = %s AND code = 'MAIN'")[0][0]
    found = shop.post(connection, Posting(lines=[Move(sku=sku, warehouse=place, quantity=Decimal(1))]))
    assert found[0].lines[0].problem == "unknown_sku"
    assert other_shop.level("A") == (0, 0, 0)


def test_the_same_posting_id_in_two_organizations(shop: Shop, connection: Connection, other_shop: Shop) -> None:
    key = new_id()
    for each in (shop, other_shop):
        each.post(connection, Posting(id=key, lines=[Move(sku="A", warehouse="MAIN", quantity=Decimal(1))]))
        assert each.level("A") == (1, 0, 0)
