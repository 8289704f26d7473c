-- The ledger's tables. Only post() writes them: onhand_app may read them and call it, nothing more.
--
-- Where foreign keys are missing that is on purpose (decision 0010): rows that post() alone writes, beside a level
-- that it has just locked, point at that level without a key of their own, and the proof checks what a key would have.
-- A key to `organization` from every posting would make all of them share one row's lock.

CREATE TABLE level (
    organization_id uuid NOT NULL,
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    on_hand numeric NOT NULL DEFAULT 0,
    reserved numeric NOT NULL DEFAULT 0,
    unavailable numeric NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT level_pkey PRIMARY KEY (organization_id, sku_id, warehouse_id),
    CONSTRAINT level_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT level_organization_id_sku_id_fkey FOREIGN KEY (organization_id, sku_id)
        REFERENCES sku (organization_id, id),
    CONSTRAINT level_organization_id_warehouse_id_fkey FOREIGN KEY (organization_id, warehouse_id)
        REFERENCES warehouse (organization_id, id),
    -- 'NaN' counts as larger than every number, so each bound also says: a number
    CONSTRAINT level_on_hand_not_negative CHECK (on_hand >= 0 AND on_hand < 'Infinity'),
    CONSTRAINT level_reserved_not_negative CHECK (reserved >= 0 AND reserved < 'Infinity'),
    CONSTRAINT level_unavailable_not_negative CHECK (unavailable >= 0 AND unavailable < 'Infinity'),
    CONSTRAINT level_promises_covered CHECK (reserved + unavailable <= on_hand)
) WITH (fillfactor = 70);  -- room on the page: a balance is updated in place, without touching an index

-- A posting's key is the caller's idempotency key, and its row is the audit row of the write (decision 0011).
CREATE TABLE posting (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    body_hash uuid NOT NULL,
    type text NOT NULL,
    reason text NOT NULL,
    fact boolean NOT NULL,
    reference_kind text,
    reference_id uuid,
    document text,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_key uuid,
    actor_label text,
    actor_address text,
    reverses_id uuid,
    group_id uuid,
    effective_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    sealed_number bigint,
    sealed_hash bytea,
    CONSTRAINT posting_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT posting_type_known CHECK (type IN ('purchase', 'sale', 'adjustment', 'transfer', 'return', 'count',
        'waste', 'production', 'opening', 'reservation'))
);
CREATE UNIQUE INDEX posting_reverses_id_key ON posting (organization_id, reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX posting_group_id_idx ON posting (organization_id, group_id) WHERE group_id IS NOT NULL;
CREATE INDEX posting_reference_id_idx ON posting (organization_id, reference_id) WHERE reference_id IS NOT NULL;
CREATE INDEX posting_document_idx ON posting (organization_id, document) WHERE document IS NOT NULL;

CREATE TABLE movement (
    organization_id uuid NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    posting_id uuid NOT NULL,
    line integer NOT NULL,  -- from 1; 0 for what a posting had to release
    type text NOT NULL,
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    bin text,
    lot text,
    serial text,
    quantity numeric NOT NULL,
    reserved numeric NOT NULL,
    unavailable numeric NOT NULL,
    balance numeric NOT NULL,
    available numeric NOT NULL,
    unit_cost numeric,
    currency text,
    reservation_id uuid,
    note text,
    effective_at timestamptz NOT NULL,
    CONSTRAINT movement_pkey PRIMARY KEY (organization_id, id, recorded_at),
    CONSTRAINT movement_balance_not_negative CHECK (balance >= 0 AND available >= 0)
) PARTITION BY RANGE (recorded_at);
CREATE INDEX movement_level_idx ON movement (organization_id, sku_id, warehouse_id, id);
CREATE INDEX movement_posting_idx ON movement (organization_id, posting_id, line);
CREATE INDEX movement_effective_at_idx ON movement USING brin (effective_at);

CREATE TABLE reservation (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    quantity numeric NOT NULL,
    open numeric NOT NULL,  -- still promised; the rest was shipped (taken) or given back
    taken numeric NOT NULL DEFAULT 0,
    status text NOT NULL DEFAULT 'open',
    holder_kind text NOT NULL,
    holder_id uuid,
    priority integer NOT NULL DEFAULT 0,
    channel text,
    expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    CONSTRAINT reservation_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT reservation_parts_fit CHECK (open >= 0 AND taken >= 0 AND open + taken <= quantity),
    CONSTRAINT reservation_status_known CHECK (status IN ('open', 'committed', 'released', 'expired', 'broken')),
    CONSTRAINT reservation_open_while_held CHECK ((status = 'open') = (open > 0))
) WITH (fillfactor = 80);
CREATE INDEX reservation_open_idx ON reservation (organization_id, sku_id, warehouse_id, expires_at) WHERE open > 0;
CREATE INDEX reservation_expiry_idx ON reservation (organization_id, expires_at)
    WHERE open > 0 AND expires_at IS NOT NULL;
-- The condition holds for every row. Without it, while the table is empty, the planner may take this index for looking up
-- an id, and keep that plan while the table grows.
CREATE INDEX reservation_recent_idx ON reservation (organization_id, created_at, id) WHERE quantity > 0;
CREATE INDEX reservation_holder_idx ON reservation (organization_id, holder_id) WHERE holder_id IS NOT NULL;

-- What a fact could not be covered with ('fact'), or had to take from a promise ('promise'): a conflict to resolve.
CREATE TABLE shortage (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    posting_id uuid NOT NULL,
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    kind text NOT NULL,
    quantity numeric NOT NULL,
    reservation_id uuid,
    holder_kind text,
    holder_id uuid,
    document text,
    status text NOT NULL DEFAULT 'open',
    resolution text,
    resolved_by uuid,
    resolved_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT shortage_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT shortage_kind_known CHECK (kind IN ('fact', 'promise')),
    CONSTRAINT shortage_status_known CHECK (status IN ('open', 'resolved')),
    CONSTRAINT shortage_quantity_positive CHECK (quantity > 0)
);
CREATE INDEX shortage_open_idx ON shortage (organization_id, created_at) WHERE status = 'open';

-- All receipts of a SKU whose unit cost is known, in the organization's currency: value / quantity is their average.
CREATE TABLE sku_cost (
    organization_id uuid NOT NULL,
    sku_id uuid NOT NULL,
    quantity numeric NOT NULL,
    value numeric NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT sku_cost_pkey PRIMARY KEY (organization_id, sku_id),
    CONSTRAINT sku_cost_organization_id_sku_id_fkey FOREIGN KEY (organization_id, sku_id)
        REFERENCES sku (organization_id, id)
) WITH (fillfactor = 70);

-- A document of its own over several postings: pending (reserved at the source), in transit, completed or cancelled.
CREATE TABLE transfer (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    number integer NOT NULL,
    source_id uuid NOT NULL,
    destination_id uuid NOT NULL,
    status text NOT NULL DEFAULT 'pending',
    note text,
    expected_at timestamptz,
    dispatched_at timestamptz,
    closed_at timestamptz,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT transfer_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT transfer_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT transfer_organization_id_source_id_fkey FOREIGN KEY (organization_id, source_id)
        REFERENCES warehouse (organization_id, id),
    CONSTRAINT transfer_organization_id_destination_id_fkey FOREIGN KEY (organization_id, destination_id)
        REFERENCES warehouse (organization_id, id),
    CONSTRAINT transfer_number_key UNIQUE (organization_id, number),
    CONSTRAINT transfer_status_known CHECK (status IN ('pending', 'in_transit', 'completed', 'cancelled')),
    CONSTRAINT transfer_goes_elsewhere CHECK (source_id <> destination_id)
);

CREATE TABLE transfer_line (
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    transfer_id uuid NOT NULL,
    position integer NOT NULL,
    sku_id uuid NOT NULL,
    quantity numeric NOT NULL,
    dispatched numeric NOT NULL DEFAULT 0,
    received numeric NOT NULL DEFAULT 0,
    lost numeric NOT NULL DEFAULT 0,
    returned numeric NOT NULL DEFAULT 0,
    CONSTRAINT transfer_line_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT transfer_line_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT transfer_line_organization_id_transfer_id_fkey FOREIGN KEY (organization_id, transfer_id)
        REFERENCES transfer (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT transfer_line_organization_id_sku_id_fkey FOREIGN KEY (organization_id, sku_id)
        REFERENCES sku (organization_id, id),
    CONSTRAINT transfer_line_sku_key UNIQUE (organization_id, transfer_id, sku_id),
    CONSTRAINT transfer_line_quantity_positive CHECK (quantity > 0 AND quantity < 'Infinity'),
    CONSTRAINT transfer_line_parts_fit CHECK (dispatched >= 0 AND received >= 0 AND lost >= 0 AND returned >= 0
        AND received + lost + returned <= dispatched AND dispatched <= quantity)
);
CREATE INDEX transfer_line_sku_idx ON transfer_line (organization_id, sku_id);
