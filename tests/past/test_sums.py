"""Sums of days and what is behind them equal the plain sum of movements, whatever was asked, entered late or folded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.past.conftest import ZONE, Books, Connection, Entry, Figures, make_books

from onhand.infra.addresses import app_url
from onhand.kernel import now

if TYPE_CHECKING:
    from uuid import UUID

    from onhand.infra.settings import Settings

# Recorded within this month's partition, effective up to 40 days before it and a few behind; edges of days included.
MONTH = now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
RECORDED = st.integers(0, 9 * 24 * 4).map(lambda quarter: MONTH + timedelta(minutes=15 * quarter))
EFFECTIVE = st.integers(-40 * 8, 12 * 8).map(lambda part: MONTH + timedelta(hours=3 * part))
FIGURE = st.integers(-5, 9).map(lambda n: Decimal(n) / 2)
ENTRIES = st.builds(
    Entry,
    sku=st.integers(0, 1),
    warehouse=st.integers(0, 1),
    figures=st.tuples(FIGURE, FIGURE, FIGURE, FIGURE, FIGURE),
    effective=EFFECTIVE,
    recorded=RECORDED,
)
ADJUSTMENTS = st.builds(
    Entry,
    sku=st.integers(0, 1),
    warehouse=st.integers(0, 1),
    figures=st.tuples(st.just(Decimal(0)), st.just(Decimal(0)), st.just(Decimal(0)), FIGURE, FIGURE),
    effective=EFFECTIVE,
    recorded=RECORDED,
    adjusts=st.just(True),
)
FOLDS = st.integers(1, 30)
STEPS = st.lists(st.one_of(ENTRIES, ENTRIES, ENTRIES, ADJUSTMENTS, FOLDS), min_size=5, max_size=60)
EDGE = st.integers(-40, 12).map(lambda d: (MONTH + timedelta(days=d)).replace(tzinfo=ZoneInfo(ZONE)))
LAST_MOMENT = EDGE.map(lambda edge: edge.astimezone(UTC) - timedelta(microseconds=1))
MOMENTS = st.one_of(st.none(), EFFECTIVE, RECORDED, EDGE, LAST_MOMENT)


def levels(books: Books, as_of: datetime | None, known_at: datetime | None, *, named: bool) -> dict[object, Figures]:
    rows = books.ask(
        """SELECT * FROM levels_at(%(organization)s, %(as_of)s::timestamptz, %(known)s::timestamptz, %(skus)s::uuid[],
        NULL)""",
        as_of=as_of,
        known=known_at,
        skus=books.skus if named else None,
    )
    return {(row[0], row[1]): row[2:] for row in rows}


def totals(books: Books, as_of: datetime | None, known_at: datetime | None) -> dict[object, Figures]:
    rows = books.ask(
        """SELECT warehouse_id, sum(quantity), sum(reserved), sum(unavailable), sum(value), sum(uncosted)
        FROM warehouse_changes(%(organization)s, NULL, %(as_of)s::timestamptz, %(known)s::timestamptz) GROUP BY 1""",
        as_of=as_of,
        known=known_at,
    )
    return {row[0]: row[1:] for row in rows if any(row[1:])}


def added(found: Mapping[tuple[UUID, UUID], Figures]) -> dict[object, Figures]:
    sums: dict[object, Figures] = {}
    for (_, warehouse), figures in found.items():
        before = sums.get(warehouse, (Decimal(0),) * 5)
        sums[warehouse] = tuple(a + b for a, b in zip(before, figures, strict=True))
    return {key: figures for key, figures in sums.items() if any(figures)}


@pytest.mark.parametrize("busy", [1, 4])
@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS, asked=st.lists(st.tuples(MOMENTS, MOMENTS), min_size=4, max_size=8))
def test_every_moment_is_the_plain_sum(
    admin: Connection, busy: int, steps: list[Entry | int], asked: list[tuple[datetime | None, datetime | None]]
) -> None:
    books = make_books(admin)
    for step in steps:
        if isinstance(step, Entry):
            books.enter(step)
        else:
            books.fold(step, busy)
    for as_of, known_at in asked:
        plain = books.naive(as_of, known_at)
        assert levels(books, as_of, known_at, named=True) == plain
        assert levels(books, as_of, known_at, named=False) == plain
        assert totals(books, as_of, known_at) == added(plain)


def test_what_commits_late_is_not_passed_over(settings: Settings, books: Books) -> None:
    """A number taken before the mark by somebody who is still at work: the mark is not settled until that ends."""
    assert settings.database_url
    when = MONTH + timedelta(days=1)
    one = Entry(0, 0, (Decimal(1), Decimal(0), Decimal(0), Decimal(2), Decimal(0)), when, when)
    with psycopg.connect(settings.database_url, options="-c search_path=onhand") as slow:
        late = Books(slow, books.organization, books.skus, books.warehouses)
        late.enter(one)
        mark = books.ask("SELECT id, number, xid::text FROM past_mark()")[0]
        settled = "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= %(xid)s::xid8"
        assert books.ask(settled, xid=mark[2]) == [(False,)]
        books.enter(Entry(1, 1, one.figures, when, when))  # what others end meanwhile changes nothing
        assert books.ask(settled, xid=mark[2]) == [(False,)]
        slow.commit()
        assert books.ask(settled, xid=mark[2]) == [(True,)]
    books.fold(100)
    books.entries.append(one)
    assert totals(books, None, None) == added(books.naive(None, None))


def test_the_application_cannot_write_the_sums(settings: Settings) -> None:
    with psycopg.connect(app_url(settings), options="-c search_path=onhand", autocommit=True) as plain:
        for table in ("warehouse_day", "level_day", "level_past", "past_state", "carried_level", "detached_part"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                plain.execute(f"DELETE FROM {table}")


def test_one_organization_sums_up_its_own(admin: Connection, books: Books) -> None:
    when = MONTH + timedelta(days=1)
    other = make_books(admin)
    other.enter(Entry(0, 0, (Decimal(3),) * 5, when, when))
    books.enter(Entry(0, 0, (Decimal(1),) * 5, when, when))
    assert (books.fold(10), other.fold(10)) == (1, 1)
    assert totals(books, None, None) == added(books.naive(None, None))
    assert totals(other, None, None) == added(other.naive(None, None))
