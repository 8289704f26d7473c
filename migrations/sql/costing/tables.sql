-- How stock is valued, the documents that changed costs, price breaks, and where rates come from.

CREATE TABLE rate_feed (
    organization_id uuid NOT NULL,
    source text NOT NULL DEFAULT 'ecb',
    url text,
    app_id_sealed bytea,
    active boolean NOT NULL DEFAULT true,
    refreshed_at timestamptz,
    problem text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT rate_feed_pkey PRIMARY KEY (organization_id),
    CONSTRAINT rate_feed_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT rate_feed_source_known CHECK (source IN ('ecb', 'frankfurter', 'openexchangerates', 'sandbox')),
    CONSTRAINT rate_feed_key_where_needed
        CHECK (source <> 'openexchangerates' OR NOT active OR app_id_sealed IS NOT NULL)
);

CREATE TABLE costing_method (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    category_id uuid,
    method text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT costing_method_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT costing_method_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT costing_method_organization_id_category_id_fkey FOREIGN KEY (organization_id, category_id)
        REFERENCES category (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT costing_method_category_key UNIQUE NULLS NOT DISTINCT (organization_id, category_id),
    CONSTRAINT costing_method_method_known CHECK (method IN ('fifo', 'lifo', 'average'))
);

CREATE TABLE cost_entry (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    number integer NOT NULL,
    kind text NOT NULL,
    charge text,
    basis text,
    amount numeric,
    currency text,
    rate numeric,
    value numeric NOT NULL DEFAULT 0,
    stock numeric NOT NULL DEFAULT 0,
    sold numeric NOT NULL DEFAULT 0,
    document text,
    note text,
    effective_at timestamptz NOT NULL DEFAULT now(),
    reverses_id uuid,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT cost_entry_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT cost_entry_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT cost_entry_number_key UNIQUE (organization_id, number),
    CONSTRAINT cost_entry_kind_known CHECK (kind IN ('landed', 'bill', 'costed', 'backdated', 'method')),
    CONSTRAINT cost_entry_charge_known CHECK (charge IN ('freight', 'duty', 'insurance', 'handling', 'other')),
    CONSTRAINT cost_entry_basis_known CHECK (basis IN ('value', 'weight', 'quantity')),
    CONSTRAINT cost_entry_landed_says_how
        CHECK ((kind = 'landed') = (charge IS NOT NULL) AND (kind = 'landed') = (basis IS NOT NULL)),
    CONSTRAINT cost_entry_rate_positive CHECK (rate > 0 AND rate < 'Infinity')
);
CREATE UNIQUE INDEX cost_entry_reverses_key ON cost_entry (organization_id, reverses_id)
    WHERE reverses_id IS NOT NULL;

CREATE TABLE cost_charge (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    entry_id uuid NOT NULL,
    posting_id uuid NOT NULL,
    line integer NOT NULL,
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    quantity numeric NOT NULL,
    measure numeric NOT NULL,
    value numeric NOT NULL,
    CONSTRAINT cost_charge_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT cost_charge_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT cost_charge_organization_id_entry_id_fkey FOREIGN KEY (organization_id, entry_id)
        REFERENCES cost_entry (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT cost_charge_line_key UNIQUE (organization_id, entry_id, posting_id, line),
    CONSTRAINT cost_charge_measures_positive CHECK (quantity > 0 AND measure >= 0)
);
CREATE INDEX cost_charge_posting_idx ON cost_charge (organization_id, posting_id, line);

CREATE TABLE price_break (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    supplier_item_id uuid NOT NULL,
    quantity numeric NOT NULL,
    price numeric NOT NULL,
    CONSTRAINT price_break_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT price_break_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT price_break_organization_id_supplier_item_id_fkey FOREIGN KEY (organization_id, supplier_item_id)
        REFERENCES supplier_item (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT price_break_quantity_key UNIQUE (organization_id, supplier_item_id, quantity),
    CONSTRAINT price_break_quantity_positive CHECK (quantity > 0 AND quantity < 'Infinity'),
    CONSTRAINT price_break_price_not_negative CHECK (price >= 0 AND price < 'Infinity')
);
