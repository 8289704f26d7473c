"""The organization's own fields."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from onhand.infra.tables import Base, Entity, Stamped


class CustomField(Entity, Stamped, Base):
    """A field that an organization adds to its products, SKUs and so on. Its values lie beside what they describe."""

    __tablename__ = "custom_field"
    __table_args__ = (
        UniqueConstraint("organization_id", "target", "code", name="custom_field_code_key"),
        CheckConstraint(
            "target IN ('product', 'sku', 'lot', 'serial', 'customer', 'supplier')", name="target_is_known"
        ),
        CheckConstraint(
            "kind IN ('text', 'number', 'date', 'boolean', 'choice', 'multi_choice', 'url')", name="kind_is_known"
        ),
        CheckConstraint("code ~ '^[a-z][a-z0-9_]{0,39}$'", name="code_is_a_word"),
        CheckConstraint("(kind IN ('choice', 'multi_choice')) = (cardinality(choices) > 0)", name="choices_fit"),
        CheckConstraint("minimum <= maximum", name="bounds_in_order"),
        CheckConstraint("earliest <= latest", name="dates_in_order"),
        CheckConstraint("pattern IS NULL OR kind = 'text'", name="pattern_of_text"),
    )
    target: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    help: Mapped[str | None]
    kind: Mapped[str]
    required: Mapped[bool] = mapped_column(server_default=text("false"))
    minimum: Mapped[Decimal | None] = mapped_column(Numeric)
    maximum: Mapped[Decimal | None] = mapped_column(Numeric)
    earliest: Mapped[date | None]
    latest: Mapped[date | None]
    pattern: Mapped[str | None]
    choices: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    position: Mapped[int] = mapped_column(server_default="0")
    archived_at: Mapped[datetime | None]

    @property
    def archived(self) -> bool:
        """Whether it is no longer asked for; values that were given stay."""
        return self.archived_at is not None
