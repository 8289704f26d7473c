"""Units of measure, the organization's own fields, and variants (expand).

Follows 0021. The new columns of `product` and `sku` have constant defaults, so no row is rewritten. Their indexes leave
out who uses neither options nor fields of its own, so building them reads the table once and writes next to nothing;
only `sku_main_key` has an entry for each SKU.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from onhand.infra.tenancy import protect, relay

revision = "0020"
down_revision = "0021"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql" / "fields"
MOMENT = postgresql.TIMESTAMP(timezone=True)
TABLES = ("unit", "product_measure", "product_unit", "custom_field", "product_option", "option_value")
RATIONAL = (
    "numerator > 0 AND denominator > 0 AND numerator = trunc(numerator) AND denominator = trunc(denominator)"
    " AND numerator < 1e30 AND denominator < 1e30"
)


def belongs(table: str, column: str, target: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column],
        [f"{target}.organization_id", f"{target}.id"],
        name=op.f(f"{table}_organization_id_{column}_fkey"),
        ondelete=ondelete,
    )


def owned(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f(f"{table}_organization_id_fkey"))


def identity(*, stamped: bool) -> list[sa.Column[Any]]:
    columns: list[sa.Column[Any]] = [
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
    ]
    stamps: list[sa.Column[Any]] = [
        sa.Column(name, MOMENT, server_default=sa.text("now()"), nullable=False)
        for name in ("created_at", "updated_at")
    ]
    return columns + (stamps if stamped else [])


def upgrade() -> None:
    make_units()
    make_fields()
    make_options()
    protect(op, *TABLES)
    extend_products()
    op.execute("GRANT SELECT ON custom_field TO onhand_relay")
    op.execute("CREATE POLICY relay ON custom_field FOR SELECT TO onhand_relay USING (true)")
    relay(op, "with_field(text, text, text, text[])", (SQL / "with_field.sql").read_text(encoding="utf-8"))
    relay(op, "with_option(text, text[])", (SQL / "with_option.sql").read_text(encoding="utf-8"))


def make_units() -> None:
    op.create_table(
        "unit",
        *identity(stamped=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_key", sa.Text(), sa.Computed("lower(code)", persisted=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("numerator", sa.Numeric(), server_default="1", nullable=False),
        sa.Column("denominator", sa.Numeric(), server_default="1", nullable=False),
        sa.Column("whole", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("archived_at", MOMENT, nullable=True),
        sa.CheckConstraint("code <> ''", name=op.f("unit_code_not_empty")),
        sa.CheckConstraint(
            "dimension IN ('count', 'package', 'mass', 'volume', 'length', 'area', 'time')",
            name=op.f("unit_dimension_is_known"),
        ),
        sa.CheckConstraint(RATIONAL, name=op.f("unit_factor_is_rational")),
        owned("unit"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("unit_pkey")),
        sa.UniqueConstraint("organization_id", "code_key", name="unit_code_key"),
    )
    op.create_table(
        "product_measure",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("stock_unit_id", sa.Uuid(), nullable=False),
        sa.Column("purchase_unit_id", sa.Uuid(), nullable=True),
        sa.Column("sale_unit_id", sa.Uuid(), nullable=True),
        sa.Column("updated_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        belongs("product_measure", "product_id", "product", ondelete="CASCADE"),
        belongs("product_measure", "stock_unit_id", "unit"),
        belongs("product_measure", "purchase_unit_id", "unit"),
        belongs("product_measure", "sale_unit_id", "unit"),
        owned("product_measure"),
        sa.PrimaryKeyConstraint("organization_id", "product_id", name=op.f("product_measure_pkey")),
    )
    op.create_table(
        "product_unit",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("of_unit_id", sa.Uuid(), nullable=False),
        sa.Column("numerator", sa.Numeric(), nullable=False),
        sa.Column("denominator", sa.Numeric(), server_default="1", nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("unit_id <> of_unit_id", name=op.f("product_unit_not_of_itself")),
        sa.CheckConstraint(RATIONAL, name=op.f("product_unit_factor_is_rational")),
        belongs("product_unit", "product_id", "product", ondelete="CASCADE"),
        belongs("product_unit", "unit_id", "unit"),
        belongs("product_unit", "of_unit_id", "unit"),
        owned("product_unit"),
        sa.PrimaryKeyConstraint("organization_id", "product_id", "unit_id", name=op.f("product_unit_pkey")),
    )
    op.create_index("product_unit_by_unit_idx", "product_unit", ["organization_id", "unit_id"], unique=False)


def make_fields() -> None:
    op.create_table(
        "custom_field",
        *identity(stamped=True),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("help", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("minimum", sa.Numeric(), nullable=True),
        sa.Column("maximum", sa.Numeric(), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("pattern", sa.Text(), nullable=True),
        sa.Column("choices", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("archived_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "target IN ('product', 'sku', 'lot', 'serial', 'customer', 'supplier')",
            name=op.f("custom_field_target_is_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('text', 'number', 'date', 'boolean', 'choice', 'multi_choice', 'url')",
            name=op.f("custom_field_kind_is_known"),
        ),
        sa.CheckConstraint("code ~ '^[a-z][a-z0-9_]{0,39}$'", name=op.f("custom_field_code_is_a_word")),
        sa.CheckConstraint(
            "(kind IN ('choice', 'multi_choice')) = (cardinality(choices) > 0)", name=op.f("custom_field_choices_fit")
        ),
        sa.CheckConstraint("minimum <= maximum", name=op.f("custom_field_bounds_in_order")),
        sa.CheckConstraint("earliest <= latest", name=op.f("custom_field_dates_in_order")),
        sa.CheckConstraint("pattern IS NULL OR kind = 'text'", name=op.f("custom_field_pattern_of_text")),
        owned("custom_field"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("custom_field_pkey")),
        sa.UniqueConstraint("organization_id", "target", "code", name="custom_field_code_key"),
    )


def make_options() -> None:
    op.create_table(
        "product_option",
        *identity(stamped=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("code ~ '^[a-z][a-z0-9_]{0,29}$'", name=op.f("product_option_code_is_a_word")),
        belongs("product_option", "product_id", "product", ondelete="CASCADE"),
        owned("product_option"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("product_option_pkey")),
        sa.UniqueConstraint("organization_id", "product_id", "code", name="product_option_code_key"),
    )
    op.create_table(
        "option_value",
        *identity(stamped=False),
        sa.Column("option_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("value_key", sa.Text(), sa.Computed("lower(value)", persisted=True), nullable=False),
        sa.Column("short", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("value <> '' AND char_length(value) <= 60", name=op.f("option_value_value_fits")),
        belongs("option_value", "option_id", "product_option", ondelete="CASCADE"),
        owned("option_value"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("option_value_pkey")),
        sa.UniqueConstraint("organization_id", "option_id", "value_key", name="option_value_key"),
    )


def extend_products() -> None:
    named = "jsonb_typeof({0}) = 'object'"
    op.execute("ALTER TABLE product ADD COLUMN custom_fields jsonb NOT NULL DEFAULT '{}'")
    op.execute(
        "ALTER TABLE sku ADD COLUMN main boolean NOT NULL DEFAULT true, ADD COLUMN options jsonb NOT NULL DEFAULT '{}',"
        " ADD COLUMN custom_fields jsonb NOT NULL DEFAULT '{}'"
    )
    for table, column, name in (
        ("product", "custom_fields", "custom_fields_are_named"),
        ("sku", "custom_fields", "custom_fields_are_named"),
        ("sku", "options", "options_are_named"),
    ):
        constraint = f"{table}_{name}"
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} CHECK ({named.format(column)}) NOT VALID")
        # Nothing but the default has been written yet: one read of the table, while the columns are new anyway.
        op.execute(
            f"-- squawk-ignore constraint-missing-not-valid\nALTER TABLE {table} VALIDATE CONSTRAINT {constraint}"
        )
    for table in ("product", "sku"):
        make_index(
            f"INDEX {table}_custom_fields_idx ON {table} USING gin (organization_id, custom_fields jsonb_path_ops)"
            " WHERE custom_fields <> '{}'"
        )
    make_index("UNIQUE INDEX sku_main_key ON sku (organization_id, product_id) WHERE main")
    make_index(
        "UNIQUE INDEX sku_options_key ON sku (organization_id, product_id, lower(options::text)) WHERE options <> '{}'"
    )
    make_index(
        "INDEX sku_options_idx ON sku USING gin (organization_id, (lower(options::text)::jsonb)) WHERE options <> '{}'"
    )


def make_index(what: str) -> None:
    op.execute(f"-- squawk-ignore require-concurrent-index-creation\nCREATE {what}")


def downgrade() -> None:
    op.execute("DROP FUNCTION with_option(text, text[])")
    op.execute("DROP FUNCTION with_field(text, text, text, text[])")
    op.execute("ALTER TABLE sku DROP COLUMN main, DROP COLUMN options, DROP COLUMN custom_fields")
    op.execute("ALTER TABLE product DROP COLUMN custom_fields")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
