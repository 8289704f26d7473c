"""Catalogue, places and partners (expand).

Follows 0001.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from onhand.infra.tenancy import protect, relay

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FIND_PRODUCTS = Path(__file__).parents[1] / "sql" / "catalog" / "find_products.sql"
TABLES = ("category", "customer", "supplier", "warehouse", "product", "seller", "sku", "barcode", "supplier_item")


def upgrade() -> None:
    make_tables()
    protect(op, *TABLES)
    for table in ("product", "sku", "barcode"):
        op.execute(f"GRANT SELECT ON {table} TO onhand_relay")
        op.execute(f"CREATE POLICY relay ON {table} FOR SELECT TO onhand_relay USING (true)")
    relay(op, "find_products(text, integer)", FIND_PRODUCTS.read_text(encoding="utf-8"))


def make_tables() -> None:

    op.create_table(
        "category",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("parent_id <> id", name=op.f("category_not_its_own_parent")),
        sa.ForeignKeyConstraint(
            ["organization_id", "parent_id"], ["category.organization_id", "category.id"], name="category_parent_fkey"
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("category_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("category_pkey")),
    )
    op.create_index(
        "category_name_key",
        "category",
        ["organization_id", "parent_id", sa.literal_column("lower(name)")],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "customer",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("code_key", sa.Text(), sa.Computed("lower(code)", persisted=True), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("shipping_address", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("billing_address", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("customer_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("customer_pkey")),
        sa.UniqueConstraint("organization_id", "code_key", name="customer_code_key"),
    )
    op.create_index(
        "customer_email_idx", "customer", ["organization_id", sa.literal_column("lower(email)")], unique=False
    )
    op.create_index("customer_name_idx", "customer", ["organization_id", "name", "id"], unique=False)
    op.create_table(
        "supplier",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_key", sa.Text(), sa.Computed("lower(code)", persisted=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.Text(), nullable=True),
        sa.Column("contact_email", sa.Text(), nullable=True),
        sa.Column("contact_phone", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("payment_terms", sa.Text(), nullable=True),
        sa.Column("shipping_terms", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("tax_id", sa.Text(), nullable=True),
        sa.Column("lead_time_days", sa.Integer(), server_default="7", nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("lead_time_days BETWEEN 0 AND 730", name=op.f("supplier_lead_time_in_range")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("supplier_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("supplier_pkey")),
        sa.UniqueConstraint("organization_id", "code_key", name="supplier_code_key"),
    )
    op.create_table(
        "warehouse",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_key", sa.Text(), sa.Computed("lower(code)", persisted=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="warehouse", nullable=False),
        sa.Column("priority", sa.Integer(), server_default="100", nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=True),
        sa.Column("contact_email", sa.Text(), nullable=True),
        sa.Column("contact_phone", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("longitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('warehouse', 'store', '3pl', 'consignment', 'van', 'transit')",
            name=op.f("warehouse_kind_is_known"),
        ),
        sa.CheckConstraint(
            "latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name=op.f("warehouse_position_on_earth")
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("warehouse_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("warehouse_pkey")),
        sa.UniqueConstraint("organization_id", "code_key", name="warehouse_code_key"),
    )
    op.create_index(
        "warehouse_one_transit_key",
        "warehouse",
        ["organization_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'transit'"),
    )
    op.create_table(
        "product",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("supplier_id", sa.Uuid(), nullable=True),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("status", sa.Text(), server_default="active", nullable=False),
        sa.Column("search_text", sa.Text(), server_default="", nullable=False),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(status = 'archived') = (archived_at IS NOT NULL)", name=op.f("product_archived_has_a_date")
        ),
        sa.CheckConstraint("status IN ('active', 'draft', 'archived')", name=op.f("product_status_is_known")),
        sa.ForeignKeyConstraint(
            ["organization_id", "category_id"],
            ["category.organization_id", "category.id"],
            name=op.f("product_organization_id_category_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "supplier_id"],
            ["supplier.organization_id", "supplier.id"],
            name=op.f("product_organization_id_supplier_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("product_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("product_pkey")),
    )
    op.create_index("product_category_idx", "product", ["organization_id", "category_id"], unique=False)
    op.create_index("product_name_idx", "product", ["organization_id", "name", "id"], unique=False)
    op.create_index(
        "product_search_idx",
        "product",
        ["organization_id", "search_text"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    )
    op.create_index("product_updated_idx", "product", ["organization_id", "updated_at", "id"], unique=False)
    op.create_table(
        "seller",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_key", sa.Text(), sa.Computed("lower(code)", persisted=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.Text(), nullable=True),
        sa.Column("contact_email", sa.Text(), nullable=True),
        sa.Column("contact_phone", sa.Text(), nullable=True),
        sa.Column("supplier_id", sa.Uuid(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "supplier_id"],
            ["supplier.organization_id", "supplier.id"],
            name=op.f("seller_organization_id_supplier_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("seller_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("seller_pkey")),
        sa.UniqueConstraint("organization_id", "code_key", name="seller_code_key"),
    )
    op.create_table(
        "sku",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_key", sa.Text(), sa.Computed("lower(code)", persisted=True), nullable=False),
        sa.Column("cost_price", sa.Numeric(), nullable=True),
        sa.Column("selling_price", sa.Numeric(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("archived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("code <> ''", name=op.f("sku_code_not_empty")),
        sa.CheckConstraint("cost_price >= 0 AND selling_price >= 0", name=op.f("sku_prices_not_negative")),
        sa.ForeignKeyConstraint(
            ["organization_id", "product_id"],
            ["product.organization_id", "product.id"],
            name=op.f("sku_organization_id_product_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("sku_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("sku_pkey")),
        sa.UniqueConstraint("organization_id", "code_key", name="sku_code_key"),
    )
    op.create_index("sku_product_idx", "sku", ["organization_id", "product_id"], unique=False)
    op.create_index("sku_sorted_idx", "sku", ["organization_id", "code"], unique=False)
    op.create_table(
        "barcode",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("value <> ''", name=op.f("barcode_value_not_empty")),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("barcode_organization_id_sku_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("barcode_organization_id_fkey")),
        sa.PrimaryKeyConstraint("organization_id", "value", name=op.f("barcode_pkey")),
    )
    op.create_index("barcode_sku_idx", "barcode", ["organization_id", "sku_id"], unique=False)
    op.create_table(
        "supplier_item",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_sku", sa.Text(), nullable=True),
        sa.Column("price", sa.Numeric(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("minimum_quantity", sa.Numeric(), server_default="1", nullable=False),
        sa.Column("pack_size", sa.Numeric(), server_default="1", nullable=False),
        sa.Column("lead_time_days", sa.Integer(), nullable=True),
        sa.Column("preferred", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("lead_time_days BETWEEN 0 AND 730", name=op.f("supplier_item_lead_time_in_range")),
        sa.CheckConstraint("minimum_quantity > 0 AND pack_size > 0", name=op.f("supplier_item_order_sizes_positive")),
        sa.CheckConstraint("price >= 0", name=op.f("supplier_item_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["organization_id", "sku_id"],
            ["sku.organization_id", "sku.id"],
            name=op.f("supplier_item_organization_id_sku_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "supplier_id"],
            ["supplier.organization_id", "supplier.id"],
            name=op.f("supplier_item_organization_id_supplier_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("supplier_item_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("supplier_item_pkey")),
        sa.UniqueConstraint("organization_id", "supplier_id", "sku_id", name="supplier_item_sku_key"),
    )
    op.create_index("supplier_item_by_sku_idx", "supplier_item", ["organization_id", "sku_id"], unique=False)
    op.create_index(
        "supplier_item_preferred_key",
        "supplier_item",
        ["organization_id", "sku_id"],
        unique=True,
        postgresql_where=sa.text("preferred"),
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION find_products(text, integer)")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
