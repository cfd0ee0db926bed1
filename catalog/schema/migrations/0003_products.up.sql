-- The product service's catalogue, partitioned by top category (DB-13). A unique index of a partitioned table contains the
-- partition key, so the category is part of the primary key.
CREATE TABLE shop.categories (
    category text PRIMARY KEY,
    title text NOT NULL,
    parent text REFERENCES shop.categories (category)
);

CREATE TABLE shop.products (
    product_id uuid NOT NULL DEFAULT uuidv7(),
    category text NOT NULL,
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    price numeric(12, 2) NOT NULL CHECK (price >= 0),
    attributes jsonb NOT NULL DEFAULT '{}',
    updated_at timestamptz NOT NULL DEFAULT now(),
    search tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', name), 'A') || setweight(to_tsvector('simple', description), 'B')
    ) STORED,
    PRIMARY KEY (product_id, category)
) PARTITION BY LIST (category);

CREATE TABLE shop.products_electronics PARTITION OF shop.products FOR VALUES IN ('electronics');

CREATE TABLE shop.products_clothing PARTITION OF shop.products FOR VALUES IN ('clothing');

CREATE TABLE shop.products_home PARTITION OF shop.products FOR VALUES IN ('home');

CREATE TABLE shop.products_books PARTITION OF shop.products FOR VALUES IN ('books');

-- A new category works before it has a partition of its own.
CREATE TABLE shop.products_default PARTITION OF shop.products DEFAULT;

-- Full text and sorted lists of a category (MG-01).
CREATE INDEX products_search ON shop.products USING gin (search);

CREATE INDEX products_category_price ON shop.products (category, price);

CREATE TABLE shop.reviews (
    review_id uuid PRIMARY KEY DEFAULT uuidv7(),
    product_id uuid NOT NULL,
    user_id uuid NOT NULL,
    rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
    body text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now()
);

-- The best reviews of a product (MG-01).
CREATE INDEX reviews_product_rating ON shop.reviews (product_id, rating DESC);
