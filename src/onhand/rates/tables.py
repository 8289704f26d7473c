"""The rates of currencies, and where they come from."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric, func, text
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Owned, Stamped


class ExchangeRate(Owned, Base):
    """What one unit of a currency was worth in the organization's on a day; one typed by hand goes before."""

    __tablename__ = "exchange_rate"
    __table_args__ = (
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_code"),
        CheckConstraint("rate > 0 AND rate < 'Infinity'", name="rate_positive"),
    )
    currency: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    manual: Mapped[bool] = mapped_column(primary_key=True, server_default=text("false"))
    rate: Mapped[Decimal] = mapped_column(Numeric)
    source: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class RateFeed(Owned, Stamped, Base):
    """Where an organization's rates come from, and how the last attempt went. The key is encrypted."""

    __tablename__ = "rate_feed"
    __table_args__ = (
        CheckConstraint("source IN ('ecb', 'frankfurter', 'openexchangerates', 'sandbox')", name="source_known"),
        CheckConstraint(
            "source <> 'openexchangerates' OR NOT active OR app_id_sealed IS NOT NULL", name="key_where_needed"
        ),
    )
    source: Mapped[str] = mapped_column(server_default="ecb")
    url: Mapped[str | None]
    app_id_sealed: Mapped[bytes | None]
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    refreshed_at: Mapped[datetime | None]
    problem: Mapped[str | None]
