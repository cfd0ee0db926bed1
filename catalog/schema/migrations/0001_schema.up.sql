-- Everything of the shop is in a schema of its own: `public` stays empty, and a role without rights here sees nothing.
CREATE SCHEMA shop;
