-- A small catalogue for dev. A second run changes nothing: the ids are fixed.
BEGIN;

INSERT INTO shop.categories (category, title) VALUES
    ('electronics', 'Electronics'), ('clothing', 'Clothing'), ('home', 'Home'), ('books', 'Books')
ON CONFLICT DO NOTHING;

INSERT INTO shop.products (product_id, category, name, description, price)
SELECT
    ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
    (ARRAY['electronics', 'clothing', 'home', 'books'])[1 + n % 4],
    'Product ' || n,
    'Made up for dev',
    (n % 100) + 0.99
FROM generate_series(1, 200) AS n
ON CONFLICT DO NOTHING;

INSERT INTO shop.stock (product_id, available)
SELECT product_id, 100 FROM shop.products
ON CONFLICT DO NOTHING;

COMMIT;
