"""Builders of this module's tests: an organization with SKUs and warehouses, and direct calls of post()."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import class_row

from onhand.infra.addresses import app_url
from onhand.infra.db import CONNECTION
from onhand.kernel import Actor, new_id
from onhand.ledger import store, store_post
from onhand.ledger.domain import Outcome, Posting, Recorded

if TYPE_CHECKING:
    from onhand.infra.settings import Settings

Connection = psycopg.Connection[Any]


def connect(url: str) -> Connection:
    """As a web process connects: the application's role, autocommit."""
    return psycopg.connect(url, **CONNECTION)  # type: ignore[arg-type]  # the keywords of the pool's connections


@dataclass(frozen=True)
class Shop:
    """An organization with SKUs A, B, C … at the warehouses MAIN and EAST."""

    actor: Actor
    url: str
    admin: Connection

    def post(self, connection: Connection, *postings: Posting, silent: bool = False) -> list[Outcome]:
        """Call post() once, in autocommit."""
        asked = store_post.arguments(self.actor.organization_id, self.actor, postings, brief=False, silent=silent)
        return store_post.outcomes(postings, connection.execute(store_post.SQL, asked).fetchall())

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Query as the administrator, whom row security does not bind; `%s` first is the organization."""
        return self.admin.execute(statement, (self.actor.organization_id, *values)).fetchall()

    def level(self, sku: str, warehouse: str = "MAIN") -> tuple[Any, ...]:
        """(on hand, reserved, unavailable), zeros where nothing was ever."""
        rows = self.ask(
            """SELECT v.on_hand, v.reserved, v.unavailable FROM level v JOIN sku s ON s.id = v.sku_id
            JOIN warehouse w ON w.id = v.warehouse_id
            WHERE v.organization_id = %s AND s.code = %s AND w.code = %s""",
            sku,
            warehouse,
        )
        return rows[0] if rows else (0, 0, 0)


def make_shop(settings: Settings, admin: Connection, skus: Sequence[str] = ("A", "B", "C")) -> Shop:
    """A fresh shop, made with a few statements: state machines need many."""
    organization = new_id()
    admin.execute("INSERT INTO organization (id, code, name) VALUES (%s, %s, 'Shop')", (organization, organization.hex))
    for code, kind in (("MAIN", "warehouse"), ("EAST", "warehouse"), ("TRANSIT", "transit")):
        admin.execute(
            "INSERT INTO warehouse (organization_id, code, name, kind) VALUES (%s, %s, %s, %s)",
            (organization, code, code, kind),
        )
    admin.execute(
        """WITH p AS (INSERT INTO product (organization_id, name) SELECT %s, c FROM unnest(%s::text[]) c
        RETURNING organization_id, id, name)
        INSERT INTO sku (organization_id, product_id, code) SELECT organization_id, id, name FROM p""",
        (organization, list(skus)),
    )
    actor = Actor(organization, "user", UUID(int=1), "tester", "admin", address="127.0.0.1")
    return Shop(actor, app_url(settings), admin)


def recorded(shop: Shop, posting_id: UUID) -> list[Recorded]:
    """What a posting left on file."""
    with shop.admin.cursor(row_factory=class_row(Recorded)) as cursor:
        cursor.execute(store.LINES_OF, {"organization": shop.actor.organization_id, "ids": [posting_id]})
        return cursor.fetchall()


@pytest.fixture
def admin(settings: Settings) -> Iterator[Connection]:
    """The administrator's own connection, whom row security does not bind."""
    assert settings.database_url
    with psycopg.connect(settings.database_url, options="-c search_path=onhand", autocommit=True) as opened:
        yield opened


@pytest.fixture
def shop(settings: Settings, admin: Connection) -> Shop:
    return make_shop(settings, admin)


@pytest.fixture
def connection(settings: Settings) -> Iterator[Connection]:
    with connect(app_url(settings)) as opened:
        yield opened


@pytest.fixture
def other_shop(settings: Settings, admin: Connection) -> Shop:
    """A second organization in the same database."""
    return make_shop(settings, admin)
