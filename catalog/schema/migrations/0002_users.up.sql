-- Accounts of the user service. Not partitioned: a partitioned table cannot keep an e-mail unique over all its partitions
-- (DB-13); the variant in ../partitioned-users keeps it in a table of its own.
CREATE TABLE shop.users (
    user_id uuid PRIMARY KEY DEFAULT uuidv7(),
    email text NOT NULL CHECK (length(email) <= 320),
    password_hash text NOT NULL,
    name text NOT NULL,
    role text NOT NULL DEFAULT 'customer' CHECK (role IN ('customer', 'staff', 'admin')),
    registered_at timestamptz NOT NULL DEFAULT now()
);

-- Two spellings of one address are one account (MG-01).
CREATE UNIQUE INDEX users_email ON shop.users (lower(email));

CREATE INDEX users_registered_at ON shop.users (registered_at);

CREATE TABLE shop.addresses (
    address_id uuid PRIMARY KEY DEFAULT uuidv7(),
    user_id uuid NOT NULL REFERENCES shop.users (user_id) ON DELETE CASCADE,
    recipient text NOT NULL,
    street text NOT NULL,
    postal_code text NOT NULL,
    city text NOT NULL,
    country char(2) NOT NULL
);

CREATE INDEX addresses_user ON shop.addresses (user_id);
