-- The products of the front page, which job cache-warm writes into the cache (CA-08). It runs with the owner's rights, so that
-- the job's role needs no right on a table, and only reads, so that a replica runs it.

-- The products of which most pieces were sold in the last `days`, the most sold first; at most `most`. Cancelled orders are not
-- counted, and products that were deleted since are left out. `product` has what a page shows, under the names of its columns.
CREATE FUNCTION shop.popular_products(most integer, days integer DEFAULT 7)
RETURNS TABLE (product_id uuid, product jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF most NOT BETWEEN 1 AND 10000 THEN
        RAISE EXCEPTION 'most is %, give 1 to 10000', most;
    END IF;
    IF days NOT BETWEEN 1 AND 90 THEN
        RAISE EXCEPTION 'days is %, give 1 to 90', days;
    END IF;
    RETURN QUERY
    SELECT p.product_id, jsonb_build_object(
        'product_id', p.product_id, 'category', p.category, 'name', p.name, 'description', p.description,
        'price', p.price, 'attributes', p.attributes, 'updated_at', p.updated_at)
    FROM (
        SELECT i.product_id, sum(i.quantity) AS pieces
        FROM shop.order_items i
        -- Both partition keys are compared with the time: other months are not read.
        JOIN shop.orders o ON o.order_id = i.order_id AND o.created_at = i.created_at
        WHERE i.created_at >= now() - make_interval(days => days) AND o.created_at >= now() - make_interval(days => days)
            AND o.status <> 'cancelled'
        GROUP BY i.product_id
    ) sold
    JOIN shop.products p ON p.product_id = sold.product_id
    -- The id decides between equals, so that two runs choose the same.
    ORDER BY sold.pieces DESC, p.product_id
    LIMIT most;
END
$$;

-- Functions are executable by every role unless that is revoked.
REVOKE ALL ON FUNCTION shop.popular_products FROM PUBLIC;
