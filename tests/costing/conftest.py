"""Builders: an organization with SKUs and warehouses, direct calls of post(), and what the books say of costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from tests.ledger.conftest import Connection, Shop, connect, make_shop

from onhand.infra.addresses import app_url

if TYPE_CHECKING:
    from onhand.infra.settings import Settings

BOOKS = """SELECT w.code, v.on_hand, v.value, v.uncosted,
    (SELECT coalesce(sum(l.remaining), 0) FROM cost_layer l WHERE l.organization_id = v.organization_id
        AND l.sku_id = v.sku_id AND l.warehouse_id = v.warehouse_id),
    (SELECT coalesce(sum(l.value), 0) FROM cost_layer l WHERE l.organization_id = v.organization_id
        AND l.sku_id = v.sku_id AND l.warehouse_id = v.warehouse_id AND l.remaining > 0),
    (SELECT coalesce(sum(m.value), 0) FROM movement m WHERE m.organization_id = v.organization_id
        AND m.sku_id = v.sku_id AND m.warehouse_id = v.warehouse_id)
    + (SELECT coalesce(sum(a.value), 0) FROM cost_adjustment a WHERE a.organization_id = v.organization_id
        AND a.sku_id = v.sku_id AND a.warehouse_id = v.warehouse_id AND a.posting_id IS NULL),
    (SELECT coalesce(sum(l.remaining), 0) FROM cost_layer l WHERE l.organization_id = v.organization_id
        AND l.sku_id = v.sku_id AND l.warehouse_id = v.warehouse_id AND l.value IS NULL)
FROM level v JOIN warehouse w ON w.organization_id = v.organization_id AND w.id = v.warehouse_id
JOIN sku s ON s.organization_id = v.organization_id AND s.id = v.sku_id
WHERE v.organization_id = %s AND s.code = %s ORDER BY w.code"""


def books(shop: Shop, sku: str = "A") -> dict[str, tuple[Any, Any, Any]]:
    """(units, value, uncosted) by warehouse; layers, level and movements with adjustments must say the same."""
    found = {}
    for place, units, value, uncosted, left, layers, moved, unknown in shop.ask(BOOKS, sku):
        assert (units, value, uncosted) == (left, layers, unknown), place
        assert value == moved, place
        found[place] = (units, value, uncosted)
    return found


@pytest.fixture
def admin(settings: Settings) -> Iterator[Connection]:
    assert settings.database_url
    with psycopg.connect(settings.database_url, autocommit=True, options="-c search_path=onhand") as opened:
        yield opened


@pytest.fixture
def connection(settings: Settings) -> Iterator[Connection]:
    with connect(app_url(settings)) as opened:
        yield opened


@pytest.fixture
def shop(settings: Settings, admin: Connection) -> Shop:
    return make_shop(settings, admin)
