-- Reviews of one customer. Without blocking writes, hence the only statement of its file: it cannot run in a transaction.
CREATE INDEX CONCURRENTLY reviews_user ON shop.reviews (user_id, created_at DESC);
