-- The order service's tables, partitioned by month of creation (DB-12). The primary key contains the partition key (DB-14).
-- `user_id` and `product_id` belong to other services: they are not foreign keys.
CREATE TABLE shop.orders (
    order_id bigint GENERATED ALWAYS AS IDENTITY,
    -- Shown to customers: unlike the number, it does not tell how many orders the shop has.
    reference uuid NOT NULL DEFAULT uuidv7(),
    user_id uuid NOT NULL,
    status text NOT NULL DEFAULT 'created'
        CHECK (status IN ('created', 'reserved', 'paid', 'shipped', 'delivered', 'cancelled')),
    total numeric(12, 2) NOT NULL CHECK (total >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (order_id, created_at)
) PARTITION BY RANGE (created_at);

CREATE TABLE shop.orders_default PARTITION OF shop.orders DEFAULT;

-- The latest orders of a customer (MG-01).
CREATE INDEX orders_user_created ON shop.orders (user_id, created_at DESC);

CREATE INDEX orders_reference ON shop.orders (reference);

-- Written with their order, in one transaction. Not a foreign key: PostgreSQL looks for the order in the partition that it was
-- in, so that rows of the default partition could not move to that of their month.
CREATE TABLE shop.order_items (
    order_id bigint NOT NULL,
    created_at timestamptz NOT NULL,
    line smallint NOT NULL,
    product_id uuid NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    price numeric(12, 2) NOT NULL CHECK (price >= 0),
    PRIMARY KEY (order_id, created_at, line)
) PARTITION BY RANGE (created_at);

CREATE TABLE shop.order_items_default PARTITION OF shop.order_items DEFAULT;
