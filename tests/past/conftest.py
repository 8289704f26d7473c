"""Books made by hand: rows with any time, numbered as they come, and the plain sums that must come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
import pytest

from onhand.kernel import new_id

if TYPE_CHECKING:
    from onhand.infra.settings import Settings

Connection = psycopg.Connection[Any]
Figures = tuple[Decimal, ...]
ZONE = "Europe/London"
INSERT = """INSERT INTO movement (organization_id, recorded_at, posting_id, line, type, sku_id, warehouse_id, quantity,
    reserved, unavailable, balance, available, value, uncosted, effective_at)
VALUES (%(organization)s, %(recorded)s, uuidv7(), 1, 'adjustment', %(sku)s, %(warehouse)s, %(quantity)s, %(reserved)s,
    %(unavailable)s, 0, 0, %(value)s, %(uncosted)s, %(effective)s)"""
ADJUST = """INSERT INTO cost_adjustment (organization_id, entry_id, kind, sku_id, warehouse_id, value, uncosted,
    effective_at, recorded_at)
VALUES (%(organization)s, uuidv7(), 'landed', %(sku)s, %(warehouse)s, %(value)s, %(uncosted)s, %(effective)s,
    %(recorded)s)"""
KEEP_LEVEL = """INSERT INTO level AS v (organization_id, sku_id, warehouse_id, on_hand, reserved, unavailable, value,
    uncosted)
VALUES (%(organization)s, %(sku)s, %(warehouse)s, %(quantity)s, %(reserved)s, %(unavailable)s, %(value)s, %(uncosted)s)
ON CONFLICT (organization_id, sku_id, warehouse_id) DO UPDATE SET on_hand = v.on_hand + excluded.on_hand,
    reserved = v.reserved + excluded.reserved, unavailable = v.unavailable + excluded.unavailable,
    value = v.value + excluded.value, uncosted = v.uncosted + excluded.uncosted"""


@dataclass(frozen=True)
class Entry:
    """A movement, or an adjustment of cost: what, when it happened, when it was recorded."""

    sku: int
    warehouse: int
    figures: Figures
    effective: datetime
    recorded: datetime
    adjusts: bool = False


@dataclass
class Books:
    """An organization with SKUs and warehouses, what was entered, and what the sums must be."""

    admin: Connection
    organization: UUID = field(default_factory=new_id)
    skus: list[UUID] = field(default_factory=list)
    warehouses: list[UUID] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def ask(self, statement: str, **values: object) -> list[tuple[Any, ...]]:
        """Query as the administrator."""
        return self.admin.execute(statement, {"organization": self.organization, **values}).fetchall()

    def enter(self, entry: Entry) -> None:
        """One row, and its level with it."""
        quantity, reserved, unavailable, value, uncosted = entry.figures
        row = {
            "organization": self.organization,
            "sku": self.skus[entry.sku],
            "warehouse": self.warehouses[entry.warehouse],
            "quantity": quantity,
            "reserved": reserved,
            "unavailable": unavailable,
            "value": value,
            "uncosted": uncosted,
            "effective": entry.effective,
            "recorded": entry.recorded,
        }
        self.admin.execute(KEEP_LEVEL, row)
        self.admin.execute(ADJUST if entry.adjusts else INSERT, row)
        self.entries.append(entry)

    def naive(
        self, as_of: datetime | None, known_at: datetime | None, warehouse: int | None = None
    ) -> dict[tuple[UUID, UUID], Figures]:
        """Each level that held something, row by row."""
        found: dict[tuple[UUID, UUID], list[Decimal]] = {}
        for entry in self.entries:
            if (as_of and entry.effective > as_of) or (known_at and entry.recorded > known_at):
                continue
            if warehouse is not None and entry.warehouse != warehouse:
                continue
            sums = found.setdefault((self.skus[entry.sku], self.warehouses[entry.warehouse]), [Decimal(0)] * 5)
            for place, figure in enumerate(entry.figures):
                sums[place] += figure
        return {key: tuple(sums) for key, sums in found.items() if any(sums)}

    def fold(self, most: int, busy: int = 3) -> int:
        """Sum up to `most` rows, levels of `busy` movements and more."""
        self.admin.execute("SELECT set_config('onhand.organization_id', %s, false)", (str(self.organization),))
        mark = self.ask("SELECT id, number FROM past_mark()")[0]
        return int(
            self.ask(
                "SELECT fold_past(%(organization)s, %(id)s, %(number)s, %(most)s, %(busy)s, 1)",
                id=mark[0],
                number=mark[1],
                most=most,
                busy=busy,
            )[0][0]
        )


def make_books(admin: Connection) -> Books:
    """Two SKUs at two warehouses, in a fresh organization without times of day."""
    books = Books(admin)
    organization = books.organization
    admin.execute(
        "INSERT INTO organization (id, code, name, time_zone) VALUES (%s, %s, 'Books', %s)",
        (organization, organization.hex, ZONE),
    )
    for code in ("MAIN", "EAST"):
        row = admin.execute(
            "INSERT INTO warehouse (organization_id, code, name) VALUES (%s, %s, %s) RETURNING id",
            (organization, code, code),
        ).fetchone()
        assert row
        books.warehouses.append(row[0])
    for code in ("A", "B"):
        row = admin.execute(
            """WITH p AS (INSERT INTO product (organization_id, name) VALUES (%s, %s) RETURNING organization_id, id)
            INSERT INTO sku (organization_id, product_id, code) SELECT organization_id, id, %s FROM p RETURNING id""",
            (organization, code, code),
        ).fetchone()
        assert row
        books.skus.append(row[0])
    return books


@pytest.fixture
def admin(settings: Settings) -> Iterator[Connection]:
    """The administrator's own connection, whom neither row security nor the level's checks are to stop here."""
    assert settings.database_url
    with psycopg.connect(settings.database_url, options="-c search_path=onhand", autocommit=True) as opened:
        for (name,) in opened.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'level'::regclass AND contype = 'c'"
        ).fetchall():
            opened.execute(f"ALTER TABLE level DROP CONSTRAINT {name}")
        opened.execute("ALTER TABLE movement DROP CONSTRAINT IF EXISTS movement_balance_not_negative")
        yield opened


@pytest.fixture
def books(admin: Connection) -> Books:
    return make_books(admin)
