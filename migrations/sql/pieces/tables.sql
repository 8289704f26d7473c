-- Where stock lies (bins), what it is (lots, serials), what it cost (layers), what may not move (freezes).
--
-- `holding`, `holding_change`, `cost_layer` and `cost_use` are written by post() alone, beside a level that it has
-- locked, and so carry no key to it (decision 0010). What of a level no holding names lies unassigned:
-- on_hand - placed. So tracking can be switched on and off without touching a row of stock.

ALTER TABLE sku
    ADD COLUMN tracks_lots boolean NOT NULL DEFAULT false,
    ADD COLUMN tracks_serials boolean NOT NULL DEFAULT false,
    ADD COLUMN first_expired_first boolean NOT NULL DEFAULT false;  -- enforced, not only suggested
ALTER TABLE warehouse ADD COLUMN uses_bins boolean NOT NULL DEFAULT false;

ALTER TABLE level
    ADD COLUMN placed numeric NOT NULL DEFAULT 0,
    ADD COLUMN value numeric NOT NULL DEFAULT 0,
    ADD COLUMN uncosted numeric NOT NULL DEFAULT 0,
    ADD COLUMN tracking integer NOT NULL DEFAULT 0,  -- 1 lots, 2 serials, 4 bins, 8 first expired first is enforced
    ADD COLUMN cost_method text NOT NULL DEFAULT 'fifo',
    ADD CONSTRAINT level_placed_fits CHECK (placed >= 0 AND placed <= on_hand) NOT VALID,
    ADD CONSTRAINT level_uncosted_fits CHECK (uncosted >= 0 AND uncosted <= on_hand) NOT VALID,
    ADD CONSTRAINT level_value_not_negative CHECK (value >= 0 AND value < 'Infinity') NOT VALID,
    ADD CONSTRAINT level_cost_method_known CHECK (cost_method IN ('fifo', 'lifo', 'average')) NOT VALID;

ALTER TABLE movement
    ADD COLUMN value numeric NOT NULL DEFAULT 0,
    ADD COLUMN uncosted numeric NOT NULL DEFAULT 0;

CREATE TABLE bin (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    warehouse_id uuid NOT NULL,
    parent_id uuid,
    code text NOT NULL,
    code_key text GENERATED ALWAYS AS (lower(code)) STORED,
    name text,
    kind text NOT NULL DEFAULT 'bin',
    type text NOT NULL DEFAULT 'storage',
    capacity numeric,
    pick_order integer NOT NULL DEFAULT 100,
    x numeric,
    y numeric,
    width numeric,
    height numeric,
    archived_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT bin_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT bin_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT bin_organization_id_warehouse_id_fkey FOREIGN KEY (organization_id, warehouse_id)
        REFERENCES warehouse (organization_id, id),
    CONSTRAINT bin_organization_id_parent_id_fkey FOREIGN KEY (organization_id, parent_id)
        REFERENCES bin (organization_id, id),
    CONSTRAINT bin_code_key UNIQUE (organization_id, warehouse_id, code_key),
    CONSTRAINT bin_code_not_empty CHECK (code <> ''),
    CONSTRAINT bin_kind_known CHECK (kind IN ('zone', 'aisle', 'shelf', 'bin')),
    CONSTRAINT bin_type_known CHECK (type IN ('storage', 'pick', 'receiving', 'quarantine', 'damaged')),
    CONSTRAINT bin_capacity_positive CHECK (capacity > 0 AND capacity < 'Infinity')
);
CREATE INDEX bin_parent_idx ON bin (organization_id, parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE lot (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    sku_id uuid NOT NULL,
    code text NOT NULL,
    code_key text GENERATED ALWAYS AS (lower(code)) STORED,
    made_on date,
    expires_on date,
    supplier_id uuid,
    supplier_lot text,
    status text NOT NULL DEFAULT 'open',
    measure numeric,
    measure_unit text,
    note text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT lot_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT lot_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT lot_organization_id_sku_id_fkey FOREIGN KEY (organization_id, sku_id)
        REFERENCES sku (organization_id, id),
    CONSTRAINT lot_organization_id_supplier_id_fkey FOREIGN KEY (organization_id, supplier_id)
        REFERENCES supplier (organization_id, id),
    CONSTRAINT lot_code_key UNIQUE (organization_id, sku_id, code_key),
    CONSTRAINT lot_code_not_empty CHECK (code <> ''),
    CONSTRAINT lot_status_known CHECK (status IN ('open', 'held')),
    CONSTRAINT lot_expires_after_made CHECK (expires_on >= made_on),
    CONSTRAINT lot_measure_positive CHECK (measure > 0 AND measure < 'Infinity')
);
CREATE INDEX lot_expiry_idx ON lot (organization_id, expires_on) WHERE expires_on IS NOT NULL;
CREATE INDEX lot_lookup_idx ON lot (organization_id, code_key);

CREATE TABLE serial (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    sku_id uuid NOT NULL,
    code text NOT NULL,
    code_key text GENERATED ALWAYS AS (lower(code)) STORED,
    lot_id uuid,
    certificate text,
    note text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT serial_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT serial_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT serial_organization_id_sku_id_fkey FOREIGN KEY (organization_id, sku_id)
        REFERENCES sku (organization_id, id),
    CONSTRAINT serial_organization_id_lot_id_fkey FOREIGN KEY (organization_id, lot_id)
        REFERENCES lot (organization_id, id),
    CONSTRAINT serial_code_key UNIQUE (organization_id, sku_id, code_key),
    CONSTRAINT serial_code_not_empty CHECK (code <> '')
);
CREATE INDEX serial_lookup_idx ON serial (organization_id, code_key);

CREATE TABLE holding (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    bin_id uuid,
    lot_id uuid,
    serial_id uuid,
    on_hand numeric NOT NULL,
    unavailable numeric NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT holding_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT holding_spot_key UNIQUE NULLS NOT DISTINCT
        (organization_id, sku_id, warehouse_id, bin_id, lot_id, serial_id),
    CONSTRAINT holding_on_hand_not_negative CHECK (on_hand >= 0 AND on_hand < 'Infinity'),
    CONSTRAINT holding_unavailable_fits CHECK (unavailable >= 0 AND unavailable <= on_hand),
    CONSTRAINT holding_one_piece CHECK (serial_id IS NULL OR on_hand <= 1),
    CONSTRAINT holding_named CHECK (num_nonnulls(bin_id, lot_id, serial_id) > 0)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX holding_serial_key ON holding (organization_id, serial_id)
    WHERE serial_id IS NOT NULL AND on_hand > 0;
CREATE INDEX holding_bin_idx ON holding (organization_id, bin_id) WHERE bin_id IS NOT NULL AND on_hand > 0;
CREATE INDEX holding_lot_idx ON holding (organization_id, lot_id) WHERE lot_id IS NOT NULL;

CREATE TABLE holding_change (
    organization_id uuid NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    posting_id uuid NOT NULL,
    line integer NOT NULL,
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    bin_id uuid,
    lot_id uuid,
    serial_id uuid,
    quantity numeric NOT NULL,
    unavailable numeric NOT NULL,
    balance numeric NOT NULL,
    effective_at timestamptz NOT NULL,
    CONSTRAINT holding_change_pkey PRIMARY KEY (organization_id, id, recorded_at),
    CONSTRAINT holding_change_balance_not_negative CHECK (balance >= 0)
) PARTITION BY RANGE (recorded_at);
CREATE INDEX holding_change_posting_idx ON holding_change (organization_id, posting_id, line);
CREATE INDEX holding_change_level_idx ON holding_change (organization_id, sku_id, warehouse_id, id);
CREATE INDEX holding_change_lot_idx ON holding_change (organization_id, lot_id, id) WHERE lot_id IS NOT NULL;
CREATE INDEX holding_change_serial_idx ON holding_change (organization_id, serial_id, id) WHERE serial_id IS NOT NULL;
CREATE INDEX holding_change_bin_idx ON holding_change (organization_id, bin_id, id) WHERE bin_id IS NOT NULL;

CREATE TABLE stock_freeze (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    sku_id uuid,
    warehouse_id uuid,
    kinds text[] NOT NULL,
    reason text NOT NULL,
    shows text NOT NULL DEFAULT 'zero',
    lifter text NOT NULL DEFAULT 'admin',
    until timestamptz,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    lifted_at timestamptz,
    lifted_by text,
    lift_note text,
    CONSTRAINT stock_freeze_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT stock_freeze_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT stock_freeze_organization_id_sku_id_fkey FOREIGN KEY (organization_id, sku_id)
        REFERENCES sku (organization_id, id),
    CONSTRAINT stock_freeze_organization_id_warehouse_id_fkey FOREIGN KEY (organization_id, warehouse_id)
        REFERENCES warehouse (organization_id, id),
    CONSTRAINT stock_freeze_reason_not_empty CHECK (reason <> ''),
    CONSTRAINT stock_freeze_shows_known CHECK (shows IN ('zero', 'last')),
    CONSTRAINT stock_freeze_kinds_known CHECK (cardinality(kinds) > 0 AND kinds <@ ARRAY['purchase', 'sale', 'adjustment',
        'transfer', 'return', 'count', 'waste', 'production', 'opening', 'reservation'])
);
CREATE INDEX stock_freeze_standing_idx ON stock_freeze (organization_id, created_at) WHERE lifted_at IS NULL;

CREATE TABLE reason (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    code text NOT NULL,
    code_key text GENERATED ALWAYS AS (lower(code)) STORED,
    name text NOT NULL,
    types text[] NOT NULL,
    permits_expired boolean NOT NULL DEFAULT false,
    needs_note boolean NOT NULL DEFAULT false,
    position integer NOT NULL DEFAULT 0,
    archived_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT reason_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT reason_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT reason_code_key UNIQUE (organization_id, code_key),
    CONSTRAINT reason_code_not_empty CHECK (code <> ''),
    CONSTRAINT reason_types_known CHECK (cardinality(types) > 0 AND types <@ ARRAY['purchase', 'sale', 'adjustment',
        'transfer', 'return', 'count', 'waste', 'production', 'opening'])
);

CREATE TABLE cost_layer (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    posting_id uuid NOT NULL,
    line integer NOT NULL,
    received_at timestamptz NOT NULL,
    quantity numeric NOT NULL,
    remaining numeric NOT NULL,
    value numeric,  -- of what remains, in the organization's currency; null while nobody knows the cost
    unit_cost numeric,
    source_cost numeric,
    source_currency text,
    rate numeric,
    origin_id uuid,  -- the layer that it was carried from
    open boolean NOT NULL DEFAULT true,  -- in place of `remaining > 0` in the index, which would be renewed at each use
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT cost_layer_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT cost_layer_open_while_left CHECK (open = (remaining > 0)),
    CONSTRAINT cost_layer_remaining_fits CHECK (remaining >= 0 AND remaining <= quantity),
    CONSTRAINT cost_layer_value_fits CHECK (value >= 0 AND value < 'Infinity' AND (remaining > 0 OR value = 0))
) WITH (fillfactor = 80);
CREATE INDEX cost_layer_open_idx ON cost_layer (organization_id, sku_id, warehouse_id, received_at, id)
    WHERE open;
CREATE INDEX cost_layer_posting_idx ON cost_layer (organization_id, posting_id, line);
CREATE INDEX cost_layer_origin_idx ON cost_layer (organization_id, origin_id) WHERE origin_id IS NOT NULL;

CREATE TABLE cost_use (
    organization_id uuid NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    posting_id uuid NOT NULL,
    line integer NOT NULL,
    layer_id uuid NOT NULL,
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    quantity numeric NOT NULL,  -- taken; below 0: put back
    value numeric,              -- null: nobody knew the cost
    effective_at timestamptz NOT NULL,
    CONSTRAINT cost_use_pkey PRIMARY KEY (organization_id, id, recorded_at)
) PARTITION BY RANGE (recorded_at);
CREATE INDEX cost_use_posting_idx ON cost_use (organization_id, posting_id, line);
CREATE INDEX cost_use_layer_idx ON cost_use (organization_id, layer_id);

CREATE TABLE cost_adjustment (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    entry_id uuid NOT NULL,
    kind text NOT NULL,
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    layer_id uuid,
    posting_id uuid,
    line integer,
    value numeric NOT NULL,
    uncosted numeric NOT NULL DEFAULT 0,
    document text,
    note text,
    actor_label text,
    effective_at timestamptz NOT NULL DEFAULT now(),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT cost_adjustment_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT cost_adjustment_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT cost_adjustment_kind_known CHECK (kind IN ('landed', 'bill', 'costed', 'backdated', 'method', 'rounding'))
);
CREATE INDEX cost_adjustment_entry_idx ON cost_adjustment (organization_id, entry_id);
CREATE INDEX cost_adjustment_level_idx ON cost_adjustment (organization_id, sku_id, warehouse_id, effective_at);
CREATE INDEX cost_adjustment_posting_idx ON cost_adjustment (organization_id, posting_id) WHERE posting_id IS NOT NULL;

CREATE TABLE exchange_rate (
    organization_id uuid NOT NULL,
    currency text NOT NULL,
    day date NOT NULL,
    manual boolean NOT NULL DEFAULT false,
    rate numeric NOT NULL,  -- the organization's currency for one of this
    source text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT exchange_rate_pkey PRIMARY KEY (organization_id, currency, day, manual),
    CONSTRAINT exchange_rate_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT exchange_rate_currency_is_code CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT exchange_rate_rate_positive CHECK (rate > 0 AND rate < 'Infinity')
);
