-- Month partitions (DB-12). The functions run with the owner's rights, so that the role of the CronJob needs no right on a table.

-- Partitions exist from the month of `today` to `ahead` months later; returns those that it created.
CREATE FUNCTION shop.create_month_partitions(ahead integer DEFAULT 3, today date DEFAULT CURRENT_DATE)
RETURNS SETOF text
-- UTC: a month begins at the same moment whatever the session's time zone is.
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET timezone = 'UTC'
-- Fails instead of blocking the shop's statements behind a long transaction; the next run tries again.
SET lock_timeout = '5s' AS $$
DECLARE
    parent record;
    month date;
    partition text;
BEGIN
    IF ahead NOT BETWEEN 1 AND 24 THEN
        RAISE EXCEPTION 'ahead is %, give 1 to 24 months', ahead;
    END IF;
    -- Two runs at once would create the same partition.
    PERFORM pg_advisory_xact_lock(hashtext('shop.create_month_partitions'));
    FOR parent IN
        SELECT c.oid, c.relname, a.attname
        FROM pg_partitioned_table p
        JOIN pg_class c ON c.oid = p.partrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.partattrs[0]
        WHERE p.partstrat = 'r' AND c.relnamespace = 'shop'::regnamespace
        ORDER BY c.relname
    LOOP
        FOR i IN 0..ahead LOOP
            month := (date_trunc('month', today) + make_interval(months => i))::date;
            partition := parent.relname || to_char(month, '_YYYY_MM');
            CONTINUE WHEN to_regclass(format('shop.%I', partition)) IS NOT NULL;
            -- A table that is attached afterwards: `PARTITION OF` would lock out the readers of the whole table.
            EXECUTE format(
                'CREATE TABLE shop.%I (LIKE shop.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED)',
                partition, parent.relname);
            -- Rows that arrived before their partition did.
            EXECUTE format(
                'WITH moved AS (DELETE FROM shop.%1$I WHERE %2$I >= %3$L AND %2$I < %4$L RETURNING *)
                 INSERT INTO shop.%5$I SELECT * FROM moved',
                parent.relname || '_default', parent.attname, month, month + interval '1 month', partition);
            EXECUTE format(
                'ALTER TABLE shop.%I ATTACH PARTITION shop.%I FOR VALUES FROM (%L) TO (%L)',
                parent.relname, partition, month, (month + interval '1 month')::date);
            RETURN NEXT partition;
        END LOOP;
    END LOOP;
END
$$;

-- For the alert "next partition missing": months for which each table has partitions, after that of `today`, without a gap.
CREATE FUNCTION shop.partition_status(today date DEFAULT CURRENT_DATE)
RETURNS TABLE (parent text, months_ahead integer, default_rows bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET timezone = 'UTC' AS $$
BEGIN
    FOR parent IN
        SELECT c.relname
        FROM pg_partitioned_table p
        JOIN pg_class c ON c.oid = p.partrelid
        WHERE p.partstrat = 'r' AND c.relnamespace = 'shop'::regnamespace
        ORDER BY c.relname
    LOOP
        months_ahead := -1;
        WHILE to_regclass(format('shop.%I', parent
            || to_char(date_trunc('month', today) + make_interval(months => months_ahead + 1), '_YYYY_MM'))) IS NOT NULL
        LOOP
            months_ahead := months_ahead + 1;
        END LOOP;
        EXECUTE format('SELECT count(*) FROM shop.%I', parent || '_default') INTO default_rows;
        RETURN NEXT;
    END LOOP;
END
$$;

-- Functions are executable by every role unless that is revoked.
REVOKE ALL ON FUNCTION shop.create_month_partitions, shop.partition_status FROM PUBLIC;

SELECT shop.create_month_partitions();
