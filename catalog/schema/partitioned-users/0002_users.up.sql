-- Accounts of the user service, partitioned by month of registration (DB-13). A unique index of a partitioned table has to
-- contain the partition key, so that uniqueness of the e-mail and of the id is kept by `user_emails`.
CREATE TABLE shop.users (
    user_id uuid NOT NULL DEFAULT uuidv7(),
    email text NOT NULL CHECK (length(email) <= 320),
    password_hash text NOT NULL,
    name text NOT NULL,
    role text NOT NULL DEFAULT 'customer' CHECK (role IN ('customer', 'staff', 'admin')),
    registered_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, registered_at)
) PARTITION BY RANGE (registered_at);

CREATE TABLE shop.users_default PARTITION OF shop.users DEFAULT;

CREATE INDEX users_registered_at ON shop.users (registered_at);

CREATE INDEX users_email_search ON shop.users (lower(email));

CREATE TABLE shop.user_emails (
    email text PRIMARY KEY,
    user_id uuid NOT NULL UNIQUE
);

-- The triggers run with the owner's rights: no service writes `user_emails` itself, so the two tables cannot differ.
CREATE FUNCTION shop.keep_email() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    -- The second of two accounts with one e-mail waits for the first, and then finds another account's row.
    INSERT INTO shop.user_emails AS kept (email, user_id) VALUES (lower(NEW.email), NEW.user_id)
    ON CONFLICT (user_id) DO UPDATE SET email = excluded.email;
    RETURN NEW;
END
$$;

CREATE TRIGGER users_keep_email BEFORE INSERT OR UPDATE OF email ON shop.users
FOR EACH ROW EXECUTE FUNCTION shop.keep_email();

CREATE FUNCTION shop.forget_email() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    -- At the end of the transaction: an account that moved to another partition is still there.
    DELETE FROM shop.user_emails
    WHERE user_id = OLD.user_id AND NOT EXISTS (SELECT FROM shop.users WHERE user_id = OLD.user_id);
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER users_forget_email AFTER DELETE ON shop.users
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shop.forget_email();

CREATE TABLE shop.addresses (
    address_id uuid PRIMARY KEY DEFAULT uuidv7(),
    user_id uuid NOT NULL REFERENCES shop.user_emails (user_id) ON DELETE CASCADE,
    recipient text NOT NULL,
    street text NOT NULL,
    postal_code text NOT NULL,
    city text NOT NULL,
    country char(2) NOT NULL
);

CREATE INDEX addresses_user ON shop.addresses (user_id);
