"""The sums of receipts go: layers say what stock costs (contract).

Follows 0028. Code of before reads them for values; it shows none until it is of this version.
"""

from __future__ import annotations

from alembic import op

from onhand.infra.tenancy import protect

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

# What receipts left, as far as layers know it: the way back is for a release that went wrong, not for the books.
SUMS = """
CREATE TABLE sku_cost (
    organization_id uuid NOT NULL,
    sku_id uuid NOT NULL,
    quantity numeric NOT NULL,
    value numeric NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT sku_cost_pkey PRIMARY KEY (organization_id, sku_id),
    CONSTRAINT sku_cost_organization_id_sku_id_fkey FOREIGN KEY (organization_id, sku_id)
        REFERENCES sku (organization_id, id)
)
"""


def upgrade() -> None:
    op.execute("-- squawk-ignore ban-drop-table\nDROP TABLE sku_cost")


def downgrade() -> None:
    op.execute(SUMS)
    protect(op, "sku_cost", grant="SELECT")
