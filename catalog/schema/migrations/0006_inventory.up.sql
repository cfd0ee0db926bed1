-- The inventory service's tables. `version` is compared in each update: optimistic locks.
CREATE TABLE shop.stock (
    product_id uuid PRIMARY KEY,
    available integer NOT NULL CHECK (available >= 0),
    version bigint NOT NULL DEFAULT 0
);

CREATE TABLE shop.reservations (
    reservation_id uuid PRIMARY KEY DEFAULT uuidv7(),
    order_id bigint NOT NULL,
    product_id uuid NOT NULL REFERENCES shop.stock (product_id),
    quantity integer NOT NULL CHECK (quantity > 0),
    expires_at timestamptz NOT NULL
);

CREATE INDEX reservations_order ON shop.reservations (order_id);

CREATE INDEX reservations_expiry ON shop.reservations (expires_at);
