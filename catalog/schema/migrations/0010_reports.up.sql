-- Cleanup and reports (SV-13). The functions run with the owner's rights, so that the role of the CronJobs needs no right on a
-- table. UTC: a day begins at the same moment whatever the session's time zone is.

-- Orders and turnover of each day by currency. Cancelled orders are not counted.
CREATE TABLE shop.daily_sales (
    day date NOT NULL,
    currency char(3) NOT NULL,
    orders bigint NOT NULL,
    customers bigint NOT NULL,
    total numeric(16, 2) NOT NULL,
    PRIMARY KEY (day, currency)
);

-- Computes the last `days` complete days again: an order may be cancelled after its day. Returns the number of rows.
CREATE FUNCTION shop.report_daily_sales(days integer DEFAULT 7, today date DEFAULT CURRENT_DATE)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET timezone = 'UTC' AS $$
DECLARE
    reported bigint;
BEGIN
    IF days NOT BETWEEN 1 AND 366 THEN
        RAISE EXCEPTION 'days is %, give 1 to 366', days;
    END IF;
    -- Two runs at once would insert the same day.
    PERFORM pg_advisory_xact_lock(hashtext('shop.report_daily_sales'));
    DELETE FROM shop.daily_sales WHERE day >= today - days AND day < today;
    INSERT INTO shop.daily_sales (day, currency, orders, customers, total)
    SELECT created_at::date, currency, count(*), count(DISTINCT user_id), sum(total)
    FROM shop.orders
    -- The partition key itself is compared: other months are not read.
    WHERE created_at >= (today - days)::timestamptz AND created_at < today::timestamptz AND status <> 'cancelled'
    GROUP BY 1, 2;
    GET DIAGNOSTICS reported = ROW_COUNT;
    RETURN reported;
END
$$;

-- Returns the stock of reservations that expired longer than `grace` ago, which no service has released, and deletes them; at
-- most `most`, so that a run is short. Rows that a service has locked are its own to finish. Returns how many.
CREATE FUNCTION shop.release_expired_reservations(grace interval DEFAULT '1 hour', most integer DEFAULT 1000)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET lock_timeout = '5s' AS $$
DECLARE
    released bigint;
BEGIN
    WITH expired AS (
        SELECT reservation_id FROM shop.reservations
        WHERE expires_at < now() - grace
        ORDER BY expires_at
        LIMIT most
        FOR UPDATE SKIP LOCKED
    ), gone AS (
        DELETE FROM shop.reservations r USING expired e WHERE r.reservation_id = e.reservation_id
        RETURNING r.product_id, r.quantity
    ), returned AS (
        -- `version` changes with the row: a service that read it before tries again.
        UPDATE shop.stock s SET available = s.available + g.quantity, version = s.version + 1
        FROM (SELECT product_id, sum(quantity) AS quantity FROM gone GROUP BY product_id) g
        WHERE s.product_id = g.product_id
    )
    SELECT count(*) INTO released FROM gone;
    RETURN released;
END
$$;

-- Functions are executable by every role unless that is revoked.
REVOKE ALL ON FUNCTION shop.report_daily_sales, shop.release_expired_reservations FROM PUBLIC;
