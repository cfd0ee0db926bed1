-- Expand: the previous version of the order service writes no currency, and the default applies to its rows.
ALTER TABLE shop.orders ADD COLUMN currency char(3) NOT NULL DEFAULT 'EUR';
