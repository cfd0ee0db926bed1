-- The payment service's tables: references of the providers only, no card data (SV-09).
CREATE TABLE shop.payments (
    payment_id uuid PRIMARY KEY DEFAULT uuidv7(),
    order_id bigint NOT NULL,
    provider text NOT NULL CHECK (provider IN ('stripe', 'paypal')),
    provider_reference text,
    -- A retried request finds the payment of the first one.
    idempotency_key uuid NOT NULL UNIQUE,
    amount numeric(12, 2) NOT NULL CHECK (amount > 0),
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'completed', 'failed')),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (provider, provider_reference)
);

CREATE INDEX payments_order ON shop.payments (order_id);

CREATE TABLE shop.refunds (
    refund_id uuid PRIMARY KEY DEFAULT uuidv7(),
    payment_id uuid NOT NULL REFERENCES shop.payments (payment_id),
    amount numeric(12, 2) NOT NULL CHECK (amount > 0),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX refunds_payment ON shop.refunds (payment_id);
