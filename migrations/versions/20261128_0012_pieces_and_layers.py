"""Bins, lots, serials and where they lie; cost layers; freezes; reasons; exchange rates (expand and backfill).

Follows 0011. Stock that is there already gets one layer per level, at the average of its receipts or the SKU's cost
price, entered as an adjustment: what was recorded before stays as it is.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

from onhand.infra.tenancy import protect

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"
WRITTEN_BY_POST = ("holding", "holding_change", "cost_layer", "cost_use", "cost_adjustment")
KEPT_BY_PEOPLE = ("bin", "lot", "serial", "stock_freeze", "reason", "exchange_rate")
OPEN_FUNCTIONS = ("rate_at", "cost_method_of", "tracking_of", "stop_postings")

OPENING_LAYERS = """
DO $$
DECLARE one uuid;
BEGIN
  FOR one IN SELECT id FROM relay_organizations() LOOP
    PERFORM set_config('onhand.organization_id', one::text, true);
    WITH held AS (
        SELECT v.sku_id, v.warehouse_id, v.on_hand, coalesce(c.value / nullif(c.quantity, 0),
            CASE WHEN s.currency IS NULL OR s.currency = o.currency THEN s.cost_price END) AS cost
        FROM level v JOIN sku s ON s.organization_id = one AND s.id = v.sku_id JOIN organization o ON o.id = one
        LEFT JOIN sku_cost c ON c.organization_id = one AND c.sku_id = v.sku_id AND c.quantity > 0
        WHERE v.organization_id = one AND v.on_hand > 0
    ), layer AS (
        INSERT INTO cost_layer (organization_id, sku_id, warehouse_id, posting_id, line, received_at, quantity,
            remaining, value, unit_cost)
        SELECT one, sku_id, warehouse_id, uuidv7(), 0, now(), on_hand, on_hand, round(on_hand * cost, 6), cost
        FROM held RETURNING *
    ), entered AS (
        INSERT INTO cost_adjustment (organization_id, entry_id, kind, sku_id, warehouse_id, layer_id, value, uncosted,
            note, actor_label)
        SELECT one, posting_id, 'costed', sku_id, warehouse_id, id, coalesce(value, 0),
            CASE WHEN value IS NULL THEN remaining ELSE 0 END, 'stock at hand when cost layers began', 'onhand'
        FROM layer
    )
    UPDATE level v SET value = coalesce(l.value, 0), uncosted = CASE WHEN l.value IS NULL THEN l.remaining ELSE 0 END,
        tracking = tracking_of(one, v.sku_id, v.warehouse_id)
    FROM layer l WHERE v.organization_id = one AND v.sku_id = l.sku_id AND v.warehouse_id = l.warehouse_id;
  END LOOP;
  PERFORM set_config('onhand.organization_id', '', true);
END $$
"""


def run(name: str) -> None:
    op.get_bind().connection.cursor().execute((SQL / name).read_text(encoding="utf-8"))


def upgrade() -> None:
    run("pieces/tables.sql")
    run("pieces/functions.sql")
    op.execute("SELECT ensure_partitions()")
    protect(op, *WRITTEN_BY_POST, grant="SELECT")
    protect(op, *KEPT_BY_PEOPLE)
    for name in OPEN_FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO onhand_app")
    op.execute("REVOKE ALL ON FUNCTION retrack_levels FROM PUBLIC")
    op.execute(OPENING_LAYERS)


def downgrade() -> None:
    op.execute("DROP TRIGGER sku_retracks ON sku")
    op.execute("DROP TRIGGER warehouse_retracks ON warehouse")
    for name in ("retrack_levels", *OPEN_FUNCTIONS):
        op.execute(f"DROP FUNCTION {name}")
    for table in (*WRITTEN_BY_POST, "stock_freeze", "reason", "exchange_rate", "serial", "lot", "bin"):
        op.execute(f"DROP TABLE {table}")
    op.execute("ALTER TABLE movement DROP COLUMN value, DROP COLUMN uncosted")
    op.execute(
        "ALTER TABLE level DROP COLUMN placed, DROP COLUMN value, DROP COLUMN uncosted, DROP COLUMN tracking, "
        "DROP COLUMN cost_method"
    )
    op.execute("ALTER TABLE warehouse DROP COLUMN uses_bins")
    op.execute("ALTER TABLE sku DROP COLUMN tracks_lots, DROP COLUMN tracks_serials, DROP COLUMN first_expired_first")
