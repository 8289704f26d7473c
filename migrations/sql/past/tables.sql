-- Sums of what moved, by the day it happened and the day it was recorded: any past moment is a sum of whole days and
-- the movements of the days that it cuts. They add up in any order, so a late fact is one more row (decision 0048).

-- Adjustments of cost are numbered as movements are. The transaction gets its id before its number, so that whoever
-- has read the newest number knows which transactions may still hold a smaller one.
CREATE SEQUENCE cost_adjustment_number_seq AS bigint;
-- The rows that there are get their numbers, so the table is written anew; it is as young as cost layers are.
ALTER TABLE cost_adjustment ADD COLUMN number bigint NOT NULL
    -- squawk-ignore adding-field-with-default
    DEFAULT CASE WHEN pg_current_xact_id() IS NOT NULL THEN nextval('cost_adjustment_number_seq') END;
ALTER SEQUENCE cost_adjustment_number_seq OWNED BY cost_adjustment.number;
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX cost_adjustment_number_key ON cost_adjustment (organization_id, number);

-- How far the sums go. Days are those of `zone`; what came behind is read from the movements themselves.
CREATE TABLE past_state (
    organization_id uuid NOT NULL,
    zone text NOT NULL,
    through_id bigint NOT NULL DEFAULT 0,      -- movements up to this number are in the sums of warehouses
    through_number bigint NOT NULL DEFAULT 0,  -- and adjustments of cost up to this one
    kept_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT past_state_pkey PRIMARY KEY (organization_id),
    CONSTRAINT past_state_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT past_state_through_not_negative CHECK (through_id >= 0 AND through_number >= 0)
);

CREATE TABLE warehouse_day (
    organization_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    effective_day date NOT NULL,
    recorded_day date NOT NULL,
    source text NOT NULL,
    first_id bigint NOT NULL,  -- where the rows behind the sum are
    last_id bigint NOT NULL,
    quantity numeric NOT NULL,
    reserved numeric NOT NULL,
    unavailable numeric NOT NULL,
    value numeric NOT NULL,
    uncosted numeric NOT NULL,
    changes bigint NOT NULL,
    CONSTRAINT warehouse_day_pkey PRIMARY KEY (organization_id, warehouse_id, effective_day, recorded_day, source),
    CONSTRAINT warehouse_day_source_known CHECK (source IN ('movement', 'adjustment')),
    CONSTRAINT warehouse_day_range_fits CHECK (first_id <= last_id AND changes > 0)
) WITH (fillfactor = 80);

-- Of levels with many movements only: of the others all movements are read.
CREATE TABLE level_day (
    organization_id uuid NOT NULL,
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    effective_day date NOT NULL,
    recorded_day date NOT NULL,
    first_id bigint NOT NULL,
    last_id bigint NOT NULL,
    quantity numeric NOT NULL,
    reserved numeric NOT NULL,
    unavailable numeric NOT NULL,
    value numeric NOT NULL,
    uncosted numeric NOT NULL,
    changes bigint NOT NULL,
    CONSTRAINT level_day_pkey PRIMARY KEY (organization_id, sku_id, warehouse_id, effective_day, recorded_day),
    CONSTRAINT level_day_range_fits CHECK (first_id <= last_id AND changes > 0)
) WITH (fillfactor = 80);

CREATE TABLE level_past (
    organization_id uuid NOT NULL,
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    through_id bigint NOT NULL,  -- movements of this level up to this number are in its days
    CONSTRAINT level_past_pkey PRIMARY KEY (organization_id, sku_id, warehouse_id)
) WITH (fillfactor = 80);

-- Parts of partitioned tables that were taken out: where they are now, and what of them is carried forward so that
-- the rest still proves. Days stay: level_day and warehouse_day hold what moved in them.
CREATE TABLE detached_part (
    name text NOT NULL,
    parent text NOT NULL,
    first_at timestamptz NOT NULL,
    until_at timestamptz NOT NULL,
    reaches_at timestamptz NOT NULL,  -- the latest effective time in it, or its end
    row_count bigint NOT NULL,
    byte_count bigint NOT NULL,
    kept_as text NOT NULL,
    place text NOT NULL,
    checksum text,
    detached_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT detached_part_pkey PRIMARY KEY (name),
    CONSTRAINT detached_part_parent_known CHECK (parent IN ('movement', 'event')),
    CONSTRAINT detached_part_kept_known CHECK (kept_as IN ('schema', 'file') AND (kept_as = 'file') = (checksum IS NOT NULL)),
    CONSTRAINT detached_part_span CHECK (first_at < until_at AND until_at <= reaches_at)
);

CREATE TABLE carried_level (
    organization_id uuid NOT NULL,
    part text NOT NULL,
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    last_id bigint NOT NULL,
    quantity numeric NOT NULL,
    reserved numeric NOT NULL,
    unavailable numeric NOT NULL,
    value numeric NOT NULL,
    uncosted numeric NOT NULL,
    changes bigint NOT NULL,
    CONSTRAINT carried_level_pkey PRIMARY KEY (organization_id, part, sku_id, warehouse_id),
    CONSTRAINT carried_level_changes_positive CHECK (changes > 0)
);

CREATE TABLE carried_reservation (
    organization_id uuid NOT NULL,
    part text NOT NULL,
    reservation_id uuid NOT NULL,
    reserved numeric NOT NULL,
    CONSTRAINT carried_reservation_pkey PRIMARY KEY (organization_id, part, reservation_id)
);
